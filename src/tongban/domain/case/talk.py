"""Events of what the officer and the applicant write to each other; ``events`` lists them with the rest.

A message asks or explains. It is no correction notice (all-2019#32.4): no clock stops for it, and nothing is
refused because it stays unanswered.
"""

from dataclasses import dataclass

from tongban.kernel.ids import ZoneId


@dataclass(frozen=True, slots=True)
class OfficerWrote:
    """An officer of the deciding zone wrote to the applicant.

    Args:
        words: what is asked or explained.
        reason: why it is asked, in a sentence the applicant reads.
    """

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApplicantAnswered:
    """The applicant answered what an officer had written.

    Args:
        at_zone: where it was handed in.
    """

    words: str
    at_zone: ZoneId


TalkEvent = OfficerWrote | ApplicantAnswered
