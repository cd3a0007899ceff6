"""The rails and the kept rule tables in memory, on the shelf that a unit puts back when it fails."""

from collections.abc import Sequence
from typing import Any, Protocol

from tongban.domain.rules.restore import restore_table
from tongban.domain.rules.table import RuleTable, table_plain
from tongban.flows.guard_ports import LaterCheck, Rail, RailAct
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId


class RailShelf(Protocol):
    """The part of ``memory.Shelf`` that is kept here."""

    rule_tables: dict[str, dict[str, Any]]
    rail_acts: list[RailAct]
    later_checks: dict[CaseId, LaterCheck]


class MemoryRuleTables:
    """Plain forms by hash."""

    def __init__(self, shelf: RailShelf) -> None:
        self._shelf = shelf

    def keep(self, rules_hash: str, table: RuleTable, pack_version: int = 0) -> None:  # noqa: ARG002
        """Keep a table once."""
        if rules_hash not in self._shelf.rule_tables:
            self._shelf.rule_tables[rules_hash] = table_plain(table)

    def find(self, rules_hash: str) -> RuleTable | None:
        """Return a table, or None."""
        plain = self._shelf.rule_tables.get(rules_hash)
        return None if plain is None else restore_table(plain)


class MemoryRails:
    """Acts in a list; nobody else is here to turn a rail in the middle of a unit."""

    def __init__(self, shelf: RailShelf) -> None:
        self._shelf = shelf

    def read(self, item_id: ItemId) -> Rail:
        """Return what the newest acts leave."""
        return read_rail(self.acts(item_id))

    def turn(self, act: RailAct) -> None:
        """Add an act."""
        self._shelf.rail_acts.append(act)

    def acts(self, item_id: ItemId) -> Sequence[RailAct]:
        """Return the acts on an item, newest first."""
        return [act for act in reversed(self._shelf.rail_acts) if act.item_id == item_id]

    def choose(self, check: LaterCheck) -> None:
        """Put a case on the list once."""
        self._shelf.later_checks.setdefault(check.case_id, check)

    def find_check(self, case_id: CaseId) -> LaterCheck | None:
        """Return a later check, or None."""
        return self._shelf.later_checks.get(case_id)

    def judge(self, check: LaterCheck) -> None:
        """Keep a verdict; raises Conflict when the case was never chosen."""
        if check.case_id not in self._shelf.later_checks:
            raise Conflict(check.case_id)
        self._shelf.later_checks[check.case_id] = check


def read_rail(newest_first: Sequence[RailAct]) -> Rail:
    """Return how the machine is held after these acts on one item."""
    switch = next((act for act in newest_first if act.kind in ("stop", "lift")), None)
    rate = next((act.sample_ppm for act in newest_first if act.kind == "rate"), None)
    return Rail(switch.reasons if switch is not None and switch.kind == "stop" else None, rate)
