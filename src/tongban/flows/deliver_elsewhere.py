"""Serve a licence at the window of a zone that neither received nor decided: the deciding zone is told."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tongban.domain.case.commands import Command
from tongban.domain.case.ending import Delivered
from tongban.domain.case.ending_commands import RecordDelivery
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.flows.deliver import ACT, deliver
from tongban.flows.mandates import require_mandate
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

PARTY = "party"
"""Names in the message the number on the document of who came; the deciding zone compares it."""
_PARTY_MAX = 40


def deliver_elsewhere(
    case_id: CaseId, deciding_zone: ZoneId, party: str, delivered: Delivered, actor: Actor, deps: Deps
) -> None:
    """Hand a licence over at this window, whichever zones handled the case.

    Causes: a signed ``case.act`` message to the deciding zone, which compares the number and keeps the proof
        of service; where the case is known here, what ``deliver`` does.
    Twice:  nothing; the first proof of service stays.

    Args:
        party: the number on the original document of who came.

    Raises:
        Refused: the proof is not complete, everything at once; or, for a case known here, nobody of it came.

    Source of law: all-2019#44.
    """
    problems = []
    if not delivered.received_by.strip():
        problems.append(Problem("delivery.nobody", _WHO_TOOK_IT, "received_by", "all-2019#44"))
    if not delivered.is_identity_checked:
        problems.append(Problem("delivery.not-checked", _CHECK_WHO, "is_identity_checked", "all-2019#44"))
    if not delivered.note.strip():
        problems.append(Problem("delivery.not-signed", _SIGN, "note", "all-2019#44"))
    if deciding_zone not in deps.catalogue.zones:
        problems.append(Problem("delivery.no-zone", _NO_ZONE, "deciding_zone"))
    if problems:
        raise Refused(*problems)
    known = deps.cases.find(case_id)
    if known is not None:
        check_collector(known, party, deps)
        deliver(case_id, delivered, actor, deps)
        return
    if deciding_zone == deps.zone:
        raise NotFound(case_id)
    told = replace(delivered, at_zone=deps.zone)
    body = {"case": case_id, "act": ACT, "actor": to_plain(actor), "delivered": to_plain(told), PARTY: party}
    with deps.unit():
        deps.exchange.post(deciding_zone, "case.act", body, case_id)


def may_come_from_any_zone(command: Command, body: Mapping[str, Any], case: Case, deps: Deps) -> bool:
    """Say whether a zone that did not receive a case may send this act: a pick-up, by somebody of the case.

    Raises:
        Refused: nobody of the case came, or an agent who may not collect; the sender reads why.
    """
    if not isinstance(command, RecordDelivery) or PARTY not in body:
        return False
    if command.delivered.way != "pick-up":
        return False
    check_collector(case, str(body[PARTY])[:_PARTY_MAX], deps)
    return True


def check_collector(case: Case, party: str, deps: Deps, act: str = "collect") -> None:
    """Refuse whoever is neither the applicant nor an agent that may do the act (all-2019#29.2)."""
    who = case.applicant
    if not party or party not in (who.id, who.agent_id):
        raise Refused(Problem("party.wrong-number", _WRONG, "party"))
    require_mandate(who, party if party != who.id else "", case.item_id, act, deps)


_WHO_TOOK_IT = Text("请写明由谁领取。", "Say who took it.")
_CHECK_WHO = Text("请先核对来人的证件原件。", "Check the original document of who came first.")
_SIGN = Text("请写明领取人怎样签收。", "Say how the receipt was signed.")
_NO_ZONE = Text("请选择办理地。", "Choose the deciding zone.")
_WRONG = Text(
    "这个号码不是本办件的申请人或代理人。", "This number is not of the applicant or agent of this case."
)
