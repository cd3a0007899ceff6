"""An officer's word on what was due: kept or broken; and the acts that follow from it."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.flows.make_decision import tell_remedies
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def record_check(case_id: CaseId, check: str, kept: bool, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Record a check.

    Causes: ``CheckRecorded``; where it was broken, an entry on the zone's list of broken promises.
    Source: state-council-office-2020-42#later-check.
    """
    return perform(case_id, c.RecordCheck(check, kept, reasons), actor, deps)


def void_licence(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Undo what was granted on a promise that was broken; the remedies are added.

    Causes: ``CredentialVoided``, then the register and the ledger say so. Source: all-2019#69.
    """
    return perform(case_id, c.Void(reasons, tell_remedies(get_case(case_id, deps), deps)), actor, deps)


def end_benefit(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """End a benefit, with reasons; the remedies are added. Causes ``BenefitEnded``."""
    return perform(case_id, c.EndBenefit(reasons, tell_remedies(get_case(case_id, deps), deps)), actor, deps)


def extend_limit(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Lengthen the time to decide, once; only the head of the authority may. Causes ``Extended``."""
    return perform(case_id, c.Extend(reasons), actor, deps)


def record_objection(case_id: CaseId, by: str, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Record that somebody objected in time. Causes ``ObjectionRaised``; a person decides."""
    return perform(case_id, c.Object(by, reasons), actor, deps)
