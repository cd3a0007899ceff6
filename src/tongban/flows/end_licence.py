"""The four acts that end a licence, what comes before them, and how a wrong one is undone."""

from tongban.domain.case import ending_commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.later import count_until
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.clock.statute import TimeLimit
from tongban.flows.make_decision import tell_remedies
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

STATE_ACT = "state-on-ending"
"""What a statement is called in a ``case.act`` message."""


def propose_ending(case_id: CaseId, act: str, ground: str, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Propose an act; its holder is told, and until when they may state their case.

    Causes: ``EndingProposed`` and the notice of it. Source of law: all-2019#7.
    """
    case = get_case(case_id, deps)
    regime = deps.catalogue.get_regime(deps.catalogue.get_item(case.item_id, case.deciding_zone).regime)
    limit: TimeLimit | None = regime.limits.get("statement")
    if limit is None:
        raise Refused(Problem("ending.not-here", _NOT_HERE))
    today = Moment(deps.clock.now()).on
    until_on = count_until(today, limit, deps.catalogue.get_calendar(case.deciding_zone))
    return perform(case_id, c.ProposeEnding(act, ground, reasons, until_on), actor, deps)


def state_on_ending(case_id: CaseId, statement: str, actor: Actor, deps: Deps) -> Case:
    """State the holder's case; at the deciding zone or at the one that received.

    Causes: ``ProposalAnswered``; in the other zone a ``case.act`` message. Source of law: all-2019#7.
    """
    case = get_case(case_id, deps)
    if case.deciding_zone == deps.zone:
        return perform(case_id, c.StateOnEnding(statement, deps.zone), actor, deps)
    if case.ending.proposal is None:
        raise Refused(Problem("ending.nothing-proposed", _NOTHING_PROPOSED))
    body = {"case": case_id, "act": STATE_ACT, "actor": to_plain(actor), "statement": statement}
    with deps.unit():
        deps.exchange.post(case.deciding_zone, "case.act", body, case_id)
    return case


def drop_proposal(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Leave what was proposed. Causes ``ProposalDropped``."""
    return perform(case_id, c.DropProposal(reasons), actor, deps)


def withdraw_licence(case_id: CaseId, ground: str, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Take a lawful licence back. Causes ``LicenceWithdrawn``; the register says so. Source: all-2019#8.2."""
    return perform(case_id, c.WithdrawLicence(ground, reasons, _remedies(case_id, deps)), actor, deps)


def void_granted(case_id: CaseId, ground: str, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Undo a grant that should not have been. Causes ``LicenceVoided``. Source: all-2019#69."""
    return perform(case_id, c.VoidLicence(ground, reasons, _remedies(case_id, deps)), actor, deps)


def cancel_licence(case_id: CaseId, ground: str, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Do the formalities of a licence's end. Causes ``LicenceCancelled``. Source: all-2019#70."""
    return perform(case_id, c.CancelLicence(ground, reasons, _remedies(case_id, deps)), actor, deps)


def revoke_licence(
    case_id: CaseId, ground: str, reasons: Text, punished: tuple[str, str], actor: Actor, deps: Deps
) -> Case:
    """Record that a punishment took the licence away. Causes ``LicenceRevoked``.

    Args:
        punished: the authority that punished, and the number of its decision.

    Source of law: all-2019#70.4, all-2019#80.
    """
    command = c.RevokeLicence(ground, reasons, _remedies(case_id, deps), *punished)
    return perform(case_id, command, actor, deps)


def restore_licence(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Undo the last act against a licence, by a decision. Causes ``LicenceRestored``; nothing is deleted."""
    return perform(case_id, c.RestoreLicence(reasons), actor, deps)


def _remedies(case_id: CaseId, deps: Deps) -> Text:
    return tell_remedies(get_case(case_id, deps), deps)


_NOT_HERE = Text("这类办件没有这一步。", "Cases of this kind know no such act.")
_NOTHING_PROPOSED = Text("没有拟作出的决定。", "Nothing is proposed.")
