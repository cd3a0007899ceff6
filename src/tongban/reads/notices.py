"""What other zones have told this one: what nobody has taken note of yet, and what somebody has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.evidence.exchange import EvidenceKind, HeldRecord
from tongban.domain.party import mask_citizen_number
from tongban.flows.notice_store import Notice
from tongban.flows.ports import Catalogue, Deps
from tongban.flows.take_note import find_announcement, find_concerned
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.reads.case_words import value_words
from tongban.store.models import Notice as Row

PAGE_ROWS = 25
COUNTED_AT_MOST = 200
"""Counting stops here; beyond it the number only says that there are many."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One line of the list."""

    number: int
    item: Text
    from_zone: Text
    received_at: datetime
    taken_at: datetime | None
    taken_name: str


@dataclass(frozen=True, slots=True)
class NoticeList:
    """One page of it; ``back`` and ``next`` are the numbers from which the other pages are found, or None."""

    lines: tuple[NoticeLine, ...]
    back: int | None
    next: int | None


def read_notices(
    deps: Deps, *, is_taken: bool, at: int | None = None, is_before: bool = False, size: int = PAGE_ROWS
) -> NoticeList:
    """Return one page of notices.

    What is open comes oldest first, as it has waited longest; what is taken note of, newest first.

    Args:
        at: number of the notice after which the page begins, or before which it ends.
    """
    chosen = _choose(is_taken)
    is_rising = is_taken == is_before  # the way in which the table is walked
    if at is not None:
        chosen = chosen.filter(number__gt=at) if is_rising else chosen.filter(number__lt=at)
    found = list(chosen.order_by("number" if is_rising else "-number")[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_before:
        found.reverse()
    if not found:
        return NoticeList((), None, None)
    has_back = has_more if is_before else at is not None
    has_next = True if is_before else has_more
    return NoticeList(
        tuple(_compose_line(row, deps.catalogue) for row in found),
        found[0].number if has_back else None,
        found[-1].number if has_next else None,
    )


def count_open() -> int:
    """Return how many notices nobody has taken note of, ``COUNTED_AT_MOST`` at the most."""
    return _choose(is_taken=False)[:COUNTED_AT_MOST].count()


def _choose(is_taken: bool) -> QuerySet[Row]:
    return Row.objects.filter(taken_at__isnull=not is_taken).defer("told")


def _compose_line(row: Row, catalogue: Catalogue) -> NoticeLine:
    item = _find_item(row.item_id, row.from_zone, catalogue)
    zone = catalogue.zones.get(ZoneId(row.from_zone))
    return NoticeLine(
        row.number,
        item.title if item else Text(row.item_id, row.item_id),
        zone.short_name if zone else Text(row.from_zone, row.from_zone),
        row.received_at,
        row.taken_at,
        row.taken_name,
    )


def _find_item(item_id: str, zone: str, catalogue: Catalogue) -> ServiceItem | None:
    try:
        return catalogue.get_item(ItemId(item_id), ZoneId(zone))
    except NotFound:
        return None


@dataclass(frozen=True, slots=True)
class ToldFact:
    """One fact in words: of the notice, or of the register's entry; ``marked`` is what it will say then."""

    title: Text
    values: tuple[Text, ...]
    marked: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryPart:
    """The entry of the own register that a notice concerns.

    Args:
        is_held: False when the register holds no such entry (any more).
        differs: titles of facts in which the entry is not what the notice says.
        will_mark: whether taking note changes it.
    """

    kind: EvidenceKind
    subject: str
    is_held: bool
    authority: Text | None
    as_of: datetime | None
    facts: tuple[ToldFact, ...]
    differs: tuple[Text, ...]
    will_mark: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    """A notice as its page needs it.

    Args:
        says: why zones tell each other this; None when the own packs know no such notice.
    """

    notice: Notice
    item: Text
    from_zone: Zone
    says: Text | None
    facts: tuple[ToldFact, ...]
    entry: EntryPart | None


def read_notice(number: int, deps: Deps) -> NoticePage:
    """Return a notice with the entry that it concerns; raises NotFound."""
    notice = deps.notices.find(number)
    if notice is None:
        raise NotFound(str(number))
    item = _find_item(notice.item_id, notice.from_zone, deps.catalogue)
    announcement = find_announcement(notice, deps)
    return NoticePage(
        notice=notice,
        item=item.title if item else Text(notice.item_id, notice.item_id),
        from_zone=deps.catalogue.zones[notice.from_zone],
        says=announcement.says if announcement else None,
        facts=tuple(
            ToldFact(_title_of(name, item), _words_of(value, item.labels.get(name, {}) if item else {}))
            for name, value in notice.facts.items()
        ),
        entry=_read_entry(notice, deps),
    )


def _title_of(name: str, item: ServiceItem | None) -> Text:
    declared = item.rules.types.get(name) if item else None
    return (declared.says if declared else None) or Text(name, name)


def _words_of(value: object, labels: Mapping[str, Text]) -> tuple[Text, ...]:
    """Return a fact of a message in words; a date came as rules write it, checked on receipt."""
    if isinstance(value, dict):
        return value_words(date.fromisoformat(value["date"]), labels)
    return value_words(value, labels)


def _read_entry(notice: Notice, deps: Deps) -> EntryPart | None:
    entry = notice.entry
    kind = deps.catalogue.kinds.get(entry.kind) if entry else None
    if entry is None or kind is None:
        return None
    subject = mask_citizen_number(entry.subject) if kind.subject == "citizen_number" else entry.subject
    concerned = find_concerned(notice, deps)
    if concerned is None:
        return EntryPart(kind, subject, False, None, None, (), (), False)
    titles = {fact.name: fact.title for fact in kind.facts}
    return EntryPart(
        kind,
        subject,
        True,
        concerned.record.authority,
        concerned.record.as_of,
        _entry_facts(kind, concerned.record, concerned.marks),
        tuple(titles.get(name, Text(name, name)) for name in concerned.differs),
        bool(concerned.marks),
    )


def _entry_facts(kind: EvidenceKind, record: HeldRecord, marks: Mapping[str, object]) -> tuple[ToldFact, ...]:
    return tuple(
        ToldFact(
            fact.title,
            value_words(record.facts[fact.name], fact.choices),
            value_words(marks[fact.name], fact.choices) if fact.name in marks else (),
        )
        for fact in kind.facts
        if fact.name in record.facts
    )
