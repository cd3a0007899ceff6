"""What an officer should do next, and by when: one indexed predicate, pages by keyset, no question a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from tongban.domain.case.may_decide import touches_others
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.provisional import NotYetKnown
from tongban.domain.clock.reading import Light, Reading
from tongban.domain.party import mask_name
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.keyset import lies_behind
from tongban.reads.lights import Limits, read_lamp
from tongban.store.models import CaseEvent, CaseIndex

PAGE_ROWS = 25
COUNTED_AT_MOST = 2_000
"""Counting stops here: beyond it the exact number helps nobody, and a page must not cost the whole table."""

MINE, NOBODYS = "mine", "nobody"
"""Words of an address for one's own cases and for those that are nobody's."""

STAGES = ("received", "assessed")
"""The stages in which a case can wait for a person (``domain.case.waiting``)."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the officer wants to see; an empty part means all.

    Args:
        item: an item's id.
        light: one of ``domain.clock.reading.Light``.
        stage: one of ``STAGES``.
        whose: ``MINE``, ``NOBODYS``, or an officer's username.
        team: a group's id.
        zone: where it was received.
        mine: the usernames that ``MINE`` stands for: the reader's and those they stand in for.
    """

    item: str = ""
    light: str = ""
    stage: str = ""
    whose: str = ""
    team: str = ""
    zone: str = ""
    mine: tuple[str, ...] = ()

    @property
    def parts(self) -> dict[str, str]:
        """What is wished for, as it stands in an address."""
        names = ("whose", "team", "item", "zone", "stage", "light")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list, from which the next or the previous page is found.

    Args:
        sort_on: the day by which the list is in order (``_order_by``).
        is_before: True for the page that ends before it, False for the one that begins after it.
    """

    sort_on: date
    case_id: str
    is_before: bool = False

    @property
    def text(self) -> str:
        """The place as part of an address, e.g. ``2026-03-05.CZ260303-00000001``."""
        return f"{self.sort_on.isoformat()}.{self.case_id}"


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """One line of the worklist.

    Args:
        applicant: a firm's name, or a person's with all but the first character hidden.
        why: why a person has to act.
        reading: the binding clock, or why it is not known yet; None when none runs.
        light: the lamp; None when no date is known.
        officer: whose it is; empty for nobody's.
    """

    case_id: CaseId
    item: Text
    applicant: str
    received_at: datetime
    received_in: ZoneId
    stage: Text
    why: Text
    reading: Reading | NotYetKnown | None
    light: Light | None
    officer: str = ""


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of it; ``back`` and ``next`` are None at the two ends."""

    rows: tuple[WaitingCase, ...]
    back: Place | None
    next: Place | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases wait, by light; ``is_capped`` when there are more than were counted."""

    red: int
    yellow: int
    green: int
    is_capped: bool

    @property
    def all(self) -> int:
        """Every case counted."""
        return self.red + self.yellow + self.green


def parse_place(text: str, *, is_before: bool = False) -> Place | None:
    """Return the place an address names, or None when it names none."""
    day, _, case_id = text.partition(".")
    try:
        return Place(date.fromisoformat(day), case_id, is_before) if case_id else None
    except ValueError:
        return None


