"""Enter a grant into the deciding authority's own registers, in the transaction of the licence."""

from collections.abc import Mapping

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.register import LICENCE_FACTS, compose_entry
from tongban.domain.credential.credential import Validity
from tongban.domain.evidence.exchange import UNSEEN
from tongban.domain.evidence.register import RegisterEntry, write_entry
from tongban.flows.attest_register import attested_kinds, keep_row
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, CredentialId
from tongban.kernel.moment import Moment


def compose_entries(
    item: ServiceItem,
    facts: Mapping[str, object],
    number: CredentialId,
    validity: Validity,
    today: Moment,
) -> tuple[RegisterEntry, ...]:
    """Return what a grant enters into registers, as the item's pack says; it is kept with the licence.

    Args:
        facts: all that the licence may say.
    """
    if not item.register:
        return ()
    known = {**facts, **dict(zip(LICENCE_FACTS, (number, today.on, validity.valid_until), strict=True))}
    entries = (compose_entry(rule, known, validity.valid_until) for rule in item.register)
    return tuple(entry for entry in entries if entry is not None)


def enter_register(case_id: CaseId, deps: Deps) -> None:
    """Write what was granted into the zone's registers, in the transaction of the licence.

    Causes: one row for each entry that ``CredentialIssued`` names; the next who asks is told.
    Twice:  the same rows again.

    Source of law: named by each entry of the item's pack; order-716-2019#7 (who holds a fact answers for it).
    """
    case = get_case(case_id, deps)
    if case.issued is None:
        return
    moment = Moment(deps.clock.now())
    authority = deps.catalogue.zones[deps.zone].authority.name
    for entry in case.issued.entered:
        kind = deps.catalogue.kinds[entry.kind]
        # A whole row is written without looking, unless a signed statement may have been made of it.
        is_blind = entry.is_whole and entry.kind not in attested_kinds(deps)
        row = None if is_blind else deps.registers.find(entry.kind, entry.subject)
        before = None if row is None else row.on(moment.on)
        seen = UNSEEN if is_blind else 0
        after = write_entry(entry, before, kind.nothing_means, moment.at, authority, case.id, seen)
        keep_row(before, after, deps)
