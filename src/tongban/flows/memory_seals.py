"""The port ``Seals`` in memory, on the shelf that a unit puts back when it fails."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from tongban.domain.seal.events import SealAct
from tongban.domain.seal.state import Seal, fold_seal
from tongban.flows.seal_port import FiledUse, SealRefusal, SealUse
from tongban.kernel.errors import Conflict, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


@dataclass
class SealShelf:
    """What one zone keeps of its seal."""

    acts: tuple[SealAct, ...] = ()
    uses: tuple[SealUse, ...] = ()
    refusals: tuple[SealRefusal, ...] = ()
    hours: dict[datetime, int] = field(default_factory=dict)


class HasSeals(Protocol):
    """The part of a zone's shelf that the seal needs."""

    seals: SealShelf
    leaves: dict[str, bytes]


class MemorySeals:
    """Acts, uses and refusals in tuples; ``shelf`` is the zone's whole shelf."""

    def __init__(self, shelf: HasSeals) -> None:
        self._shelf = shelf

    def read(self) -> Seal:
        """Return the folded seal."""
        return fold_seal(self._shelf.seals.acts)

    def take(self) -> Seal:
        """Return the folded seal; nobody else is here."""
        return self.read()

    def record(self, act: SealAct) -> SealAct:
        """Add an act under the next number."""
        acts = self._shelf.seals.acts
        kept = replace(act, number=len(acts) + 1)
        self._change(acts=(*acts, kept))
        return kept

    def acts(self, limit: int) -> Sequence[SealAct]:
        """Return the newest first."""
        return self._shelf.seals.acts[::-1][:limit]

    def count_hour(self, hour: datetime) -> int:
        """Return the count of an hour."""
        return self._shelf.seals.hours.get(hour, 0)

    def find_use(self, kind: str, document_id: str) -> SealUse | None:
        """Return the newest use, or None."""
        found = [one for one in self._shelf.seals.uses if (one.kind, one.document_id) == (kind, document_id)]
        return found[-1] if found else None

    def find_filed(self, sealed_digest: str) -> FiledUse | None:
        """Return the use of a file; its leaf has no place in a log here."""
        uses = self._shelf.seals.uses
        found = [one for one in uses if sealed_digest and one.sealed_digest == sealed_digest]
        return (
            FiledUse(found[-1], self._shelf.leaves.get(found[-1].leaf_key, b""), None, (), "")
            if found
            else None
        )

    def add_use(self, use: SealUse, hour: datetime) -> SealUse:
        """Add a use and count it."""
        shelf = self._shelf.seals
        kept = replace(use, number=len(shelf.uses) + 1)
        self._change(uses=(*shelf.uses, kept), hours={**shelf.hours, hour: shelf.hours.get(hour, 0) + 1})
        return kept

    def finish_use(self, number: int, sealed_digest: str) -> None:
        """Note the sealed document; raises Conflict when the use is not there or has another already."""
        shelf = self._shelf.seals
        use = next((one for one in shelf.uses if one.number == number), None)
        if use is None or use.sealed_digest not in ("", sealed_digest):
            raise Conflict(f"use {number} of the seal")
        done = (use.kind, use.document_id)
        self._change(
            uses=tuple(
                replace(one, sealed_digest=sealed_digest) if one is use else one for one in shelf.uses
            ),
            refusals=tuple(
                replace(one, is_waiting=False) if (one.kind, one.document_id) == done else one
                for one in shelf.refusals
            ),
        )

    def refuse(self, refusal: SealRefusal) -> None:
        """Keep a refusal, or count it."""
        kept, one = self._shelf.seals.refusals, refusal
        same = next((row for row in kept if _name_of(row) == _name_of(one)), None)
        if same is None:
            self._change(refusals=(*kept, replace(one, number=len(kept) + 1)))
            return
        again = replace(
            same, at=one.at, says=one.says, source=one.source, times=same.times + 1, is_waiting=one.is_waiting
        )
        self._change(refusals=tuple(again if row is same else row for row in kept))

    def find_waiting(self, case_id: CaseId) -> SealRefusal | None:
        """Return the newest that waits, or None."""
        waiting = [one for one in self._shelf.seals.refusals if one.is_waiting and one.case_id == case_id]
        return max(waiting, key=lambda one: (one.at, one.number), default=None)

    def claim_waiting(self, before: datetime, now: datetime, limit: int) -> Sequence[SealRefusal]:
        """Return the longest waiting first, and note that they were looked at."""
        kept = self._shelf.seals.refusals
        due = sorted(
            (one for one in kept if one.is_waiting and one.at < before), key=lambda one: (one.at, one.number)
        )
        chosen = due[:limit]
        self._change(refusals=tuple(replace(one, at=now) if one in chosen else one for one in kept))
        return tuple(replace(one, at=now) for one in sorted(chosen, key=lambda one: one.number))

    def _change(self, **parts: object) -> None:
        self._shelf.seals = replace(self._shelf.seals, **parts)  # type: ignore[arg-type]


class MemorySealKey:
    """The port ``SealKey`` without a key: who gives the right secret is known, and nothing is locked.

    Args:
        secrets: of the custodians, by login.
    """

    def __init__(self, secrets: Mapping[str, str], now: Callable[[], datetime]) -> None:
        self._secrets, self._now = secrets, now
        self._given: dict[str, tuple[datetime, datetime]] = {}
        self._ends_at: datetime | None = None

    def give(self, custodian: str, secret: str, ends_at: datetime, waits_until: datetime) -> bool:
        """Take one secret; open when another's waits for the same shift."""
        if custodian not in self._secrets:
            raise Refused(Problem("seal.no-share", _WRONG, "secret"))
        if self._secrets[custodian] != secret:
            raise Refused(Problem("seal.wrong-secret", _WRONG, "secret"))
        now = self._now()
        waiting = {one for one, (end, until) in self._given.items() if end == ends_at and now <= until}
        if waiting - {custodian}:
            self._given, self._ends_at = {}, ends_at
            return True
        self._given[custodian] = (ends_at, waits_until)
        return False

    def is_open(self) -> bool:
        """Say whether two gave theirs and their shift goes on."""
        return self._ends_at is not None and self._now() < self._ends_at

    def close(self) -> None:
        """Forget everything."""
        self._given, self._ends_at = {}, None


_WRONG = Text("印章口令不对。", "The secret of the seal is wrong.")


def _name_of(refusal: SealRefusal) -> tuple[str, str, str]:
    return (refusal.kind, refusal.document_id, refusal.code)
