"""Tickets and appointments in PostgreSQL: whoever calls next skips what another window is just calling."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from tongban.crypto.digest import hex_digest
from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.hall.appointment import CANCELLED, Appointment
from tongban.domain.hall.ticket import QueueTicket
from tongban.flows.hall_ports import Hall
from tongban.kernel.errors import Conflict
from tongban.store.intakes import DjangoIntakes, DjangoPickups
from tongban.store.mandates import DjangoMandates
from tongban.store.session import Session

_LOOKS = 5
"""How often the heads are read again when others have just called all of them."""
_HEADS = 32
"""How many of each queue's first are looked at: more than there are windows that call at one instant."""

_COLUMNS = (
    '"on", business, serial, label, taken_at, rank_at, priority, state, "window", for_window, calls,'
    " called_at, ended_at"
)
_DRAW = """
INSERT INTO store_hallserial ("on", business, last) VALUES (%b, %b, 1)
ON CONFLICT ("on", business) DO UPDATE SET last = store_hallserial.last + 1 RETURNING last
"""
_PLACES = ", ".join(["%b"] * 13)
_ADD = f"INSERT INTO store_hallticket ({_COLUMNS}) VALUES ({_PLACES}) RETURNING label"  # noqa: S608
_FIND = f'SELECT {_COLUMNS} FROM store_hallticket WHERE "on" = %b AND label = %b'  # noqa: S608
_LIST_HEADS = f"""
SELECT label FROM (
    (SELECT label, rank_at, 0 AS turn FROM store_hallticket
        WHERE state = 'waiting' AND "on" = %b AND for_window = %b ORDER BY rank_at, label LIMIT {_HEADS})
    UNION ALL
    SELECT head.label, head.rank_at, 1 FROM unnest(%b::text[]) AS served(business), LATERAL (
        SELECT label, rank_at FROM store_hallticket
        WHERE state = 'waiting' AND "on" = %b AND for_window = '' AND business = served.business
        ORDER BY rank_at, label LIMIT {_HEADS}) AS head
) AS heads ORDER BY turn, rank_at, label
"""  # noqa: S608
_CLAIM = f"""
SELECT {_COLUMNS} FROM store_hallticket WHERE "on" = %b AND label = %b AND state = 'waiting'
FOR UPDATE SKIP LOCKED
"""  # noqa: S608
_SAVE = """
UPDATE store_hallticket SET business = %b, state = %b, "window" = %b, for_window = %b, calls = %b,
    called_at = %b, ended_at = %b
WHERE "on" = %b AND label = %b AND business = %b AND state = %b AND "window" = %b AND for_window = %b
    AND calls = %b
RETURNING label
"""
_CALLED = f"""
SELECT {_COLUMNS} FROM store_hallticket WHERE state = 'called' AND "on" = %b
ORDER BY called_at DESC, label LIMIT %b
"""  # noqa: S608
_CURRENT = f'SELECT {_COLUMNS} FROM store_hallticket WHERE state = \'called\' AND "on" = %b AND "window" = %b'  # noqa: S608
_PASSED = f"""
SELECT {_COLUMNS} FROM store_hallticket WHERE state = 'passed' AND "on" = %b AND "window" = %b
ORDER BY called_at DESC, label LIMIT %b
"""  # noqa: S608
_COUNT = """
SELECT business, count(*) FROM store_hallticket WHERE state = 'waiting' AND "on" = %b GROUP BY business
"""
_BEFORE = """
SELECT count(*) FROM store_hallticket
WHERE state = 'waiting' AND "on" = %b AND business = %b AND (rank_at, label) < (%b, %b)
"""


