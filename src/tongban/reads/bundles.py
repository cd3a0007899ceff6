"""Bundles as pages ask for them: found by words, planned for a situation, followed on their receipt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.bundle.bundle import Bundle, Elsewhere, SituationTest
from tongban.domain.bundle.materials import MergedMaterial
from tongban.domain.bundle.opened import (
    BROKEN,
    Noted,
    OpenedBundle,
    OpenedMember,
    Standing,
    overall,
    read_standings,
    stoppers,
)
from tongban.domain.bundle.path import LongestPath, Stretch, find_longest_path
from tongban.domain.case.events import ApplicantRef, CredentialIssued
from tongban.domain.case.state import Case
from tongban.domain.case.waiting import WaitsFor, read_waiting
from tongban.domain.catalogue.form import Question
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.clock.statute import TimeLimit
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.flows.open_bundle import get_bundle_receipt
from tongban.flows.open_next import read_cases
from tongban.flows.plan_bundle import BundlePlan, compose_plan, limit_of, read_plan_path, wait_of
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import BundleNumber, CaseId, EvidenceKindId
from tongban.kernel.moment import Moment, civil_date
from tongban.kernel.text import Text
from tongban.reads.catalogue import search_things
from tongban.reads.fees import Fees, read_fees
from tongban.reads.guide import AskedOf, read_asked_of
from tongban.reads.prefill import Prefilled, read_prefilled

MOST_RECEIPTS = 20


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member on a page.

    Args:
        waits_for: titles of what it waits for.
        limit, source: how long it may take and who says so; None when nobody does.
        wait: how long others may object before it is decided; None when nobody is asked.
        starts_on, ends_on: at the latest; ``ends_on`` is None when that is not known.
        standing: on a receipt; None in a plan.
        stopped_by: titles of the members that failed and so stop it.
        reported_on: the day on which the applicant said it was done elsewhere.
    """

    id: str
    title: Text
    item: ServiceItem | None
    elsewhere: Elsewhere | None
    zone: Zone
    waits_for: tuple[Text, ...]
    limit: TimeLimit | None
    starts_on: date
    ends_on: date | None
    is_on_longest_way: bool
    standing: Standing | None = None
    case: Case | None = None
    case_id: CaseId = CaseId("")  # noqa: RUF009 - a plain string
    stopped_by: tuple[Text, ...] = ()
    member: OpenedMember | None = None
    reported_on: date | None = None
    wait: TimeLimit | None = None

    @property
    def is_moving(self) -> bool:
        """Whether the machine or another zone has the next turn."""
        if self.case is None:
            return self.standing in (Standing.READY, Standing.RUNS)
        return read_waiting(self.case) in (WaitsFor.MACHINE, WaitsFor.ZONE)


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A paper of a bundle: who asks for it, and which registers spare it."""

    material: MergedMaterial
    asked_by: tuple[Text, ...]
    kinds: tuple[EvidenceKind, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What a situation calls for.

    Args:
        left_out: members not needed, each with the answers that say so.
        ends_on: the end of the longest way; None when no time is known.
        open_ended: titles of the members whose time nobody states.
        unpublished: titles of those that end in a year whose holidays are not published yet.
        asked: fields of the one form; ``spared`` how many fewer than item by item.
    """

    plan: BundlePlan
    lines: tuple[MemberLine, ...]
    left_out: tuple[tuple[Text, tuple[Text, ...]], ...]
    materials: tuple[MaterialLine, ...]
    ends_on: date | None
    open_ended: tuple[Text, ...]
    unpublished: tuple[Text, ...]
    asked: int
    spared: int
    fees: Fees


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A receipt and where everything on it stands; ``state`` is a word of ``opened.overall``."""

    opened: OpenedBundle
    title: Text
    state: str
    lines: tuple[MemberLine, ...]
    materials: tuple[MaterialLine, ...]
    ends_on: date | None
    open_ended: tuple[Text, ...]
    unpublished: tuple[Text, ...]
    done: int
    fees: Fees

    @property
    def version(self) -> int:
        """Return a number that grows with every change of the receipt or of one of its cases."""
        return self.opened.version + sum(line.case.version for line in self.lines if line.case)

    @property
    def moving(self) -> tuple[Text, ...]:
        """Return the titles of the members that will change by themselves soon."""
        return tuple(line.title for line in self.lines if line.is_moving)

    @property
    def is_moving(self) -> bool:
        """Whether the page should look again by itself."""
        return bool(self.moving)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt in a list."""

    number: BundleNumber
    title: Text
    state: str
    done: int
    members: int
    opened_at: datetime


def search_bundles(query: str, deps: Deps, kind: str = "") -> tuple[Bundle, ...]:
    """Return the bundles that fit a query, best first; all of them for an empty one."""
    found = search_things(query, deps.catalogue.list_bundles())
    return tuple(one for one in found if not kind or kind in one.objects)


