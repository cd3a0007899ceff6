"""Records of further registers, composed from registers.yaml alone: a new kind is no new Python."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.party import Person
from tongban.fiction.firms import FictionalFirm
from tongban.fiction.people import born_on
from tongban.fiction.record import Registrar
from tongban.fiction.story import Cast
from tongban.fiction.words import day_of
from tongban.kernel.ids import EvidenceKindId

FIRMS = "firms"


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a record is about.

    Args:
        id: the number by which the register is searched.
        says: what text may name in braces, e.g. ``{name}``.
        carries: values that ``{from: …}`` fetches as they are, e.g. ``scope``.
    """

    id: str
    says: Mapping[str, str]
    carries: Mapping[str, object]


def compose_register_records(
    registrar: Registrar, people: Sequence[Person], firms: Sequence[FictionalFirm], cast: Cast
) -> Iterator[HeldRecord]:
    """Yield the records of every row of ``registers.yaml`` that this zone holds, in the order of the file."""
    for row in registrar.words.registers:
        kind = EvidenceKindId(row["kind"])
        yield from _marks(registrar, kind, row)
        pool = _firms(row, firms, cast) if row["of"] == FIRMS else _people(row, people, cast)
        for number, one in enumerate(pool[: row.get("share", len(pool))]):
            subject = _subject(registrar, one, number)
            yield registrar.record(kind, subject.id, _facts(registrar, row["facts"], subject, number))
        for name, changes in row.get("named", {}).items():
            if changes.get("held_in", _zone_of(name, cast)) == registrar.place.zone:
                subject = _subject(registrar, _find(name, cast), 0)
                plain = {**row["facts"], **changes.get("facts", {})}
                yield registrar.record(kind, subject.id, _facts(registrar, plain, subject, 0))


def _marks(registrar: Registrar, kind: EvidenceKindId, row: Mapping[str, Any]) -> Iterator[HeldRecord]:
    """Yield the records of a register that is searched by a text."""
    for mark, changes in row.get("marks", {}).items():
        if changes["held_in"] == registrar.place.zone:
            plain = {**row["facts"], **changes.get("facts", {})}
            yield registrar.record(kind, mark, _facts(registrar, plain, _Subject(mark, {}, {}), 0))


def _firms(row: Mapping[str, Any], firms: Sequence[FictionalFirm], cast: Cast) -> list[FictionalFirm]:
    own = {one.firm.uscc for one in cast.firms.values()}
    return [one for one in firms if one.trade.id in row.get("trades", ()) and one.firm.uscc not in own]


def _people(row: Mapping[str, Any], people: Sequence[Person], cast: Cast) -> list[Person]:
    own = {one.citizen_number for one in cast.people.values()}
    if "born_from" not in row:
        return []
    from_, until = day_of(row["born_from"]), day_of(row["born_until"])
    return [one for one in people if from_ <= born_on(one) <= until and one.citizen_number not in own]


def _find(name: str, cast: Cast) -> FictionalFirm | Person:
    return cast.firms[name] if name in cast.firms else cast.people[name]


def _zone_of(name: str, cast: Cast) -> str:
    return cast.firms[name].zone if name in cast.firms else cast.people_zones[name]


def _subject(registrar: Registrar, one: FictionalFirm | Person, number: int) -> _Subject:
    words, place = registrar.words, registrar.place
    says = {
        "person_mark": words.plain["person_mark"], "firm_mark": words.plain["firm_mark"],
        "division": place.division, "zone": place.zone, "number": f"{number + 1:04d}",
        "city": place.city.zh, "district": place.district.zh,
    }  # fmt: skip
    if isinstance(one, Person):
        carries: dict[str, object] = {
            "name": one.name, "born_on": born_on(one), "state": words.state(number), "zone": place.zone,
        }  # fmt: skip
        return _Subject(one.citizen_number, {**says, "name": one.name, "id": one.citizen_number}, carries)
    firm = one.firm
    head = firm.legal_representative.name
    carries = {
        "name": firm.name, "head": head, "address": firm.address, "scope": one.scope, "state": one.state,
        "registered_on": one.registered_on, "zone": place.zone,
    }  # fmt: skip
    return _Subject(
        firm.uscc,
        {**says, "name": firm.name, "id": firm.uscc, "head": head, "address": firm.address},
        carries,
    )


def _facts(
    registrar: Registrar, plain: Mapping[str, Any], subject: _Subject, number: int
) -> dict[str, object]:
    values = {name: _value(registrar, raw, subject, number) for name, raw in plain.items()}
    return {name: value for name, value in values.items() if value is not None}


def _value(registrar: Registrar, raw: Any, subject: _Subject, number: int) -> object:
    """Return a fact: text filled in, ``{from: NAME}`` fetched, ``{days: N, each: M}`` counted from today."""
    match raw:
        case str():
            return raw.format_map(subject.says)
        case list():
            return tuple(str(one) for one in raw)
        case {"from": name}:
            return subject.carries[name]
        case {"days": days}:
            return registrar.today + timedelta(days=days + number * raw.get("each", 0))
        case _:
            return raw
