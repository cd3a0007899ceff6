"""Who takes part: persons, firms, agents, officers, authorities; and how much of them a page shows."""

from dataclasses import dataclass
from datetime import date

from tongban.kernel.ids import ItemId, PartyId, ZoneId
from tongban.kernel.text import Text

MASK = "*"
FEWEST_HIDDEN = 4
"""A number that would hide fewer characters than this is hidden whole."""


@dataclass(frozen=True, slots=True)
class Person:
    """A natural person.

    Args:
        citizen_number: 18 characters (gb-11643-1999), whose 7th to 14th are the birth date.
    """

    citizen_number: str
    name: str
    mobile: str = ""

    @property
    def id(self) -> PartyId:
        """The citizen number as a party's id."""
        return PartyId(self.citizen_number)


@dataclass(frozen=True, slots=True)
class Firm:
    """A legal person, a branch of one, or an individual business.

    Args:
        uscc: unified social credit code, 18 characters (gb-32100-2015).
        legal_representative: who acts for it by law, or the person in charge of a branch or business.
    """

    uscc: str
    name: str
    legal_representative: Person
    address: str = ""

    @property
    def id(self) -> PartyId:
        """The unified social credit code as a party's id."""
        return PartyId(self.uscc)


@dataclass(frozen=True, slots=True)
class Applicant:
    """A reference to the party that applies; answers for the truth of what is handed in (all-2019#31.1).

    Args:
        kind: ``person`` or ``firm``.
        id: citizen number or unified social credit code.
        mobile: contact for this application.
    """

    kind: str
    id: PartyId
    name: str
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who acts for a party, within an authorisation (all-2019#29.2).

    Args:
        person: who acts.
        acts_for: the party.
        authorisation: reference of the paper or record that says so; an agent without one may do nothing.
        item_ids: the items it covers; empty when it covers all.
        valid_from_on, valid_until_on: civil dates, both included; None for until when it has no end.
        is_revoked: whether the party has taken it back.
    """

    person: Person
    acts_for: PartyId
    authorisation: str
    valid_from_on: date
    valid_until_on: date | None = None
    item_ids: frozenset[ItemId] = frozenset()
    is_revoked: bool = False

    def may_act(self, party: PartyId, item_id: ItemId, on: date) -> bool:
        """Say whether the agent may apply for the party in an item on a civil date."""
        return (
            bool(self.authorisation)
            and not self.is_revoked
            and party == self.acts_for
            and (not self.item_ids or item_id in self.item_ids)
            and self.valid_from_on <= on
            and (self.valid_until_on is None or on <= self.valid_until_on)
        )


@dataclass(frozen=True, slots=True)
class Authority:
    """A legal person that exercises public power; neither a zone nor a division.

    Args:
        uscc: its unified social credit code.
        is_fictional: True for demonstration data; pages say so.
    """

    uscc: str
    name: Text
    is_fictional: bool


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who acts in an authority's name.

    Args:
        id: login of the account.
        roles: of ``clerk``, ``officer``, ``head``, ``steward``.
        zone: the zone in whose hall the officer works.
    """

    id: str
    name: str
    authority: Authority
    zone: ZoneId
    roles: frozenset[str]


def mask_citizen_number(number: str) -> str:
    """Show the first three and the last two characters; a shorter text is hidden whole.

    Source of law: pipl-2021#6 (least impact), pipl-2021#51 (de-identification where it is shown).

        >>> mask_citizen_number("11010519491231002X")
        '110*************2X'
    """
    return _mask_middle(number, 3, 2)


def mask_name(name: str) -> str:
    """Show the first character of a person's name; the rest keeps its length, a single character is hidden.

    >>> mask_name("张示例")
    '张**'
    """
    return name[:1] + MASK * (len(name) - 1) if len(name) > 1 else MASK * len(name)


def mask_mobile(number: str) -> str:
    """Show the first three and the last four digits; a shorter number is hidden whole.

    >>> mask_mobile("19900000001")
    '199****0001'
    """
    return _mask_middle(number, 3, 4)


def _mask_middle(text: str, first: int, last: int) -> str:
    """Hide all but the two ends, and everything when too little would be hidden."""
    hidden = len(text) - first - last
    if hidden < FEWEST_HIDDEN:
        return MASK * len(text)
    return text[:first] + MASK * hidden + text[-last:]
