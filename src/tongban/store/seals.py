"""The seal in PostgreSQL: whoever takes it is alone with it until the unit ends, in every process."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tongban.domain.seal.events import ActivationProposed, Custodian, SealAct, SealActivated, SealSuspended
from tongban.domain.seal.state import Seal, fold_seal
from tongban.flows.seal_port import FiledUse, SealRefusal, SealUse
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.store.ledger import DjangoLedger
from tongban.store.session import Session

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('tongban.seal', 0)) IS NULL"
_ACT = (
    "number, kind, at, first_id, first_name, second_id, second_name, begins_at, ends_at, is_by_rota,"
    " reasons_zh, reasons_en"
)
_SINCE = f"""
SELECT {_ACT} FROM store_sealact WHERE number >= coalesce(
    (SELECT number FROM store_sealact WHERE kind <> 'proposed' ORDER BY number DESC LIMIT 1), 0)
ORDER BY number
"""  # noqa: S608
_ACTS = f"SELECT {_ACT} FROM store_sealact ORDER BY number DESC LIMIT %b"  # noqa: S608
_RECORD = """
INSERT INTO store_sealact (kind, at, first_id, first_name, second_id, second_name, begins_at, ends_at,
    is_by_rota, reasons_zh, reasons_en)
VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b) RETURNING number
"""
_USE = (
    "kind, document_id, printed_number, case_id, version, event, drawn_digest, drawn_bytes, activation,"
    " first_id, first_name, second_id, second_name, at, salt, sealed_digest"
)
_FIND_USE = f"""
SELECT {_USE}, number FROM store_sealuse WHERE kind = %b AND document_id = %b ORDER BY number DESC LIMIT 1
"""  # noqa: S608
_BY_FILE = f"""
SELECT {_USE}, number FROM store_sealuse WHERE sealed_digest = %b ORDER BY number DESC LIMIT 1
"""  # noqa: S608
_PLACES = ", ".join(["%b"] * 16)
_ADD_USE = f"INSERT INTO store_sealuse ({_USE}) VALUES ({_PLACES}) RETURNING number"  # noqa: S608
_COUNT = """
INSERT INTO store_sealhour (begins_at, used) VALUES (%b, 1)
ON CONFLICT (begins_at) DO UPDATE SET used = store_sealhour.used + 1 RETURNING used
"""
_FINISH = """
UPDATE store_sealuse SET sealed_digest = %b WHERE number = %b AND sealed_digest IN ('', %b)
RETURNING kind, document_id
"""
_WAITS_NO_MORE = """
UPDATE store_sealrefusal SET is_waiting = false WHERE kind = %b AND document_id = %b AND is_waiting
RETURNING number
"""
_REFUSE = """
INSERT INTO store_sealrefusal (kind, document_id, case_id, version, code, says_zh, says_en, source, first_at,
    at, is_waiting)
VALUES (%b, %b, %b, %b, %b, %b, %b, %b, %b, %b, %b)
ON CONFLICT (kind, document_id, code) DO UPDATE SET at = EXCLUDED.at, says_zh = EXCLUDED.says_zh,
    says_en = EXCLUDED.says_en, source = EXCLUDED.source, is_waiting = EXCLUDED.is_waiting,
    times = store_sealrefusal.times + 1
RETURNING number
"""
_REFUSAL = (
    "kind, document_id, case_id, version, code, says_zh, says_en, source, first_at, at, is_waiting, times,"
    " number"
)
_WAITING = f"""
SELECT {_REFUSAL} FROM store_sealrefusal WHERE case_id = %b AND is_waiting
ORDER BY at DESC, number DESC LIMIT 1
"""  # noqa: S608
_CLAIM = f"""
UPDATE store_sealrefusal SET at = %b WHERE number IN (
    SELECT number FROM store_sealrefusal WHERE is_waiting AND at < %b
    ORDER BY at, number LIMIT %b FOR UPDATE SKIP LOCKED)
