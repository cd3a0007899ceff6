"""Messages, channels and a carrier in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from tongban.domain.notification import IN_APP, SMS
from tongban.flows.notification_store import (
    QUEUED,
    SENDING,
    SENT,
    UNKNOWN,
    Channel,
    HandedOver,
    KeptMessage,
    Letter,
    Notification,
    ReadyLetter,
)
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message on one channel."""

    told: Notification
    recipient: str
    kept: KeptMessage
    next_at: datetime
    mobile: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Its name."""
        return self.told.cause, self.recipient, self.kept.channel


class HasMessages(Protocol):
    """The part of a zone's shelf that messages need."""

    told: dict[int, MessageRow]
    channels: dict[tuple[str, str], tuple[str, Channel]]


class MemoryNotifications:
    """Messages in a dictionary by number."""

    def __init__(self, shelf: HasMessages) -> None:
        self._shelf = shelf

    def queue(self, notification: Notification) -> None:
        """Keep a message in the house, and one for each chosen channel."""
        one = notification
        self._add(one, one.recipient, IN_APP, SENT)
        if not one.goes_outside:
            return
        if one.mobile:
            self._add(one, one.recipient, SMS, QUEUED, one.mobile)
        for (account, name), (party, channel) in sorted(self._shelf.channels.items()):
            if channel.is_proved and one.recipient in (account, party):
                self._add(one, account, name, QUEUED)

    def _add(self, one: Notification, recipient: str, channel: str, state: str, mobile: str = "") -> None:
        rows = self._shelf.told
        number = max(rows, default=0) + 1
        kept = KeptMessage(
            number, channel, one.kind, one.case_id, one.item_id, one.zone, one.about_on, one.at, state
        )
        row = MessageRow(one, recipient, kept, one.not_before, mobile)
        if row.key not in {known.key for known in rows.values()}:
            self._shelf.told = {**rows, number: row}

    def claim(self, now: datetime, lease_ends_at: datetime, limit: int) -> tuple[ReadyLetter, ...]:
        """Take what may leave now."""
        due = [row for row in self._shelf.told.values() if row.kept.state == QUEUED and row.next_at <= now]
        due.sort(key=lambda row: (row.next_at, row.kept.number))
        taken = []
        for row in due[:limit]:
            kept = replace(row.kept, state=SENDING, attempts=row.kept.attempts + 1)
            self._put(replace(row, kept=kept, next_at=lease_ends_at))
            taken.append(
                ReadyLetter(
                    kept.number, kept.channel, row.mobile or self._address(row), kept.kind, kept.case_id,
                    kept.item_id, kept.zone, kept.about_on, kept.attempts,
                )
            )  # fmt: skip
        return tuple(taken)

    def _address(self, row: MessageRow) -> str:
        _, channel = self._shelf.channels.get((row.recipient, row.kept.channel), ("", None))
        return channel.address if channel and channel.is_proved else ""

    def settle(self, number: int, state: str, at: datetime, why: str, next_at: datetime | None) -> None:
        """Keep what became of a letter."""
        row = self._shelf.told[number]
        if row.kept.state != SENDING:
            return
        kept = replace(row.kept, state=state, why=why, ended_at=None if next_at else at)
        self._put(replace(row, kept=kept, next_at=next_at or at, mobile=row.mobile if next_at else ""))

    def give_up_lost(self, now: datetime, why: str) -> int:
        """Note as unknown what was being handed over for too long."""
        lost = [row for row in self._shelf.told.values() if row.kept.state == SENDING and row.next_at <= now]
        for row in lost:
            self._put(replace(row, kept=replace(row.kept, state=UNKNOWN, why=why, ended_at=now), mobile=""))
        return len(lost)

    def list_inside(
        self, recipients: Sequence[str], before: int | None, limit: int
    ) -> tuple[KeptMessage, ...]:
        """Return messages in the house, newest first."""
        found = [one for one in self._inside(recipients) if before is None or one.number < before]
        return tuple(sorted(found, key=lambda one: -one.number)[:limit])

    def count_unread(self, recipients: Sequence[str], most: int) -> int:
        """Count what was not read."""
        return min(most, sum(one.read_at is None for one in self._inside(recipients)))

    def mark_read(self, recipients: Sequence[str], up_to: int, at: datetime) -> None:
        """Note what was read."""
        for one in self._inside(recipients):
            if one.number <= up_to and one.read_at is None:
                self._put(replace(self._shelf.told[one.number], kept=replace(one, read_at=at)))

    def _inside(self, recipients: Sequence[str]) -> list[KeptMessage]:
        rows = self._shelf.told.values()
        return [row.kept for row in rows if row.kept.channel == IN_APP and row.recipient in recipients]

    def list_of_case(self, case_id: CaseId, recipients: Sequence[str] | None) -> tuple[KeptMessage, ...]:
        """Return what went out about a case."""
        rows = self._shelf.told.values()
        return tuple(
            row.kept
            for row in rows
            if row.kept.case_id == case_id and (recipients is None or row.recipient in recipients)
        )

    def forget_before(self, at: datetime, limit: int) -> int:
        """Throw old messages away."""
        old = [number for number, row in self._shelf.told.items() if row.told.at < at][:limit]
        self._shelf.told = {number: row for number, row in self._shelf.told.items() if number not in old}
        return len(old)

    def _put(self, row: MessageRow) -> None:
        self._shelf.told = {**self._shelf.told, row.kept.number: row}


class MemoryChannels:
    """Channels in a dictionary."""

    def __init__(self, shelf: HasMessages) -> None:
        self._shelf = shelf

    def find(self, account: str, channel: str) -> Channel | None:
        """Return a channel, or None."""
        found = self._shelf.channels.get((account, channel))
        return found[1] if found else None

    def list_of(self, account: str) -> tuple[Channel, ...]:
        """Return an account's channels."""
        rows = sorted(self._shelf.channels.items())
        return tuple(channel for (owner, _), (_, channel) in rows if owner == account)

    def save(self, account: str, party: str, channel: Channel) -> None:
        """Keep a channel."""
        self._shelf.channels = {**self._shelf.channels, (account, channel.channel): (party, channel)}

    def remove(self, account: str, channel: str) -> None:
        """Forget a channel."""
        rows = self._shelf.channels.items()
        self._shelf.channels = {key: row for key, row in rows if key != (account, channel)}


@dataclass
class MemoryCarrier:
    """Keeps what it was given; what it says of addresses can be set."""

    said: dict[str, HandedOver] = field(default_factory=dict)
    carried: list[Letter] = field(default_factory=list)
    note: Text = field(default_factory=lambda: Text("", ""))

    def hand_over(self, letter: Letter) -> HandedOver:
        """Keep a letter, unless something else is to be said of its address."""
        said = self.said.get(letter.to, HandedOver(SENT))
        if said.state in (SENT, UNKNOWN):
            self.carried.append(letter)
        return said
