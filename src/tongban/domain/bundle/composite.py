"""One licence (一照通): a firm's business licence and its permits under one number, each still its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.credential.credential import signed_part_digest
from tongban.kernel.ids import CredentialId, EvidenceKindId, ItemId, LawKey, ZoneId
from tongban.kernel.text import Text

VCT = "composite-licence/"
"""How the type of every composite licence begins; the trade and a version follow."""


@dataclass(frozen=True, slots=True)
class MainRegister:
    """The business licence, as the zone's own register holds it.

    Args:
        kind: the register.
        status: the fact that says whether it is in force, and the values that mean yes.
        type_serial: four characters that end the type code of the signed statements made of it.
    """

    kind: EvidenceKindId
    title: Text
    status: str
    in_force: tuple[str, ...]
    type_serial: str


@dataclass(frozen=True, slots=True)
class Composite:
    """A composite licence of one trade.

    Args:
        type_serial: four characters that end the licence type code, as for an item's licence.
        permits: items whose licences make the trade; at least one of them must be held.
        beside: items whose licences it shows with them, and which make no trade by themselves.
    """

    id: str
    version: int
    title: Text
    trade: Text
    type_serial: str
    source: LawKey
    main: MainRegister
    permits: tuple[ItemId, ...]
    beside: tuple[ItemId, ...] = ()

    @property
    def shown(self) -> tuple[ItemId, ...]:
        """The items whose licences it may show, in the order in which it shows them."""
        return (*self.permits, *self.beside)

    def is_open_to(self, held: Iterable[ItemId]) -> bool:
        """Say whether whoever holds licences of these items is in the trade."""
        return not set(self.permits).isdisjoint(held)

    @property
    def vct(self) -> str:
        """The credential's type."""
        return f"{VCT}{self.id}/{self.version}"


@dataclass(frozen=True, slots=True)
class PermitPart:
    """A reference to a licence, or to the signed statement of a register's row: number, type and hash."""

    number: CredentialId
    vct: str
    zone: ZoneId
    digest: str


@dataclass(frozen=True, slots=True)
class RegisterPart:
    """A reference to what a register said, in composites of before statements were signed of it.

    Only the zone that keeps the register can ask it again.
    """

    kind: EvidenceKindId
    zone: ZoneId
    digest: str


Part = PermitPart | RegisterPart


@dataclass(frozen=True, slots=True)
class CompositePaper:
    """What the sealed page of a composite shows.

    Args:
        lines: each part: what it is, and its number, dates and issuer in words.
    """

    number: CredentialId
    title: Text
    holder: str
    lines: tuple[tuple[Text, Text], ...]
    source: LawKey
    issued_on: date
    case_number: str


def part_of_permit(number: CredentialId, vct: str, zone: ZoneId, token: str) -> PermitPart:
    """Return the reference to a licence that was issued as this token."""
    return PermitPart(number, vct, zone, signed_part_digest(token))


def compose_composite_payload(
    composite: Composite,
    number: CredentialId,
    issuer: str,
    authority_code: str,
    issued_at: datetime,
    parts: Sequence[Part],
) -> dict[str, object]:
    """Return the claims that are always visible: references only, nothing about the holder.

    There is no ``exp``: each part has its own dates, and the composite outlives none of them.
    """
    return {
        "iss": issuer,
        "vct": composite.vct,
        "jti": number,
        "iat": int(issued_at.timestamp()),
        "nbf": int(issued_at.timestamp()),
        "authority": authority_code,
        "parts": [_to_plain(part) for part in parts],
    }


def read_parts(payload: Mapping[str, object]) -> tuple[Part, ...]:
    """Return the references of a signed composite; those that cannot be read are left out.

    Args:
        payload: what the issuer signed, signature checked by the caller.
    """
    raw = payload.get("parts")
    parts = (_from_plain(one) for one in raw if isinstance(one, Mapping)) if isinstance(raw, list) else ()
    return tuple(part for part in parts if part is not None)


def is_composite(payload: Mapping[str, object]) -> bool:
    """Say whether a signed payload is a composite licence's."""
    return str(payload.get("vct", "")).startswith(VCT)


def _to_plain(part: Part) -> dict[str, str]:
    match part:
        case PermitPart(number, vct, zone, digest):
            return {"n": number, "t": vct, "z": zone, "d": f"sha256:{digest}"}
        case RegisterPart(kind, zone, digest):
            return {"r": kind, "z": zone, "d": f"sha256:{digest}"}


def _from_plain(raw: Mapping[str, object]) -> Part | None:
    digest = str(raw.get("d", "")).removeprefix("sha256:")
    zone = ZoneId(str(raw.get("z", "")))
    if "n" in raw:
        return PermitPart(CredentialId(str(raw["n"])), str(raw.get("t", "")), zone, digest)
    if "r" in raw:
        return RegisterPart(EvidenceKindId(str(raw["r"])), zone, digest)
    return None
