"""What the flows ask of the body that reviews decisions: take in a file, and say how it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tongban.kernel.ids import ZoneId


@dataclass(frozen=True, slots=True)
class ReviewReceipt:
    """That the body has the file.

    Args:
        number: its own number; the same application always has the same.
        is_simulated: True when a stand-in answered; pages say so.
    """

    number: str
    is_simulated: bool


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """How an application stands.

    Args:
        state: ``accepted`` or ``answered``.
        outcome: one of the outcomes in ``content/voices.yaml`` once it is answered; empty before.
    """

    state: str
    outcome: str
    words: str
    is_simulated: bool


class ReviewBody(Protocol):
    """The people's government that reviews what this zone's authority decides (admin-review-2023#24.1)."""

    def take_in(self, number: str, zone: ZoneId, content: bytes) -> ReviewReceipt:
        """Take in the file of an application; twice is once.

        Raises:
            Fault: it is away; nothing was filed.
        """

    def report(self, number: str, filed_at: datetime) -> ReviewReport | None:
        """Return how it stands, or None when nothing has been said; raises Fault when it is away."""
