"""Originals from hand to hand, copies signed for, and the deciding zone's word that it has what was sent."""

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import (
    Act,
    CopyCertified,
    OriginalSent,
    OriginalTaken,
    ReceiptConfirmed,
    ZoneAct,
)
from tongban.domain.liaison.custody import Custody, check_custody, read_custodies
from tongban.domain.liaison.plain import NAME_CHARS, SHEETS_MAX
from tongban.flows.liaison import ORIGINALS, check_length, find_matter_day, tell_zone_act, zones_of
from tongban.flows.offer_files import uploads_of
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

STAFF = ("clerk", "officer", "head")


def take_original(case_id: CaseId, paper: str, sheets: int, actor: Actor, deps: Deps) -> str:
    """Record that this window took an original in and answers for it; return its number in the log.

    Raises:
        Refused: the paper has no name, too many sheets, or the case was not received here.

    Source: state-council-office-2020-35 (received here, decided there).
    """
    case = get_case(case_id, deps)
    problems = list(_check_staff(actor))
    if case.receiving_zone != deps.zone:
        problems.append(Problem("original.not-received-here", _NOT_RECEIVED))
    if not paper.strip() or len(paper) > NAME_CHARS or "\x00" in paper:
        problems.append(Problem("original.no-paper", _NO_PAPER, "paper"))
    if not 1 <= sheets <= SHEETS_MAX:
        problems.append(Problem("original.no-sheets", _NO_SHEETS, "sheets"))
    if problems:
        raise Refused(*problems)
    return tell_zone_act(
        OriginalTaken(paper.strip(), sheets), None, case_id, zones_of(case), actor, deps
    ).subject


def send_original(
    case_id: CaseId, original: str, carrier: str, waybill: str, actor: Actor, deps: Deps
) -> ZoneAct:
    """Record that an original was given to a carrier for the other zone of the case; it is late by a day.

    Source: demonstration-rules-2025#originals (by when it should arrive).
    """
    case = get_case(case_id, deps)
    to_zone = next(iter(zones_of(case) - {deps.zone}), deps.zone)
    expected_on = find_matter_day(ORIGINALS, "arrive", to_zone, deps)
    act = OriginalSent(ZoneId(to_zone), carrier.strip(), waybill.strip(), expected_on)
    return hand_on(case_id, original, act, actor, deps)


def hand_on(case_id: CaseId, original: str, act: Act, actor: Actor, deps: Deps) -> ZoneAct:
    """Record the next step of an original, signed by the account that takes it.

    Raises:
        NotFound: no such original. Refused: the step is not open to this zone now, with why.
        Conflict: somebody else recorded the next step first.
    """
    case = get_case(case_id, deps)
    custody = get_custody(case_id, original, deps)
    texts = [value for value in (getattr(act, name) for name in act.__slots__) if isinstance(value, str)]
    too_long = tuple(problem for text in texts for problem in check_length(text, ""))
    problems = (*_check_staff(actor), *check_custody(custody, act, deps.zone), *too_long)
    if problems:
        raise Refused(*problems)
    return tell_zone_act(act, custody.last, case_id, zones_of(case), actor, deps, in_order=True)


def get_custody(case_id: CaseId, original: str, deps: Deps) -> Custody:
    """Return the log of one original of a case; raises NotFound."""
    for one in read_custodies(deps.liaison.list_about(original)):
        if one.case_id == case_id:
            return one
    raise NotFound(original)


def certify_copy(case_id: CaseId, digest: str, actor: Actor, deps: Deps) -> None:
    """Sign that a scan is faithful to the original that lay beside it.

    Twice:  nothing; a scan is signed for once.

    Raises:
        Refused: the case has no such file, or was not received here: only who saw the original may sign.
    """
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    problems = list(_check_staff(actor))
    if case.receiving_zone != deps.zone:
        problems.append(Problem("original.not-received-here", _NOT_RECEIVED))
    if digest not in uploads_of(case, item):
        problems.append(Problem("copy.unknown", _NO_SUCH_COPY, "digest"))
    if problems:
        raise Refused(*problems)
    with deps.unit():
        acts = deps.liaison.list_of_case(case_id)
        if any(isinstance(one.act, CopyCertified) and one.act.digest == digest for one in acts):
            return
        asked = next(one for one in item.form.questions if case.answers.get(one.id) == digest)
        tell_zone_act(
            CopyCertified(digest, asked.label.zh[:NAME_CHARS]), None, case_id, zones_of(case), actor, deps
        )


def confirm_receipt(case_id: CaseId, words: str, actor: Actor, deps: Deps) -> None:
    """Confirm that this zone, which decides, has what another took in; no acceptance.

    Twice:  nothing.

    Source: demonstration-rules-2025#forwarding (within a working day); state-council-office-2020-35.
    """
    case = get_case(case_id, deps)
    problems = [*_check_staff(actor), *check_length(words, "words")]
    if case.deciding_zone != deps.zone or case.receiving_zone == deps.zone:
        problems.append(Problem("receipt.not-ours", _NOT_OURS_TO_CONFIRM))
    if problems:
        raise Refused(*problems)
    with deps.unit():
        if find_confirmation(case, deps) is None:
            tell_zone_act(ReceiptConfirmed(words.strip()), None, case_id, zones_of(case), actor, deps)


def find_confirmation(case: Case, deps: Deps) -> ZoneAct | None:
    """Return the deciding zone's word that it has the case, or None."""
    acts = deps.liaison.list_of_case(case.id)
    return next((one for one in acts if isinstance(one.act, ReceiptConfirmed)), None)


def _check_staff(actor: Actor) -> tuple[Problem, ...]:
    return () if actor.kind in STAFF else (Problem("liaison.wrong-role", _WRONG_ROLE),)


_WRONG_ROLE = Text(
    "只有窗口人员、审批人员和负责人可以这样做。", "Only clerks, officers and heads may do this."
)
_NOT_RECEIVED = Text(
    "只有当面看到原件的收件区可以登记和签字。", "Only the zone that saw the original may record and sign it."
)
_NO_PAPER = Text("请填写是哪一份材料。", "Say which paper it is.")
_NO_SHEETS = Text("请填写页数，1 至 9999。", "Give the number of sheets, from 1 to 9999.")
_NO_SUCH_COPY = Text("办件中没有这份扫描件。", "The case has no such scan.")
_NOT_OURS_TO_CONFIRM = Text(
    "只有办理区确认他区代收的办件。", "Only the deciding zone confirms what another zone took in."
)
