"""Put a new licence in the place of the older one that it changes or renews."""

from tongban.domain.case import ending_commands as c
from tongban.domain.case.state import Case
from tongban.domain.catalogue.succession import Succession
from tongban.domain.credential.sd_jwt import read_disclosed
from tongban.flows.perform import facts_now, get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId


def replace_licence(case_id: CaseId, deps: Deps) -> None:
    """Mark the older licence as replaced, when exactly one of this zone's is it beyond doubt.

    Causes: ``LicenceReplaced`` in the older case, then the register and the ledger say so. Nothing when the
        older licence was not issued here, or when several fit: then none is touched.
    Twice:  nothing; a replaced licence is not in force any more.

    Source of law: all-2019#49, all-2019#50.
    """
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    if not item.succeeds or case.credential_id is None:
        return
    facts = facts_now(case, deps)
    way = next((one for one in item.succeeds if one.applies(facts)), None)
    if way is None or not way.items or not way.same:
        return
    older = [one for one in _list_in_force(case, way, deps) if _is_same(one, case, way)]
    if len(older) == 1:
        perform(older[0].id, c.ReplaceLicence(case.credential_id, way.how), machine_of(deps), deps)


def _list_in_force(case: Case, way: Succession, deps: Deps) -> list[Case]:
    """Return the applicant's other licences of these items that hold."""
    found = []
    for other_id in deps.cases.of_applicant(case.applicant.id, way.items):
        other = deps.cases.find(other_id) if other_id != case.id else None
        if other is not None and other.licence_state in ("01", "02"):
            found.append(other)
    return found


def _is_same(older: Case, newer: Case, way: Succession) -> bool:
    """Say whether both licences bear the claims alike by which the item tells that they are one."""
    before, now = read_disclosed(older.token), read_disclosed(newer.token)
    return all(name in before and name in now and before[name] == now[name] for name in way.same)
