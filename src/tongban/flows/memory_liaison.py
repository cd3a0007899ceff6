"""The port ``LiaisonActs`` in memory."""

from datetime import date
from typing import Protocol

from tongban.domain.liaison.acts import ZoneAct
from tongban.domain.liaison.plain import zone_act_from_plain, zone_act_plain
from tongban.flows.liaison_port import Matter
from tongban.kernel.ids import CaseId, ItemId


class HasLiaison(Protocol):
    """The part of a zone's shelf that acts between zones need."""

    zone_acts: dict[str, tuple[str, ZoneAct]]
    matters: dict[str, Matter]


class MemoryLiaisonActs:
    """Acts by id, and lines by subject."""

    def __init__(self, shelf: HasLiaison) -> None:
        self._shelf = shelf

    def keep(self, told: ZoneAct, register: str) -> bool:
        """Keep it once."""
        zone_act_from_plain(zone_act_plain(told))
        for _, one in self._shelf.zone_acts.values():
            if one.id == told.id or (
                told.follows and (one.subject, one.follows) == (told.subject, told.follows)
            ):
                return False
        self._shelf.zone_acts = {**self._shelf.zone_acts, told.id: (register, told)}
        return True

    def save_matter(self, matter: Matter) -> None:
        """Keep a line."""
        self._shelf.matters = {**self._shelf.matters, matter.subject: matter}

    def list_about(self, subject: str) -> tuple[ZoneAct, ...]:
        """Return the acts about one subject."""
        return tuple(one for _, one in self._shelf.zone_acts.values() if one.subject == subject)

    def list_of_case(self, case_id: CaseId) -> tuple[ZoneAct, ...]:
        """Return the acts about a case."""
        return tuple(one for _, one in self._shelf.zone_acts.values() if one.case_id == case_id)

    def list_register(self, register: str) -> tuple[ZoneAct, ...]:
        """Return every act of a register."""
        return tuple(one for of, one in self._shelf.zone_acts.values() if of == register)

    def list_matters(
        self, register: str, limit: int, *, is_open: bool = True, after: str = ""
    ) -> tuple[Matter, ...]:
        """Return lines in their order."""
        found = [o for o in self._shelf.matters.values() if (o.register, o.is_open) == (register, is_open)]
        if is_open:
            found.sort(key=lambda one: (one.due_on or date.max, one.subject))
        else:
            found.sort(key=lambda one: (one.at, one.subject), reverse=True)
        begin = next((place for place, one in enumerate(found, 1) if one.subject == after), 0)
        return tuple(found[begin : begin + limit])

    def find_matter(self, register: str, about: str) -> Matter | None:
        """Return the newest."""
        found = [o for o in self._shelf.matters.values() if (o.register, o.about) == (register, about)]
        return max(found, key=lambda one: (one.at, one.subject), default=None)

    def count_matters(self, register: str, about: str, item_id: ItemId) -> int:
        """Count lines."""
        wanted = (register, about, item_id)
        return sum((o.register, o.about, o.item_id) == wanted for o in self._shelf.matters.values())
