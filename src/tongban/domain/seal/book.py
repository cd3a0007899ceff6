"""What the zones have arranged for their seals: data of ``content/seal.yaml``; none of its numbers is law."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.domain.seal.events import Custodian
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import LawKey, ZoneId

_WHOLE_MAX = 1_000_000
_ROTA = 2
_CHARS = 80
_NUMBERS = ("shift_hours", "confirm_minutes", "uses_per_hour")
_KEYS = ("is_made_up", "source", "ground", "role", "licences", "zones")


@dataclass(frozen=True, slots=True)
class SealRule:
    """How one zone's seal is kept.

    Args:
        shift_hours: how long two custodians may put it to use at a time.
        confirm_minutes: how long a proposal waits for the other.
        uses_per_hour: how often it moves in one hour of the clock at most.
    """

    shift_hours: int
    confirm_minutes: int
    uses_per_hour: int

    @property
    def shift(self) -> timedelta:
        """The longest shift."""
        return timedelta(hours=self.shift_hours)

    @property
    def patience(self) -> timedelta:
        """How long a proposal waits."""
        return timedelta(minutes=self.confirm_minutes)


@dataclass(frozen=True, slots=True)
class SealBook:
    """Every zone's arrangement.

    Args:
        source: the article on which an electronic seal rests.
        ground: where the numbers come from.
        role: of those who keep the seal.
        licence_event: name of the event after which a licence is sealed.
        rota: in a demonstration, the two in whose names it is put to use by itself; ids have ``{zone}``.
        rota_secrets: theirs, by id with ``{zone}``; published, so they keep nothing.
    """

    is_made_up: bool
    source: LawKey
    ground: LawKey
    role: str
    licence_event: str
    rules: Mapping[ZoneId, SealRule]
    rota: tuple[Custodian, ...] = field(default=())
    rota_secrets: Mapping[str, str] = field(default_factory=dict)

    def get_rule(self, zone: ZoneId) -> SealRule:
        """Return a zone's arrangement, or raise NotFound."""
        if zone not in self.rules:
            raise NotFound(zone)
        return self.rules[zone]

    def rota_of(self, zone: ZoneId) -> tuple[Custodian, ...]:
        """Return the two made-up custodians of a zone; nobody when the content names none."""
        return tuple(replace(one, id=one.id.format(zone=zone)) for one in self.rota)

    def secrets_of(self, zone: ZoneId) -> dict[str, str]:
        """Return the published secrets of a zone's two made-up custodians, by login."""
        return {one.format(zone=zone): secret for one, secret in self.rota_secrets.items()}


NO_SEALS = SealBook(
    is_made_up=True, source=LawKey(""), ground=LawKey(""), role="", licence_event="", rules={}
)
"""Of a content folder without the file."""


def parse_seal(raw: object, file_name: str) -> SealBook:
    """Read the arrangement; raises Refused with every problem found."""
    complaints = Complaints(room="seal")
    part = complaints.read_mapping(raw, "", _KEYS, ("rota",)) or {}
    source, ground = (
        complaints.read_matching(part.get(key), key, LAW_KEY, "order-716-2019#9.1")
        for key in ("source", "ground")
    )
    role = complaints.read_matching(part.get("role"), "role", SHORT_NAME, "custodian")
    made_up = complaints.read_yes_no(part.get("is_made_up", True), "is_made_up")
    event = part.get("licences")
    if not isinstance(event, str) or not event.isidentifier():
        complaints.add("event", "licences", "这里应为事件名。", "The name of an event belongs here.")
    zones = part.get("zones")
    rules = {}
    for zone, row in (zones if isinstance(zones, Mapping) else {}).items():
        rules[ZoneId(str(zone))] = _read_rule(row, f"zones.{zone}", complaints)
    if not rules:
        complaints.add("zones", "zones", "至少写明一个区。", "At least one zone belongs here.")
    rota, secrets = _read_rota(part.get("rota", []), complaints)
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return SealBook(
        made_up is True,
        LawKey(source or ""),
        LawKey(ground or ""),
        role or "",
        str(event),
        rules,
        rota,
        secrets,
    )


def _read_rule(raw: object, pointer: str, complaints: Complaints) -> SealRule:
    row = complaints.read_mapping(raw, pointer, _NUMBERS) or {}
    numbers = []
    for name in _NUMBERS:
        number = row.get(name, 1)
        if type(number) is not int or not 1 <= number <= _WHOLE_MAX:
            words = (
                f"这里应为 1 至 {_WHOLE_MAX} 的整数。",
                f"A whole number from 1 to {_WHOLE_MAX} belongs here.",
            )
            complaints.add("number", f"{pointer}.{name}", *words)
            number = 1
        numbers.append(number)
    return SealRule(*numbers)


def _read_rota(raw: object, complaints: Complaints) -> tuple[tuple[Custodian, ...], dict[str, str]]:
    rota, secrets = [], {}
    for place, each in enumerate(complaints.read_list(raw, "rota", _ROTA)):
        row = complaints.read_mapping(each, f"rota[{place}]", ("id", "name", "secret")) or {}
        values = [row.get(key, "-") for key in ("id", "name", "secret")]
        if not all(isinstance(value, str) and 0 < len(value) <= _CHARS for value in values):
            complaints.add("text", f"rota[{place}]", "这里应为短文字。", "Short texts belong here.")
            continue
        id_, name, secret = (str(value) for value in values)
        rota.append(Custodian(id_, name))
        secrets[id_] = secret
    if rota and (len(rota) < _ROTA or len({one.id for one in rota}) < _ROTA):
        complaints.add("rota", "rota", "这里应为两名不同的保管员。", "Two different custodians belong here.")
    return tuple(rota), secrets
