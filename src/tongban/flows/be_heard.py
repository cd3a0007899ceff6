"""The applicant speaks and asks for a hearing, at any zone; what a party says is recorded by an officer."""

from tongban.domain.case import examining_commands as xc
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.flows.acts_under_way import (
    CHALLENGE_CHAIR,
    REQUEST_HEARING,
    STATE,
    WAIVE_HEARING,
    check_not_held_back,
)
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

WORDS_CHARS = 2000
"""Characters of one statement."""


def make_statement(case_id: CaseId, by: str, words: str, actor: Actor, deps: Deps) -> Case:
    """Record what the applicant or a party says (all-2019#36).

    Causes: ``StatementRecorded`` in the deciding zone; in another zone a ``case.act`` message to it.
    Twice:  nothing; the same words of the same person are kept once.

    Args:
        by: ``applicant`` or the short name of a party.
    """
    check_words(words)
    case = get_case(case_id, deps)
    if case.deciding_zone == deps.zone:
        return perform(case_id, xc.RecordStatement(by, words, deps.zone), actor, deps)
    return _send(case, STATE, {"by": by, "words": words}, actor, deps)


def request_hearing(case_id: CaseId, by: str, actor: Actor, deps: Deps) -> Case:
    """Ask for a hearing (all-2019#47.1).

    Causes: ``HearingRequested`` in the deciding zone, where the clock then stands; in another zone a
        ``case.act`` message to it.
    Twice:  nothing.
    """
    case = get_case(case_id, deps)
    if case.deciding_zone == deps.zone:
        return perform(case_id, xc.RequestHearing(by, deps.zone), actor, deps)
    return _send(case, REQUEST_HEARING, {"by": by}, actor, deps)


def waive_hearing(case_id: CaseId, by: str, actor: Actor, deps: Deps) -> Case:
    """Do without a hearing, or take the request for it back (all-2019#47.1).

    Causes: ``HearingWaived`` in the deciding zone, where the clock then runs on if nobody else wants one; in
        another zone a ``case.act`` message to it.
    Twice:  nothing.
    """
    case = get_case(case_id, deps)
    if case.deciding_zone == deps.zone:
        return perform(case_id, xc.WaiveHearing(by, deps.zone), actor, deps)
    return _send(case, WAIVE_HEARING, {"by": by}, actor, deps)


def challenge_chair(case_id: CaseId, by: str, words: str, actor: Actor, deps: Deps) -> Case:
    """Ask for another chair of the hearing (all-2019#48.3).

    Causes: ``ChairChallenged`` in the deciding zone, whose head decides; in another zone a ``case.act``
        message to it.
    Twice:  nothing.
    """
    check_words(words)
    case = get_case(case_id, deps)
    if case.deciding_zone == deps.zone:
        return perform(case_id, xc.ChallengeChair(by, words, deps.zone), actor, deps)
    return _send(case, CHALLENGE_CHAIR, {"by": by, "words": words}, actor, deps)


def check_words(words: str) -> None:
    """Refuse a statement that is empty or longer than one keeps."""
    if not words.strip():
        raise Refused(Problem("statement.empty", _EMPTY, "words", "all-2019#36"))
    if len(words) > WORDS_CHARS:
        raise Refused(Problem("statement.too-long", _TOO_LONG.fill(most=WORDS_CHARS), "words"))


def _send(case: Case, act: str, said: dict[str, object], actor: Actor, deps: Deps) -> Case:
    body: dict[str, object] = {"case": case.id, "act": act, "actor": to_plain(actor), **said}
    with deps.unit():
        check_not_held_back(act, case.id, deps)
        deps.exchange.post(case.deciding_zone, "case.act", body, case.id)
    return case


_EMPTY = Text("请写明陈述的内容。", "Say what you want to state.")
_TOO_LONG = Text("最多 {most} 个字。", "At most {most} characters.")
