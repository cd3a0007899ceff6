"""The cast of the demonstration: few people and firms, the same at every zone's node."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tongban.domain.party import Firm, Person
from tongban.fiction.firms import FictionalFirm, compose_credit_code
from tongban.fiction.people import compose_person
from tongban.fiction.words import Words, day_of
from tongban.kernel.ids import ZoneId

STORY_SERIAL, STORY_MOBILE, STORY_HOUSE = 900_001, 900, 900
"""Where the cast's organisation codes, mobiles and house numbers begin, clear of the generated ones."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A nurse's registration and the post she moves to.

    Args:
        registered_at, moves_to: the hospitals.
    """

    nurse: Person
    nurse_zone: ZoneId
    registered_at: FictionalFirm
    registered_on: date
    moves_to: FictionalFirm
    post: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in the demonstration, by the names of ``story.yaml``."""

    people: Mapping[str, Person]
    people_zones: Mapping[str, ZoneId]
    firms: Mapping[str, FictionalFirm]
    appointments: tuple[Appointment, ...]

    def people_of(self, zone: ZoneId) -> tuple[Person, ...]:
        """Return the cast's people of a zone."""
        return tuple(person for name, person in self.people.items() if self.people_zones[name] == zone)

    def firms_of(self, zone: ZoneId) -> tuple[FictionalFirm, ...]:
        """Return the cast's firms of a zone."""
        return tuple(firm for firm in self.firms.values() if firm.zone == zone)


def compose_cast(words: Words, today: date) -> Cast:
    """Compose the cast; days in the story are counted from ``today``, numbers and codes never change."""
    people: dict[str, Person] = {}
    zones: dict[str, ZoneId] = {}
    for number, (name, row) in enumerate(words.story["people"].items()):
        zones[name] = ZoneId(row["zone"])
        place = words.places[zones[name]]
        people[name] = compose_person(
            words, place, STORY_MOBILE + number, day_of(row["born_on"]), words.mark_person(row["name"])
        )
    firms: dict[str, FictionalFirm] = {}
    for number, (name, row) in enumerate(words.story["firms"].items()):
        firms[name] = _compose_firm(words, number, row, people, firms, today)
    appointments = tuple(
        _compose_appointment(row, people, zones, firms, today) for row in words.story["nurses"]
    )
    return Cast(people, zones, firms, appointments)


def _compose_firm(
    words: Words,
    number: int,
    row: Mapping[str, Any],
    people: Mapping[str, Person],
    firms: Mapping[str, FictionalFirm],
    today: date,
) -> FictionalFirm:
    place, trade = words.places[ZoneId(row["zone"])], words.trades[row["trade"]]
    code = compose_credit_code(words, trade.register, place.division, STORY_SERIAL + number)
    address = words.address(place, STORY_HOUSE + number)
    licensed = row.get("licensed_days_ago")
    return FictionalFirm(
        Firm(code, words.mark_firm(row["name"]), people[row["head"]], address),
        place.zone,
        trade,
        row.get("kind", trade.kind),
        words.plain["states"]["good"],
        today - timedelta(days=row["registered_days_ago"]),
        (*trade.scope, *row.get("also", ())),
        tuple(row.get("scope", ())),
        None if licensed is None else today - timedelta(days=licensed),
        row.get("branches", 0),
        firms[row["parent"]].firm if "parent" in row else None,
    )


def _compose_appointment(
    row: Mapping[str, Any],
    people: Mapping[str, Person],
    zones: Mapping[str, ZoneId],
    firms: Mapping[str, FictionalFirm],
    today: date,
) -> Appointment:
    return Appointment(
        people[row["person"]],
        zones[row["person"]],
        firms[row["registered_at"]],
        today - timedelta(days=row["registered_days_ago"]),
        firms[row["moves_to"]],
        row["post"],
        today + timedelta(days=row["starts_in_days"]),
    )
