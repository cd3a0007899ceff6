"""Logins of the demonstration: applicants who are the same at every node, and each hall's own staff."""

from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.party import Agent, Applicant, Authority, Person
from tongban.fiction.story import Cast
from tongban.fiction.words import Place, Words
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Representation:
    """A firm for which an account may apply.

    Args:
        party: the firm as an applicant.
        agent: under which authorisation and until when; the head of a firm has one too.
    """

    party: Applicant
    agent: Agent


@dataclass(frozen=True, slots=True)
class Account:
    """A login with a password that protects nothing.

    Args:
        role: ``applicant``, ``clerk``, ``officer``, ``head`` or ``steward``.
        name: of the person behind it, with its mark.
        person: identity of an applicant; None for staff.
        represents: firms for which an applicant may act.
        authority: in whose name staff act; None for applicants.
    """

    username: str
    password: str
    role: str
    zone: ZoneId
    name: str
    person: Person | None
    represents: tuple[Representation, ...]
    authority: Authority | None


def compose_accounts(place: Place, words: Words, cast: Cast, today: date) -> tuple[Account, ...]:
    """Return a node's logins: the applicants of the story with one identity everywhere, then its staff."""
    rows, password = words.story["accounts"], words.story["password"]
    applicants = [
        Account(
            row["username"],
            password,
            APPLICANT,
            place.zone,
            cast.people[row["person"]].name,
            cast.people[row["person"]],
            tuple(_represent(words, cast, row["person"], firm, today) for firm in row["acts_for"]),
            None,
        )
        for row in rows["everywhere"]
    ]
    staff = [
        Account(
            row["username"].format(zone=place.zone),
            password,
            row["role"],
            place.zone,
            words.mark_person(row["name"]),
            None,
            (),
            bureau_of(place),
        )
        for row in rows["staff"]
    ]
    return (*applicants, *staff)


def bureau_of(place: Place) -> Authority:
    """Return the zone's approval bureau, as its zone file names it."""
    name = Text(
        f"{place.city.zh}国家高新区行政审批局（演示）",
        f"{place.city.en} National High-tech Zone Administrative Approval Bureau (demonstration)",
    )
    return Authority(place.bureau, name, is_fictional=True)


def _represent(words: Words, cast: Cast, person: str, firm: str, today: date) -> Representation:
    plain = words.story["authorisation"]
    party = cast.firms[firm].firm
    from_on = today - timedelta(days=plain["valid_from_days_ago"])
    agent = Agent(
        cast.people[person],
        party.id,
        plain["reference"].format(firm=party.uscc),
        from_on,
        from_on + timedelta(days=plain["valid_for_days"]),
    )
    return Representation(Applicant("firm", party.id, party.name, cast.people[person].mobile), agent)
