"""A stand-in for the review body; whatever it says calls itself simulated."""

from datetime import datetime, timedelta
from typing import Protocol

from tongban.flows.review_port import ReviewReceipt, ReviewReport
from tongban.kernel.ids import ZoneId

_DECIDES_AFTER = timedelta(days=3)
"""Made up: long enough that a page shows it as accepted, short enough to be seen in a rehearsal."""
_ENDS = ("upheld", "changed", "revoked")
_ACCEPTED = "（模拟）复议机关已受理。没有接通真实的复议机关。"
_DECIDED = "（模拟）这是演示用的复议结果，由申请编号推算，不是任何机关的决定。"


class _Clock(Protocol):
    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


class MemoryReviewBody:
    """The port ``ReviewBody`` without a net; it keeps nothing, and says the same to every process."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock

    def take_in(self, number: str, zone: ZoneId, content: bytes) -> ReviewReceipt:
        """Give a receipt; its number comes from the application's."""
        del zone, content
        return ReviewReceipt(f"演示复收-{number}", is_simulated=True)

    def report(self, number: str, filed_at: datetime) -> ReviewReport | None:
        """Accept at once, and decide after some days."""
        if self._clock.now() < filed_at + _DECIDES_AFTER:
            return ReviewReport("accepted", "", _ACCEPTED, is_simulated=True)
        outcome = _ENDS[sum(number.encode()) % len(_ENDS)]
        return ReviewReport("answered", outcome, _DECIDED, is_simulated=True)
