"""Logins of the demonstration: applicants who are the same at every node, and each hall's own staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tongban.domain.party import Agent, Applicant, Authority, Person
from tongban.fiction.story import Cast
from tongban.fiction.words import Place, Words
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Account:
    """A login with a password that protects nothing.

    Args:
        role: ``applicant``, ``clerk``, ``officer``, ``head`` or ``steward``.
        name: of the person behind it, with its mark.
        party: for whom an applicant applies, itself or a firm; None for staff.
        agent: under which authorisation and until when somebody else acts; None for a person in their own
            matter, for the head of a firm, and for staff.
        authority: in whose name staff act; None for applicants.
    """

    username: str
    password: str
    role: str
    zone: ZoneId
    name: str
    party: Applicant | None
    agent: Agent | None
    authority: Authority | None


def compose_accounts(place: Place, words: Words, cast: Cast, today: date) -> tuple[Account, ...]:
    """Return a node's logins: the applicants of the story with one identity everywhere, then its staff."""
    rows = words.story["accounts"]
    return (
        *(_applicant(place, words, cast, row, today) for row in rows["everywhere"]),
        *(_staff(place, words, row) for row in rows["staff"]),
    )


def _applicant(place: Place, words: Words, cast: Cast, row: Mapping[str, Any], today: date) -> Account:
    person = cast.people[row["person"]]
    party = Applicant("person", person.id, person.name, person.mobile)
    if "firm" in row:
        firm = cast.firms[row["firm"]].firm
        party = Applicant("firm", firm.id, firm.name, person.mobile)
    agent = _authorise(words, person, party, today) if row.get("by_authorisation") else None
    password = words.story["password"]
    return Account(row["username"], password, APPLICANT, place.zone, person.name, party, agent, None)


def _staff(place: Place, words: Words, row: Mapping[str, Any]) -> Account:
    username = row["username"].format(zone=place.zone)
    name, password = words.mark_person(row["name"]), words.story["password"]
    return Account(username, password, row["role"], place.zone, name, None, None, bureau_of(place))


def bureau_of(place: Place) -> Authority:
    """Return the zone's approval bureau, as its zone file names it."""
    name = Text(
        f"{place.city.zh}国家高新区行政审批局（演示）",
        f"{place.city.en} National High-tech Zone Administrative Approval Bureau (demonstration)",
    )
    return Authority(place.bureau, name, is_fictional=True)


def _authorise(words: Words, person: Person, party: Applicant, today: date) -> Agent:
    plain = words.story["authorisation"]
    from_on = today - timedelta(days=plain["valid_from_days_ago"])
    until_on = from_on + timedelta(days=plain["valid_for_days"])
    return Agent(person, party.id, plain["reference"].format(firm=party.id), from_on, until_on)
