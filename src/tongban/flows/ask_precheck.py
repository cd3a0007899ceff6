"""Ask for a draft to be looked at before it is handed in, and answer: no case, no clock of the law."""

from collections.abc import Mapping

from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.catalogue.form import parse_answers
from tongban.domain.precheck import Advice, DraftFile, Precheck, check_advice
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text


def ask_precheck(
    number: CaseId,
    item_id: ItemId,
    applicant: ApplicantRef,
    filled: tuple[Mapping[str, object], tuple[DraftFile, ...]],
    deps: Deps,
) -> Precheck:
    """Give a draft to this zone's officers to look at; its answers stay the applicant's.

    Causes: a draft on the officers' list. Nothing else: it is no application, and nobody else is asked.
    Twice:  the same draft, unanswered, stays as it is; a changed one takes its place.

    Args:
        number: the case number that the application will have.
        filled: the answers as the form sent them, and the files.

    Raises:
        Refused: the item offers none here, or the form's own checks find something, all at once.
        NotFound: the number is somebody else's.
    """
    item, (answers, files) = deps.catalogue.get_item(item_id, deps.zone), filled
    if not item.precheck_working_days:
        raise Refused(Problem("precheck.not-offered", _NOT_OFFERED))
    if problems := parse_answers(item.form, answers).problems:
        raise Refused(*problems)
    if deps.cases.find(number) is not None:
        raise Refused(Problem("precheck.handed-in", _HANDED_IN))
    with deps.unit():
        known = deps.prechecks.find(number)
        if known is not None and known.applicant != applicant:
            raise NotFound(number)
        if known is not None and known.advice is None and known.answers == answers:
            return known
        now = deps.clock.now()
        calendar = deps.catalogue.get_calendar(deps.zone)
        until_on = calendar.plan_working_days(Moment(now).on, item.precheck_working_days)
        asked = Precheck(number, item_id, deps.zone, applicant, dict(answers), files, now, until_on)
        deps.prechecks.keep(asked)
        return asked


def answer_precheck(
    asked: Precheck, is_fit: bool, words: str, marks: Mapping[str, str], actor: Actor, deps: Deps
) -> None:
    """Answer a draft with advice.

    Causes: the applicant reads the advice. It binds no later examination.
    Twice:  Refused; the first answer stays until the draft is put again.

    Args:
        asked: the draft as the officer saw it; a draft put anew meanwhile is not answered by mistake.

    Raises:
        Refused: everything that is wrong with the answer, at once.
    """
    if actor.kind not in ("officer", "head"):
        raise Refused(Problem("precheck.wrong-role", _WRONG_ROLE))
    item = deps.catalogue.get_item(asked.item_id, deps.zone)
    kept = {name: mark.strip() for name, mark in marks.items() if mark.strip()}
    if problems := check_advice(item.form, is_fit=is_fit, words=words, marks=kept):
        raise Refused(*problems)
    advice = Advice(deps.clock.now(), actor, is_fit, words.strip(), kept)
    with deps.unit():
        if not deps.prechecks.answer(asked.number, asked.asked_at, advice):
            raise Refused(Problem("precheck.moved-on", _MOVED_ON, next_step=_LOOK_AGAIN))


_NOT_OFFERED = Text("这个事项不提供预审。", "No pre-check is offered for this item.")
_HANDED_IN = Text("这件申请已经提交。", "This application has been handed in.")
_WRONG_ROLE = Text("只有审批人员可以答复预审。", "Only a case officer answers a pre-check.")
_MOVED_ON = Text(
    "这份预审已经答复、撤回或者提交，您的答复没有记入。",
    "This draft was answered, put anew or handed in meanwhile; your answer was not kept.",
)
_LOOK_AGAIN = Text("请重新打开预审页。", "Open the pre-check again.")
