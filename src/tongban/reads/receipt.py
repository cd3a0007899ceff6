"""The receipt of an application (收件凭证): what came, who took it in, what happens next. No acceptance."""

from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.case.due import due_on, running_clocks
from tongban.domain.case.events import Recorded, Submitted
from tongban.domain.case.state import Case, fold
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.rules.words import fill, show_date
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.guide import read_asked_of


@dataclass(frozen=True, slots=True)
class ReceivedPaper:
    """One paper of the published list: how it came, or how the applicant is spared it.

    Args:
        is_spared: True when nobody had to hand it in.
    """

    name: Text
    how: Text
    is_spared: bool
    law: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receipt says, as of the moment of receipt: later steps change nothing of it.

    Args:
        received_by: the hall and the clerk.
        title: what the regime calls the receipt.
        answer_by: by when the deciding zone must say whether anything is to be corrected.
        case_path: where the case is followed, to be put behind a node's address.
    """

    case: Case
    item: ServiceItem
    deciding: Zone
    receiving: Zone
    received_at: datetime
    received_by: Text
    papers: tuple[ReceivedPaper, ...]
    next_steps: tuple[Text, ...]
    answer_by: date | None
    stage_now: Text
    is_open: bool
    title: Text


def read_receipt(case_id: CaseId, deps: Deps) -> Receipt:
    """Return the receipt of an application that was received in this zone.

    Raises:
        NotFound: no such case here, or another zone received it.

    Source of law: all-2019#32 (acceptance is a written act of its own).
    """
    history = deps.cases.history(case_id)
    if not history:
        raise NotFound(case_id)
    submitted = fold(case_id, history[:1])
    now = fold(case_id, history)
    if now.receiving_zone != deps.zone:
        raise NotFound(case_id)
    catalogue = deps.catalogue
    item = catalogue.get_item(submitted.item_id, submitted.deciding_zone)
    regime = catalogue.get_regime(item.regime)
    deciding = catalogue.zones[submitted.deciding_zone]
    received = Moment(history[0].at)
    clocks = running_clocks(
        submitted, item, regime, catalogue.get_calendar(submitted.deciding_zone), received
    )
    answer_by = due_on(clocks[0].reading) if clocks else None
    return Receipt(
        case=submitted,
        item=item,
        deciding=deciding,
        receiving=catalogue.zones[submitted.receiving_zone],
        received_at=received.at,
        received_by=_received_by(history[0], deps),
        papers=_list_papers(submitted, item, deps),
        next_steps=_list_next_steps(submitted, deciding, answer_by),
        answer_by=answer_by,
        stage_now=regime.stages[now.stage],
        is_open=now.is_open,
        title=regime.documents.get("receipt", _TITLE),
    )


def _received_by(first: Recorded, deps: Deps) -> Text:
    zone = deps.catalogue.zones[first.zone]
    event = first.event
    if isinstance(event, Submitted) and event.taken_in_by:
        hall = zone.windows.get("cross-region" if event.deciding_zone != first.zone else "hall", zone.name)
        return Text(f"{hall.zh} · {event.taken_in_by}", f"{hall.en} · {event.taken_in_by}")
    return fill(_PORTAL, zone=zone.short_name)


def _list_papers(case: Case, item: ServiceItem, deps: Deps) -> tuple[ReceivedPaper, ...]:
    """Return the application form, every paper of the guide, and copies that the guide does not list."""
    asked = {one.kind.id: one for one in read_asked_of(item, dict(case.answers), case.applicant, deps)}
    copies = {q.evidence_kind: q for q in item.form.questions if q.type == "file" and q.id in case.answers}
    papers = [ReceivedPaper(_FORM, _ELECTRONIC, False, "all-2019#29.1")]
    for material in item.materials:
        one = asked.get(material.exempt_through)  # type: ignore[call-overload]
        if material.exempt_through in copies:
            papers.append(ReceivedPaper(material.name, _COPY, False, material.source))
        elif one is not None and one.zone is not None:
            how = fill(_SPARED, zone=one.zone.short_name, register=one.kind.register)
            papers.append(ReceivedPaper(material.name, how, True, material.source))
        elif material.exempt_through:
            papers.append(ReceivedPaper(material.name, _NOT_RECEIVED, False, material.source))
        else:
            papers.append(ReceivedPaper(material.name, _PAPER, False, material.source))
    listed = {material.exempt_through for material in item.materials}
    papers += [
        ReceivedPaper(q.label, _COPY, False, q.ground) for kind, q in copies.items() if kind not in listed
    ]
    return tuple(papers)


def _list_next_steps(case: Case, deciding: Zone, answer_by: date | None) -> tuple[Text, ...]:
    authority = deciding.authority.name
    steps = []
    if case.deciding_zone != case.receiving_zone:
        steps.append(fill(_FORWARD, zone=deciding.short_name))
    if answer_by is not None:
        steps.append(fill(_ANSWER, authority=authority, on=show_date(answer_by)))
    return (*steps, fill(_DECIDES, authority=authority), _FOLLOW, _ASK_PERSON)


_TITLE = Text("收件凭证", "Receipt")
_PORTAL = Text("{zone} · 网上申请", "{zone}, online")
_FORM = Text("申请表", "Application form")
_ELECTRONIC = Text("收到 1 份（电子）", "1 received, electronic")
_COPY = Text(
    "收到副本 1 份（电子），由审批人员与原件核对", "1 copy received, to be compared with the original"
)
_PAPER = Text("收到原件 1 份", "1 original received")
_SPARED = Text("免交：由系统向{zone}的“{register}”查询", "Not asked for: looked up in {zone}, “{register}”")
_NOT_RECEIVED = Text(
    "未收；三个高新区没有这项登记，如有需要会在补正通知中一次性告知",
    "Not received; no zone keeps this register. If it is needed, the correction notice will say so at once",
)
_FORWARD = Text(
    "申请由本窗口即时转交{zone}办理；受理、审查和决定由{zone}负责，权限不变。",
    "This window forwards the application at once to {zone}, which alone accepts, examines and decides.",
)
_ANSWER = Text(
    "{authority}最迟于 {on} 告知是否需要补正；逾期不告知的，自收件之日起即为受理。",
    "By {on} at the latest {authority} says whether anything must be corrected; "
    "if it says nothing, the application counts as accepted from the day of receipt.",
)
_DECIDES = Text(
    "受理后由{authority}作出决定，决定以书面（电子）形式送达。",
    "After acceptance {authority} decides, in writing and electronically.",
)
_FOLLOW = Text(
    "凭办件编号在网上或到收件、办理的高新区窗口查询、补正、撤回。",
    "With the case number you can follow, correct or withdraw it online, "
    "or at the window of the zone that received or decides it.",
)
_ASK_PERSON = Text(
    "任何时候都可以要求由工作人员办理，排队次序不变。",
    "At any time you may ask that a person handles it; you keep your place.",
)
