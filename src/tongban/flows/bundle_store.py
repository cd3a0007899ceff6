"""What the flows ask of whoever keeps the receipts of bundles."""

from typing import Protocol

from tongban.domain.bundle.opened import OpenedBundle
from tongban.domain.case.events import ApplicantRef
from tongban.kernel.ids import BundleNumber


class Bundles(Protocol):
    """Receipts of bundles, in the zone that leads them."""

    def find(self, number: BundleNumber) -> OpenedBundle | None:
        """Return a receipt, or None when there is none here."""

    def save(self, opened: OpenedBundle) -> None:
        """Keep a receipt; raises Conflict unless ``opened.version`` is one more than what is kept."""

    def list_of(self, party: ApplicantRef, limit: int) -> tuple[OpenedBundle, ...]:
        """Return a party's receipts, newest first; an agent's are those it handed in."""
