"""Written documents in PostgreSQL; what they say is locked with the case's key."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tongban.crypto.sealed_box import lock, unlock
from tongban.domain.case.plain import reader_for, to_plain
from tongban.domain.paperwork.paper import Paper
from tongban.flows.paper_store import LEAF_KEY, KeptPaper, PublicPaper
from tongban.kernel.ids import CaseId
from tongban.store.cases import DjangoCases
from tongban.store.ledger import DjangoLedger
from tongban.store.session import Row, Session
from tongban.store.writes import PAPER_FILES, PAPERS, PAPERS_WRITTEN

_CLAIM = """
SELECT case_id FROM store_caseindex WHERE papers_version < version
ORDER BY updated_at DESC, case_id LIMIT %b FOR UPDATE SKIP LOCKED
"""
_SERIAL = """
INSERT INTO store_paperserial (series, year, last) VALUES (%b, %b, %b)
ON CONFLICT (series, year) DO UPDATE SET last = store_paperserial.last + excluded.last RETURNING last
"""
_COLUMNS = "SELECT paper_id, case_id, data, digest, file_digest FROM store_paper "
_OF_CASES = _COLUMNS + "WHERE case_id = ANY(%b::text[]) ORDER BY case_id, version, paper_id"
_PUBLIC = "SELECT paper_id, number, kind, dated_on, digest FROM store_paper WHERE paper_id = %b"
_BY_FILE = "SELECT paper_id FROM store_paper WHERE file_digest = %b AND file_digest <> ''"
_FIND = _COLUMNS + "WHERE paper_id = %b"


class DjangoPapers:
    """The port ``Papers``. ``find`` raises CaseErased when the document's case has been erased."""

    def __init__(self, session: Session, cases: DjangoCases, ledger: DjangoLedger) -> None:
        self._session, self._cases, self._ledger = session, cases, ledger

    def claim_due(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases in which something happened since, the latest first; their rows stay locked."""
        self._session.flush()
        return tuple(row[0] for row in self._session.write(_CLAIM, [limit]))

    def mark_written(self, case_id: CaseId, version: int) -> None:
        """Note up to which event the documents of a case are written."""
        self._session.put(PAPERS_WRITTEN, case_id, (case_id, version))

    def next_serial(self, series: str, year: int, count: int) -> int:
        """Return the first of so many consecutive numbers; the series is locked until the unit ends."""
        last: int = self._session.write(_SERIAL, [series, year, count])[0][0]
        return last - count + 1

    def add(self, kept: KeptPaper) -> None:
        """Keep a document; one that is there already makes the unit end with Conflict."""
        paper = kept.paper
        plain = json.dumps(to_plain(paper), ensure_ascii=False, separators=(",", ":")).encode()
        box = lock(self._cases.key_of(paper.case_id), plain, _about(paper.id))
        row = (
            paper.id,
            paper.number,
            paper.kind,
            paper.case_id,
            paper.version,
            paper.dated_on,
            box,
            kept.digest,
            kept.file_digest,
        )
        self._session.put(PAPERS, paper.id, row)

    def list_of(self, case_ids: Iterable[CaseId]) -> Mapping[CaseId, tuple[KeptPaper, ...]]:
        """Return the documents of cases in order of their events, with one question."""
        wanted = list(case_ids)
        found: dict[CaseId, list[KeptPaper]] = {}
        keys: dict[CaseId, bytes] = {}
        for row in self._session.read(_OF_CASES, [wanted]):
            case_id = CaseId(row[1])
            key = keys.get(case_id) or keys.setdefault(case_id, self._cases.key_of(case_id))
            found.setdefault(case_id, []).append(_open(key, row))
        return {case_id: tuple(found.get(case_id, ())) for case_id in wanted}

    def find(self, paper_id: str) -> KeptPaper | None:
        """Return a document by its id, or None."""
        rows: Sequence[Row] = self._session.read(_FIND, [paper_id])
        return _open(self._cases.key_of(CaseId(rows[0][1])), rows[0]) if rows else None

    def find_public(self, paper_id: str) -> PublicPaper | None:
        """Return what is public of a document; needs no case key."""
        rows = self._session.read(_PUBLIC, [paper_id])
        if not rows:
            return None
        proved = self._ledger.find_proof(LEAF_KEY.format(paper_id=paper_id))
        checkpoint = proved.checkpoint if proved else None
        return PublicPaper(
            *rows[0],
            leaf=proved.leaf if proved and checkpoint else b"",
            leaf_index=proved.index if proved else None,
            proof=tuple(each.hex() for each in proved.proof) if proved else (),
            checkpoint=checkpoint.note if checkpoint else "",
        )

    def find_by_file(self, file_digest: str) -> PublicPaper | None:
        """Return what is public of the document whose sealed PDF this is; needs no case key."""
        rows = self._session.read(_BY_FILE, [file_digest])
        return self.find_public(rows[0][0]) if rows else None

    def set_file(self, paper_id: str, file_digest: str) -> None:
        """Note its sealed PDF; the first that is noted stays."""
        self._session.put(PAPER_FILES, paper_id, (paper_id, file_digest))


def _open(key: bytes, row: Row) -> KeptPaper:
    paper_id, _, box, digest, file_digest = row
    return KeptPaper(_read_paper(json.loads(unlock(key, box, _about(paper_id)))), digest, file_digest)


_read_paper: Any = reader_for(Paper)


def _about(paper_id: str) -> bytes:
    return f"paper|{paper_id}".encode()
