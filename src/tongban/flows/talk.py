"""Officer and applicant write to each other, the applicant at any zone; nothing else of the case changes."""

from tongban.domain.case.decide_talk import WORDS_CHARS
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.case.talk_commands import AnswerOfficer, WriteToApplicant
from tongban.flows.acts_under_way import ANSWER_OFFICER, check_not_held_back
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def write_to_applicant(case_id: CaseId, words: str, reason: str, actor: Actor, deps: Deps) -> Case:
    """Write to the applicant from the deciding zone; the receiving zone is told as of any event.

    Causes: ``OfficerWrote``.
    Twice:  nothing, while it is the last that was said.

    Source of law: all-2019#30.2 (what is asked must be explained).
    """
    return perform(case_id, WriteToApplicant(words, reason), actor, deps)


def answer_officer(case_id: CaseId, words: str, actor: Actor, deps: Deps) -> Case:
    """Answer an officer.

    Causes: ``ApplicantAnswered`` in the deciding zone; in another zone a ``case.act`` message to it.
    Twice:  nothing, while it is the last that was said.

    Source of law: all-2019#7 (the right to speak).
    """
    check_answer(words)
    case = get_case(case_id, deps)
    if case.deciding_zone == deps.zone:
        return perform(case_id, AnswerOfficer(words, deps.zone), actor, deps)
    body = {"case": case_id, "act": ANSWER_OFFICER, "actor": to_plain(actor), "words": words}
    with deps.unit():
        check_not_held_back(ANSWER_OFFICER, case_id, deps)
        deps.exchange.post(case.deciding_zone, "case.act", body, case_id)
    return case


def check_answer(words: str) -> None:
    """Refuse an answer that is empty or too long before it travels."""
    if not words.strip():
        raise Refused(Problem("talk.empty", _EMPTY, "words"))
    if len(words) > WORDS_CHARS:
        raise Refused(Problem("talk.too-long", _TOO_LONG.fill(most=WORDS_CHARS), "words"))


_EMPTY = Text("请写明回复的内容。", "Write your answer.")
_TOO_LONG = Text("最多 {most} 个字。", "At most {most} characters.")
