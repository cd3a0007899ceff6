"""The port ``Voices`` in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from tongban.domain.voice.voice import OPEN, Voice
from tongban.flows.voice_store import PublishedAnswer
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId

_OF_CASE_MAX = 50


@dataclass
class VoiceShelf:
    """What a zone keeps of them."""

    voices: dict[str, Voice] = field(default_factory=dict)
    escalated: dict[str, datetime] = field(default_factory=dict)
    published: dict[str, PublishedAnswer] = field(default_factory=dict)

    def __copy__(self) -> "VoiceShelf":
        return VoiceShelf(dict(self.voices), dict(self.escalated), dict(self.published))


class HasVoices(Protocol):
    """The part of a zone's shelf that they need."""

    voices: VoiceShelf


class MemoryVoices:
    """Things raised, in a dictionary."""

    def __init__(self, shelf: HasVoices) -> None:
        self._shelf = shelf

    def _put(self, voice: Voice) -> None:
        kept = self._shelf.voices
        self._shelf.voices = VoiceShelf({**kept.voices, voice.number: voice}, kept.escalated, kept.published)

    def add(self, voice: Voice) -> None:
        """Keep a new one."""
        if voice.number in self._shelf.voices.voices:
            raise Conflict(voice.number)
        self._put(voice)

    def find(self, number: str) -> Voice | None:
        """Return it, or None."""
        return self._shelf.voices.voices.get(number)

    def save(self, before: Voice, after: Voice) -> None:
        """Keep what became of it."""
        kept = self.find(before.number)
        if kept is None or kept.version != before.version:
            raise Conflict(before.number)
        self._put(after)

    def list_of_case(self, case_id: CaseId) -> tuple[Voice, ...]:
        """Return what was raised about a case."""
        found = [one for one in self._shelf.voices.voices.values() if case_id == one.about.case_id != ""]
        return tuple(sorted(found, key=lambda one: (one.filed_at, one.number))[:_OF_CASE_MAX])

    def list_open(self, kind: str, limit: int) -> tuple[Voice, ...]:
        """Return what is open of a kind."""
        found = [one for one in self._shelf.voices.voices.values() if one.kind == kind and one.state in OPEN]
        return tuple(sorted(found, key=lambda one: (one.due_on or date.max, one.number))[:limit])

    def escalate_due(self, today: date, at: datetime, limit: int) -> Sequence[str]:
        """Mark what is overdue."""
        kept = self._shelf.voices
        late = [
            one.number
            for one in sorted(kept.voices.values(), key=lambda one: (one.due_on or date.max, one.number))
            if one.state in OPEN and one.due_on and one.due_on < today and one.number not in kept.escalated
        ][:limit]
        if late:
            marked = {**kept.escalated, **dict.fromkeys(late, at)}
            self._shelf.voices = VoiceShelf(kept.voices, marked, kept.published)
        return late

    def forget_contacts(self, ended_before: datetime, limit: int) -> int:
        """Forget ways to reach people."""
        ended = [
            one
            for one in self._shelf.voices.voices.values()
            if one != one.without_asker() and one.ended_at is not None and one.ended_at < ended_before
        ][:limit]
        for one in ended:
            self._put(one.without_asker())
        return len(ended)

    def publish(self, answer: PublishedAnswer) -> None:
        """Publish an answer once."""
        kept = self._shelf.voices
        if answer.number in kept.published:
            raise Conflict(answer.number)
        self._shelf.voices = VoiceShelf(
            kept.voices, kept.escalated, {**kept.published, answer.number: answer}
        )

    def find_published(self, number: str) -> PublishedAnswer | None:
        """Return what was published."""
        return self._shelf.voices.published.get(number)
