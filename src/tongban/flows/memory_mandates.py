"""The port ``Mandates`` in memory."""

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from tongban.domain.mandate import Mandate
from tongban.kernel.errors import Conflict


class HasMandates(Protocol):
    """The part of a zone's shelf that authorisations need."""

    mandates: dict[str, Mandate]


class MemoryMandates:
    """Authorisations in a dictionary."""

    def __init__(self, shelf: HasMandates) -> None:
        self._shelf = shelf

    def keep(self, mandate: Mandate) -> None:
        """Keep it once."""
        if mandate.id in self._shelf.mandates:
            raise Conflict(f"{mandate.id}: kept already")
        self._shelf.mandates = {**self._shelf.mandates, mandate.id: mandate}

    def find(self, mandate_id: str) -> Mandate | None:
        """Return it, or None."""
        return self._shelf.mandates.get(mandate_id)

    def list_between(self, principal_id: str, helper_id: str, limit: int) -> tuple[Mandate, ...]:
        """Return the newest first."""
        own = self.list_of_principal(principal_id, len(self._shelf.mandates))
        return tuple(one for one in own if one.helper_id == helper_id)[:limit]

    def list_of_principal(self, principal_id: str, limit: int) -> tuple[Mandate, ...]:
        """Return the newest first."""
        own = [one for one in self._shelf.mandates.values() if one.principal_id == principal_id]
        return tuple(sorted(own, key=lambda one: (one.recorded_at, one.id), reverse=True)[:limit])

    def revoke(self, mandate_id: str, at: datetime) -> None:
        """Take it back once."""
        one = self._shelf.mandates.get(mandate_id)
        if one is None or one.revoked_at is not None:
            raise Conflict(f"{mandate_id}: nothing to take back")
        self._shelf.mandates = {**self._shelf.mandates, mandate_id: replace(one, revoked_at=at)}
