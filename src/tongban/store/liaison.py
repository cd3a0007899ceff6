"""Acts between zones in PostgreSQL; what they say is locked with the node's key."""

import json
from datetime import date
from typing import Any

from tongban.crypto.canonical import canonical
from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.liaison.acts import ZoneAct
from tongban.domain.liaison.plain import zone_act_from_plain, zone_act_plain
from tongban.flows.liaison_port import Matter
from tongban.kernel.ids import CaseId, ItemId
from tongban.store.session import Session

_KEEP = """
INSERT INTO store_zoneact (act_id, subject, follows, register, case_id, at, told)
VALUES (%b, %b, %b, %b, %b, %b, %b) ON CONFLICT DO NOTHING RETURNING act_id
"""
_COLUMNS = "subject, register, case_id, item_id, about, zone, other_zone, state, is_open, due_on, at"
_SAVE = f"""
INSERT INTO store_matter ({_COLUMNS}, sort_on)
VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b)
ON CONFLICT (subject) DO UPDATE SET zone = excluded.zone, other_zone = excluded.other_zone,
    state = excluded.state, is_open = excluded.is_open, about = excluded.about,
    due_on = excluded.due_on, at = excluded.at, sort_on = excluded.sort_on
RETURNING subject
"""  # noqa: S608
_ABOUT = "SELECT act_id, told FROM store_zoneact WHERE subject = %b ORDER BY number"
_OF_CASE = "SELECT act_id, told FROM store_zoneact WHERE case_id = %b ORDER BY number"
_OF_REGISTER = "SELECT act_id, told FROM store_zoneact WHERE register = %b ORDER BY number"
_OPEN = f"""
SELECT {_COLUMNS} FROM store_matter WHERE register = %b AND is_open
    AND (sort_on, subject) > (%b, %b) ORDER BY sort_on, subject LIMIT %b
"""  # noqa: S608
_CLOSED = f"""
SELECT {_COLUMNS} FROM store_matter WHERE register = %b AND NOT is_open
ORDER BY at DESC, subject DESC LIMIT %b
"""  # noqa: S608
_CLOSED_AFTER = f"""
SELECT {_COLUMNS} FROM store_matter WHERE register = %b AND NOT is_open
    AND (at, subject) < (%b, %b) ORDER BY at DESC, subject DESC LIMIT %b
"""  # noqa: S608
_PLACE = "SELECT sort_on, at FROM store_matter WHERE subject = %b"
_COUNT = "SELECT count(*) FROM store_matter WHERE register = %b AND about = %b AND item_id = %b"
_FIND = f"""
SELECT {_COLUMNS} FROM store_matter WHERE register = %b AND about = %b ORDER BY at DESC, subject DESC LIMIT 1
"""  # noqa: S608
_NO_DAY = date(9999, 12, 31)


class DjangoLiaisonActs:
    """The port ``LiaisonActs``."""

    def __init__(self, session: Session, node_key: bytes) -> None:
        self._session, self._node_key = session, node_key

    def keep(self, told: ZoneAct, register: str) -> bool:
        """Keep it once."""
        box = lock(self._node_key, canonical(zone_act_plain(told)), _about(told.id))
        row = [told.id, told.subject, told.follows, register, told.case_id, told.at, box]
        with self._session.unit():
            return bool(self._session.write(_KEEP, row))

    def save_matter(self, matter: Matter) -> None:
        """Keep a line."""
        one = matter
        with self._session.unit():
            self._session.write(_SAVE, [
                one.subject, one.register, one.case_id, one.item_id, one.about, one.zone, one.other_zone,
                one.state, one.is_open, one.due_on, one.at, one.due_on or _NO_DAY,
            ])  # fmt: skip

    def list_about(self, subject: str) -> tuple[ZoneAct, ...]:
        """Return the acts about one subject."""
        return self._read(_ABOUT, subject)

    def list_of_case(self, case_id: CaseId) -> tuple[ZoneAct, ...]:
        """Return the acts about a case."""
        return self._read(_OF_CASE, case_id)

    def list_register(self, register: str) -> tuple[ZoneAct, ...]:
        """Return every act of a register."""
        return self._read(_OF_REGISTER, register)

    def _read(self, sql: str, key: str) -> tuple[ZoneAct, ...]:
        rows = self._session.read(sql, [key])
        return tuple(
            zone_act_from_plain(json.loads(unlock(self._node_key, box, _about(act_id))))
            for act_id, box in rows
        )

    def list_matters(
        self, register: str, limit: int, *, is_open: bool = True, after: str = ""
    ) -> tuple[Matter, ...]:
        """Return lines in their order."""
        place = self._session.read(_PLACE, [after]) if after else []
        if is_open:
            sort_on = place[0][0] if place else date.min
            rows = self._session.read(_OPEN, [register, sort_on, after if place else "", limit])
        elif place:
            rows = self._session.read(_CLOSED_AFTER, [register, place[0][1], after, limit])
        else:
            rows = self._session.read(_CLOSED, [register, limit])
        return tuple(_matter(row) for row in rows)

    def find_matter(self, register: str, about: str) -> Matter | None:
        """Return the newest."""
        rows = self._session.read(_FIND, [register, about])
        return _matter(rows[0]) if rows else None

    def count_matters(self, register: str, about: str, item_id: ItemId) -> int:
        """Count lines."""
        count: int = self._session.read(_COUNT, [register, about, item_id])[0][0]
        return count


def _matter(row: tuple[Any, ...]) -> Matter:
    return Matter(*row)


def _about(act_id: str) -> bytes:
    return f"zone-act|{act_id}".encode()
