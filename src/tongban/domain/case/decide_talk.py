"""Whether officer and applicant may write to each other, and what (all-2019#30.2, all-2019#7)."""

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case.conversation import APPLICANT, OFFICE
from tongban.domain.case.state import Case
from tongban.domain.case.talk import ApplicantAnswered, OfficerWrote
from tongban.domain.case.talk_commands import AnswerOfficer, WriteToApplicant
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

WORDS_CHARS, REASON_CHARS = 1000, 200
"""Characters of one message, and of why an officer writes."""
MESSAGES_MAX = 100
"""Most messages that one case keeps."""


def decide_talk(case: Case, command: c.Command) -> tuple[e.Event, ...] | None:
    """Return the events, or None for a command that is not of this room."""
    match command:
        case WriteToApplicant(words, reason):
            problems = [*_check(words, "words", WORDS_CHARS), *_check(reason, "reason", REASON_CHARS)]
            _refuse_all(case, problems)
            return (OfficerWrote(words.strip(), reason.strip()),)
        case AnswerOfficer(words, at_zone):
            problems = _check(words, "words", WORDS_CHARS)
            if not case.talk:
                problems.append(Problem("talk.nothing-asked", _NOTHING_ASKED))
            _refuse_all(case, problems)
            return (ApplicantAnswered(words.strip(), at_zone),)
    return None


def is_said(case: Case, command: c.Command) -> bool:
    """Say whether the same side has just said the same; a form that is sent twice says it once."""
    match command:
        case WriteToApplicant(words):
            return _was_last(case, OFFICE, words)
        case AnswerOfficer(words):
            return _was_last(case, APPLICANT, words)
    return False


def _was_last(case: Case, by: str, words: str) -> bool:
    return bool(case.talk) and (case.talk[-1].by, case.talk[-1].words) == (by, words.strip())


def _check(words: str, pointer: str, most: int) -> list[Problem]:
    if not words.strip():
        return [Problem("talk.empty", _EMPTY[pointer], pointer)]
    if len(words) > most:
        return [Problem("talk.too-long", _TOO_LONG.fill(most=most), pointer)]
    return []


def _refuse_all(case: Case, problems: list[Problem]) -> None:
    if len(case.talk) >= MESSAGES_MAX:
        problems.append(Problem("talk.too-many", _TOO_MANY.fill(most=MESSAGES_MAX), "words"))
    if problems:
        raise Refused(*problems)


_EMPTY = {
    "words": Text("请写明留言的内容。", "Write your message."),
    "reason": Text("请写明为什么需要联系申请人。", "Say why you write to the applicant."),
}
_TOO_LONG = Text("最多 {most} 个字。", "At most {most} characters.")
_TOO_MANY = Text("一个办件最多 {most} 条留言。", "A case keeps at most {most} messages.")
_NOTHING_ASKED = Text("工作人员还没有给您留言。", "No officer has written to you yet.")
