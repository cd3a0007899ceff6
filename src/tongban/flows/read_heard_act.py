"""Acts of somebody who is heard in a ``case.act`` message, read from what another zone sent."""

from collections.abc import Callable, Mapping
from typing import Any

from tongban.domain.case import examining_commands as xc
from tongban.domain.case.talk_commands import AnswerOfficer
from tongban.flows import acts_under_way as acts
from tongban.flows.be_heard import check_words
from tongban.flows.talk import check_answer
from tongban.kernel.ids import ZoneId

_NAME_MAX = 40
Heard = xc.RecordStatement | xc.RequestHearing | xc.WaiveHearing | xc.ChallengeChair | AnswerOfficer


def read_heard_act(body: Mapping[str, Any], from_zone: ZoneId) -> Heard | None:
    """Return the act as a command, None for another act; raises KeyError, TypeError or ValueError."""
    match body["act"]:
        case acts.STATE:
            return xc.RecordStatement(_read_by(body), _read_words(body, check_words), from_zone)
        case acts.ANSWER_OFFICER:
            return AnswerOfficer(_read_words(body, check_answer), from_zone)
        case acts.REQUEST_HEARING:
            return xc.RequestHearing(_read_by(body), from_zone)
        case acts.WAIVE_HEARING:
            return xc.WaiveHearing(_read_by(body), from_zone)
        case acts.CHALLENGE_CHAIR:
            return xc.ChallengeChair(_read_by(body), _read_words(body, check_words), from_zone)
    return None


def _read_by(body: Mapping[str, Any]) -> str:
    """Return who speaks: the applicant, or the short name of a party."""
    by = body["by"]
    if not isinstance(by, str) or len(by) > _NAME_MAX:
        raise ValueError("no short name")
    return by


def _read_words(body: Mapping[str, Any], check: Callable[[str], None]) -> str:
    """Return what somebody wrote; ``check`` knows how long it may be."""
    words = body["words"]
    if not isinstance(words, str):
        raise TypeError("no text")
    check(words)
    return words
