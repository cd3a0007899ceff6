"""What a regime says of the examination: what stops the clock, who verifies, what the head approves."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

SUBSTANCE, HEARING, REFUSAL = "substance", "hearing", "refusal"
APPROVED_WHEN = (SUBSTANCE, HEARING, REFUSAL)
"""When a regime may want the head's approval: substance was verified, a hearing was held, it is a refusal."""
_FACT = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
LIST_MAX = 20
OFFICERS_MAX = 9


@dataclass(frozen=True, slots=True)
class SpecialKind:
    """A procedure that stops the statutory clock (all-2019#45 is the whole list).

    Args:
        grounds: articles that call for it in any item; an item's own articles may do so too.
    """

    id: str
    says: Text
    source: LawKey
    grounds: tuple[LawKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """How many different officers verify the substance, in items whose pack states this fact of the gate."""

    officers: int
    fact: str
    source: LawKey


@dataclass(frozen=True, slots=True)
class HeadApproval:
    """When a decision needs the head's approval; each of ``APPROVED_WHEN``."""

    when: tuple[str, ...]
    source: LawKey


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """All of it; a regime without such a block has no special procedures and asks for none of this."""

    special: Mapping[str, SpecialKind] = field(default_factory=dict)
    verification: Verification | None = None
    approval: HeadApproval | None = None


def read_scrutiny(raw: object, complaints: Complaints) -> Scrutiny:
    """Read the block ``examination`` of a regime.

    Args:
        raw: keys ``special_procedures``, ``substance``, ``approval``; None for a regime without.
    """
    if raw is None:
        return Scrutiny()
    part = (
        complaints.read_mapping(raw, "examination", (), ("special_procedures", "substance", "approval")) or {}
    )
    rows = complaints.read_list(
        part.get("special_procedures", []), "examination.special_procedures", LIST_MAX
    )
    kinds = [
        _read_kind(row, f"examination.special_procedures[{n}]", complaints) for n, row in enumerate(rows)
    ]
    return Scrutiny(
        {kind.id: kind for kind in kinds if kind is not None},
        _read_verification(part["substance"], complaints) if "substance" in part else None,
        _read_approval(part["approval"], complaints) if "approval" in part else None,
    )


def _read_kind(raw: object, pointer: str, complaints: Complaints) -> SpecialKind | None:
    row = complaints.read_mapping(raw, pointer, ("kind", "says", "source"), ("grounds",))
    if row is None or any(key not in row for key in ("kind", "says", "source")):
        return None
    identity = complaints.read_matching(row["kind"], f"{pointer}.kind", SHORT_NAME, "testing")
    says = complaints.read_text(row["says"], f"{pointer}.says")
    source = complaints.read_matching(row["source"], f"{pointer}.source", LAW_KEY, "all-2019#45")
    listed = complaints.read_list(row.get("grounds", []), f"{pointer}.grounds", LIST_MAX)
    grounds = [
        complaints.read_matching(key, f"{pointer}.grounds[{n}]", LAW_KEY, "all-2019#55.1")
        for n, key in enumerate(listed)
    ]
    if not (identity and says and source):
        return None
    return SpecialKind(identity, says, LawKey(source), tuple(LawKey(key) for key in grounds if key))


def _read_verification(raw: object, complaints: Complaints) -> Verification | None:
    pointer = "examination.substance"
    row = complaints.read_mapping(raw, pointer, ("officers", "fact", "source"))
    if row is None or any(key not in row for key in ("officers", "fact", "source")):
        return None
    officers = row["officers"]
    if not isinstance(officers, int) or isinstance(officers, bool) or not 1 <= officers <= OFFICERS_MAX:
        complaints.add(
            "officers", f"{pointer}.officers",
            f"人数应是 1 到 {OFFICERS_MAX} 的整数。", f"A whole number from 1 to {OFFICERS_MAX}.",
        )  # fmt: skip
        return None
    fact = complaints.read_matching(row["fact"], f"{pointer}.fact", _FACT, "on_site_check_before_decision")
    source = complaints.read_matching(row["source"], f"{pointer}.source", LAW_KEY, "all-2019#34.3")
    return Verification(officers, fact, LawKey(source)) if fact and source else None


def _read_approval(raw: object, complaints: Complaints) -> HeadApproval | None:
    pointer = "examination.approval"
    row = complaints.read_mapping(raw, pointer, ("when", "source"))
    if row is None or any(key not in row for key in ("when", "source")):
        return None
    when = [
        complaints.read_one_of(one, f"{pointer}.when[{n}]", APPROVED_WHEN)
        for n, one in enumerate(complaints.read_list(row["when"], f"{pointer}.when", LIST_MAX))
    ]
    source = complaints.read_matching(row["source"], f"{pointer}.source", LAW_KEY, "all-2019#42.1")
    return HeadApproval(tuple(one for one in when if one), LawKey(source)) if source else None
