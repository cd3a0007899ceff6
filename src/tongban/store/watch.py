"""What is watched of new decisions: how far the watch has come, blocks of counts, alarms, shadows."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tongban.domain.guard.drift import Shift
from tongban.domain.guard.tally import Counts
from tongban.domain.guard.what_if import Difference
from tongban.kernel.text import Text
from tongban.store.session import Session

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""Before any decision of any node."""

_CURSOR = "SELECT at, case_id FROM store_watchcursor WHERE id = 1 FOR UPDATE SKIP LOCKED"
_BEGIN = """
INSERT INTO store_watchcursor (id, at, case_id) VALUES (1, %b, '') ON CONFLICT (id) DO NOTHING
"""
_MOVE = "UPDATE store_watchcursor SET at = %b, case_id = %b WHERE id = 1"
_BLOCKS = """
SELECT number, cases, counts, began_at, closed_at FROM store_watchblock
WHERE item_id = %b AND rules_hash = %b AND (number < %b OR closed_at IS NULL) ORDER BY number
"""
_SAVE = """
INSERT INTO store_watchblock (item_id, rules_hash, number, cases, counts, began_at, closed_at)
VALUES (%b, %b, %b, %b, %b, %b, %b) ON CONFLICT (item_id, rules_hash, number)
DO UPDATE SET cases = excluded.cases, counts = excluded.counts, closed_at = excluded.closed_at
"""
_LAST_NUMBER = """
SELECT coalesce(max(number), 0) FROM store_watchblock WHERE item_id = %b AND rules_hash = %b
"""
_ALARM = """
INSERT INTO store_driftalarm (item_id, rules_hash, block, feature, value, before_hits, before_cases, now_hits,
    now_cases, chance_ppb, at) VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b)
"""
_SHADOWS = "SELECT id, item_id, plain FROM store_proposal WHERE state = 'shadow' ORDER BY id"
_COMPARED = "UPDATE store_proposal SET compared = compared + %b, differing = differing + %b WHERE id = %b"
_DIFFERS = """
INSERT INTO store_shadowdifference (proposal_id, case_id, "then", now, says_zh, says_en, at)
VALUES (%b, %b, %b, %b, %b, %b, %b)
"""
_SEEN = """
UPDATE store_driftalarm SET seen_by = %b, seen_at = %b, seen_zh = %b, seen_en = %b WHERE id = %b RETURNING 1
"""
_REOPEN = """
UPDATE store_driftalarm SET seen_by = '', seen_at = NULL, seen_zh = '', seen_en = '' WHERE id = %b RETURNING 1
"""
_BILLION = 1_000_000_000


@dataclass(slots=True)
class Block:
    """Decisions of one rules version, counted together.

    Args:
        number: from 1; the first blocks are the reference.
    """

    number: int
    cases: int
    counts: Counts
    began_at: datetime
    closed_at: datetime | None = None


@dataclass(slots=True)
class Counted:
    """The blocks of one rules version as the watch needs them: the reference, and the one that is open."""

    reference: list[Block] = field(default_factory=list)
    open: Block | None = None
    last_number: int = 0


class Watch:
    """Keeps what is watched; only inside a unit, and by one worker at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self) -> tuple[datetime, str] | None:
        """Return how far the watch has come, for this unit alone; None when another worker watches."""
        self._session.write(_BEGIN, [BEGINNING])
        rows = self._session.write(_CURSOR)
        return (rows[0][0], rows[0][1]) if rows else None

    def move(self, at: datetime, case_id: str) -> None:
        """Note how far the watch has come."""
        self._session.write(_MOVE, [at, case_id])

    def read_blocks(self, item_id: str, rules_hash: str, reference_blocks: int) -> Counted:
        """Return the reference and the open block of a rules version."""
        counted = Counted()
        for number, cases, counts, began_at, closed_at in self._session.read(
            _BLOCKS, [item_id, rules_hash, reference_blocks + 1]
        ):
            block = Block(number, cases, json.loads(counts), began_at, closed_at)
            if closed_at is None:
                counted.open = block
            else:
                counted.reference.append(block)
        ((counted.last_number,),) = self._session.read(_LAST_NUMBER, [item_id, rules_hash])
        return counted

    def save_block(self, item_id: str, rules_hash: str, block: Block) -> None:
        """Keep a block as it stands."""
        counts = json.dumps(block.counts, ensure_ascii=False, sort_keys=True)
        row = [item_id, rules_hash, block.number, block.cases, counts, block.began_at, block.closed_at]
        self._session.write(_SAVE, row)

    def raise_alarms(
        self, item_id: str, rules_hash: str, block: int, shifts: Sequence[Shift], at: datetime
    ) -> None:
        """Keep what moved in a block."""
        for shift in shifts:
            chance_ppb = int(shift.chance * _BILLION)
            row = [
                *(item_id, rules_hash, block, shift.feature[:120], shift.value[:120]),
                *(shift.before_hits, shift.before_cases, shift.now_hits, shift.now_cases, chance_ppb, at),
            ]
            self._session.write(_ALARM, row)

    def read_shadows(self) -> list[tuple[int, str, dict[str, object]]]:
        """Return the proposals that are evaluated beside: number, item, and the table's plain form."""
        return [(number, item, json.loads(plain)) for number, item, plain in self._session.read(_SHADOWS)]

    def keep_shadow(
        self, number: int, compared: int, differences: Sequence[Difference], at: datetime
    ) -> None:
        """Keep how a proposal in shadow came out beside the rules in force."""
        self._session.write(_COMPARED, [compared, len(differences), number])
        for one in differences:
            row = [number, one.case_id, one.then.value, one.now.value, one.says.zh, one.says.en, at]
            self._session.write(_DIFFERS, row)

    def mark_seen(self, alarm: int, by: str, at: datetime, found: Text) -> bool:
        """Note who looked into an alarm and what was found; False when there is none of this number."""
        return bool(self._session.write(_SEEN, [by, at, found.zh, found.en, alarm]))

    def reopen(self, alarm: int) -> bool:
        """Put an alarm back on the list; False when there is none of this number."""
        return bool(self._session.write(_REOPEN, [alarm]))