class DjangoTickets:
    """The port ``Tickets``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def draw_serial(self, on: date, business: str) -> int:
        """Return the next number; who draws at the same time waits for this unit."""
        with self._session.unit():
            return int(self._session.write(_DRAW, [on, business])[0][0])

    def add(self, ticket: QueueTicket) -> None:
        """Keep a ticket; a label given out before makes the unit end with Conflict."""
        one = ticket
        with self._session.unit():
            self._session.write(_ADD, [
                one.on, one.business, one.serial, one.label, one.taken_at, one.rank_at, one.priority,
                one.state, one.window, one.for_window, one.calls, one.called_at, one.ended_at,
            ])  # fmt: skip

    def find(self, on: date, label: str) -> QueueTicket | None:
        """Return a ticket, or None."""
        return _first(self._session.read(_FIND, [on, label]))

    def claim_next(self, on: date, businesses: Sequence[str], window: str) -> QueueTicket | None:
        """Return the first that no other window is just calling, locked until the unit ends.

        Two steps, because one statement that joins the heads to their rows makes a plan that reads every row
        while the day's table has no statistics yet: 181 ms with 10^5 waiting, and 25 ms so; 1 ms with them.
        """
        for _ in range(_LOOKS):
            heads = self._session.write(_LIST_HEADS, [on, window, list(businesses), on])
            for (label,) in heads:
                if claimed := self._session.write(_CLAIM, [on, label]):
                    return QueueTicket(*claimed[0])
            if not heads:
                return None
        return None

    def save(self, before: QueueTicket, after: QueueTicket) -> None:
        """Keep what became of a ticket as it was read."""
        old, new = before, after
        with self._session.unit():
            kept = self._session.write(_SAVE, [
                new.business, new.state, new.window, new.for_window, new.calls, new.called_at, new.ended_at,
                old.on, old.label, old.business, old.state, old.window, old.for_window, old.calls,
            ])  # fmt: skip
            if not kept:
                raise Conflict(f"{before.label}: changed meanwhile")

    def find_current(self, on: date, window: str) -> QueueTicket | None:
        """Return the ticket at a window."""
        return _first(self._session.read(_CURRENT, [on, window]))

    def list_called(self, on: date, limit: int) -> tuple[QueueTicket, ...]:
        """Return the newest first."""
        return tuple(QueueTicket(*row) for row in self._session.read(_CALLED, [on, limit]))

    def list_passed(self, on: date, window: str, limit: int) -> tuple[QueueTicket, ...]:
        """Return the newest first."""
        return tuple(QueueTicket(*row) for row in self._session.read(_PASSED, [on, window, limit]))

    def count_waiting(self, on: date) -> Mapping[str, int]:
        """Count the waiting."""
        return dict(self._session.read(_COUNT, [on]))

    def count_before(self, ticket: QueueTicket) -> int:
        """Count who is ahead."""
        one = ticket
        return int(self._session.read(_BEFORE, [one.on, one.business, one.rank_at, one.label])[0][0])


def _first(rows: list[tuple[Any, ...]]) -> QueueTicket | None:
    return QueueTicket(*rows[0]) if rows else None


_APPOINTMENT = "code, business, starts_at, booked_at, holder, state, reminded_at"
_TAKE_PLACE = """
INSERT INTO store_hallslot (business, starts_at, booked) SELECT %b, %b, 1 WHERE %b > 0
ON CONFLICT (business, starts_at) DO UPDATE SET booked = store_hallslot.booked + 1
    WHERE store_hallslot.booked < %b
