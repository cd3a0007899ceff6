"""Issue the licence of a granted case: number, signature, ledger leaf, register."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import CredentialIssued
from tongban.domain.case.facts import licence_facts
from tongban.domain.credential import credential as licence
from tongban.domain.credential.status import LicenceState
from tongban.flows.perform import facts_now, get_case, machine_of, perform
from tongban.flows.ports import Deps, Issued
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment


def issue(case_id: CaseId, deps: Deps) -> None:
    """Issue the credential of a granted case, once.

    Causes: one ledger leaf filed under the licence number, one row in the register, ``CredentialIssued``.
    Twice:  nothing; the stage is read first, and the ledger keeps the first leaf.
    Fails:  ``Fault`` if the sealer is away; nothing is written and the worker comes back.

    Source of law: all-2019#39, all-2019#44; order-716-2019#10.
    """
    case = get_case(case_id, deps)
    if case.stage != "granted":
        return
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    zone = deps.catalogue.zones[deps.zone]
    moment = Moment(deps.clock.now())
    facts = licence_facts(item, facts_now(case, deps))
    template, authority = item.credential, zone.authority.code
    validity = licence.read_validity(template, facts, moment.on)
    credential_id = licence.compose_credential_id(template, authority, deps.serials.next(), moment.on)
    payload = licence.compose_payload(
        template, credential_id, deps.public_url, moment.at, validity, authority
    )
    if case.answered is not None:
        payload |= licence.compose_decided_by(
            case.answered.authority, case.answered.reference, case.answered.is_simulated
        )
    token = deps.sealer.seal_credential(
        payload,
        licence.compose_claims(template, facts),
    )
    leaf_key = f"credential:{credential_id}"
    leaf = licence.compose_leaf(deps.zone, token, moment.at, deps.chance.salts(1)[0])
    deps.ledger.append(leaf_key, leaf)
    deps.credentials.save(Issued(credential_id, case_id, token, leaf_key, LicenceState.VALID))
    issued = CredentialIssued(
        credential_id, token, leaf_key, moment.on, validity.valid_from, validity.valid_until
    )
    perform(case_id, c.RecordIssue(issued), machine_of(deps), deps)
