"""Take out of the registers what an undone licence had entered."""

from collections.abc import Iterator

from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.register import RegisterRule
from tongban.domain.credential.status import LicenceState
from tongban.domain.evidence.register import RegisterEntry, undo_entry
from tongban.flows.attest_register import keep_row
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment

_UNDONE = (LicenceState.VOIDED, LicenceState.CANCELLED, LicenceState.REVOKED)


def leave_register(case_id: CaseId, deps: Deps) -> None:
    """Bring the registers to what the undoing of a licence leaves: marked, or as they were before.

    Causes: one row for each entry that still says what the case wrote.
    Twice:  nothing more; what is undone no longer says it.
    """
    case = get_case(case_id, deps)
    act = case.ending.act_in_force
    is_withdrawn = act is not None and act.act == "WithdrawLicence"
    if case.issued is None or not (is_withdrawn or case.licence_state in _UNDONE):
        return
    moment = Moment(deps.clock.now())
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    for entry, rule in _pair(case, item):
        row = deps.registers.find(entry.kind, entry.subject)
        left = _former_facts(case, entry, deps) if rule.restores else rule.undone
        after = undo_entry(entry, row, left, moment.at, case.id)
        if after is not None:
            keep_row(row, after, deps)


def _pair(case: Case, item: ServiceItem) -> Iterator[tuple[RegisterEntry, RegisterRule]]:
    """Yield what was entered with the rule by which it was; a rule that the pack has no more leaves it."""
    for entry in case.issued.entered if case.issued else ():
        for rule in item.register:
            if rule.kind == entry.kind and set(entry.facts) <= set(rule.facts):
                yield entry, rule
                break


def _former_facts(case: Case, entry: RegisterEntry, deps: Deps) -> dict[str, object]:
    """Return what the case found in the register of the facts that it changed."""
    found = case.evidence.get(entry.kind)
    if found is None or found.holder != deps.zone or found.subject != entry.subject:
        return {}
    return {name: found.facts[name] for name in entry.facts if name in found.facts}
