"""On which ground a licence may be ended, and what a regime does with a case that is closed: its data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

ENDING_ACTS = ("WithdrawLicence", "VoidLicence", "CancelLicence", "RevokeLicence")
"""The four acts that end a licence; each is a command of its own."""
COMPENSATIONS = ("none", "owed", "damages")
"""Nothing; compensation for a lawful loss (补偿); damages for an unlawful grant (赔偿)."""
SERVED_WHEN = ("confirmed", "opened")
_LIST_MAX = 30
_YEARS_MAX = 100


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of an act that ends a licence.

    Args:
        act: one of ``ENDING_ACTS``.
        source: the article.
        compensation: one of ``COMPENSATIONS``.
        is_heard: the act is proposed first, and its holder may state their case (all-2019#7).
    """

    act: str
    id: str
    source: LawKey
    says: Text
    compensation: str = "none"
    is_heard: bool = False


@dataclass(frozen=True, slots=True)
class Retention:
    """How long an archived file is kept: so many years, or for ever when None."""

    years: int | None
    source: LawKey


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What a regime says of the time after the decision.

    Args:
        grounds: of acts that end a licence, in the order in which a page offers them.
        retention: None where the regime archives nothing.
        open_when_archived: commands that may still be done to an archived case.
        served_when: what serves an electronic licence: the holder's ``confirmed`` receipt, or ``opened``.
    """

    grounds: tuple[Ground, ...] = ()
    retention: Retention | None = None
    open_when_archived: frozenset[str] = field(default_factory=frozenset)
    served_when: str = "confirmed"

    def list_grounds(self, act: str) -> tuple[Ground, ...]:
        """Return the grounds of one act."""
        return tuple(ground for ground in self.grounds if ground.act == act)

    def find_ground(self, act: str, ground: str) -> Ground | None:
        """Return a ground of an act, or None when the regime has no such."""
        return next((one for one in self.grounds if (one.act, one.id) == (act, ground)), None)


def read_aftermath(raw: object, complaints: Complaints) -> Aftermath:
    """Read the ``aftermath`` of a regime; complains of everything that is wrong with it."""
    if raw is None:
        return Aftermath()
    keys = ("grounds", "retention", "open_when_archived", "served_when")
    part = complaints.read_mapping(raw, "aftermath", (), keys) or {}
    opened = complaints.read_list(
        part.get("open_when_archived", []), "aftermath.open_when_archived", _LIST_MAX
    )
    served = complaints.read_one_of(
        part.get("served_when", "confirmed"), "aftermath.served_when", SERVED_WHEN
    )
    return Aftermath(
        tuple(_read_grounds(part.get("grounds", {}), complaints)),
        _read_retention(part.get("retention"), complaints),
        frozenset(str(command) for command in opened),
        served or "confirmed",
    )


def _read_grounds(raw: object, complaints: Complaints) -> list[Ground]:
    part = complaints.read_mapping(raw, "aftermath.grounds", (), ENDING_ACTS)
    found = []
    for act, rows in (part or {}).items():
        pointer = f"aftermath.grounds.{act}"
        for place, row in enumerate(complaints.read_list(rows, pointer, _LIST_MAX)):
            ground = _read_ground(str(act), row, f"{pointer}[{place}]", complaints)
            if ground is not None:
                found.append(ground)
    return found


def _read_ground(act: str, raw: object, pointer: str, complaints: Complaints) -> Ground | None:
    row = complaints.read_mapping(raw, pointer, ("id", "source", "says"), ("compensation", "heard"))
    if not isinstance(raw, Mapping) or row is None:
        return None
    identity = complaints.read_matching(row.get("id"), f"{pointer}.id", SHORT_NAME, "by-fraud")
    source = complaints.read_matching(row.get("source"), f"{pointer}.source", LAW_KEY, "all-2019#69.1")
    says = complaints.read_text(row.get("says"), f"{pointer}.says")
    pay = complaints.read_one_of(row.get("compensation", "none"), f"{pointer}.compensation", COMPENSATIONS)
    heard = complaints.read_yes_no(row.get("heard", False), f"{pointer}.heard")
    if not (identity and source and says and pay):
        return None
    return Ground(act, identity, LawKey(source), says, pay, heard is True)


def _read_retention(raw: object, complaints: Complaints) -> Retention | None:
    if raw is None:
        return None
    row = complaints.read_mapping(raw, "aftermath.retention", ("source",), ("years",)) or {}
    source = complaints.read_matching(
        row.get("source"), "aftermath.retention.source", LAW_KEY, "archives-2020#37.1"
    )
    years = row.get("years")
    if years is not None and not (isinstance(years, int) and 0 < years <= _YEARS_MAX):
        complaints.add(
            "years",
            "aftermath.retention.years",
            "保管年限应为1至100的整数。",
            "Years are 1 to 100, or left out.",
        )
        return None
    return Retention(years if isinstance(years, int) else None, LawKey(source)) if source else None
