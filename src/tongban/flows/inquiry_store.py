"""What the flows ask of whoever keeps the questions that are put before a promise is offered."""

from datetime import datetime
from typing import Protocol

from tongban.domain.inquiry import Inquiry
from tongban.kernel.ids import ZoneId


class Inquiries(Protocol):
    """Questions for applications that are not handed in yet; they are forgotten soon (pipl-2021#19)."""

    def list_of(self, number: str) -> tuple[Inquiry, ...]:
        """Return the questions put for a number, in order of zone."""

    def keep(self, inquiry: Inquiry) -> None:
        """Keep a question; the one before to the same zone for the same number is replaced."""

    def note(
        self, number: str, zone: ZoneId, token: str, at: datetime, is_listed: bool | None, fault: str = ""
    ) -> bool:
        """Note an answer, or why there will be none; False when this question is not, or no longer, open."""

    def forget_before(self, at: datetime) -> int:
        """Forget questions put before an instant; return how many."""
