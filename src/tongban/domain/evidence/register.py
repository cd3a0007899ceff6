"""What a grant enters into the deciding authority's own register, and what undoing it leaves there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from tongban.domain.evidence.exchange import UNSEEN, DatedChange, HeldRecord
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """What one grant writes of one subject.

    Args:
        subject: identifier under which the row is filed.
        facts: fact name to value, without prefix.
        is_whole: the row is these facts; otherwise they are written over what the row says already.
        until_on: last day on which the facts hold by themselves; None when only a later act changes them.
        afterwards: what the row says of them from the day after.
    """

    kind: EvidenceKindId
    subject: str
    facts: Mapping[str, object]
    is_whole: bool = True
    until_on: date | None = None
    afterwards: Mapping[str, object] | None = None


def write_entry(
    entry: RegisterEntry,
    row: HeldRecord | None,
    nothing_means: Mapping[str, object],
    at: datetime,
    authority: Text,
    cause: str,
    revision: int = UNSEEN,
) -> HeldRecord:
    """Return the row as the entry leaves it.

    Args:
        row: as it stands; None when the register holds none of the subject.
        nothing_means: what a complete list means by no row; a part is written over that.
        at: instant of the writing.
        authority: who keeps the register; a row that is there keeps its own.
        cause: number of the case.
        revision: of no row: 0 when the register was asked, so that two cases cannot both begin the row.
    """
    before = {} if entry.is_whole else dict(nothing_means if row is None else row.facts)
    later = () if row is None or entry.is_whole else row.later
    if entry.until_on is not None and entry.afterwards:
        # A day set for the same facts before stands no longer.
        later = tuple(one for one in later if not set(one.facts) & set(entry.afterwards))
        later = (*later, DatedChange(entry.until_on, entry.afterwards))
    return HeldRecord(
        kind=entry.kind,
        subject=entry.subject,
        facts={**before, **entry.facts},
        as_of=at,
        authority=row.authority if row is not None else authority,
        cause=cause,
        later=later,
        attested_as="" if row is None else row.attested_as,
        revision=revision if row is None else row.revision,
    )


def undo_entry(
    entry: RegisterEntry, row: HeldRecord | None, left: Mapping[str, object], at: datetime, cause: str
) -> HeldRecord | None:
    """Return the row with the entry undone, or None when there is nothing of it to undo.

    An entry is undone only as long as the row still says all that it wrote: what a later case has written
    over it stands, and is undone with that case.

    Args:
        left: facts that the row has from now on.
    """
    if row is None or not _still_says(row, entry.facts):
        return None
    later = tuple(one for one in row.later if not set(one.facts) & set(entry.facts))
    return replace(row, facts={**row.facts, **left}, as_of=at, cause=cause, later=later)


def _still_says(row: HeldRecord, facts: Mapping[str, object]) -> bool:
    return all(_same(row.facts.get(name), value) for name, value in facts.items())


def _same(one: object, other: object) -> bool:
    """Compare two values of which one may have been through a table: a tuple comes back as a list."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return list(one) == list(other)
    return one == other
