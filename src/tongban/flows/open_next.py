"""Open the members of a bundle that wait for nothing any more."""

from collections.abc import Mapping
from dataclasses import replace

from tongban.domain.bundle.bundle import RESULT_NUMBER, Member
from tongban.domain.bundle.opened import (
    Noted,
    OpenedBundle,
    OpenedMember,
    Standing,
    note_members,
    read_standings,
)
from tongban.domain.bundle.union import answers_of_member
from tongban.domain.case.events import Actor, ApplicantRef, BundleRef
from tongban.domain.case.state import Case
from tongban.domain.credential.sd_jwt import read_disclosed
from tongban.flows.perform import get_case
from tongban.flows.plan_bundle import BundlePlan, compose_plan
from tongban.flows.ports import Deps
from tongban.flows.submit import Application, submit
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def open_next(case_id: CaseId, deps: Deps) -> None:
    """Open what waited for this case, once its licence is there; runs in the zone that leads the bundle.

    Causes: ``Submitted`` for each member that is free now, with the answers of the one form and the results
        of those before it.
    Twice:  nothing; a member that was opened is noted.
    """
    case = get_case(case_id, deps)
    if case.bundle is None:
        return
    with deps.unit():
        opened = deps.bundles.find(case.bundle.number)
        if opened is not None:
            open_ready(opened, _applicant_as_actor(opened), deps)


def _applicant_as_actor(opened: OpenedBundle) -> Actor:
    """Who handed in the one form handed in every case of it; never by a citizen number."""
    if opened.taken_in_by:
        return Actor("clerk", opened.taken_in_by)
    return Actor("applicant", opened.number, opened.applicant.agent_name or opened.applicant.name)


def open_ready(opened: OpenedBundle, actor: Actor, deps: Deps) -> OpenedBundle:
    """Open every member that is free, again and again until none is; return the receipt as it is kept."""
    while True:
        cases = read_cases(opened, deps)
        standings = read_standings(opened, cases)
        ready = [one for one in opened.members if standings[one.id] is Standing.READY]
        if not ready:
            return opened
        plan = _plan_of(opened, deps)
        for member in ready:
            note, problems = _open_one(member, opened, plan, cases, actor, deps)
            opened = note_members(opened, (member.id,), note, deps.clock.now(), problems)
            deps.bundles.save(opened)


def read_cases(opened: OpenedBundle, deps: Deps) -> dict[CaseId, Case]:
    """Return the cases of a receipt, with one question."""
    deps.cases.preload(opened.case_ids)
    found = {case_id: deps.cases.find(case_id) for case_id in opened.case_ids}
    return {case_id: case for case_id, case in found.items() if case is not None}


def _plan_of(opened: OpenedBundle, deps: Deps) -> BundlePlan | None:
    try:
        bundle = deps.catalogue.get_bundle(opened.bundle_id)
        return compose_plan(bundle, opened.situation, opened.lead, deps)
    except NotFound:
        # The bundle, or an item of it, was taken out of the catalogue while this receipt waited.
        return None


def _open_one(
    one: OpenedMember,
    opened: OpenedBundle,
    plan: BundlePlan | None,
    cases: Mapping[CaseId, Case],
    actor: Actor,
    deps: Deps,
) -> tuple[Noted, tuple[Problem, ...]]:
    """Hand in one member's case; what refuses it is kept, and stops only what needs it."""
    if plan is None or one.id not in plan.items:
        return Noted.STUCK, (Problem("bundle.changed", _CHANGED, one.id),)
    member = plan.bundle.get_member(one.id)
    applicant = _applicant_of(member, opened, cases)
    if applicant is None:
        return Noted.STUCK, (Problem("bundle.no-result", _NO_RESULT, one.id),)
    outputs = {
        question: _result_of(output.member, opened, cases).get(output.claim)
        for question, output in member.takes.items()
    }
    application = Application(
        item_id=one.item_id,
        deciding_zone=one.zone,
        applicant=applicant,
        raw_answers=answers_of_member(plan.union, one.id, opened.values, outputs),
        channel=opened.channel,
        taken_in_by=opened.taken_in_by,
        pledges=tuple(given.signed for given in opened.pledges if given.member == one.id),
        bundle=BundleRef(opened.number, one.id, one.id in opened.wants_person),
        wish=opened.wish,
    )
    try:
        submit(one.case_id, application, actor, deps)
    except Refused as refused:
        return Noted.STUCK, refused.problems
    return Noted.OPENED, ()


def _applicant_of(member: Member, opened: OpenedBundle, cases: Mapping[CaseId, Case]) -> ApplicantRef | None:
    """Return who applies: whoever handed in the bundle, or the firm that an earlier member brought about.

    A member that the situation did not call for brings nothing about: there is a firm already.
    """
    wanted = member.applicant
    if wanted is None or wanted.member not in {one.id for one in opened.members}:
        return opened.applicant
    result = _result_of(wanted.member, opened, cases)
    identity, name = result.get(wanted.id), result.get(wanted.name)
    if not isinstance(identity, str) or not isinstance(name, str):
        return None
    return replace(opened.applicant, kind="firm", id=identity, name=name)


def _result_of(member_id: str, opened: OpenedBundle, cases: Mapping[CaseId, Case]) -> Mapping[str, object]:
    """Return what the licence of an earlier member says; nothing when it was not decided here or there."""
    try:
        case = cases.get(opened.get_member(member_id).case_id)
    except KeyError:
        return {}
    if case is None or not case.token:
        return {}
    return {**read_disclosed(case.token), RESULT_NUMBER: case.credential_id}


_CHANGED = Text(
    "这一件事的事项清单在等待期间有了变动，这一项没有自动提交。请单独申请。",
    "The bundle has changed while this waited, so it was not handed in. Apply for this item by itself.",
)
_NO_RESULT = Text(
    "前一项的结果里没有这一项需要的信息，没有自动提交。请单独申请。",
    "The result before it lacks what this needs, so it was not handed in. Apply for this item by itself.",
)
