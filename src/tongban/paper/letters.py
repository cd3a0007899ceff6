"""Written documents of a case as the press prints them: the same words, with articles and remedies."""

from tongban.domain.catalogue.zone import Zone
from tongban.domain.law import LawBook
from tongban.domain.paperwork.paper import Paper
from tongban.kernel.text import Text
from tongban.paper.certificate import LegalBasis
from tongban.paper.notice import DecisionData, Remedy, Section

REMEDY_KINDS = {
    "review": Text("行政复议", "Administrative review"),
    "court": Text("行政诉讼", "Going to court"),
}


def compose_letter(paper: Paper, zone: Zone, law: LawBook, checked_at: str, is_demo: bool) -> DecisionData:
    """Return everything the page shows; remedies stand on whatever says no (all-2019#38.2)."""
    articles = [law.get(key) for key in paper.basis]
    return DecisionData(
        title=paper.title,
        number=paper.number,
        authority=zone.authority.name,
        addressee=paper.addressee,
        sections=tuple(Section(heading, said) for heading, said in paper.sections),
        legal_basis=tuple(LegalBasis(one.key, one.title, one.gloss) for one in articles),
        remedies=tuple(
            Remedy(REMEDY_KINDS[one.kind], one.body, one.deadline, one.channel) for one in zone.remedies
        )
        if paper.is_adverse
        else (),
        decided_on=paper.dated_on,
        case_number=paper.case_id,
        case_url=checked_at,
        adverse=paper.is_adverse,
        demo=is_demo,
    )
