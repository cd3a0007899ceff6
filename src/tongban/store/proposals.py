"""Proposed versions of rules, and what came of those that run in shadow."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.case.events import Actor
from tongban.domain.guard.what_if import Difference
from tongban.domain.rules.evaluate import Outcome
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.store.session import Session

STATES = ("draft", "shadow", "closed")
"""A draft waits, a shadow is evaluated beside, a closed one is kept and does nothing."""

_PROPOSAL = """
SELECT id, item_id, says, text, hash, actor_id, actor_name, at, state, compared, differing, plain
FROM store_proposal
"""
_OF_ITEM = _PROPOSAL + "WHERE item_id = %b ORDER BY id DESC LIMIT 50"
_BY_ID = _PROPOSAL + "WHERE id = %b"
_KEEP = """
INSERT INTO store_proposal (item_id, says, text, plain, hash, actor_id, actor_name, at, state)
VALUES (%b, %b, %b, %b, %b, %b, %b, %b, 'draft') RETURNING id
"""
_DIFFERENCES = """
SELECT case_id, "then", now, says_zh, says_en FROM store_shadowdifference WHERE proposal_id = %b
ORDER BY id DESC LIMIT %b
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed version.

    Args:
        says: what it is for, in the proposer's words.
        text: the rules file as proposed.
        plain: the table's plain form; hash: hex SHA-256 of it.
        compared, differing: decisions that were run beside, and how many came out otherwise.
    """

    id: int
    item_id: ItemId
    says: str
    text: str
    hash: str
    actor_id: str
    actor_name: str
    at: datetime
    state: str
    compared: int
    differing: int
    plain: Mapping[str, object]


class Proposals:
    """Keeps proposals; nothing here is ever used to decide."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self,
        item_id: ItemId,
        says: str,
        text: str,
        plain: Mapping[str, object],
        rules_hash: str,
        actor: Actor,
        at: datetime,
    ) -> int:
        """Keep a draft; return its number."""
        with self._session.unit():
            row = [item_id, says, text, json.dumps(plain), rules_hash, actor.id, actor.name, at]
            return int(self._session.write(_KEEP, row)[0][0])

    def set_state(self, number: int, state: str) -> None:
        """Put a proposal into shadow, or out of it; raises ValueError or NotFound."""
        if state not in STATES:
            raise ValueError(state)
        with self._session.unit():
            sql = "UPDATE store_proposal SET state = %b WHERE id = %b RETURNING 1"
            if not self._session.write(sql, [state, number]):
                raise NotFound(str(number))

    def list_of(self, item_id: ItemId) -> list[Proposal]:
        """Return an item's proposals, newest first."""
        return [_compose(row) for row in self._session.read(_OF_ITEM, [item_id])]

    def get(self, number: int) -> Proposal:
        """Return a proposal, or raise NotFound."""
        rows = self._session.read(_BY_ID, [number])
        if not rows:
            raise NotFound(str(number))
        return _compose(rows[0])

    def differences(self, number: int, limit: int) -> list[Difference]:
        """Return the newest cases that would have come out otherwise."""
        return [
            Difference(CaseId(case_id), Outcome(then), Outcome(now), Text(zh, en))
            for case_id, then, now, zh, en in self._session.read(_DIFFERENCES, [number, limit])
        ]


def _compose(row: tuple[object, ...]) -> Proposal:
    *rest, plain = row
    return Proposal(*rest, json.loads(str(plain)))  # type: ignore[arg-type]
