"""The ports through which applicants are told: what is kept of each message, and who carries it outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from tongban.domain.case.events import ApplicantRef
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text

QUEUED, SENDING, SENT, UNKNOWN, FAILED = "queued", "sending", "sent", "unknown", "failed"
"""Waits; is being handed over; was taken by whoever carries it on; may have been taken; was not, for good."""
STATES = (QUEUED, SENDING, SENT, UNKNOWN, FAILED)


def party_mark(party: ApplicantRef, *, is_agent: bool = False) -> str:
    """Return what a party, or its agent, is called as a recipient; the store keeps only a digest of it."""
    return f"{party.kind}:{party.id}:{party.agent_id if is_agent else ''}"


def account_mark(username: str) -> str:
    """Return what an account is called as a recipient; appointments know no other name."""
    return f"account:{username}"


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing that somebody is told.

    Args:
        cause: what it tells of, e.g. ``case:CZ-1:7``; with recipient and channel its name, once and for ever.
        recipient: a mark of ``party_mark`` or ``account_mark``.
        kind: an event of a case, a kind of the agenda, or ``appointment``.
        about_on: the day that it is about.
        goes_outside: whether it also leaves the house on the channels that the recipient has chosen.
        not_before: when it may leave at the earliest.
        mobile: a number given for this one message alone; forgotten once it was sent.
    """

    cause: str
    recipient: str
    kind: str
    case_id: CaseId
    item_id: ItemId
    zone: ZoneId
    about_on: date
    at: datetime
    goes_outside: bool
    not_before: datetime
    mobile: str = ""


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A message that is to leave the house now.

    Args:
        address: empty when the recipient has switched the channel off since.
        attempts: this one counted.
    """

    number: int
    channel: str
    address: str
    kind: str
    case_id: CaseId
    item_id: ItemId
    zone: ZoneId
    about_on: date
    attempts: int


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message as its recipient sees it.

    Args:
        state: one of ``STATES``; ``why`` says what went wrong last.
        read_at: when its recipient had read it, in the house.
    """

    number: int
    channel: str
    kind: str
    case_id: CaseId
    item_id: ItemId
    zone: ZoneId
    about_on: date
    at: datetime
    state: str
    attempts: int = 0
    ended_at: datetime | None = None
    why: str = ""
    read_at: datetime | None = None


class Notifications(Protocol):
    """What was told to whom, and how it got there."""

    def queue(self, notification: Notification) -> None:
        """Keep a message in the house, and one for each channel that its recipient has chosen, in this unit.

        What is there already is left as it is.
        """

    def claim(self, now: datetime, lease_ends_at: datetime, limit: int) -> tuple[ReadyLetter, ...]:
        """Take what may leave now, oldest first, as being handed over; nobody else is given it.

        The unit in which this is called must end before anything is handed over.
        """

    def settle(self, number: int, state: str, at: datetime, why: str, next_at: datetime | None) -> None:
        """Keep what became of a letter that was claimed; with ``next_at`` it waits for another try."""

    def give_up_lost(self, now: datetime, why: str) -> int:
        """Note as unknown what was being handed over when its worker ended; return how many.

        It may have arrived. A second one would be a double, so none is sent.
        """

    def list_inside(
        self, recipients: Sequence[str], before: int | None, limit: int
    ) -> tuple[KeptMessage, ...]:
        """Return messages in the house, newest first, with numbers below ``before``."""

    def count_unread(self, recipients: Sequence[str], most: int) -> int:
        """Count messages in the house that were not read; stops at ``most``."""

    def mark_read(self, recipients: Sequence[str], up_to: int, at: datetime) -> None:
        """Note that everything up to a number was read."""

    def list_of_case(self, case_id: CaseId, recipients: Sequence[str] | None) -> tuple[KeptMessage, ...]:
        """Return what went out about a case, oldest first; None is everybody's, for who handles it."""

    def forget_before(self, at: datetime, limit: int) -> int:
        """Throw away messages older than an instant, oldest first; return how many."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way outside that an account has given.

    Args:
        address: as it was proved, or is to be.
        code: digest of the code that was sent; empty when none waits.
        tries: how often a wrong code was typed.
        codes, since: how many codes were sent since an instant.
    """

    channel: str
    address: str
    is_proved: bool = False
    code: str = ""
    code_until: datetime | None = None
    tries: int = 0
    codes: int = 0
    since: datetime | None = None


class Channels(Protocol):
    """Which ways outside each account has chosen; addresses are kept locked."""

    def find(self, account: str, channel: str) -> Channel | None:
        """Return a channel of an account, or None."""

    def list_of(self, account: str) -> tuple[Channel, ...]:
        """Return an account's channels, by name."""

    def save(self, account: str, party: str, channel: Channel) -> None:
        """Keep a channel; ``party`` is the mark under which its cases are told."""

    def remove(self, account: str, channel: str) -> None:
        """Forget a channel and its address; nothing when there is none."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed to a carrier.

    Args:
        mark: the same for the same message at every try, so that a receiver may tell a double.
    """

    mark: str
    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a carrier said.

    Args:
        state: ``SENT``: taken, and whether it reaches the person is not known here; ``QUEUED``: not taken,
            try again; ``FAILED``: refused for good; ``UNKNOWN``: the line broke before the carrier answered.
        why: in the carrier's own words; empty when it was taken.
        shown: what a stand-in would have carried; empty for a real carrier.
    """

    state: str
    why: str = ""
    shown: str = ""


class Carrier(Protocol):
    """Carries letters on one channel."""

    note: Text
    """What people are told of it beside the channel, e.g. that it is a stand-in; may be empty."""

    def hand_over(self, letter: Letter) -> HandedOver:
        """Hand a letter over once; never raises for what the line or the carrier does."""
