"""The delegation register: proposed by one zone's head, published by both, ended by the one that gave it."""

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import DelegationEnded, DelegationProposed, DelegationPublished
from tongban.domain.liaison.delegation import Delegation, check_proposal, get_covering, read_delegations
from tongban.domain.liaison.plain import LIST_MAX
from tongban.flows.liaison import check_length, tell_zone_act
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

_NO_CASE = CaseId("")


def propose_delegation(proposed: DelegationProposed, actor: Actor, deps: Deps) -> str:
    """Propose that another zone acts in this zone's name; return its number. It has no effect yet.

    Raises:
        Refused: everything that is wrong with it at once.

    Source of law: all-2019#24.
    """
    own = [item.id for item in deps.catalogue.list_items(deps.zone)]
    problems = [
        *_check_head(actor),
        *check_proposal(proposed, deps.zone, own, civil_date(deps.clock.now())),
        *check_length(proposed.words, "words"),
    ]
    if proposed.delegate not in deps.catalogue.zones:
        problems.append(Problem("delegation.no-zone", _NO_ZONE, "delegate"))
    if len(proposed.items) > LIST_MAX:
        problems.append(Problem("delegation.too-many", _TOO_MANY.fill(most=LIST_MAX), "items"))
    if problems:
        raise Refused(*problems)
    return tell_zone_act(proposed, None, _NO_CASE, deps.catalogue.zones, actor, deps).subject


def publish_delegation(number: str, notice: str, actor: Actor, deps: Deps) -> None:
    """Record where this zone published the delegation; with both it is in force from its first day.

    Source of law: all-2019#24.1.
    """
    one = get_delegation(number, deps)
    problems = [*_check_head(actor), *check_length(notice, "notice")]
    if deps.zone not in (one.zone, one.proposed.delegate):
        problems.append(Problem("delegation.not-ours", _NOT_OURS))
    if deps.zone in one.published:
        problems.append(Problem("delegation.published", _PUBLISHED))
    if one.ended is not None:
        problems.append(Problem("delegation.ended", _ENDED))
    if not notice.strip():
        problems.append(Problem("delegation.no-notice", _NO_NOTICE, "notice", "all-2019#24.1"))
    if problems:
        raise Refused(*problems)
    act = DelegationPublished(notice.strip())
    tell_zone_act(act, one.history[0], _NO_CASE, deps.catalogue.zones, actor, deps)


def end_delegation(number: str, reason: str, actor: Actor, deps: Deps) -> None:
    """End a delegation that this zone gave, from this instant; what was done under it stands."""
    one = get_delegation(number, deps)
    problems = [*_check_head(actor), *check_length(reason, "reason")]
    if one.zone != deps.zone:
        problems.append(Problem("delegation.not-yours", _NOT_YOURS))
    if one.ended is not None:
        problems.append(Problem("delegation.ended", _ENDED))
    if not reason.strip():
        problems.append(Problem("delegation.no-reason", _NO_REASON, "reason"))
    if problems:
        raise Refused(*problems)
    act = DelegationEnded(reason.strip())
    tell_zone_act(act, one.history[0], _NO_CASE, deps.catalogue.zones, actor, deps)


def list_delegations(deps: Deps) -> tuple[Delegation, ...]:
    """Return the whole register, the newest first."""
    return read_delegations(deps.liaison.list_register("delegation"))


def get_delegation(number: str, deps: Deps) -> Delegation:
    """Return one delegation; raises NotFound."""
    for one in read_delegations(deps.liaison.list_about(number)):
        return one
    raise NotFound(number)


def get_delegation_for(case: Case, command: str, deps: Deps) -> Delegation:
    """Return the delegation under which this zone may act in a case that another decides.

    Raises:
        Refused: there is none in force that covers it; it says why (all-2019#24).
    """
    today = civil_date(deps.clock.now())
    zones = (case.deciding_zone, deps.zone)
    return get_covering(list_delegations(deps), zones, case.item_id, command, today)


def _check_head(actor: Actor) -> tuple[Problem, ...]:
    return () if actor.kind == "head" else (Problem("delegation.wrong-role", _WRONG_ROLE),)


_WRONG_ROLE = Text("只有审批负责人可以这样做。", "Only a head of approvals may do this.")
_NO_ZONE = Text("请选择受委托的区。", "Choose the zone.")
_TOO_MANY = Text("一次最多 {most} 个事项。", "At most {most} items at once.")
_NOT_OURS = Text("本区不是委托的一方。", "This zone is no party to the delegation.")
_NOT_YOURS = Text("只有委托的区可以终止。", "Only the delegating zone ends it.")
_PUBLISHED = Text("本区已经公告。", "This zone has published it already.")
_ENDED = Text("委托已经终止。", "The delegation was ended.")
_NO_NOTICE = Text("请填写公告的位置和编号。", "Say where, and under which number.")
_NO_REASON = Text("请填写理由。", "Give the reason.")
