"""What the agenda shows: what has fallen due and still stands, and what will fire on which day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.agenda import AgendaKind
from tongban.domain.rules.words import fill, show_date
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.keyset import lies_behind
from tongban.store.models import AgendaEntry, CaseIndex

PAGE_ROWS = 50
NAMED_AT_MOST = 20
"""Case numbers that a rehearsal names for each day and kind; it counts them all."""
LONGEST_REHEARSAL_DAYS = 366
REMINDED_AT_MOST = 99


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that has fallen due in a case and still stands.

    Args:
        item: the item's title, empty where the case is not looked up.
        says: the notice in words.
        since: the day on which it fell due.
    """

    case_id: CaseId
    kind: AgendaKind
    says: Text
    about_on: date
    since: date
    item: Text


@dataclass(frozen=True, slots=True)
class StandingPage:
    """One page of a list; ``next`` names where the following one begins, or is empty."""

    rows: tuple[Standing, ...]
    next: str


def read_escalations(after: str, deps: Deps, size: int = PAGE_ROWS) -> StandingPage:
    """Return what the head of approvals was told of and is not settled, the longest standing first.

    Args:
        after: ``StandingPage.next`` of the page before; anything that is none begins at the front.
    """
    chosen = AgendaEntry.objects.filter(recipient="head", fired_at__isnull=False)
    day, _, rest = after.partition("~")
    case_id, _, kind = rest.partition("~")
    try:
        since = date.fromisoformat(day) if kind else None
    except ValueError:
        since = None
    if since is not None:
        chosen = chosen.filter(lies_behind({"fires_on": since, "case_id": case_id, "kind": kind}))
    found = list(chosen.order_by("fires_on", "case_id", "kind")[: size + 1])
    titles = _read_titles([row.case_id for row in found], deps)
    rows = tuple(
        _standing(row, titles.get(row.case_id, _NONE), deps)
        for row in found[:size]
        if row.kind in deps.catalogue.agenda.kinds
    )
    last = found[size - 1] if len(found) > size else None
    return StandingPage(rows, f"{last.fires_on.isoformat()}~{last.case_id}~{last.kind}" if last else "")


def read_standing(
    case_ids: Collection[str], recipients: Sequence[str], deps: Deps
) -> Mapping[str, tuple[Standing, ...]]:
    """Return what stands in these cases and reached these recipients, with one question, newest first."""
    rows = AgendaEntry.objects.filter(
        case_id__in=case_ids, recipient__in=recipients, fired_at__isnull=False
    ).order_by("-fires_on", "kind")
    found: dict[str, tuple[Standing, ...]] = {}
    for row in rows:
        if row.kind in deps.catalogue.agenda.kinds:
            found[row.case_id] = (*found.get(row.case_id, ()), _standing(row, _NONE, deps))
    return found


@dataclass(frozen=True, slots=True)
class Reminders:
    """How many hand-overs have come to the last day of their confirmation, or passed it, and wait for it.

    Args:
        to_confirm: this zone's to confirm; unconfirmed: another zone's.
        is_more: only the oldest ``REMINDED_AT_MOST`` are counted; there are more.
    """

    to_confirm: int
    unconfirmed: int
    is_more: bool


def read_reminders(deps: Deps, most: int = REMINDED_AT_MOST) -> Reminders:
    """Return what clerks are reminded of, with two questions."""
    standing = AgendaEntry.objects.filter(recipient="clerk", fired_at__isnull=False)
    found = list(standing.order_by("fires_on", "case_id").values_list("case_id", flat=True)[: most + 1])
    chosen = found[:most]
    own = CaseIndex.objects.filter(case_id__in=chosen, deciding_zone=deps.zone).count() if chosen else 0
    return Reminders(own, len(chosen) - own, is_more=len(found) > most)


def _standing(row: AgendaEntry, item: Text, deps: Deps) -> Standing:
    kind = deps.catalogue.agenda.kinds[row.kind]
    says = fill(kind.says, on=show_date(row.about_on))
    return Standing(CaseId(row.case_id), kind, says, row.about_on, row.fires_on, item)


def _read_titles(case_ids: Collection[str], deps: Deps) -> dict[str, Text]:
    rows = CaseIndex.objects.filter(case_id__in=case_ids).values_list("case_id", "item_id", "deciding_zone")
    titles = {}
    for case_id, item_id, zone in rows:
        try:
            titles[case_id] = deps.catalogue.get_item(ItemId(item_id), ZoneId(zone)).title
        except NotFound:
            titles[case_id] = Text(item_id, item_id)
    return titles


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What will fire of one kind on one day.

    Args:
        case_ids: the first of them; ``count`` counts all.
    """

    on: date
    kind: AgendaKind
    count: int
    case_ids: tuple[CaseId, ...]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What will fire from day to day.

    Args:
        known_until: last day of the loaded calendar; of a later day, what is counted in working days is not
            known yet.
    """

    first_on: date
    last_on: date
    known_until: date
    rows: tuple[Foreseen, ...]

    @property
    def is_beyond_calendar(self) -> bool:
        """Whether any of the days lies past the loaded calendar."""
        return self.last_on > self.known_until


def rehearse(first_on: date, last_on: date, deps: Deps, most: int = NAMED_AT_MOST) -> Rehearsal:
    """Return what will fire on which day if nothing happens until then; nothing is written.

    What is due already and has not fired yet fires today. What an act of time brings on in its turn is not
    foreseen, since the machine or a person decides in between.
    """
    today, agenda = Moment(deps.clock.now()).on, deps.catalogue.agenda
    counts: dict[tuple[date, str], int] = {}
    named: dict[tuple[date, str], tuple[CaseId, ...]] = {}
    for (on, kind), count in deps.agenda.count_ahead(last_on).items():
        counts[max(on, today), kind] = counts.get((max(on, today), kind), 0) + count
    for line in deps.agenda.list_ahead(last_on, most):
        place = max(line.fires_on, today), line.kind
        named[place] = (*named.get(place, ()), line.case_id)[:most]
    rows = tuple(
        Foreseen(on, agenda.kinds[kind], count, named.get((on, kind), ()))
        for (on, kind), count in sorted(counts.items())
        if first_on <= on <= last_on and kind in agenda.kinds
    )
    return Rehearsal(first_on, last_on, deps.catalogue.get_calendar(deps.zone).last_on, rows)


def check_days(first_on: date, last_on: date) -> bool:
    """Say whether a rehearsal may go over these days: in order, and not more than a year of them."""
    return timedelta() <= last_on - first_on <= timedelta(days=LONGEST_REHEARSAL_DAYS)


_NONE = Text("", "")
