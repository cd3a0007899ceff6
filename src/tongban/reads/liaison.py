"""What zones owe each other, as pages tell it: one case with all of it, and the lists of a zone's desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef

from tongban.domain.case.events import Recorded
from tongban.domain.case.state import Case, fold
from tongban.domain.case.steps import is_taken_up
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.liaison.acts import ActedInName, CopyCertified, ReceiptConfirmed, ZoneAct
from tongban.domain.liaison.custody import Custody, read_custodies
from tongban.domain.liaison.dispute import Dispute, read_disputes
from tongban.domain.liaison.joint import Joint, read_joints
from tongban.flows.disputes import name_prevailing
from tongban.flows.liaison_port import Matter
from tongban.flows.offer_files import uploads_of
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, LawKey, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.store.models import CaseEvent, CaseIndex
from tongban.store.models import ZoneAct as ZoneActRow

PAGE_ROWS = 50
FORWARDING = LawKey("demonstration-rules-2025#forwarding")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Whether the deciding zone has what the other one took in.

    Args:
        said: its own word; None when it said nothing.
        shown_at: when it first went on in the case by a person or by accepting, which shows that it has it.
        due_on: the last day for it; None when the calendar is not known so far.
    """

    said: ZoneAct | None
    shown_at: datetime | None
    due_on: date | None
    is_late: bool

    @property
    def is_there(self) -> bool:
        """Whether it is confirmed, by word or by going on."""
        return self.said is not None or self.shown_at is not None


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A scan of the case, and who signed that it is faithful; None when nobody did."""

    digest: str
    question: Text
    certified: ZoneAct | None


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A dispute and the zone whose view stands by rule; None where a superior or a source says so."""

    dispute: Dispute
    by_rule: Zone | None


@dataclass(frozen=True, slots=True)
class CaseLiaison:
    """Everything that two zones owe each other about a case.

    Args:
        confirmation: None for a case of one zone.
        in_name: what was done in the deciding zone's name by the other one.
        joint: how it is handled jointly, or None.
    """

    case: Case
    item: ServiceItem
    receiving: Zone
    deciding: Zone
    custodies: tuple[Custody, ...]
    copies: tuple[CopyLine, ...]
    disputes: tuple[DisputeLine, ...]
    confirmation: Confirmation | None
    in_name: tuple[ZoneAct, ...]
    joint: Joint | None
    today: date

    @property
    def is_cross_zone(self) -> bool:
        """Whether two zones have to do with it."""
        return self.receiving.id != self.deciding.id


def read_case_liaison(case_id: CaseId, deps: Deps) -> CaseLiaison:
    """Return what zones owe each other about a case that is here; raises NotFound."""
    history = deps.cases.history(case_id)
    if not history:
        raise NotFound(case_id)
    case = fold(case_id, history)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    acts = deps.liaison.list_of_case(case_id)
    custodies, zones = read_custodies(acts), deps.catalogue.zones
    today = civil_date(deps.clock.now())
    lines = tuple(_dispute_line(one, case, custodies, zones) for one in read_disputes(acts))
    is_cross_zone = case.receiving_zone != case.deciding_zone
    return CaseLiaison(
        case=case,
        item=item,
        receiving=zones[case.receiving_zone],
        deciding=zones[case.deciding_zone],
        custodies=custodies,
        copies=_read_copies(case, item, acts),
        disputes=lines,
        confirmation=_read_confirmation(case, history, acts, today, deps) if is_cross_zone else None,
        in_name=tuple(one for one in acts if isinstance(one.act, ActedInName)),
        joint=next(iter(read_joints(acts)), None),
        today=today,
    )


def _dispute_line(
    dispute: Dispute, case: Case, custodies: tuple[Custody, ...], zones: Mapping[ZoneId, Zone]
) -> DisputeLine:
    prevails = name_prevailing(dispute, case, custodies)
    return DisputeLine(dispute, zones.get(prevails) if prevails else None)


def _read_copies(case: Case, item: ServiceItem, acts: tuple[ZoneAct, ...]) -> tuple[CopyLine, ...]:
    labels = {str(case.answers.get(one.id)): one.label for one in item.form.questions if one.type == "file"}
    signed = {one.act.digest: one for one in acts if isinstance(one.act, CopyCertified)}
    return tuple(CopyLine(digest, labels[digest], signed.get(digest)) for digest in uploads_of(case, item))


