"""What may be raised, who answers it, and within what time. Data; read from ``content/voices.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.clock.statute import TimeLimit
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

QUESTION, COMPLAINT, OBJECTION, REVIEW = "question", "complaint", "objection", "review"
KINDS = (QUESTION, COMPLAINT, OBJECTION, REVIEW)
DESKS = ("officer", "head", "body")
"""Whose list a thing lies on; ``body`` is the review body, which is no room of this house."""


@dataclass(frozen=True, slots=True)
class VoiceKind:
    """One kind of what people raise.

    Args:
        letter: stands in its numbers.
        desk: one of ``DESKS``.
        answer, extend: how long an answer may take, and by how much that may be extended once.
        is_made_up: whether the days are the zones' own; pages say so.
        subjects: what it is about, or on which ground; empty when nothing is chosen.
        outcomes: how it may end; empty when an answer is all there is.
    """

    id: str
    letter: str
    desk: str
    ground: LawKey
    title: Text
    says: Text
    answer: TimeLimit
    extend: TimeLimit
    is_made_up: bool
    subjects: Mapping[str, Text]
    outcomes: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """Until when review may be asked for (admin-review-2023#20), and how much may be attached."""

    within_days: int
    within_years_when_not_told: int
    most_attachments: int


@dataclass(frozen=True, slots=True)
class VoiceBook:
    """Everything about what people raise.

    Args:
        keep_contact_days: for how many days after its end a way to reach somebody is kept.
    """

    kinds: Mapping[str, VoiceKind]
    keep_contact_days: int
    review: ReviewRule

    def get(self, kind_id: str) -> VoiceKind:
        """Return a kind, or raise NotFound."""
        try:
            return self.kinds[kind_id]
        except KeyError:
            raise NotFound(kind_id) from None


NO_VOICES = VoiceBook({}, 1, ReviewRule(1, 1, 0))
"""For a content folder without them: nothing can be raised."""