def read_plan_page(plan: BundlePlan, deps: Deps) -> PlanPage:
    """Return what a situation calls for, as if it were handed in now."""
    now = deps.clock.now()
    path = read_plan_path(plan, now, deps)
    titles = {one.member.id: one.member.title for one in plan.choice.wanted}
    lines = tuple(
        MemberLine(
            id=one.member.id,
            title=one.member.title,
            item=plan.items.get(one.member.id),
            elsewhere=one.member.elsewhere,
            zone=deps.catalogue.zones[one.zone],
            waits_for=tuple(titles[need] for need in one.needs),
            limit=path.legs[one.member.id].limit,
            wait=path.legs[one.member.id].wait,
            starts_on=civil_date(path.legs[one.member.id].starts_at),
            ends_on=_day(path.legs[one.member.id].ends_at),
            is_on_longest_way=one.member.id in path.chain,
        )
        for one in plan.choice.wanted
    )
    asked = len(plan.union.form.questions)
    return PlanPage(
        plan=plan,
        lines=lines,
        left_out=tuple(
            (member.title, tuple(_why_not(test, plan.bundle) for test in tests))
            for member, tests in plan.choice.left_out
        ),
        materials=_read_materials(plan, titles, deps),
        ends_on=_day(path.ends_at),
        open_ended=tuple(titles[member] for member in path.open_ended),
        unpublished=tuple(titles[member] for member in path.unpublished),
        asked=asked,
        spared=plan.union.asked_apart - asked,
        fees=_read_fees(plan, titles, titles, deps),
    )


def _day(at: datetime | None) -> date | None:
    return civil_date(at) if at else None


def _why_not(test: SituationTest, bundle: Bundle) -> Text:
    """Say which answer would call for a member."""
    question = bundle.situations.get_question(test.question)
    words = [_value_words(question, value) for value in test.values]
    return Text(
        f"“{question.label.zh}”选择{'或'.join(one.zh for one in words)}时才需要",
        f"only if “{question.label.en}” is {' or '.join(one.en for one in words)}",
    )


def _value_words(question: Question, value: object) -> Text:
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    return question.choices.get(str(value), Text(str(value), str(value)))


def _read_materials(plan: BundlePlan, titles: Mapping[str, Text], deps: Deps) -> tuple[MaterialLine, ...]:
    return tuple(
        MaterialLine(
            material=one,
            asked_by=tuple(titles[member] for member in one.members),
            kinds=tuple(
                deps.catalogue.kinds[EvidenceKindId(kind)]
                for kind in one.exempt_through
                if EvidenceKindId(kind) in deps.catalogue.kinds
            ),
        )
        for one in plan.materials
    )


def read_bundle_prefilled(plan: BundlePlan, applicant: ApplicantRef, deps: Deps) -> dict[str, Prefilled]:
    """Return what the one form need not ask, by field; the first member that knows an answer gives it."""
    prefilled: dict[str, Prefilled] = {}
    for member, item in plan.items.items():
        # Whoever comes into being by an earlier member has no account and no record yet.
        if plan.choice.is_by_firm_to_come(plan.bundle.get_member(member)):
            continue
        known = read_prefilled(item, applicant, deps)
        for name, origins in plan.union.origins.items():
            for origin in origins:
                if origin.member == member and origin.question in known:
                    prefilled.setdefault(name, known[origin.question])
    return prefilled


def read_bundle_asked_of(
    plan: BundlePlan, answers: Mapping[str, Mapping[str, object]], applicant: ApplicantRef, deps: Deps
) -> tuple[tuple[Text, tuple[AskedOf, ...]], ...]:
    """Return, member by member, what will be asked of which zone (pipl-2021#17)."""
    return tuple(
        (plan.bundle.get_member(member).title, read_asked_of(item, dict(answers[member]), applicant, deps))
        for member, item in plan.items.items()
    )


def read_receipt(number: BundleNumber, deps: Deps) -> ReceiptPage:
    """Return a receipt with where each member stands, or raise NotFound."""
    with deps.unit():  # so that the cases are read with one question
        return _compose_receipt(get_bundle_receipt(number, deps), deps)


def _compose_receipt(opened: OpenedBundle, deps: Deps) -> ReceiptPage:
    cases = read_cases(opened, deps)
    standings = read_standings(opened, cases)
    bundle = deps.catalogue.get_bundle(opened.bundle_id)
    plan = compose_plan(bundle, opened.situation, opened.lead, deps)
    path = _read_path(opened, plan, standings, cases, deps)
    titles = {one.id: one.title for one in bundle.members}
    lines = tuple(_line(one, opened, plan, path, standings, cases, titles, deps) for one in opened.members)
    return ReceiptPage(
        opened=opened,
        title=bundle.title,
        state=overall(standings),
        lines=lines,
        materials=_read_materials(plan, titles, deps),
        ends_on=_day(path.ends_at),
        open_ended=tuple(titles[member] for member in path.open_ended),
        unpublished=tuple(titles[member] for member in path.unpublished),
        done=sum(1 for standing in standings.values() if standing is Standing.DONE),
        fees=_read_fees(plan, [one.id for one in opened.members], titles, deps),
    )