def read_worklist(wish: Wish, at: Place | None, deps: Deps, size: int = PAGE_ROWS) -> Worklist:
    """Return one page of the cases that wait for a person in this zone, the most urgent first."""
    chosen, column = _choose(wish, deps), _order_by(wish)
    is_backwards = at is not None and at.is_before
    if at is not None:
        chosen = chosen.filter(
            lies_behind({column: at.sort_on, "case_id": at.case_id}, is_before=at.is_before)
        )
    order = (f"-{column}", "-case_id") if is_backwards else (column, "case_id")
    found = list(chosen.order_by(*order)[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_backwards:
        found.reverse()
    if not found:
        return Worklist((), None, None)
    has_back = has_more if is_backwards else at is not None
    has_next = True if is_backwards else has_more
    return Worklist(
        _compose_rows(found, deps),
        Place(getattr(found[0], column), found[0].case_id, is_before=True) if has_back else None,
        Place(getattr(found[-1], column), found[-1].case_id) if has_next else None,
    )


def count_waiting(wish: Wish, deps: Deps) -> Counts:
    """Return how many cases wait, by light, with one question; the wish's own light is left aside."""
    today = Moment(deps.clock.now()).on
    late = _late(today)
    some = _choose(replace(wish, light=""), deps).order_by("sort_on", "case_id")[: COUNTED_AT_MOST + 1]
    counts = some.aggregate(
        all=Count("case_id"),
        red=Count("case_id", filter=late),
        yellow=Count("case_id", filter=Q(warn_on__lte=today) & ~late),
    )
    is_capped = counts["all"] > COUNTED_AT_MOST
    seen = min(counts["all"], COUNTED_AT_MOST)
    return Counts(counts["red"], counts["yellow"], seen - counts["red"] - counts["yellow"], is_capped)


def _late(today: date) -> Q:
    """Return which cases are past their last day; one whose clock stands still is not."""
    return Q(due_on__lt=today, stopped_on__isnull=True)


def _order_by(wish: Wish) -> str:
    """Return the column by which the list is in order: the due date, or for green lamps when they turn.

    So whoever asks for green ones begins there in an index, behind all that is urgent already.
    """
    return "warn_on" if wish.light == Light.GREEN else "sort_on"


def _choose(wish: Wish, deps: Deps) -> QuerySet[CaseIndex]:
    """Return the cases that wait for a person here, narrowed by the wish; ``case_worklist`` is its index."""
    chosen = CaseIndex.objects.filter(waits_for="person", deciding_zone=deps.zone)
    match wish.whose:
        case "":
            pass
        case "mine":
            only = len(wish.mine) == 1  # one name is an equality, which the index answers in order
            chosen = chosen.filter(officer=wish.mine[0]) if only else chosen.filter(officer__in=wish.mine)
        case "nobody":
            chosen = chosen.filter(officer="")
        case officer:
            chosen = chosen.filter(officer=officer)
    if wish.team:
        chosen = chosen.filter(team=wish.team)
    if wish.zone:
        chosen = chosen.filter(receiving_zone=wish.zone)
    if wish.item:
        chosen = chosen.filter(item_id=wish.item)
    if wish.stage:
        chosen = chosen.filter(stage=wish.stage)
    if not wish.light:
        return chosen
    today = Moment(deps.clock.now()).on
    match wish.light:
        case Light.RED:
            return chosen.filter(_late(today), sort_on__lt=today)
        case Light.YELLOW:
            return chosen.filter(warn_on__lte=today, sort_on__gte=today)
        case Light.GREEN:
            return chosen.filter(~_late(today), warn_on__gt=today)
    return chosen.none()


def _compose_rows(found: Sequence[CaseIndex], deps: Deps) -> tuple[WaitingCase, ...]:
    told = _read_names([row.case_id for row in found])
    limits, now, warn = Limits(deps), Moment(deps.clock.now()), deps.catalogue.agenda.warn_percent
    rows = []
    for row in found:
        item = deps.catalogue.get_item(ItemId(row.item_id), deps.zone)
        reading = limits.read(row, now)
        rows.append(
            WaitingCase(
                case_id=CaseId(row.case_id),
                item=item.title,
                applicant=mask_name(row.applicant_name)
                if row.applicant_kind == "person"
                else row.applicant_name,
                received_at=row.received_at,
                received_in=ZoneId(row.receiving_zone),
                stage=deps.catalogue.get_regime(item.regime).stages[row.stage],
                why=_say_why(row, item, told.get(row.case_id, frozenset())),
                reading=reading,
                light=read_lamp(reading, now.on, warn),
                officer=row.officer,
            )
        )
    return tuple(rows)


def _say_why(row: CaseIndex, item: ServiceItem, told: frozenset[str]) -> Text:
    """Return why a person has to act: what the law wants first, then who asked for it."""
    if row.stage == "assessed" and touches_others(item) and not told & _ABOUT_PARTIES:
        return _TELL_PARTIES
    return _ASKED if "PersonRequested" in told else _WHY.get(row.stage, _WAITS)


def _read_names(case_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return by case which of the telling events it holds, with one question; names are not locked."""
    wanted = ("PersonRequested", *_ABOUT_PARTIES)
    found: dict[str, frozenset[str]] = {}
    held = CaseEvent.objects.filter(case_id__in=case_ids, name__in=wanted)
    for case_id, name in held.values_list("case_id", "name"):
        found[case_id] = found.get(case_id, frozenset()) | {name}
    return found


_ABOUT_PARTIES = frozenset(("InterestedPartyInformed", "NoPartyNoted"))
_TELL_PARTIES = Text(
    "直接关系他人重大利益，须先告知利害关系人",
    "It touches major interests of others: they must be told first",
)
_ASKED = Text("申请人要求人工办理", "The applicant asked for a person")
_WAITS = Text("等待工作人员处理", "Waits for a person")
_WHY = {
    "received": Text("补正后仍有材料查不到", "Something is still missing after the correction"),
    "assessed": Text(
        "有条件未满足、系统无法确认，或系统已暂停",
        "A criterion is not met, the machine cannot tell, or it is stopped",
    ),
}
