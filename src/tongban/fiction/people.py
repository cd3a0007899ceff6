"""People who do not exist: a name with its mark, a citizen number that checks, a mobile nobody has."""

from datetime import date, timedelta

from tongban.domain.identifiers.citizen_number import compose_citizen_number
from tongban.domain.party import Person
from tongban.fiction.words import Place, Words, day_of

PEOPLE_PER_ZONE = 200


def compose_people(place: Place, words: Words, count: int) -> tuple[Person, ...]:
    """Return that many people of a zone, always the same ones in the same order."""
    plain = words.plain["people"]
    first_born, step = day_of(plain["born_from"]), timedelta(days=plain["born_every_days"])
    return tuple(
        compose_person(
            words, place, number, first_born + number * step, words.person_name(number + place.serial_from)
        )
        for number in range(count)
    )


def compose_person(words: Words, place: Place, number: int, born_on: date, name: str) -> Person:
    """Return one person; the sequence in the citizen number is one that is never handed out.

    Args:
        number: position among the zone's people; makes the mobile.
        name: with its mark.
    """
    citizen_number = compose_citizen_number(place.division, born_on, words.plain["people"]["sequence"]).text
    return Person(citizen_number, name, words.mobile(place.serial_from + number))


def born_on(person: Person) -> date:
    """Read the birth date that stands in the citizen number."""
    return date.fromisoformat(person.citizen_number[6:14])
