"""Acts of the alliance in PostgreSQL."""

import json
from typing import Any

from tongban.domain.standard.acts import RecordedAct
from tongban.domain.standard.plain import act_from_plain, act_plain
from tongban.store.session import Session
from tongban.store.writes import ALLIANCE_ACTS

_KNOWN = "SELECT 1 FROM store_allianceact WHERE act_id = %b"
_ALL = "SELECT outline, '' FROM store_allianceact ORDER BY number"
_ABOUT = "SELECT outline, files FROM store_allianceact WHERE subject = %b ORDER BY number"


class DjangoAllianceActs:
    """The port ``AllianceActs``."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, act: RecordedAct) -> bool:
        """Keep an act once; two that come at the same instant are one row."""
        self._session.flush()
        if self._session.read(_KNOWN, [act.id]):
            return False
        plain = act_plain(act)
        files = plain.pop("files", None)
        row = (act.id, act.subject, act.zone, act.at, _write(plain), _write(files) if files else "")
        self._session.put(ALLIANCE_ACTS, act.id, row)
        return True

    def list_acts(self) -> tuple[RecordedAct, ...]:
        """Return every act, proposals without their files."""
        self._session.flush()
        return tuple(_read(outline, files) for outline, files in self._session.read(_ALL, []))

    def list_about(self, subject: str) -> tuple[RecordedAct, ...]:
        """Return the acts about one proposal or ticket, with the files."""
        self._session.flush()
        return tuple(_read(outline, files) for outline, files in self._session.read(_ABOUT, [subject]))


def _write(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _read(outline: str, files: str) -> RecordedAct:
    plain: dict[str, Any] = json.loads(outline)
    if files:
        plain["files"] = json.loads(files)
    return act_from_plain(plain, is_outline=not files)
