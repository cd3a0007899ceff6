"""Play an example of a bundle through the real flows, with all zones in memory."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from typing import cast

from tongban.domain.bundle.opened import OpenedBundle, SignedForMember, read_standings
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.pledge import SignedPledge
from tongban.flows.correct import correct
from tongban.flows.lead_bundle import ask_person_for_bundle, report_elsewhere, withdraw_bundle
from tongban.flows.memory import MemoryClock, MemoryRegisters, memory_deps
from tongban.flows.memory_authorities import MemoryAuthorities
from tongban.flows.memory_shelf import Shelf
from tongban.flows.open_bundle import BundleApplication, get_bundle_receipt, open_bundle
from tongban.flows.open_next import read_cases
from tongban.flows.plan_bundle import BundlePlan, plan_bundle, read_plan_path
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.watch_clocks import ask_again
from tongban.kernel.errors import Refused
from tongban.kernel.ids import BundleId, BundleNumber, ZoneId
from tongban.kernel.moment import CHINA_STANDARD_TIME, civil_date
from tongban.kernel.text import Text
from tongban.packs.examples import ExampleSealer, NobodysDirectory, example_signer
from tongban.packs.load import PackCatalogue
from tongban.packs.parse_bundle_example import BundleAct, BundleExample, BundleExpected
from tongban.packs.play_decision import play_decision

_MORNING = time(10)
_NUMBER = BundleNumber("YJS-EXAMPLE-00000001")
_WHO = Actor("applicant", "example", "演示申请人")
_OFFICER = Actor("officer", "example-officer", "演示审批人员")
_REASONS = Text("示例：由工作人员决定。", "Example: decided by a person.")
_REGISTER = Text("示例登记", "example register")


def play_bundle(example: BundleExample, bundle_id: BundleId, catalogue: PackCatalogue) -> BundleExpected:
    """Hand the example in, let everything follow, and tell what came of it in the words of ``then``."""
    shelves = {zone: Shelf() for zone in catalogue.zones}
    network = _network(example, catalogue, shelves)
    here = network[example.received_in]
    reachable = {zone: deps for zone, deps in network.items() if zone not in example.away}
    try:
        plan = plan_bundle(bundle_id, example.situation, here.zone, here)
    except Refused as refused:
        return BundleExpected(refused=tuple(problem.pointer for problem in refused.problems))
    application = BundleApplication(
        bundle_id, _applicant(example), example.situation, example.answers, example.channel,
        pledges=_sign_all(example, plan),
    )  # fmt: skip
    try:
        open_bundle(_NUMBER, application, _WHO, here)
    except Refused as refused:
        pointers = tuple(problem.pointer for problem in refused.problems)
        return _tell_plan(plan, here, refused=pointers)
    settle(reachable)
    for act in example.acts:
        if act.kind == "comes_back":
            reachable = network
            _come_back(network)
        else:
            _ACTS[act.kind](act, here, network)
        settle(reachable)
    return _tell(plan, here)


def _come_back(network: Mapping[ZoneId, Deps]) -> None:
    for deps in network.values():
        cast(MemoryAuthorities, deps.authorities).away.clear()
        ask_again(deps)


def _network(
    example: BundleExample, catalogue: PackCatalogue, shelves: Mapping[ZoneId, Shelf]
) -> dict[ZoneId, Deps]:
    at = datetime.combine(example.today, _MORNING, CHINA_STANDARD_TIME).astimezone(UTC)
    clock, directory = MemoryClock(at), NobodysDirectory()
    network = {
        zone: memory_deps(
            zone, catalogue, clock, ExampleSealer(example_signer(zone, number)), directory, shelf
        )
        for number, (zone, shelf) in enumerate(shelves.items(), start=1)
    }
    for deps in network.values():
        cast(MemoryAuthorities, deps.authorities).away.update(map(str, example.away))
    for held in example.held:
        record = HeldRecord(held.kind, held.subject, held.facts, at, _REGISTER, held.trust)
        cast(MemoryRegisters, network[held.zone].registers).keep(record)
    return network


def _applicant(example: BundleExample) -> ApplicantRef:
    who = example.applicant
    return ApplicantRef(who["kind"], who["id"], who["name"], who.get("mobile", ""))


def _sign_all(example: BundleExample, plan: BundlePlan) -> tuple[SignedForMember, ...]:
    """Return the example's promises, signed by its applicant under the texts in force."""
    texts = {(member, one.id): one for member, item in plan.items.items() for one in item.pledges}
    name = example.applicant["name"]
    return tuple(
        SignedForMember(named[0], SignedPledge(one.id, one.version, one.text_hash, name))
        for named in example.pledges
        for one in (texts[named],)
    )


def _tell_plan(plan: BundlePlan, here: Deps, refused: tuple[str, ...] | None = None) -> BundleExpected:
    path = read_plan_path(plan, here.clock.now(), here)
    return BundleExpected(
        left_out=tuple(member.id for member, _ in plan.choice.left_out),
        asked=len(plan.union.form.questions),
        asked_apart=plan.union.asked_apart,
        chain=path.chain,
        due_on=civil_date(path.ends_at) if path.ends_at else None,
        refused=refused,
    )


def _tell(plan: BundlePlan, here: Deps) -> BundleExpected:
    opened = get_bundle_receipt(_NUMBER, here)
    cases = read_cases(opened, here)
    told = _tell_plan(plan, here)
    return BundleExpected(
        members=read_standings(opened, cases),
        left_out=told.left_out,
        asked=told.asked,
        asked_apart=told.asked_apart,
        chain=told.chain,
        due_on=told.due_on,
        parties={one.id: cases[one.case_id].applicant.id for one in opened.members if one.case_id in cases},
    )


def _receipt(here: Deps) -> OpenedBundle:
    return get_bundle_receipt(_NUMBER, here)


def _members(act: BundleAct) -> tuple[str, ...]:
    match act.value:
        case "all":
            return ()
        case str(one):
            return (one,)
    return tuple(act.value)


def _grant(act: BundleAct, here: Deps, network: Mapping[ZoneId, Deps]) -> None:
    member = _receipt(here).get_member(act.value)
    play_decision(member.case_id, True, _REASONS, _OFFICER, network[member.zone])


def _refuse(act: BundleAct, here: Deps, network: Mapping[ZoneId, Deps]) -> None:
    member = _receipt(here).get_member(act.value)
    play_decision(member.case_id, False, _REASONS, _OFFICER, network[member.zone])


def _correct(act: BundleAct, here: Deps, _: Mapping[ZoneId, Deps]) -> None:
    for member, answers in act.value.items():
        correct(_receipt(here).get_member(member).case_id, answers, _WHO, here)


_ACTS: Mapping[str, Callable[[BundleAct, Deps, Mapping[ZoneId, Deps]], object]] = {
    "grants": _grant,
    "refuses": _refuse,
    "corrects": _correct,
    "reports": lambda act, here, _: report_elsewhere(_NUMBER, act.value, _WHO, here),
    "withdraws": lambda act, here, _: withdraw_bundle(_NUMBER, _members(act), "", _WHO, here),
    "asks_person": lambda act, here, _: ask_person_for_bundle(_NUMBER, _members(act), _WHO, here),
}
