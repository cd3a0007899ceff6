"""The port ``Papers`` in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from tongban.domain.case.events import Recorded
from tongban.flows.paper_store import LEAF_KEY, KeptPaper, PublicPaper
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId


@dataclass
class PaperShelf:
    """What one zone keeps of its documents."""

    papers: dict[str, KeptPaper] = field(default_factory=dict)
    serials: dict[tuple[str, int], int] = field(default_factory=dict)
    written: dict[CaseId, int] = field(default_factory=dict)


class MemoryPapers:
    """Documents in a dictionary; ``shelf`` is the zone's whole shelf, so that a unit puts both back."""

    def __init__(self, shelf: "HasPapers") -> None:
        self._shelf = shelf

    def claim_due(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases in which something happened since, the latest first."""
        written = self._shelf.papers.written
        due = [
            (history[-1].at, case_id)
            for case_id, history in self._shelf.histories.items()
            if len(history) > written.get(case_id, 0)
        ]
        return tuple(case_id for _, case_id in sorted(due, reverse=True)[:limit])

    def mark_written(self, case_id: CaseId, version: int) -> None:
        """Note up to which event the documents of a case are written."""
        self._change(written={**self._shelf.papers.written, case_id: version})

    def next_serial(self, series: str, year: int, count: int) -> int:
        """Return the first of so many consecutive numbers of a series."""
        last = self._shelf.papers.serials.get((series, year), 0)
        self._change(serials={**self._shelf.papers.serials, (series, year): last + count})
        return last + 1

    def add(self, kept: KeptPaper) -> None:
        """Keep a document; raises Conflict for a second one after the same event."""
        place = (kept.paper.case_id, kept.paper.version, kept.paper.kind)
        for other in self._shelf.papers.papers.values():
            if (other.paper.case_id, other.paper.version, other.paper.kind) == place:
                raise Conflict(f"{kept.paper.number}: written already as {other.paper.number}")
        self._change(papers={**self._shelf.papers.papers, kept.paper.id: kept})

    def list_of(self, case_ids: Iterable[CaseId]) -> Mapping[CaseId, tuple[KeptPaper, ...]]:
        """Return the documents of cases in order of their events."""
        every = sorted(self._shelf.papers.papers.values(), key=lambda one: (one.paper.version, one.paper.id))
        return {case_id: tuple(one for one in every if one.paper.case_id == case_id) for case_id in case_ids}

    def find(self, paper_id: str) -> KeptPaper | None:
        """Return a document by its id, or None."""
        return self._shelf.papers.papers.get(paper_id)

    def find_public(self, paper_id: str) -> PublicPaper | None:
        """Return what is public of a document; its leaf has no place in a log here."""
        kept = self.find(paper_id)
        if kept is None:
            return None
        paper, leaf = kept.paper, self._shelf.leaves.get(LEAF_KEY.format(paper_id=paper_id), b"")
        return PublicPaper(
            paper.id, paper.number, paper.kind, paper.dated_on, kept.digest, leaf, None, (), ""
        )

    def find_by_file(self, file_digest: str) -> PublicPaper | None:
        """Return what is public of the document whose sealed PDF this is, or None."""
        kept = self._shelf.papers.papers.values()
        names = [one.paper.id for one in kept if file_digest and one.file_digest == file_digest]
        return self.find_public(names[0]) if names else None

    def set_file(self, paper_id: str, file_digest: str) -> None:
        """Note its sealed PDF."""
        kept = replace(self._shelf.papers.papers[paper_id], file_digest=file_digest)
        self._change(papers={**self._shelf.papers.papers, paper_id: kept})

    def _change(self, **parts: object) -> None:
        self._shelf.papers = replace(self._shelf.papers, **parts)  # type: ignore[arg-type]


class HasPapers(Protocol):
    """The part of a zone's shelf that documents need."""

    leaves: dict[str, bytes]
    histories: dict[CaseId, tuple[Recorded, ...]]
    papers: PaperShelf
