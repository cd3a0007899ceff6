"""What officer and applicant have written to each other, as the history leaves it."""

from dataclasses import dataclass
from datetime import datetime

from tongban.domain.case import events as e
from tongban.domain.case.talk import ApplicantAnswered, OfficerWrote

OFFICE, APPLICANT = "office", "applicant"
"""Who wrote."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message.

    Args:
        by: ``OFFICE`` or ``APPLICANT``.
        name: of the officer; empty for the applicant.
        reason: why an officer wrote; empty for the applicant.
    """

    by: str
    name: str
    words: str
    reason: str
    at: datetime


def read_said(recorded: e.Recorded) -> Said | None:
    """Return the message that an event tells, or None for any other event."""
    match recorded.event:
        case OfficerWrote(words, reason):
            return Said(OFFICE, recorded.actor.name, words, reason, recorded.at)
        case ApplicantAnswered(words):
            return Said(APPLICANT, "", words, "", recorded.at)
    return None
