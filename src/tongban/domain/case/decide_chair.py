"""Whether somebody may ask for another chair of a hearing, and what the head decides (all-2019#48.3)."""

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.decide_later import check_reasons
from tongban.domain.case.decide_parties import check_speaker
from tongban.domain.case.examination import Hearing
from tongban.domain.case.may_decide import CHAIR_DECIDES
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

_SOURCE = "all-2019#48.3"


def decide_chair(case: Case, command: c.Command, setting: Setting) -> tuple[e.Event, ...] | None:
    """Return the events, or None for a command that is not of this room."""
    match command:
        case xc.ChallengeChair(by, words, at_zone):
            return (_challenge(case, x.ChairChallenged(by, words.strip(), at_zone), setting),)
        case xc.DecideChallenge(upheld, reasons):
            check_reasons(reasons)
            return (_decide(case, upheld, reasons, setting),)
    return None


def is_done_about_chair(case: Case, command: c.Command) -> bool:
    """Say whether the case already holds what a command of this room would cause."""
    match command:
        case xc.ChallengeChair(by, words):
            known = case.examination.hearing.challenge
            return known is not None and (known.by, known.words) == (by, words.strip())
    return False


def list_about_chair(hearing: Hearing) -> list[Problem]:
    """Return what stands before a hearing's record because of who chairs it."""
    if hearing.challenge is not None:
        return [Problem("hearing.challenge-open", _OPEN, source=_SOURCE, next_step=_HEAD_DECIDES)]
    if not hearing.has_chair:
        return [Problem("hearing.chair-barred", CHAIR_BARRED, source=_SOURCE, next_step=NAME_ANOTHER)]
    return []


def _challenge(case: Case, challenge: x.ChairChallenged, setting: Setting) -> x.ChairChallenged:
    """Take a challenge: of a chair who is named, before the hearing, by each person once for each chair."""
    check_speaker(case, challenge.by, setting)
    hearing = case.examination.hearing
    problems = []
    if hearing.held is not None:
        problems.append(Problem("hearing.held", _HELD, source=_SOURCE))
    elif hearing.scheduled is None or not hearing.has_chair:
        problems.append(Problem("hearing.no-chair-yet", _NO_CHAIR_YET, source=_SOURCE))
    elif hearing.challenge is not None:
        problems.append(Problem("hearing.challenge-open", _OPEN, source=_SOURCE, next_step=_HEAD_DECIDES))
    elif (challenge.by, hearing.scheduled.chair_id) in hearing.challenged:
        problems.append(Problem("hearing.challenged-already", _ONCE, source=_SOURCE))
    if not challenge.words:
        problems.append(Problem("hearing.challenge-without-reason", _NO_WORDS, "words", _SOURCE))
    if problems:
        raise Refused(*problems)
    return challenge


def _decide(case: Case, upheld: bool, reasons: Text, setting: Setting) -> x.ChallengeDecided:
    hearing = case.examination.hearing
    if hearing.challenge is None or hearing.scheduled is None:
        raise Refused(Problem("hearing.no-challenge", _NO_CHALLENGE, source=_SOURCE))
    if hearing.scheduled.chair_id == setting.actor.id:
        raise Refused(Problem("hearing.chair-decides", CHAIR_DECIDES, source=_SOURCE))
    return x.ChallengeDecided(upheld, reasons)


CHAIR_BARRED = Text(
    "这名主持人已决定回避，不能主持本次听证。", "This chair must stand aside and cannot chair the hearing."
)
NAME_ANOTHER = Text(
    "请指定另一名主持人；时间、地点不变的，不必重新计算通知期限。",
    "Name another chair; where day and place stay, the time of notice need not run again.",
)
_OPEN = Text(
    "有人申请主持人回避，尚未作出决定。", "Somebody asked for another chair, and this is not decided yet."
)
_HEAD_DECIDES = Text("由审批负责人决定是否回避。", "The head of approvals decides on it.")
_HELD = Text("听证已经举行过。", "The hearing has been held.")
_NO_CHAIR_YET = Text("还没有指定听证主持人。", "No chair is named yet.")
_ONCE = Text("您对这名主持人的回避申请已经作出决定。", "Your request about this chair has been decided.")
_NO_WORDS = Text(
    "请写明主持人与本事项有什么直接利害关系。", "Say which direct interest the chair has in the case."
)
_NO_CHALLENGE = Text("没有待决定的回避申请。", "No request for another chair waits to be decided.")