def _read_fees(plan: BundlePlan, members: Iterable[str], titles: Mapping[str, Text], deps: Deps) -> Fees:
    """Return what these members cost; those that are no item of the plan are handled elsewhere."""
    listed = tuple(members)
    items = {one: plan.items[one] for one in listed if one in plan.items}
    elsewhere = [one for one in listed if plan.bundle.get_member(one).elsewhere is not None]
    return read_fees(items, titles, elsewhere, deps)


def _read_path(
    opened: OpenedBundle,
    plan: BundlePlan,
    standings: Mapping[str, Standing],
    cases: Mapping[CaseId, Case],
    deps: Deps,
) -> LongestPath:
    """Return the longest way as it stands now: what has ended counts as it did, what failed not at all."""
    moment = Moment(opened.opened_at)
    wanted = {one.member.id: one for one in plan.choice.wanted}
    stretches = {
        one.id: Stretch(
            needs=tuple(need for need in one.needs if standings[need] not in BROKEN),
            limit=limit_of(wanted[one.id], plan.items.get(one.id), moment) if one.id in wanted else None,
            calendar=deps.catalogue.get_calendar(one.zone),
            wait=wait_of(plan.items.get(one.id), moment),
            since=one.noted_at if one.note is Noted.OPENED else None,
            done_at=_done_at(one, cases, deps) if standings[one.id] is Standing.DONE else None,
        )
        for one in opened.members
        if standings[one.id] not in BROKEN
    }
    return find_longest_path(stretches, opened.opened_at)


def _done_at(member: OpenedMember, cases: Mapping[CaseId, Case], deps: Deps) -> datetime | None:
    if member.case_id not in cases:
        return member.noted_at
    issued = [one.at for one in deps.cases.history(member.case_id) if isinstance(one.event, CredentialIssued)]
    return issued[0] if issued else None


def _line(
    one: OpenedMember,
    opened: OpenedBundle,
    plan: BundlePlan,
    path: LongestPath,
    standings: Mapping[str, Standing],
    cases: Mapping[CaseId, Case],
    titles: Mapping[str, Text],
    deps: Deps,
) -> MemberLine:
    leg = path.legs.get(one.id)
    standing = standings[one.id]
    member = plan.bundle.get_member(one.id)
    reported = one.noted_at if one.note is Noted.REPORTED else None
    return MemberLine(
        id=one.id,
        title=titles[one.id],
        item=plan.items.get(one.id),
        elsewhere=member.elsewhere,
        zone=deps.catalogue.zones[one.zone],
        waits_for=tuple(titles[need] for need in one.needs if standings[need] is not Standing.DONE),
        limit=leg.limit if leg else None,
        wait=leg.wait if leg else None,
        starts_on=civil_date(leg.starts_at if leg else opened.opened_at),
        ends_on=_day(leg.ends_at) if leg else None,
        is_on_longest_way=one.id in path.chain,
        standing=standing,
        case=cases.get(one.case_id),
        case_id=one.case_id,
        stopped_by=_titles(stoppers(opened, standings, one.id), titles)
        if standing is Standing.STOPPED
        else (),
        member=one,
        reported_on=_day(reported),
    )


def _titles(members: Iterable[str], titles: Mapping[str, Text]) -> tuple[Text, ...]:
    return tuple(titles[member] for member in members)


def list_receipts(party: ApplicantRef, deps: Deps) -> tuple[ReceiptLine, ...]:
    """Return a party's receipts, newest first, with one question to their table and one to the cases'."""
    receipts = deps.bundles.list_of(party, MOST_RECEIPTS)
    with deps.unit():
        deps.cases.preload([case_id for opened in receipts for case_id in opened.case_ids])
        return tuple(_receipt_line(opened, deps) for opened in receipts)


def _receipt_line(opened: OpenedBundle, deps: Deps) -> ReceiptLine:
    standings = read_standings(opened, read_cases(opened, deps))
    try:
        title = deps.catalogue.get_bundle(opened.bundle_id).title
    except NotFound:
        title = Text(opened.bundle_id, opened.bundle_id)
    done = sum(1 for standing in standings.values() if standing is Standing.DONE)
    return ReceiptLine(opened.number, title, overall(standings), done, len(opened.members), opened.opened_at)
