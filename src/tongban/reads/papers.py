"""The written documents of a case, as its pages list them and hand them out."""

import json
from dataclasses import dataclass
from datetime import date

from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.catalogue.zone import Zone
from tongban.domain.paperwork.paper import PaperKind
from tongban.flows.paper_store import KeptPaper
from tongban.flows.ports import Deps
from tongban.flows.seal_paper import check_url, seal_paper
from tongban.kernel.errors import NotFound
from tongban.kernel.text import Text
from tongban.paper.dossier import Enclosure, compose_dossier
from tongban.reads.case_page import find_document


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One document in the list of a case."""

    id: str
    title: Text
    number: str
    dated_on: date
    law: str
    is_adverse: bool


@dataclass(frozen=True, slots=True)
class PaperList:
    """The documents of a case that this zone wrote.

    Args:
        elsewhere: the zone that writes the others; None when it is this one.
    """

    lines: tuple[PaperLine, ...]
    elsewhere: Zone | None


def read_papers(case: Case, deps: Deps, *, for_officers: bool = False) -> PaperList:
    """Return the documents of a case in the order of its events; what is addressed to others, officers only.

    Source of law: pipl-2021#6 (an applicant need not read to whom else a notice was addressed).
    """
    kept = _list_for(case, deps, for_officers=for_officers)
    is_elsewhere = case.deciding_zone != deps.zone
    return PaperList(
        tuple(_line(one) for one in kept),
        deps.catalogue.zones[case.deciding_zone] if is_elsewhere else None,
    )


def _line(kept: KeptPaper) -> PaperLine:
    paper = kept.paper
    return PaperLine(paper.id, paper.title, paper.number, paper.dated_on, paper.basis[0], paper.is_adverse)


def _list_for(case: Case, deps: Deps, *, for_officers: bool) -> tuple[KeptPaper, ...]:
    kept = deps.papers.list_of([case.id])[case.id]
    return tuple(one for one in kept if for_officers or one.paper.addressee == case.applicant.name)


def get_paper(case: Case, paper_id: str, deps: Deps, *, for_officers: bool = False) -> KeptPaper:
    """Return a document of this case; raises NotFound for any other, and for one addressed to others."""
    kept = deps.papers.find(paper_id)
    if kept is None or kept.paper.case_id != case.id:
        raise NotFound(paper_id)
    if not for_officers and kept.paper.addressee != case.applicant.name:
        raise NotFound(paper_id)
    return kept


def read_sealed(case: Case, paper_id: str, deps: Deps, *, for_officers: bool = False) -> bytes:
    """Return the sealed PDF of a document of this case; drawn when it is first asked for."""
    return seal_paper(get_paper(case, paper_id, deps, for_officers=for_officers).paper.id, deps)


def read_data(case: Case, paper_id: str, deps: Deps, *, for_officers: bool = False) -> bytes:
    """Return a document as data: JSON of what was written, its digest, and where to check it."""
    kept = get_paper(case, paper_id, deps, for_officers=for_officers)
    whole = {
        "document": to_plain(kept.paper),
        "sha256": kept.digest,
        "check": check_url(kept.paper.id, kept.digest, deps),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def read_dossier(case: Case, deps: Deps, *, for_officers: bool = False) -> bytes:
    """Return every document of a case that is in this zone in one ZIP: PDF and data, and the licence.

    Source of law: admin-review-2023#22 (what an application for review is about must be at hand).
    """
    enclosures = []
    for kept in _list_for(case, deps, for_officers=for_officers):
        paper = kept.paper
        says = f"{paper.title.zh} {paper.number} · {paper.title.en}"
        enclosures.append(Enclosure(f"{paper.id}.pdf", says, seal_paper(paper.id, deps)))
        enclosures.append(
            Enclosure(f"{paper.id}.json", says, read_data(case, paper.id, deps, for_officers=for_officers))
        )
    licence = find_document(case, deps)
    if licence is not None and case.credential_id:
        enclosures.append(
            Enclosure("licence.pdf", f"电子证照 {case.credential_id} · electronic licence", licence)
        )
    if case.token:
        enclosures.append(
            Enclosure("licence.sd-jwt", "电子凭证 · electronic credential", case.token.encode())
        )
    if not enclosures:
        raise NotFound(case.id)
    return compose_dossier(case.id, enclosures, deps.clock.now())


def find_kind(kind_id: str, deps: Deps) -> PaperKind | None:
    """Return a kind of document by its id, or None."""
    return next((kind for kind in deps.catalogue.papers.kinds if kind.id == kind_id), None)
