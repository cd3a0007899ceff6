"""Hand in a bundle: one form, one receipt, many cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.opened import OpenedBundle, OpenedMember, SignedForMember
from tongban.domain.bundle.union import answers_of_member
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.catalogue.form import parse_answers
from tongban.domain.delivery import DeliveryWish
from tongban.domain.pledge import check_signatures
from tongban.flows.hold_files import find_digests
from tongban.flows.open_next import open_ready
from tongban.flows.plan_bundle import BundlePlan, check_party, plan_bundle
from tongban.flows.ports import Deps
from tongban.flows.submit import new_case_id
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import BundleId, BundleNumber, CaseId, ItemId
from tongban.kernel.text import Text

_PREFIX = "YJS-"
"""一件事; with the zone, the date and random characters behind it, as a case number has them."""


@dataclass(frozen=True, slots=True)
class BundleApplication:
    """What was handed in, before anything was checked.

    Args:
        raw_situation: question of the questionnaire to text, or a list of texts.
        raw_values: field of the union form to text, or a list of texts.
        channel: ``online``, ``window`` or ``api``.
        taken_in_by: the clerk who took it in, or empty.
        pledges: promises signed in the one form.
        wish: how paper copies are wished to be received, all of them alike, or None.
    """

    bundle_id: BundleId
    applicant: ApplicantRef
    raw_situation: Mapping[str, object]
    raw_values: Mapping[str, object]
    channel: str
    taken_in_by: str = ""
    pledges: tuple[SignedForMember, ...] = ()
    wish: DeliveryWish | None = None


def new_bundle_number(deps: Deps) -> BundleNumber:
    """Return a fresh receipt number."""
    return bundle_number_of(new_case_id(deps))


def bundle_number_of(case_id: CaseId) -> BundleNumber:
    """Return the receipt number that goes with an unused case number."""
    return BundleNumber(f"{_PREFIX}{case_id}")


def open_bundle(
    number: BundleNumber, application: BundleApplication, actor: Actor, deps: Deps
) -> OpenedBundle:
    """Hand in a bundle under a number drawn beforehand; this zone leads it.

    Causes: the receipt, and a case for every member that waits for nothing.
    Twice:  nothing; the same number is the same receipt.

    Raises:
        Refused: every problem of questionnaire and form at once; nothing was written.
        NotFound: no such bundle.

    Source of law: all-2019#26.2 (one application where several departments decide).
    """
    with deps.unit():
        known = deps.bundles.find(number)
        if known is not None:
            return known
        plan = plan_bundle(application.bundle_id, application.raw_situation, deps.zone, deps)
        values, problems = read_values(plan, application.raw_values)
        problems += check_party(plan, application.applicant.kind)
        problems += _check_channel(plan.bundle, application) + _check_pledges(plan, application.pledges)
        if problems:
            raise Refused(*problems)
        opened = _compose(number, application, plan, values, deps)
        deps.bundles.save(opened)
        # Members that wait have no case yet that could hold what was handed in for them.
        deps.files.hold(find_digests(values))
        return open_ready(opened, actor, deps)


def read_values(
    plan: BundlePlan, raw_values: Mapping[str, object]
) -> tuple[Mapping[str, object], tuple[Problem, ...]]:
    """Return the typed values by field, and everything that is wrong with them.

    Each member's own form is read besides, so that no case can fail at its own zone for an answer that the
    joint form let through; its problems are told at the field that gave the answer.
    """
    read = parse_answers(plan.union.form, raw_values)
    problems = list(read.problems)
    told = {problem.pointer for problem in problems}
    for member, item in plan.items.items():
        answers = answers_of_member(plan.union, member, read.values, {})
        field_of = {
            origin.question: name
            for name, origins in plan.union.origins.items()
            for origin in origins
            if origin.member == member
        }
        for problem in parse_answers(item.form, answers).problems:
            question = problem.pointer.removeprefix("answers.")
            pointer = f"answers.{field_of.get(question, '')}"
            if (member, question) in plan.union.supplied or pointer in told:
                continue
            told.add(pointer)
            problems.append(Problem(problem.code, problem.text, pointer, problem.source, problem.next_step))
    return read.values, tuple(problems)


def _check_channel(bundle: Bundle, application: BundleApplication) -> tuple[Problem, ...]:
    # The API counts as online, as it does for a single item.
    asked = "online" if application.channel == "api" else application.channel
    if asked in bundle.channels:
        return ()
    return (Problem("item.wrong-channel", _WRONG_CHANNEL, "channel"),)


def _check_pledges(plan: BundlePlan, pledges: Iterable[SignedForMember]) -> tuple[Problem, ...]:
    """Every promise is one that a wanted member takes, under the text in force, with a name."""
    return tuple(
        problem
        for given in pledges
        for problem in check_signatures(
            (given.signed,),
            plan.items[given.member].pledges if given.member in plan.items else (),
            f"pledges.{given.member}",
        )
    )


def _compose(
    number: BundleNumber,
    application: BundleApplication,
    plan: BundlePlan,
    values: Mapping[str, object],
    deps: Deps,
) -> OpenedBundle:
    members = tuple(
        OpenedMember(
            id=one.member.id,
            item_id=one.member.item or ItemId(""),
            zone=one.zone,
            case_id=new_case_id(deps) if one.member.item else CaseId(""),
            needs=one.needs,
        )
        for one in plan.choice.wanted
    )
    return OpenedBundle(
        number=number,
        version=1,
        bundle_id=plan.bundle.id,
        bundle_version=plan.bundle.version,
        lead=deps.zone,
        applicant=application.applicant,
        channel=application.channel,
        taken_in_by=application.taken_in_by,
        opened_at=deps.clock.now(),
        members=members,
        situation=plan.situation,
        values=values,
        pledges=application.pledges,
        wish=application.wish,
    )


def get_bundle_receipt(number: BundleNumber, deps: Deps) -> OpenedBundle:
    """Return a receipt of this zone, or raise NotFound."""
    opened = deps.bundles.find(number)
    if opened is None:
        raise NotFound(number)
    return opened


_WRONG_CHANNEL = Text(
    "这一件事不能通过这个渠道申请。", "This bundle cannot be handed in through this channel."
)
