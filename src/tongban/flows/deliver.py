"""Serve a licence, with the proof of it: opened or confirmed online, posted, or picked up at a window."""

from dataclasses import replace

from tongban.domain.case.ending import Delivered
from tongban.domain.case.ending_commands import RecordDelivery
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.delivery import PICK_UP
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment

ACT = "deliver"
"""What it is called in a ``case.act`` message."""


def deliver(case_id: CaseId, delivered: Delivered, actor: Actor, deps: Deps) -> Case:
    """Record that the licence reached its holder; at the deciding zone or at the one that received.

    Causes: ``Delivered`` in the deciding zone, then the day of archiving is fixed; in the other zone a
        ``case.act`` message to it.
    Twice:  nothing; the first proof of service stays.

    Raises:
        Refused: the proof is not complete; everything that is missing is told at once.

    Source of law: all-2019#44.
    """
    case = get_case(case_id, deps)
    delivered = replace(delivered, at_zone=deps.zone)
    with deps.unit():
        if case.deciding_zone == deps.zone:
            after = perform(case_id, RecordDelivery(delivered), actor, deps)
            note_pickup(case_id, delivered, actor, deps)
            return after
        if not note_pickup(case_id, delivered, actor, deps):
            return case
        body = {"case": case_id, "act": ACT, "actor": to_plain(actor), "delivered": to_plain(delivered)}
        deps.exchange.post(case.deciding_zone, "case.act", body, case_id)
    return case


def note_pickup(case_id: CaseId, delivered: Delivered, actor: Actor, deps: Deps) -> bool:
    """Note in the window's own list what it hands over; False when it had handed that case's licence over.

    The list is written here alone, in the transaction that records the proof of service or sends it off, so
    that the two cannot say different things.
    """
    if delivered.way != PICK_UP:
        return True
    if deps.hall.pickups.is_handed_out(case_id):
        return False
    to = "agent" if delivered.authority else "applicant"
    deps.hall.pickups.keep(case_id, to, actor.id, deps.clock.now())
    return True


def is_handed_over(case: Case, deps: Deps) -> bool:
    """Say whether a case's licence has reached its holder, or was handed over here and the proof travels."""
    return case.ending.delivered is not None or deps.hall.pickups.is_handed_out(case.id)


def note_opened(case_id: CaseId, actor: Actor, deps: Deps) -> None:
    """Serve an electronic licence because its holder has opened it, where the regime's data says so.

    Causes: what ``deliver`` does; nothing where only a confirmation serves it, or when it was served.
    """
    case = get_case(case_id, deps)
    regime = deps.catalogue.get_regime(deps.catalogue.get_item(case.item_id, case.deciding_zone).regime)
    arrow = regime.find_arrow(case.stage, "RecordDelivery")
    may = arrow is not None and actor.kind in arrow.who and case.ending.delivered is None
    if not may or regime.aftermath.served_when != "opened" or case.ending.archived is not None:
        return
    today = Moment(deps.clock.now()).on
    deliver(case_id, Delivered("electronic", actor.name, today, deps.zone, note="opened"), actor, deps)