def _read_confirmation(
    case: Case, history: tuple[Recorded, ...], acts: tuple[ZoneAct, ...], today: date, deps: Deps
) -> Confirmation:
    said = next((one for one in acts if isinstance(one.act, ReceiptConfirmed)), None)
    shown_at = None
    if is_taken_up(case):
        own = (one for one in history if one.zone == case.deciding_zone and one.version > 1)
        shown_at = next((one.at for one in own if _shows_it(one)), None)
    due_on = find_confirm_by(case.received_at, case.deciding_zone, deps)
    is_late = said is None and shown_at is None and due_on is not None and due_on < today
    return Confirmation(said, shown_at, due_on, is_late)


def _shows_it(recorded: Recorded) -> bool:
    """Say whether an event shows that the case was taken up, and not only that a register was asked."""
    return not type(recorded.event).__name__.startswith("Evidence")


def find_confirm_by(received_at: datetime | None, deciding: ZoneId, deps: Deps) -> date | None:
    """Return the day by which the deciding zone confirms (demonstration-rules-2025#forwarding)."""
    limit = deps.catalogue.law.get(FORWARDING).limits["confirm_receipt"]
    if received_at is None:
        return None
    try:
        return deps.catalogue.get_calendar(deciding).add_working_days(civil_date(received_at), limit.amount)
    except Refused:  # the calendar does not reach so far
        return None


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A case that one zone took in and the other has not taken up."""

    case_id: CaseId
    item: Text
    receiving: Zone
    deciding: Zone
    received_at: datetime
    due_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class LiaisonDesk:
    """What a zone's people see first: what waits between zones, each list the most urgent first.

    Args:
        to_confirm: taken in by others, to be confirmed here; unconfirmed: the other way round.
        has_more: names of the lists of which only the first ``PAGE_ROWS`` are shown.
    """

    to_confirm: tuple[Unconfirmed, ...]
    unconfirmed: tuple[Unconfirmed, ...]
    originals: tuple[Matter, ...]
    disputes: tuple[Matter, ...]
    closed: tuple[Matter, ...]
    has_more: frozenset[str]
    today: date


def read_liaison_desk(deps: Deps) -> LiaisonDesk:
    """Return what waits between this zone and the others, with five questions."""
    more = PAGE_ROWS + 1
    lists = {
        "to_confirm": _list_unconfirmed(deps, is_ours=True),
        "unconfirmed": _list_unconfirmed(deps, is_ours=False),
        "originals": deps.liaison.list_matters("original", more),
        "disputes": deps.liaison.list_matters("dispute", more),
        "closed": deps.liaison.list_matters("dispute", more, is_open=False),
    }
    has_more = frozenset(name for name, rows in lists.items() if len(rows) > PAGE_ROWS)
    shown = {name: rows[:PAGE_ROWS] for name, rows in lists.items()}
    return LiaisonDesk(**shown, has_more=has_more, today=civil_date(deps.clock.now()))  # type: ignore[arg-type]


def _list_unconfirmed(deps: Deps, *, is_ours: bool) -> tuple[Unconfirmed, ...]:
    others = [zone for zone in deps.catalogue.zones if zone != deps.zone]
    deciding, receiving = ([deps.zone], others) if is_ours else (others, [deps.zone])
    confirmed = ZoneActRow.objects.filter(case_id=OuterRef("case_id"), register="receipt")
    corrected = CaseEvent.objects.filter(case_id=OuterRef("case_id"), name="Corrected")
    rows = (
        CaseIndex.objects.filter(stage="received", deciding_zone__in=deciding, receiving_zone__in=receiving)
        .filter(~Exists(confirmed), ~Exists(corrected))
        .order_by("received_at", "case_id")
        .values_list("case_id", "item_id", "receiving_zone", "deciding_zone", "received_at")
    )
    return tuple(_unconfirmed(row, deps) for row in rows[: PAGE_ROWS + 1])


def _unconfirmed(row: tuple[str, str, str, str, datetime], deps: Deps) -> Unconfirmed:
    case_id, item_id, receiving, deciding, received_at = row
    due_on = find_confirm_by(received_at, ZoneId(deciding), deps)
    is_late = due_on is not None and due_on < civil_date(deps.clock.now())
    zones = deps.catalogue.zones
    return Unconfirmed(
        CaseId(case_id), name_item(item_id, ZoneId(deciding), deps), zones[ZoneId(receiving)],
        zones[ZoneId(deciding)], received_at, due_on, is_late,
    )  # fmt: skip


def name_item(item_id: str, zone: ZoneId, deps: Deps) -> Text:
    """Return an item's title, or its id when the zone does not offer it any more."""
    try:
        return deps.catalogue.get_item(item_id, zone).title  # type: ignore[arg-type]
    except NotFound:
        return Text(item_id, item_id)
