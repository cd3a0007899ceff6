"""Hand in what was still due, or confirm what is asked for again: at the deciding zone or at any other."""

from collections.abc import Mapping

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.later import list_applicant_checks
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def answer_check(
    case_id: CaseId, check: str, answers: Mapping[str, object], actor: Actor, deps: Deps
) -> Case:
    """Answer a check of a case.

    Causes: ``CheckAnswered`` in the deciding zone; in another zone a ``case.act`` message to it.
    Twice:  nothing.

    Raises:
        Refused: nothing of that name is due.
    """
    case = get_case(case_id, deps)
    if check not in {one.id for one in list_applicant_checks(case)}:
        raise Refused(Problem("check.not-open", _NOT_DUE, "check"))
    if case.deciding_zone == deps.zone:
        return perform(case_id, c.AnswerCheck(check, "applicant", deps.zone, answers), actor, deps)
    body = {"case": case_id, "act": "answer-check", "actor": to_plain(actor), "check": check,
            "answers": to_plain(answers)}  # fmt: skip
    with deps.unit():
        deps.exchange.post(case.deciding_zone, "case.act", body, case_id)
    return case


_NOT_DUE = Text("这一项现在不需要提交。", "Nothing of this kind is due now.")
