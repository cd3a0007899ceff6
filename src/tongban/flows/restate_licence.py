"""Bring the register of licences to the state that the case's history gives: paused, valid again, undone."""

from tongban.domain.credential.credential import compose_state_leaf
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
    leaf = compose_state_leaf(deps.zone, kept.token, case.licence_state, at, deps.chance.salts(1)[0])
    deps.ledger.append(f"state:{credential_id}:{case.version}", leaf)
    deps.credentials.set_state(credential_id, case.licence_state)