RETURNING booked
"""
_BOOK = f"""
INSERT INTO store_hallappointment ({_APPOINTMENT}, "on", mobile)
VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b) RETURNING code
"""  # noqa: S608
_FIND_ONE = f"SELECT {_APPOINTMENT} FROM store_hallappointment WHERE code = %b"  # noqa: S608
_END = """
UPDATE store_hallappointment SET state = %b, mobile = '' WHERE code = %b AND state = 'booked'
RETURNING business, starts_at
"""
_GIVE_BACK = """
UPDATE store_hallslot SET booked = booked - 1 WHERE business = %b AND starts_at = %b RETURNING booked
"""
_COUNT_BOOKED = """
SELECT starts_at, booked FROM store_hallslot WHERE business = %b AND booked > 0
    AND starts_at >= (%b::date::timestamp AT TIME ZONE 'Asia/Shanghai')
    AND starts_at < ((%b::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
"""
_OF_HOLDER = f"""
SELECT {_APPOINTMENT} FROM store_hallappointment WHERE holder = %b ORDER BY starts_at DESC, code DESC LIMIT %b
"""  # noqa: S608
_REMIND = f"""
UPDATE store_hallappointment SET reminded_at = %b WHERE code IN (
    SELECT code FROM store_hallappointment
    WHERE state = 'booked' AND reminded_at IS NULL AND starts_at > %b AND starts_at < %b
    ORDER BY starts_at, code LIMIT %b FOR UPDATE SKIP LOCKED)
RETURNING {_APPOINTMENT}
"""  # noqa: S608
_FORGET = """
UPDATE store_hallappointment SET state = 'missed', mobile = '' WHERE code IN (
    SELECT code FROM store_hallappointment
    WHERE state = 'booked' AND starts_at < (%b::date::timestamp AT TIME ZONE 'Asia/Shanghai')
    ORDER BY starts_at, code LIMIT %b FOR UPDATE SKIP LOCKED)
RETURNING code
"""


class DjangoAppointments:
    """The port ``Appointments``."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def book(self, appointment: Appointment, capacity: int, mobile: str) -> bool:
        """Take a place of the slot and book it; who books at the same time waits for this unit."""
        one = appointment
        box = lock(self._node_key, mobile.encode(), _about(one.code)) if mobile else b""
        with self._session.unit():
            place = [one.business, one.starts_at, capacity, capacity]
            if not self._session.write(_TAKE_PLACE, place):
                return False
            self._session.write(_BOOK, [
                one.code, one.business, one.starts_at, one.booked_at, one.holder, one.state,
                one.reminded_at, one.on, box,
            ])  # fmt: skip
        return True

    def mark_mobile(self, mobile: str) -> str:
        """Return a digest that nobody can guess numbers against without the node's key."""
        return f"mobile:{hex_digest(self._node_key + b'|appointment|' + mobile.encode())}"

    def find(self, code: str) -> Appointment | None:
        """Return an appointment, or None."""
        rows = self._session.read(_FIND_ONE, [code])
        return Appointment(*rows[0]) if rows else None

    def find_mobile(self, code: str) -> str:
        """Return the number, or nothing."""
        rows = self._session.read("SELECT mobile FROM store_hallappointment WHERE code = %b", [code])
        return unlock(self._node_key, bytes(rows[0][0]), _about(code)).decode() if rows and rows[0][0] else ""

    def end(self, code: str, state: str) -> None:
        """Note the end once; a cancelled place is free again."""
        with self._session.unit():
            ended = self._session.write(_END, [state, code])
            if not ended:
                raise Conflict(f"{code}: has ended")
            if state == CANCELLED:
                self._session.write(_GIVE_BACK, ended[0])

    def count_booked(self, business: str, first_on: date, last_on: date) -> Mapping[datetime, int]:
        """Count places taken."""
        return dict(self._session.read(_COUNT_BOOKED, [business, first_on, last_on]))

    def list_of_holder(self, holder: str, limit: int) -> tuple[Appointment, ...]:
        """Return the newest first."""
        return tuple(Appointment(*row) for row in self._session.read(_OF_HOLDER, [holder, limit]))

    def claim_reminders(self, before: datetime, now: datetime, limit: int) -> tuple[Appointment, ...]:
        """Return each once, whoever asks."""
        with self._session.unit():
            rows = self._session.write(_REMIND, [now, now, before, limit])
        return tuple(sorted((Appointment(*row) for row in rows), key=lambda one: (one.starts_at, one.code)))

    def forget_past(self, on: date, limit: int) -> int:
        """Note who did not come, and forget their numbers."""
        with self._session.unit():
            return len(self._session.write(_FORGET, [on, limit]))


def _about(code: str) -> bytes:
    return f"appointment|{code}".encode()


def open_hall(session: Session, node_key: bytes) -> Hall:
    """Return the hall's ports over one session."""
    return Hall(
        DjangoTickets(session),
        DjangoAppointments(session, node_key),
        DjangoIntakes(session, node_key),
        DjangoMandates(session),
        DjangoPickups(session),
    )
