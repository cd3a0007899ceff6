"""The port through which authorisations are kept; the store fills it."""

from datetime import datetime
from typing import Protocol

from tongban.domain.mandate import Mandate


class Mandates(Protocol):
    """Authorisations given at this zone. None is changed but by being taken back, once."""

    def keep(self, mandate: Mandate) -> None:
        """Keep an authorisation; raises Conflict when its id is there."""

    def find(self, mandate_id: str) -> Mandate | None:
        """Return an authorisation, or None."""

    def list_between(self, principal_id: str, helper_id: str, limit: int) -> tuple[Mandate, ...]:
        """Return what a principal gave somebody, the newest first."""

    def list_of_principal(self, principal_id: str, limit: int) -> tuple[Mandate, ...]:
        """Return what a principal gave anybody, the newest first."""

    def revoke(self, mandate_id: str, at: datetime) -> None:
        """Take an authorisation back; raises Conflict when it was taken back before, or is none."""
