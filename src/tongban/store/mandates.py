"""Authorisations in PostgreSQL."""

import json
from datetime import datetime
from typing import Any

from tongban.domain.mandate import Mandate
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import ItemId
from tongban.store.session import Session

_COLUMNS = (
    "id, principal_id, principal_name, helper_id, helper_name, items, acts, from_on, until_on, consent,"
    " recorded_by, recorded_at, revoked_at"
)
_PLACES = ", ".join(["%b"] * 5 + ["%b::jsonb"] * 2 + ["%b"] * 6)
_KEEP = f"INSERT INTO store_mandate ({_COLUMNS}) VALUES ({_PLACES}) RETURNING id"  # noqa: S608
_FIND = f"SELECT {_COLUMNS} FROM store_mandate WHERE id = %b"  # noqa: S608
_BETWEEN = f"""
SELECT {_COLUMNS} FROM store_mandate WHERE principal_id = %b AND helper_id = %b
ORDER BY recorded_at DESC, id DESC LIMIT %b
"""  # noqa: S608
_OF_PRINCIPAL = f"""
SELECT {_COLUMNS} FROM store_mandate WHERE principal_id = %b ORDER BY recorded_at DESC, id DESC LIMIT %b
"""  # noqa: S608
_REVOKE = "UPDATE store_mandate SET revoked_at = %b WHERE id = %b AND revoked_at IS NULL RETURNING id"


class DjangoMandates:
    """The port ``Mandates``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, mandate: Mandate) -> None:
        """Keep it; an id that is there makes the unit end with Conflict."""
        one = mandate
        with self._session.unit():
            self._session.write(_KEEP, [
                one.id, one.principal_id, one.principal_name, one.helper_id, one.helper_name,
                json.dumps(one.items), json.dumps(one.acts), one.from_on, one.until_on, one.consent,
                one.recorded_by, one.recorded_at, one.revoked_at,
            ])  # fmt: skip

    def find(self, mandate_id: str) -> Mandate | None:
        """Return it, or None."""
        rows = self._session.read(_FIND, [mandate_id])
        return _read(rows[0]) if rows else None

    def list_between(self, principal_id: str, helper_id: str, limit: int) -> tuple[Mandate, ...]:
        """Return the newest first."""
        return tuple(_read(row) for row in self._session.read(_BETWEEN, [principal_id, helper_id, limit]))

    def list_of_principal(self, principal_id: str, limit: int) -> tuple[Mandate, ...]:
        """Return the newest first."""
        return tuple(_read(row) for row in self._session.read(_OF_PRINCIPAL, [principal_id, limit]))

    def revoke(self, mandate_id: str, at: datetime) -> None:
        """Take it back once."""
        with self._session.unit():
            if not self._session.write(_REVOKE, [at, mandate_id]):
                raise Conflict(f"{mandate_id}: nothing to take back")


def _read(row: tuple[Any, ...]) -> Mandate:
    items, acts = (json.loads(one) if isinstance(one, str) else one for one in row[5:7])
    return Mandate(*row[:5], tuple(ItemId(one) for one in items), tuple(acts), *row[7:])
