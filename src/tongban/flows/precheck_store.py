"""What the flows ask of whoever keeps drafts that are looked at before they are handed in."""

from datetime import datetime
from typing import Protocol

from tongban.domain.precheck import Advice, Precheck
from tongban.kernel.ids import CaseId


class Prechecks(Protocol):
    """Drafts in pre-check. None is a case; each is forgotten once handed in, or soon after (pipl-2021#19)."""

    def find(self, number: CaseId) -> Precheck | None:
        """Return a draft, or None."""

    def keep(self, precheck: Precheck) -> None:
        """Keep a draft; the one before under the same number is replaced, with what was answered to it."""

    def answer(self, number: CaseId, asked_at: datetime, advice: Advice) -> bool:
        """Keep an answer; False when this very draft is not, or no longer, waiting for one."""

    def list_all(self, limit: int) -> tuple[Precheck, ...]:
        """Return drafts, first those that wait, the most urgent first, then those answered."""

    def list_of(self, applicant_id: str, limit: int) -> tuple[Precheck, ...]:
        """Return an applicant's drafts, the newest first."""

    def drop(self, number: CaseId) -> None:
        """Forget a draft; nothing when there is none."""

    def forget_before(self, at: datetime) -> int:
        """Forget drafts put before an instant; return how many."""
