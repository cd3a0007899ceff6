"""Bring the register of licences to the state that the case's history gives: paused, valid again, undone."""

from tongban.domain.case.state import Case
from tongban.domain.credential.credential import compose_state_leaf
from tongban.domain.credential.status import LicenceState
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId


def restate_licence(case_id: CaseId, deps: Deps) -> None:
    """Set the licence's state in the register, and file it in the ledger.

    Causes: one ledger leaf for each change, and the register's row. The leaf names the licence by the hash of
        its signed part, so that anybody who holds it can find the change.
    Twice:  nothing; the leaf's key carries the version of the case that caused it.
    """
    case = get_case(case_id, deps)
    if case.issued is None or not case.licence_state:
        return
    credential_id = case.issued.credential_id
    kept = deps.credentials.find(credential_id)
    if kept is None or kept.state == case.licence_state:
        return
    at = deps.clock.now()
    act, ground = _find_act(case)
    leaf = compose_state_leaf(deps.zone, kept.token, case.licence_state, at, deps.chance.salts(1)[0])
    if act:
        leaf |= {"act": act, "ground": ground}
    deps.ledger.append(f"state:{credential_id}:{case.version}", leaf)
    deps.credentials.set_state(credential_id, case.licence_state, act, ground)


def _find_act(case: Case) -> tuple[str, str]:
    """Return the act behind the licence's state, and the article of its ground."""
    act = case.ending.act_in_force
    if act is not None:
        return act.act, act.source
    return ("Void", BROKEN_PROMISE) if case.licence_state == LicenceState.VOIDED else ("", "")


BROKEN_PROMISE = "state-council-office-2020-42#broken-promise"
"""On which a grant on a promise is voided."""
