"""Go on without an answer that will not come: a question refused for good, or never answered."""

from collections.abc import Mapping

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.evidence.exchange import HoldingFault
from tongban.domain.evidence.requirement import kind_of
from tongban.flows.ask_mandate import MANDATE_QUESTION
from tongban.flows.ask_promise_lists import QUESTION
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, EvidenceKindId, MessageId, ZoneId


def give_up(
    to_zone: ZoneId,
    message_id: MessageId,
    type_: str,
    body: Mapping[str, object],
    reason: HoldingFault,
    deps: Deps,
) -> None:
    """Let a case go on when a message about it will never be answered.

    Causes: ``EvidenceNotHeld`` with the reason for an ``evidence.request``, so that a person looks at the
        case; a note that no answer will come for a question put beforehand (promise, mandate); nothing for
        other messages, whose fault the case page shows.
    Twice:  nothing; the question is no longer pending. Nothing either when the case is closed by now.
    """
    if type_ in (QUESTION, MANDATE_QUESTION):
        number, token = str(body.get("case", "")), str(body.get("token", ""))
        deps.inquiries.note(number, to_zone, token, deps.clock.now(), None, reason.value)
    if type_ != "evidence.request":
        return
    kind = EvidenceKindId(str(body.get("kind", "")))
    try:
        case = get_case(CaseId(str(body.get("case", ""))), deps)
        asks = [asked.ask for key, asked in case.pending.items() if kind_of(key) == kind]
        asked = next((a for a in asks if (a.holder, a.subject) == (to_zone, body.get("subject"))), None)
        if asked is None:
            return
        nothing = c.NoteNothingHeld(asked.kind, to_zone, reason.value, message_id)
        perform(case.id, nothing, Actor("zone", to_zone), deps)
    except (NotFound, Refused):
        return
