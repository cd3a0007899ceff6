"""A signed statement of what a register says of one subject, with its own number, date and state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.kernel.ids import CredentialId, EvidenceKindId

VCT = "register-entry/"
"""How the type of every such statement begins; the register and a version follow."""
FACT = "entry_"
"""How the claim of a register's fact begins; its name follows."""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Attestation:
    """What is stated.

    Args:
        facts: plain values by fact name; each can be disclosed by itself.
        digest: hex SHA-256 of subject and facts; the register is compared with it.
    """

    kind: EvidenceKindId
    subject: str
    facts: Mapping[str, object]
    digest: str


def vct_of(kind: EvidenceKindId) -> str:
    """Return the type of the statements of a register."""
    return f"{VCT}{kind}/{_VERSION}"


def find_attested_kind(vct: str) -> EvidenceKindId | None:
    """Return the register that a type of credential states, or None when it is another type."""
    if not vct.startswith(VCT):
        return None
    return EvidenceKindId(vct.removeprefix(VCT).partition("/")[0])


def compose_attestation_payload(
    attestation: Attestation, number: CredentialId, issuer: str, authority_code: str, at: datetime
) -> dict[str, object]:
    """Return the claims that are always visible: which register, when, and a hash; nothing of the subject.

    There is no ``exp``: it holds until the register says otherwise, and then its state says so.
    """
    return {
        "iss": issuer,
        "vct": vct_of(attestation.kind),
        "jti": number,
        "iat": int(at.timestamp()),
        "nbf": int(at.timestamp()),
        "authority": authority_code,
    }


def compose_attestation_claims(attestation: Attestation) -> dict[str, object]:
    """Return what it says of its subject, each disclosable by itself.

    A fact bears its name behind ``entry_``: ``status`` by itself means something else in a credential.
    """
    facts = {f"{FACT}{name}": _bare(value) for name, value in attestation.facts.items()}
    return {"subject": attestation.subject, "row": f"sha256:{attestation.digest}", **facts}


def _bare(value: object) -> object:
    """Return a value without the mark of a date."""
    if isinstance(value, Mapping) and len(value) == 1 and "$date" in value:
        return value["$date"]
    return value
