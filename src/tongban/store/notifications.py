"""The ports ``Notifications`` and ``Channels`` in PostgreSQL; no table shows who, or where to."""

import json
from collections.abc import Sequence
from datetime import datetime

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.crypto.sealed_box import lock, unlock
from tongban.flows.notification_store import Channel, KeptMessage, Notification, ReadyLetter
from tongban.kernel.ids import CaseId
from tongban.store.session import Session
from tongban.store.writes import Write

NOTIFICATIONS = Write(
    "notifications",
    # One row in the house, one for a number given with it, one for each channel that was chosen.
    "INSERT INTO store_notification (cause, recipient, channel, kind, case_id, item_id, zone, about_on, at, "
    "state, next_at, address) SELECT given.cause, way.recipient, way.channel, given.kind, given.case_id, "
    "given.item_id, given.zone, given.about_on, given.at, way.state, given.not_before, way.address "
    "FROM {rows} CROSS JOIN LATERAL ("
    "SELECT given.recipient, 'in-app' AS channel, 'sent' AS state, NULL::bytea AS address "
    "UNION ALL SELECT given.recipient, 'sms', 'queued', given.address "
    "WHERE given.outside AND given.address IS NOT NULL "
    "UNION ALL SELECT one.account, one.channel, 'queued', NULL FROM store_notificationchannel AS one "
    "WHERE given.outside AND one.is_proved AND one.party = given.recipient "
    "UNION ALL SELECT one.account, one.channel, 'queued', NULL FROM store_notificationchannel AS one "
    "WHERE given.outside AND one.is_proved AND one.account = given.recipient"
    ") AS way ON CONFLICT (cause, recipient, channel) DO NOTHING RETURNING 1",
    (
        ("cause", "text"),
        ("recipient", "text"),
        ("kind", "text"),
        ("case_id", "text"),
        ("item_id", "text"),
        ("zone", "text"),
        ("about_on", "date"),
        ("at", "timestamptz"),
        ("outside", "bool"),
        ("not_before", "timestamptz"),
        ("address", "bytea"),
    ),
)
_CLAIM = """
WITH due AS (
    SELECT number FROM store_notification WHERE state = 'queued' AND next_at <= %b
    ORDER BY next_at, number LIMIT %b FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE store_notification AS told SET state = 'sending', attempts = attempts + 1, next_at = %b
    FROM due WHERE told.number = due.number
    RETURNING told.number, told.channel, told.recipient, told.cause, told.address, told.kind, told.case_id,
        told.item_id, told.zone, told.about_on, told.attempts
)
SELECT taken.*, chosen.kept FROM taken LEFT JOIN store_notificationchannel AS chosen
ON (chosen.account, chosen.channel) = (taken.recipient, taken.channel) AND chosen.is_proved
ORDER BY taken.number
"""
_SETTLE = """
UPDATE store_notification SET state = %b, why = %b, next_at = coalesce(%b, next_at),
    ended_at = CASE WHEN %b::timestamptz IS NULL THEN %b::timestamptz END,
    address = CASE WHEN %b::timestamptz IS NULL THEN NULL ELSE address END
WHERE number = %b AND state = 'sending' RETURNING 1
"""
_GIVE_UP = """
UPDATE store_notification SET state = 'unknown', why = %b, ended_at = %b, address = NULL
WHERE state = 'sending' AND next_at <= %b RETURNING 1
"""
_SELECT = """SELECT number, channel, kind, case_id, item_id, zone, about_on, at, state, attempts, ended_at,
    why, read_at
FROM store_notification"""
_INSIDE = (
    _SELECT
    + """
WHERE channel = 'in-app' AND recipient = ANY(%b::text[]) AND number < %b ORDER BY number DESC LIMIT %b
"""
)
_UNREAD = """
SELECT count(*) FROM (SELECT 1 FROM store_notification
WHERE channel = 'in-app' AND read_at IS NULL AND recipient = ANY(%b::text[]) LIMIT %b) AS counted
"""
_READ = """
UPDATE store_notification SET read_at = %b
WHERE channel = 'in-app' AND read_at IS NULL AND recipient = ANY(%b::text[]) AND number <= %b RETURNING 1
"""
_OF_CASE = (
    _SELECT
    + """
WHERE case_id = %b AND (%b::text[] IS NULL OR recipient = ANY(%b::text[])) ORDER BY number LIMIT %b
"""
)
_FORGET = """
DELETE FROM store_notification WHERE number IN (
    SELECT number FROM store_notification WHERE at < %b ORDER BY at, number LIMIT %b
) RETURNING 1
"""
_FIND = "SELECT kept, is_proved FROM store_notificationchannel WHERE account = %b AND channel = %b"
_LIST = "SELECT channel, kept, is_proved FROM store_notificationchannel WHERE account = %b ORDER BY channel"
_SAVE = """
INSERT INTO store_notificationchannel (account, channel, party, is_proved, kept) VALUES (%b, %b, %b, %b, %b)
ON CONFLICT (account, channel) DO UPDATE
SET party = excluded.party, is_proved = excluded.is_proved, kept = excluded.kept RETURNING 1
"""
_REMOVE = "DELETE FROM store_notificationchannel WHERE account = %b AND channel = %b RETURNING 1"
_LAST = 2**63 - 1
OF_CASE_MOST = 200
"""Most messages shown of one case."""
_WHY_MAX = 300


