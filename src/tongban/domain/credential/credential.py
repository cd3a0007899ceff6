"""The licence itself: its number, what it says openly, what it discloses, and its leaf in the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tongban.crypto.digest import hex_digest
from tongban.domain.credential.template import CredentialTemplate
from tongban.domain.identifiers.licence_id import compose_licence_id
from tongban.kernel.ids import CredentialId
from tongban.kernel.moment import CHINA_STANDARD_TIME

_MONTHS_A_YEAR = 12
_FIRST_VERSION = 1
_SERIAL_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Validity:
    """From which day, and until which day inclusive, or without end."""

    valid_from: date
    valid_until: date | None


def compose_credential_id(
    template: CredentialTemplate, authority_code: str, serial: int, issued_on: date
) -> CredentialId:
    """Return the licence number that belongs to a case's serial; the same serial gives the same number.

    Source: GB/T 36904 (root, type code, issuer, serial of year and number, version, check character).
    """
    running = f"{issued_on.year:04d}{serial:0{_SERIAL_DIGITS}d}"
    licence_id = compose_licence_id(
        f"{authority_code}{template.type_serial}", authority_code, running, _FIRST_VERSION
    )
    return CredentialId(licence_id.text)


def read_validity(template: CredentialTemplate, facts: Mapping[str, object], issued_on: date) -> Validity:
    """Compute how long the licence holds: a day set by a fact, so many months, or no end."""
    until = facts.get(template.valid_until_fact) if template.valid_until_fact else None
    if isinstance(until, date):
        return Validity(issued_on, until)
    if template.validity_months is None:
        return Validity(issued_on, None)
    return Validity(issued_on, add_months(issued_on, template.validity_months) - timedelta(days=1))


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    first_of_next = date(year + (month + 1) // _MONTHS_A_YEAR, (month + 1) % _MONTHS_A_YEAR + 1, 1)
    last = first_of_next - timedelta(days=1)
    return date(year, month + 1, min(day.day, last.day))


def compose_payload(
    template: CredentialTemplate,
    credential_id: CredentialId,
    issuer: str,
    issued_at: datetime,
    validity: Validity,
    authority_code: str,
) -> dict[str, object]:
    """Return the claims that are always visible: issuer, type, number and dates, nothing about the holder."""
    payload: dict[str, object] = {
        "iss": issuer,
        "vct": template.vct,
        "jti": credential_id,
        "iat": int(issued_at.timestamp()),
        "nbf": day_epoch(validity.valid_from),
        "authority": authority_code,
    }
    if validity.valid_until is not None:
        # The last day counts in full, so the token lapses as the next day begins.
        payload["exp"] = day_epoch(validity.valid_until + timedelta(days=1))
    return payload


def compose_decided_by(authority: str, reference: str, is_simulated: bool) -> dict[str, object]:
    """Return what a licence says openly when another authority decided: which, and its number."""
    return {"decided_by": authority, "decision_reference": reference, "simulated": is_simulated}


def compose_jointly(parts: Sequence[Mapping[str, str]]) -> dict[str, object]:
    """Return what a licence says openly when other zones did a part: whose, under which number, how."""
    return {"joint": [dict(part) for part in parts]}


def compose_claims(template: CredentialTemplate, facts: Mapping[str, object]) -> dict[str, object]:
    """Return what the licence says about its holder, each claim disclosable by itself."""
    return {claim.name: _plain(facts[claim.fact]) for claim in template.claims if claim.fact in facts}


def compose_leaf(zone: str, token: str, issued_at: datetime, salt: str) -> dict[str, object]:
    """Return the ledger leaf of a credential: salted hashes, no personal data.

    Only the issuer's signed part is hashed, so that a holder who discloses less still matches the leaf.
    """
    return {
        "t": "credential.issue/1",
        "z": zone,
        "at": int(issued_at.timestamp()),
        "vc": f"sha256:{signed_part_digest(token)}",
        "n": salt,
    }


def compose_state_leaf(zone: str, token: str, state: str, at: datetime, salt: str) -> dict[str, object]:
    """Return the ledger leaf of a change of state; the licence is named by the hash of its signed part."""
    return {
        "t": "credential.state/1",
        "z": zone,
        "at": int(at.timestamp()),
        "vc": f"sha256:{signed_part_digest(token)}",
        "s": state,
        "n": salt,
    }


def signed_part_digest(token: str) -> str:
    """Return the hex SHA-256 of the issuer-signed JWT inside an SD-JWT, without disclosures."""
    return hex_digest(token.split("~", 1)[0].encode("ascii"))


def day_epoch(day: date) -> int:
    """Return the second at which a civil day begins."""
    return int(datetime.combine(day, time(), CHINA_STANDARD_TIME).astimezone(UTC).timestamp())


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value
