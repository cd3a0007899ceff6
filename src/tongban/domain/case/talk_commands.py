"""What officer and applicant may write to each other; ``commands`` lists it with the rest."""

from dataclasses import dataclass

from tongban.kernel.ids import ZoneId


@dataclass(frozen=True, slots=True)
class WriteToApplicant:
    """Write to the applicant; fields as in ``talk.OfficerWrote``."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerOfficer:
    """Answer what an officer wrote; fields as in ``talk.ApplicantAnswered``."""

    words: str
    at_zone: ZoneId


TalkCommand = WriteToApplicant | AnswerOfficer
