"""Acts of the alliance: what a zone's steward said about the standard or at the table, once and for good.

A zone's act is told to every other. They arrive in any order, so each says by itself what it is about, and
what follows from all of them is read by folding (``proposal``, ``ticket``), never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.kernel.ids import ItemId, ZoneId


@dataclass(frozen=True, slots=True)
class Proposed:
    """A base pack is proposed as the standard.

    Args:
        version: the pack's own number.
        content_hash: of its base files, ``hash_files``.
        based_on: content hash of the standard in force at the proposing zone; empty when there was none.
        files: name to text of the base files; empty where only the outline was read.
    """

    item: ItemId
    version: int
    content_hash: str
    based_on: str
    reason: str
    files: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Commented:
    """Somebody said something about a proposal or a ticket."""

    words: str


@dataclass(frozen=True, slots=True)
class Ratified:
    """A zone ratified the content of this hash, and nothing else."""

    content_hash: str


@dataclass(frozen=True, slots=True)
class Retracted:
    """The zone that proposed took the proposal back."""

    reason: str


@dataclass(frozen=True, slots=True)
class TicketOpened:
    """A difference between zones was brought to the table.

    Args:
        feature: name of what differs, see ``catalogue.difference``; zones: those that differ.
        seen: zone to what it says, in Chinese and in English, as it was when the ticket was opened.
        owner: zone that has to see to it, by ``due_on``.
    """

    item: ItemId
    feature: str
    seen: Mapping[str, tuple[str, str]]
    owner: ZoneId
    due_on: date
    words: str


@dataclass(frozen=True, slots=True)
class TicketClosed:
    """The owner closed the ticket, saying what became of the difference."""

    note: str


Act: TypeAlias = Proposed | Commented | Ratified | Retracted | TicketOpened | TicketClosed


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """An act with who did it and when.

    Args:
        id: unique for ever: the zone, a dash, and characters of chance.
        subject: the proposal or ticket it is about: the id of the act that began it.
        zone: whose steward acted; certain, as the message that told it was signed.
        by: the steward's name, as it is shown.
        at: aware UTC instant at that zone.
    """

    id: str
    subject: str
    zone: ZoneId
    by: str
    at: datetime
    act: Act


def hash_files(files: Mapping[str, str]) -> str:
    """Return the content hash of base files: hex SHA-256 of their canonical form, by name."""
    return hex_digest(canonical(dict(files)))
