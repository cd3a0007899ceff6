"""Hand a complete case to the authority that holds the power, and take its answer."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor, AuthorityAnswered
from tongban.domain.rules.evaluate import from_plain
from tongban.domain.rules.table import Mark
from tongban.flows.authority_port import AuthorityQuestion
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def ask_authority(case_id: CaseId, deps: Deps) -> None:
    """Ask; put the answer into the history.

    Causes: ``AuthorityAnswered`` and the decision that it is. Nothing while the authority is away or has not
        decided: the case waits, says since when, and the worker asks again.
    Twice:  nothing; the same case is the same question to the authority, and an answered case does not ask.

    Source of law: named by the item (``decided_elsewhere``); the power does not move.
    """
    case = get_case(case_id, deps)
    if case.stage != "elsewhere" or case.forwarded is None:
        return
    marks = from_plain(case.assessment.record).marks if case.assessment else ()
    unmet = tuple(row for row, mark in _rows(case_id, deps) if mark is Mark.UNMET)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    says = {one.id: one.says for one in item.rules.criteria}
    question = AuthorityQuestion(
        case_id=case_id,
        item_id=case.item_id,
        authority=case.forwarded.authority,
        applicant_id=case.applicant.id,
        answers=case.answers,
        unmet=unmet,
        unmet_words=tuple(says.get(one, Text(one, one)) for one in unmet),
        is_certain=Mark.UNKNOWN not in marks,
    )
    try:
        answer = deps.authorities.ask(question)
    except Fault:
        return
    if answer is None:
        return
    answered = AuthorityAnswered(
        authority=question.authority,
        granted=answer.granted,
        reference=answer.reference,
        decided_on=answer.decided_on,
        reasons=answer.reasons,
        is_simulated=answer.is_simulated,
    )
    who = Actor("authority", question.authority)
    perform(case_id, c.RecordAnswer(answered), who, deps)


def _rows(case_id: CaseId, deps: Deps) -> tuple[tuple[str, Mark], ...]:
    case = get_case(case_id, deps)
    if case.assessment is None:
        return ()
    assessment = from_plain(case.assessment.record)
    return tuple((row.criterion, mark) for row, mark in zip(assessment.rows, assessment.marks, strict=True))
