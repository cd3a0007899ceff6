"""A zone that does not exist: 200 firms, 200 people, what its registers hold, and who may log in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.party import Firm, Person
from tongban.fiction.accounts import Account, compose_accounts
from tongban.fiction.firms import FictionalFirm, compose_firms
from tongban.fiction.people import PEOPLE_PER_ZONE, compose_people
from tongban.fiction.records import compose_records
from tongban.fiction.story import Cast, compose_cast
from tongban.fiction.words import Words
from tongban.kernel.ids import PartyId, ZoneId


@dataclass(frozen=True, slots=True)
class FictionalZone:
    """Everything that is loaded into one node.

    Args:
        firms, people: exactly 200 each, the story's own among them.
        records: for the zone's registers.
        accounts: demonstration logins.
        story: official numbers of the whole cast by the names of ``story.yaml``, the same at every node.
    """

    zone: ZoneId
    firms: tuple[Firm, ...]
    people: tuple[Person, ...]
    records: tuple[HeldRecord, ...]
    accounts: tuple[Account, ...]
    story: Mapping[str, PartyId]


def generate_zone(zone_id: ZoneId, words: Words, today: date) -> FictionalZone:
    """Generate a zone's fiction; nothing in it is drawn by chance, so twice gives the same.

    Args:
        zone_id: one of the zones of ``words.yaml``.
        today: the civil date from which the dates of records are counted; names and numbers stay.
    """
    place, cast = words.places[zone_id], compose_cast(words, today)
    own_people = cast.people_of(zone_id)
    others = compose_people(place, words, PEOPLE_PER_ZONE - len(own_people))
    firms = _with_story(compose_firms(place, words, others, today), cast.firms_of(zone_id))
    people = (*own_people, *others)
    return FictionalZone(
        zone_id,
        tuple(one.firm for one in firms),
        people,
        compose_records(place, words, people, firms, cast, today),
        compose_accounts(place, words, cast, today),
        _numbers(cast),
    )


def _with_story(
    generated: tuple[FictionalFirm, ...], story: tuple[FictionalFirm, ...]
) -> tuple[FictionalFirm, ...]:
    """Put the story's firms first; each takes the place of one generated firm of its trade.

    A generated firm of the same name is the first to go, so that no name comes twice.
    """
    names = {one.firm.name for one in story}
    leaving: set[str] = set()
    for trade, count in Counter(one.trade.id for one in story).items():
        of_trade = [one.firm for one in generated if one.trade.id == trade]
        of_trade.sort(key=lambda firm: firm.name not in names)
        leaving |= {firm.uscc for firm in of_trade[:count]}
    return (*story, *(one for one in generated if one.firm.uscc not in leaving))


def _numbers(cast: Cast) -> dict[str, PartyId]:
    people = {name: person.id for name, person in cast.people.items()}
    return people | {name: one.firm.id for name, one in cast.firms.items()}