RETURNING {_REFUSAL}
"""  # noqa: S608


class DjangoSeals:
    """The port ``Seals``."""

    def __init__(self, session: Session, ledger: DjangoLedger) -> None:
        self._session, self._ledger = session, ledger

    def read(self) -> Seal:
        """Return the seal; what lies before the last act that settled everything is not read."""
        return fold_seal(_compose_act(row) for row in self._session.read(_SINCE))

    def take(self) -> Seal:
        """Return the seal, alone with it until the unit ends."""
        self._session.write(_LOCK)
        return self.read()

    def record(self, act: SealAct) -> SealAct:
        """Add an act."""
        with self._session.unit():
            return replace(act, number=self._session.write(_RECORD, _row_of(act))[0][0])

    def acts(self, limit: int) -> Sequence[SealAct]:
        """Return the newest first."""
        return tuple(_compose_act(row) for row in self._session.read(_ACTS, [limit]))

    def count_hour(self, hour: datetime) -> int:
        """Return the count of an hour."""
        rows = self._session.read("SELECT used FROM store_sealhour WHERE begins_at = %b", [hour])
        return int(rows[0][0]) if rows else 0

    def find_use(self, kind: str, document_id: str) -> SealUse | None:
        """Return the newest use, or None."""
        rows = self._session.read(_FIND_USE, [kind, document_id])
        return _compose_use(rows[0]) if rows else None

    def find_filed(self, sealed_digest: str) -> FiledUse | None:
        """Return the use of a file, with its leaf and proof."""
        rows = self._session.read(_BY_FILE, [sealed_digest]) if sealed_digest else []
        if not rows:
            return None
        use = _compose_use(rows[0])
        proved = self._ledger.find_proof(use.leaf_key)
        checkpoint = proved.checkpoint if proved else None
        return FiledUse(
            use,
            leaf=proved.leaf if proved and checkpoint else b"",
            leaf_index=proved.index if proved else None,
            proof=tuple(each.hex() for each in proved.proof) if proved else (),
            checkpoint=checkpoint.note if checkpoint else "",
        )

    def add_use(self, use: SealUse, hour: datetime) -> SealUse:
        """Add a use and count it."""
        one = use
        row = [
            *(one.kind, one.document_id, one.printed_number, one.case_id, one.version, one.event),
            *(one.drawn_digest, one.drawn_bytes, one.activation, one.first.id, one.first.name),
            *(one.second.id, one.second.name, one.at, one.salt, one.sealed_digest),
        ]
        with self._session.unit():
            number = self._session.write(_ADD_USE, row)[0][0]
            self._session.write(_COUNT, [hour])
        return _compose_use((*row, number))

    def finish_use(self, number: int, sealed_digest: str) -> None:
        """Note the sealed document, once."""
        with self._session.unit():
            rows = self._session.write(_FINISH, [sealed_digest, number, sealed_digest])
            if not rows:
                raise Conflict(f"use {number} of the seal")
            self._session.write(_WAITS_NO_MORE, rows[0])

    def refuse(self, refusal: SealRefusal) -> None:
        """Keep a refusal, or count it."""
        one = refusal
        with self._session.unit():
            self._session.write(_REFUSE, [
                one.kind, one.document_id, one.case_id, one.version, one.code, one.says.zh, one.says.en,
                one.source, one.first_at, one.at, one.is_waiting,
            ])  # fmt: skip

    def find_waiting(self, case_id: CaseId) -> SealRefusal | None:
        """Return the newest that waits, or None."""
        rows = self._session.read(_WAITING, [case_id])
        return _compose_refusal(rows[0]) if rows else None

    def claim_waiting(self, before: datetime, now: datetime, limit: int) -> Sequence[SealRefusal]:
        """Return each to one who asks."""
        with self._session.unit():
            rows = self._session.write(_CLAIM, [now, before, limit])
        return tuple(sorted((_compose_refusal(row) for row in rows), key=lambda one: one.number))


def _row_of(act: SealAct) -> list[object]:
    match act.event:
        case ActivationProposed(by, begins, ends):
            return ["proposed", act.at, by.id, by.name, "", "", begins, ends, False, "", ""]
        case SealActivated(first, second, begins, ends, by_rota):
            names = first.id, first.name, second.id, second.name
            return ["activated", act.at, *names, begins, ends, by_rota, "", ""]
        case SealSuspended(by, reasons):
            return ["suspended", act.at, by.id, by.name, "", "", None, None, False, reasons.zh, reasons.en]


def _compose_act(row: tuple[Any, ...]) -> SealAct:
    number, kind, at, first_id, first_name, second_id, second_name, begins, ends, by_rota, zh, en = row
    first = Custodian(first_id, first_name)
    match kind:
        case "proposed":
            return SealAct(ActivationProposed(first, begins, ends), at, number)
        case "activated":
            second = Custodian(second_id, second_name)
            return SealAct(SealActivated(first, second, begins, ends, by_rota), at, number)
    return SealAct(SealSuspended(first, Text(zh, en)), at, number)


def _compose_use(row: Sequence[Any]) -> SealUse:
    *told, first_id, first_name, second_id, second_name, at, salt, sealed_digest, number = row
    first, second = Custodian(first_id, first_name), Custodian(second_id, second_name)
    return SealUse(*told, first, second, at, salt, sealed_digest, number)


def _compose_refusal(row: Sequence[Any]) -> SealRefusal:
    kind, document_id, case_id, version, code, zh, en, source, *rest = row
    return SealRefusal(kind, document_id, CaseId(case_id), version, code, Text(zh, en), source, *rest)
