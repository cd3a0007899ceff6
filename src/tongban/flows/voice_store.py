"""The port through which what people raise is kept; the store fills it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tongban.domain.voice.voice import Voice
from tongban.kernel.ids import CaseId, ItemId


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """A question and its answer as everybody may read them; nothing in it points to a person."""

    number: str
    item_id: ItemId
    question: str
    answer: str
    published_at: datetime


class Voices(Protocol):
    """What people raised here, and what was sent here from other zones. Nothing is ever deleted."""

    def add(self, voice: Voice) -> None:
        """Keep a new one; raises Conflict when its number is here."""

    def find(self, number: str) -> Voice | None:
        """Return it, or None."""

    def save(self, before: Voice, after: Voice) -> None:
        """Keep what became of it; raises Conflict when it is not as it was read."""

    def list_of_case(self, case_id: CaseId) -> tuple[Voice, ...]:
        """Return what was raised about a case and is kept here, the oldest first; at most 50."""

    def list_open(self, kind: str, limit: int) -> tuple[Voice, ...]:
        """Return what is open here of a kind, in order of its day and number."""

    def escalate_due(self, today: date, at: datetime, limit: int) -> Sequence[str]:
        """Mark what is overdue and open as told to the head, each once ever; return the numbers."""

    def forget_contacts(self, ended_before: datetime, limit: int) -> int:
        """Forget who raised what ended before an instant, and how to reach them; return how many."""

    def publish(self, answer: PublishedAnswer) -> None:
        """Publish an answer; raises Conflict when it was published."""

    def find_published(self, number: str) -> PublishedAnswer | None:
        """Return what was published under a number, or None."""
