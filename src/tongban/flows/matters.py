"""How one subject between zones stands, as a line of a list: made from all its acts, never edited."""

from collections.abc import Sequence

from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import ZoneAct
from tongban.domain.liaison.custody import Custody, read_custodies
from tongban.domain.liaison.delegation import Delegation, DelegationState, read_delegations
from tongban.domain.liaison.dispute import Dispute, DisputeState, read_disputes
from tongban.domain.liaison.joint import Joint, read_joints
from tongban.flows.liaison_port import Matter
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.moment import civil_date


def compose_matter(acts: Sequence[ZoneAct], case: Case | None, deps: Deps) -> Matter | None:
    """Return the line of a subject, or None for what has none: a certified copy, a confirmed receipt."""
    newest = max(acts, key=lambda one: (one.at, one.id))
    item = case.item_id if case is not None else ItemId("")
    for custody in read_custodies(acts):
        return _original(custody, item, newest)
    for dispute in read_disputes(acts):
        return _dispute(dispute, newest)
    for delegation in read_delegations(acts):
        return _delegation(delegation, newest, deps)
    for joint in read_joints(acts):
        return _joint(joint, newest, deps)
    return None


def _joint(one: Joint, newest: ZoneAct, deps: Deps) -> Matter:
    if deps.zone in one.opened.parts:
        return _part(one, newest, deps)
    state = "closed" if one.closing else "waits" if one.missing else "failed" if one.failed else "complete"
    due_on = max(one.answer_by(zone) for zone in one.missing) if one.missing else one.decide_by
    return Matter(
        one.id, "joint", one.case_id, one.opened.item, "joint", one.zone, deps.zone, state,
        one.closing is None, due_on, newest.at,
    )  # fmt: skip


def _part(one: Joint, newest: ZoneAct, deps: Deps) -> Matter:
    """Return the line of this zone's own sub-case; it is about the sub-case's number."""
    zone = deps.zone
    sub_case = one.sub_cases.get(zone)
    state = "closed" if one.closing else "given" if zone in one.given else "asked"
    return Matter(
        one.id, "part", one.case_id, one.opened.item, sub_case.number if sub_case else "", one.zone, zone,
        state, state == "asked", one.answer_by(zone), newest.at,
    )  # fmt: skip


def _original(one: Custody, item: ItemId, newest: ZoneAct) -> Matter:
    to_zone = one.sent.to_zone if one.sent is not None else one.zone
    due_on = one.sent.expected_on if one.sent is not None else None
    return Matter(
        one.id, "original", one.case_id, item, one.paper, one.zone, to_zone, one.place.value, one.is_open,
        due_on, newest.at,
    )  # fmt: skip


def _dispute(one: Dispute, newest: ZoneAct) -> Matter:
    is_open = one.state is not DisputeState.CLOSED
    return Matter(
        one.id, "dispute", one.case_id, one.opened.item, one.opened.kind, one.zone, one.opened.against,
        one.state.value, is_open, one.due_on, newest.at,
    )  # fmt: skip


def _delegation(one: Delegation, newest: ZoneAct, deps: Deps) -> Matter:
    state = one.state_on(civil_date(deps.clock.now()))
    is_open = state is not DelegationState.ENDED
    return Matter(
        one.id, "delegation", CaseId(""), ItemId(""), "", one.zone, one.proposed.delegate, state.value,
        is_open, one.proposed.until_on, newest.at,
    )  # fmt: skip
