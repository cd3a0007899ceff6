"""Issue the licence of a granted case: number, signature, ledger leaf, register."""

from dataclasses import replace
from datetime import date

from tongban.domain.case import commands as c
from tongban.domain.case.events import CredentialIssued
from tongban.domain.case.facts import licence_facts
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.register import CREDIT_CODE
from tongban.domain.catalogue.zone import Zone
from tongban.domain.credential import credential as licence
from tongban.domain.credential.status import LicenceState
from tongban.domain.identifiers.uscc import compose_numbered_uscc
from tongban.domain.liaison.joint import SILENT, outcome_of
from tongban.flows.close_parts import BY_RULES
from tongban.flows.enter_register import compose_entries
from tongban.flows.joint import find_joint
from tongban.flows.perform import facts_on, get_case, machine_of, perform
from tongban.flows.ports import Deps, Issued
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment


def issue(case_id: CaseId, deps: Deps) -> None:
    """Issue the credential of a granted case, once.

    Causes: one ledger leaf filed under the licence number, one row in the register of licences,
            ``CredentialIssued``; with it goes what the authority's own registers say from now on
            (``enter_register``).
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
    template, authority, serial = item.credential, zone.authority.code, deps.serials.next()
    facts = _read_facts(case, item, moment.on, deps) | _allot(item, zone, serial)
    validity = licence.read_validity(template, facts, moment.on)
    credential_id = licence.compose_credential_id(template, authority, serial, moment.on)
    payload = licence.compose_payload(
        template, credential_id, deps.public_url, moment.at, validity, authority
    )
    if case.answered is not None:
        payload |= licence.compose_decided_by(
            case.answered.authority, case.answered.reference, case.answered.is_simulated
        )
    if case.ending.deemed_on is not None:
        # Renewed by law on the old licence's last day; the licence says that nobody decided it.
        validity = replace(validity, valid_from=case.ending.deemed_on)
        payload |= {"nbf": licence.day_epoch(case.ending.deemed_on), "ground": "silence"}
    payload |= _name_parts(case, deps)
    token = deps.sealer.seal_credential(
        payload,
        licence.compose_claims(template, facts),
    )
    leaf_key = f"credential:{credential_id}"
    leaf = licence.compose_leaf(deps.zone, token, moment.at, deps.chance.salts(1)[0])
    deps.ledger.append(leaf_key, leaf)
    deps.credentials.save(Issued(credential_id, case_id, token, leaf_key, LicenceState.VALID))
    entered = compose_entries(item, facts, credential_id, validity, moment)
    issued = CredentialIssued(
        credential_id, token, leaf_key, moment.on, validity.valid_from, validity.valid_until, entered
    )
    perform(case_id, c.RecordIssue(issued), machine_of(deps), deps)


def _name_parts(case: Case, deps: Deps) -> dict[str, object]:
    """Return the parts that other zones did in it, for a licence that people decided; nothing for others."""
    if case.decision is None or case.decision.by == BY_RULES:
        return {}
    joint = find_joint(case, deps)
    if joint is None:
        return {}
    parts = []
    for zone in joint.opened.parts:
        sub_case, told = joint.sub_cases.get(zone), joint.given.get(zone)
        parts.append(
            {
                "zone": str(zone),
                "authority": deps.catalogue.zones[zone].authority.code,
                "number": sub_case.number if sub_case is not None else "",
                "outcome": outcome_of(told) if told is not None else SILENT,
            }
        )
    return licence.compose_jointly(parts)


def _read_facts(case: Case, item: ServiceItem, today: date, deps: Deps) -> dict[str, object]:
    """Return what the licence is composed of: what may be relied on today.

    What silence renews rests on what was known at acceptance: meanwhile the evidence has grown old. So does
    an officer's late grant whose last day would else be lost with the evidence that names it.
    """
    facts, until = licence_facts(item, facts_on(case, today, deps)), item.credential.valid_until_fact
    if case.accepted_on is None or not (case.ending.deemed_on or (until and until not in facts)):
        return facts
    known = licence_facts(item, facts_on(case, case.accepted_on, deps))
    return known if case.ending.deemed_on or until in known else facts


def _allot(item: ServiceItem, zone: Zone, serial: int) -> dict[str, object]:
    """Return the credit code of the firm that a grant brings about; like the serial, it is given once."""
    if item.allots is None:
        return {}
    division, series = zone.divisions[0], item.allots
    return {CREDIT_CODE: compose_numbered_uscc(series.registrar, division, series.series, serial).text}