class DjangoNotifications:
    """The port ``Notifications``."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def queue(self, notification: Notification) -> None:
        """Gather a message; the statement that writes it finds the channels."""
        one = notification
        box = lock(self._node_key, one.mobile.encode(), one.cause.encode()) if one.mobile else None
        row = (
            one.cause, mark(self._node_key, one.recipient), one.kind, one.case_id, one.item_id, one.zone,
            one.about_on, one.at, one.goes_outside, one.not_before, box,
        )  # fmt: skip
        self._session.put(NOTIFICATIONS, (one.cause, one.recipient), row)

    def claim(self, now: datetime, lease_ends_at: datetime, limit: int) -> tuple[ReadyLetter, ...]:
        """Take what may leave now, with the address as it is now."""
        with self._session.unit():
            self._session.flush()
            rows = self._session.write(_CLAIM, [now, limit, lease_ends_at])
        return tuple(self._ready(*row) for row in rows)

    def _ready(
        self, number: int, channel: str, recipient: str, cause: str, box: bytes | None, *rest: object
    ) -> ReadyLetter:
        *about, kept = rest
        address = ""
        if box is not None:
            address = unlock(self._node_key, box, cause.encode()).decode()
        elif isinstance(kept, bytes):
            address = json.loads(unlock(self._node_key, kept, _about(recipient, channel)))["address"]
        return ReadyLetter(number, channel, address, *about)  # type: ignore[arg-type]

    def settle(self, number: int, state: str, at: datetime, why: str, next_at: datetime | None) -> None:
        """Keep what became of a letter."""
        with self._session.unit():
            row = [state, why[:_WHY_MAX], next_at, next_at, at, next_at, number]
            self._session.write(_SETTLE, row)

    def give_up_lost(self, now: datetime, why: str) -> int:
        """Note as unknown what was being handed over for too long."""
        with self._session.unit():
            return len(self._session.write(_GIVE_UP, [why, now, now]))

    def list_inside(
        self, recipients: Sequence[str], before: int | None, limit: int
    ) -> tuple[KeptMessage, ...]:
        """Return messages in the house, newest first."""
        self._session.flush()
        place = _LAST if before is None else before
        rows = self._session.read(_INSIDE, [self._marks(recipients), place, limit])
        return tuple(KeptMessage(*row) for row in rows)

    def count_unread(self, recipients: Sequence[str], most: int) -> int:
        """Count what was not read."""
        self._session.flush()
        return int(self._session.read(_UNREAD, [self._marks(recipients), most])[0][0])

    def mark_read(self, recipients: Sequence[str], up_to: int, at: datetime) -> None:
        """Note what was read."""
        with self._session.unit():
            self._session.flush()
            self._session.write(_READ, [at, self._marks(recipients), up_to])

    def list_of_case(self, case_id: CaseId, recipients: Sequence[str] | None) -> tuple[KeptMessage, ...]:
        """Return what went out about a case."""
        self._session.flush()
        marks = None if recipients is None else self._marks(recipients)
        rows = self._session.read(_OF_CASE, [case_id, marks, marks, OF_CASE_MOST])
        return tuple(KeptMessage(*row) for row in rows)

    def forget_before(self, at: datetime, limit: int) -> int:
        """Throw old messages away."""
        with self._session.unit():
            self._session.flush()
            return len(self._session.write(_FORGET, [at, limit]))

    def _marks(self, recipients: Sequence[str]) -> list[str]:
        return [mark(self._node_key, one) for one in recipients]


class DjangoChannels:
    """The port ``Channels``."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def find(self, account: str, channel: str) -> Channel | None:
        """Return a channel; inside a unit its row is locked, so that tries are counted one by one."""
        owner = mark(self._node_key, account)
        if self._session.open:
            rows = self._session.write(f"{_FIND} FOR UPDATE", [owner, channel])
        else:
            rows = self._session.read(_FIND, [owner, channel])
        return self._read(owner, channel, *rows[0]) if rows else None

    def list_of(self, account: str) -> tuple[Channel, ...]:
        """Return an account's channels."""
        owner = mark(self._node_key, account)
        return tuple(self._read(owner, *row) for row in self._session.read(_LIST, [owner]))

    def save(self, account: str, party: str, channel: Channel) -> None:
        """Keep a channel."""
        one, owner = channel, mark(self._node_key, account)
        plain = {
            "address": one.address, "code": one.code, "code_until": _write_instant(one.code_until),
            "tries": one.tries, "codes": one.codes, "since": _write_instant(one.since),
        }  # fmt: skip
        box = lock(self._node_key, canonical(plain), _about(owner, one.channel))
        row = [owner, one.channel, mark(self._node_key, party), one.is_proved, box]
        with self._session.unit():
            self._session.write(_SAVE, row)

    def remove(self, account: str, channel: str) -> None:
        """Forget a channel."""
        with self._session.unit():
            self._session.write(_REMOVE, [mark(self._node_key, account), channel])

    def _read(self, owner: str, channel: str, box: bytes, is_proved: bool) -> Channel:
        plain = json.loads(unlock(self._node_key, box, _about(owner, channel)))
        return Channel(
            channel, plain["address"], is_proved, plain["code"], _read_instant(plain["code_until"]),
            plain["tries"], plain["codes"], _read_instant(plain["since"]),
        )  # fmt: skip


def mark(node_key: bytes, recipient: str) -> str:
    """Return a digest that nobody can guess people against without the node's key."""
    return hex_digest(node_key + b"|recipient|" + recipient.encode())


def _about(owner: str, channel: str) -> bytes:
    return f"channel|{owner}|{channel}".encode()


def _write_instant(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _read_instant(written: str) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
