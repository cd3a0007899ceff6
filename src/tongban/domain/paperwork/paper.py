"""One document: its kind, its number, and what it says of the case as its event left it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tongban.domain.case import events as e
from tongban.domain.case.afterwards import BenefitEnded, CredentialVoided
from tongban.domain.case.state import Case
from tongban.domain.paperwork.ending_places import ENDING_PLACES, tell_places
from tongban.domain.paperwork.examining_places import EXAMINING_PLACES, addressee_of, fill_examining
from tongban.domain.rules.words import fill, show_date
from tongban.kernel.ids import CaseId, LawKey, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

PLACES = (
    "applicant", "item", "case", "zone", "authority", "received_on", "accepted_on", "due_on", "decided_on",
    "reasons", "licence_title", "count", "licence_number",
    *dict.fromkeys((*EXAMINING_PLACES, *ENDING_PLACES)),
)  # fmt: skip
"""What a section may say by name."""
_EMPTY = Text("", "")


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A heading, and either a sentence with places or the name of what is listed under it."""

    heading: Text
    says: Text = _EMPTY
    lists: str = ""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of document.

    Args:
        event: name of the event that it follows.
        made_in: ``receiving`` or ``deciding``: the zone that makes and numbers it.
        regimes: the regimes that have it; empty for all.
        mark: stands between the zone's letters and the year in its number.
        is_adverse: whether it says no, and so must tell the remedies (all-2019#38.2).
        source: the article that asks for it.
    """

    id: str
    event: str
    made_in: str
    regimes: tuple[str, ...]
    title: Text
    mark: str
    is_adverse: bool
    source: LawKey
    sections: tuple[SectionKind, ...]


@dataclass(frozen=True, slots=True)
class PaperBook:
    """Every kind of document, and the letters that begin each zone's numbers."""

    kinds: tuple[PaperKind, ...] = ()
    letters: Mapping[ZoneId, str] = field(default_factory=dict)

    def kinds_after(self, event: str, regime: str, made_in: Sequence[str]) -> tuple[PaperKind, ...]:
        """Return what an event leaves behind in a regime, of what these parts of the handling make."""
        return tuple(
            kind
            for kind in self.kinds
            if kind.event == event
            and kind.made_in in made_in
            and (not kind.regimes or regime in kind.regimes)
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """One document as it was written; it is never changed, only drawn.

    Args:
        id: its number for addresses, e.g. ``sz-acceptance-2026-12``.
        number: as the authority writes it, e.g. ``苏高新审演受〔2026〕12号``; no double and no gap in a year.
        kind: id of its kind.
        version: of the event in the case's history.
        sections: heading and paragraphs, in order.
        basis: keys of the articles it rests on.
        dated_on: the civil date it bears.
        salt: so that nobody can guess what was hashed.
    """

    id: str
    number: str
    kind: str
    case_id: CaseId
    version: int
    zone: ZoneId
    title: Text
    addressee: str
    sections: tuple[tuple[Text, tuple[Text, ...]], ...]
    basis: tuple[LawKey, ...]
    is_adverse: bool
    dated_on: date
    salt: str


@dataclass(frozen=True, slots=True)
class Numbering:
    """The place of a document in its series: one for each zone, kind and year.

    Args:
        letters: of the authority, e.g. ``苏高新审演``.
        zone_letters: two capitals, as in case numbers.
        serial: from 1, without gaps.
    """

    letters: str
    zone_letters: str
    kind: PaperKind
    year: int
    serial: int

    @property
    def id(self) -> str:
        """Return the number for addresses."""
        return f"{self.zone_letters.lower()}-{self.kind.id}-{self.year}-{self.serial}"

    @property
    def number(self) -> str:
        """Return the number as the authority writes it."""
        return f"{self.letters}{self.kind.mark}〔{self.year}〕{self.serial}号"


def compose_paper(
    case: Case,
    recorded: e.Recorded,
    values: Mapping[str, Text],
    numbering: Numbering,
    zone: ZoneId,
    salt: str,
    basis: Sequence[LawKey] = (),
) -> Paper:
    """Write a document from the case as the event left it.

    Args:
        case: folded up to and with ``recorded``.
        values: what else is known of the places, e.g. ``item`` and ``due_on``; a place without words is
            left empty, and a section without words is left out.
        zone: who makes it.
        salt: 128 bits of chance.
        basis: articles of the item, printed behind the one that asks for the document.

    Source of law: all-2019#32, all-2019#38 (in writing).
    """
    kind, listed = numbering.kind, _listed(recorded.event)
    known = dict.fromkeys(PLACES, _EMPTY) | _known(case, recorded, len(listed)) | dict(values)
    sections = (
        (section.heading, listed if section.lists else (fill(section.says, **known),))
        for section in kind.sections
    )
    return Paper(
        id=numbering.id,
        number=numbering.number,
        kind=kind.id,
        case_id=case.id,
        version=recorded.version,
        zone=zone,
        title=kind.title,
        addressee=addressee_of(case, recorded.event),
        sections=tuple((heading, said) for heading, said in sections if any(words.zh for words in said)),
        basis=tuple(dict.fromkeys((kind.source, *basis))),
        is_adverse=kind.is_adverse,
        dated_on=dated_on(recorded),
        salt=salt,
    )


def dated_on(recorded: e.Recorded) -> date:
    """Return the civil date that a document bears: of the decision, else of the event."""
    match recorded.event:
        case e.Granted(decided_on=on) | e.GrantRefused(decided_on=on):
            return on
    return civil_date(recorded.at)


def _known(case: Case, recorded: e.Recorded, count: int) -> dict[str, Text]:
    """Return the places that the case itself fills."""
    known = {
        "applicant": Text(case.applicant.name, case.applicant.name),
        "case": Text(case.id, case.id),
        "decided_on": show_date(dated_on(recorded)),
        "count": Text(str(count), str(count)),
    }
    if case.received_at is not None:
        known["received_on"] = show_date(civil_date(case.received_at))
    if case.accepted_on is not None:
        known["accepted_on"] = show_date(case.accepted_on)
    match recorded.event:
        case (
            e.Declined(reasons=reasons)
            | e.GrantRefused(reasons=reasons)
            | e.Extended(reasons=reasons)
            | BenefitEnded(reasons=reasons)
            | CredentialVoided(reasons=reasons)
        ):
            known["reasons"] = reasons
        case e.Granted(reasons=Text() as reasons):
            known["reasons"] = reasons
    if case.credential_id is not None:
        known["licence_number"] = Text(case.credential_id, case.credential_id)
    return known | fill_examining(case, recorded) | tell_places(recorded.event)


def _listed(event: e.Event) -> tuple[Text, ...]:
    """Return what a notice of correction or return lists, numbered, with what to do about each."""
    if not isinstance(event, e.CorrectionRequested | e.Returned):
        return ()
    lines = []
    for number, problem in enumerate(event.problems, start=1):
        zh, en = f"{number}. {problem.text.zh}", f"{number}. {problem.text.en}"
        if problem.next_step:
            zh, en = f"{zh}{problem.next_step.zh}", f"{en} {problem.next_step.en}"
        lines.append(Text(zh, en))
    return tuple(lines)
