"""The rails in PostgreSQL: read once a second, and checked by the very statement that keeps a decision."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongban.domain.case.events import Actor
from tongban.flows.guard_ports import LaterCheck, Rail, RailAct
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.store.session import Session
from tongban.store.writes import LATER_CHECKS, RAIL_ACTS, RAILS_SEEN

_FRESH_SECONDS = 1.0
"""A reading is used again for so long. One that is old by then costs a Conflict, never a wrong decision."""

_NEWEST = """
SELECT DISTINCT ON (item_id, kind = 'rate') id, item_id, kind, sample_ppm, reasons_zh, reasons_en
FROM store_railact ORDER BY item_id, kind = 'rate', id DESC
"""
_ACTS = """
SELECT kind, sample_ppm, reasons_zh, reasons_en, actor_kind, actor_id, actor_name, at
FROM store_railact WHERE item_id = %b ORDER BY id DESC LIMIT 100
"""
_CHECK = """
SELECT item_id, rules_hash, chosen_at, verdict, reasons_zh, reasons_en, actor_kind, actor_id, actor_name,
       judged_at
FROM store_latercheck WHERE case_id = %b
"""
_JUDGE = """
UPDATE store_latercheck SET verdict = %b, reasons_zh = %b, reasons_en = %b, actor_kind = %b, actor_id = %b,
       actor_name = %b, judged_at = %b
WHERE case_id = %b RETURNING 1
"""


@dataclass(frozen=True, slots=True)
class _Reading:
    """All rails at one revision, and until when that is taken for fresh."""

    revision: int
    rails: Mapping[str, Rail]
    until: float


class DjangoRails:
    """The port ``Rails``."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._reading: _Reading | None = None

    def read(self, item_id: ItemId) -> Rail:
        """Return how the machine is held; the unit fails with Conflict if that changed before its end."""
        reading = self._reading
        if reading is None or time.monotonic() > reading.until:
            reading = self._reading = self._read_all()
        unit = self._session.open
        if unit is not None:
            unit.on_failure["rails"] = self._forget
            self._session.put(RAILS_SEEN, "revision", (reading.revision,))
        return reading.rails.get(item_id, Rail())

    def turn(self, act: RailAct) -> None:
        """Record an act."""
        who = act.actor
        row = (
            *(act.item_id, act.kind, act.sample_ppm, act.reasons.zh, act.reasons.en),
            *(who.kind, who.id, who.name, act.at),
        )
        self._session.put(RAIL_ACTS, (act.item_id, act.kind, act.at), row)
        self._forget()

    def acts(self, item_id: ItemId) -> Sequence[RailAct]:
        """Return the acts on an item, newest first."""
        return [
            RailAct(item_id, kind, Text(zh, en), Actor(actor_kind, actor_id, name), at, ppm)
            for kind, ppm, zh, en, actor_kind, actor_id, name, at in self._session.read(_ACTS, [item_id])
        ]

    def choose(self, check: LaterCheck) -> None:
        """Put a grant on the list, in the statement that keeps the grant."""
        row = (check.case_id, check.item_id, check.rules_hash, check.chosen_at)
        self._session.put(LATER_CHECKS, check.case_id, row)

    def find_check(self, case_id: CaseId) -> LaterCheck | None:
        """Return a later check, or None."""
        rows = self._session.read(_CHECK, [case_id])
        return _compose_check(case_id, rows[0]) if rows else None

    def judge(self, check: LaterCheck) -> None:
        """Keep a verdict; raises Conflict when the case was never chosen."""
        who, reasons = check.actor or Actor("", ""), check.reasons or Text("", "")
        with self._session.unit():
            row = [
                *(check.verdict, reasons.zh, reasons.en),
                *(who.kind, who.id, who.name, check.judged_at, check.case_id),
            ]
            if not self._session.write(_JUDGE, row):
                raise Conflict(check.case_id)

    def _read_all(self) -> _Reading:
        rows = self._session.read(_NEWEST)
        rails: dict[str, Rail] = {}
        for _, item_id, kind, ppm, zh, en in rows:
            rail = rails.get(item_id, Rail())
            stopped = Text(zh, en) if kind == "stop" else rail.stopped
            rails[item_id] = Rail(stopped, ppm if kind == "rate" else rail.sample_ppm)
        revision = max((row[0] for row in rows), default=0)
        return _Reading(revision, rails, time.monotonic() + _FRESH_SECONDS)

    def _forget(self) -> None:
        self._reading = None


def _compose_check(case_id: CaseId, row: tuple[Any, ...]) -> LaterCheck:
    item_id, rules_hash, chosen_at, verdict, zh, en, kind, actor_id, name, judged_at = row
    return LaterCheck(
        case_id,
        ItemId(item_id),
        rules_hash,
        chosen_at,
        verdict,
        Text(zh, en) if verdict else None,
        Actor(kind, actor_id, name) if verdict else None,
        judged_at,
    )
