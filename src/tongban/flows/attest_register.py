"""Attest a register's row: a signed statement of its own number, date and state, good at any zone."""

from dataclasses import replace

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.bundle.attestation import (
    Attestation,
    compose_attestation_claims,
    compose_attestation_payload,
)
from tongban.domain.bundle.composite import MainRegister
from tongban.domain.case.plain import to_plain
from tongban.domain.credential.credential import compose_leaf, compose_state_leaf
from tongban.domain.credential.status import LicenceState
from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.identifiers.licence_id import compose_licence_id
from tongban.flows.ports import Deps, Issued
from tongban.kernel.ids import CaseId, CredentialId, EvidenceKindId
from tongban.kernel.moment import Moment

_SERIAL_DIGITS = 7


def attest(main: MainRegister, row: HeldRecord, keeper: CaseId, deps: Deps) -> Issued:
    """Return the signed statement of a row as it stands today.

    Causes: one ledger leaf, one row in the register of licences; the register's row names it.
    Twice:  the one that is there, as long as the row says the same and the statement is in force.

    Args:
        keeper: the case with whose key the subject's name and number are locked.

    Source of law: order-716-2019#10.1 (an electronic licence equals the paper one).
    """
    if row.attested_as:
        known = deps.credentials.find(CredentialId(row.attested_as))
        if known is not None and known.state == LicenceState.VALID:
            return known
    authority = deps.catalogue.zones[deps.zone].authority.code
    moment = Moment(deps.clock.now())
    running = f"{moment.on.year:04d}{deps.serials.next():0{_SERIAL_DIGITS}d}"
    number = compose_licence_id(f"{authority}{main.type_serial}", authority, running).credential_id
    attestation = Attestation(row.kind, row.subject, to_plain(row.facts), digest_record(row))
    token = deps.sealer.seal_credential(
        compose_attestation_payload(attestation, number, deps.public_url, authority, moment.at),
        compose_attestation_claims(attestation),
    )
    leaf_key = f"credential:{number}"
    deps.ledger.append(leaf_key, compose_leaf(deps.zone, token, moment.at, deps.chance.salts(1)[0]))
    issued = Issued(number, keeper, token, leaf_key, LicenceState.VALID)
    deps.credentials.save(issued)
    deps.registers.keep(replace(row, attested_as=number))
    return issued


def digest_record(record: HeldRecord) -> str:
    """Return the hex SHA-256 of what a register says of its subject, number and all."""
    return hex_digest(canonical({"subject": record.subject, "facts": to_plain(record.facts)}))


def attested_kinds(deps: Deps) -> frozenset[EvidenceKindId]:
    """Return the registers of which statements are made: those that a composite licence shows."""
    return frozenset(composite.main.kind for composite in deps.catalogue.list_composites())


def keep_row(before: HeldRecord | None, after: HeldRecord, deps: Deps) -> None:
    """Keep a row that a case has changed; a statement that was made of it as it was holds no longer.

    Causes: the row, and where it was attested and now says something else, the statement's state in the
        register of licences with its ledger leaf: ``04`` where the row is in force no more, ``05`` where it
        is in force with other particulars, so that a new statement must be made.

    Args:
        before: the row as it stood; None when there was none, or when nobody makes statements of its kind.
    """
    attested_as = "" if before is None else before.attested_as
    if before is None or not attested_as or digest_record(before) == digest_record(after):
        deps.registers.keep(after)
        return
    number = CredentialId(attested_as)
    known = deps.credentials.find(number)
    if known is not None and known.state == LicenceState.VALID:
        state = LicenceState.LAPSED if _is_in_force(after, deps) else LicenceState.CANCELLED
        at, salt = deps.clock.now(), deps.chance.salts(1)[0]
        leaf = compose_state_leaf(deps.zone, known.token, state, at, salt)
        deps.ledger.append(f"state:{number}:{after.cause}", leaf)
        deps.credentials.set_state(number, state)
    deps.registers.keep(replace(after, attested_as=""))


def _is_in_force(row: HeldRecord, deps: Deps) -> bool:
    mains = [one.main for one in deps.catalogue.list_composites() if one.main.kind == row.kind]
    return any(str(row.facts.get(main.status)) in main.in_force for main in mains)
