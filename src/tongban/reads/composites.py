"""One licence, as its holder's page shows it: what could be joined, and what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tongban.domain.bundle.composite import VCT, Composite
from tongban.domain.bundle.opened import OpenedBundle
from tongban.domain.case.events import ApplicantRef
from tongban.domain.credential.sd_jwt import read_payload
from tongban.domain.credential.status import STATE_WORDS, LicenceState
from tongban.flows.open_next import read_cases
from tongban.flows.ports import Deps, Issued
from tongban.flows.verify import Verdict, verify_number
from tongban.flows.verify_composite import PartVerdict, verify_parts
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, CredentialId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.my_space import list_licence_cases
from tongban.store.models import Credential


@dataclass(frozen=True, slots=True)
class CompositeLine:
    """A composite in a list."""

    number: CredentialId
    title: Text
    issued_on: date
    state: LicenceState
    state_words: Text


@dataclass(frozen=True, slots=True)
class CompositePage:
    """A composite and its parts, each checked now.

    Args:
        verdict: on the composite itself.
        document: bytes of the sealed page, or None while it is being made.
    """

    issued: Issued
    title: Text
    issued_on: date
    verdict: Verdict
    parts: tuple[PartVerdict, ...]
    has_document: bool


def list_joinable(party: ApplicantRef, deps: Deps) -> tuple[tuple[Composite, tuple[CaseId, ...]], ...]:
    """Return the composites for which the party holds a permit, with the cases that brought it."""
    held = list_licence_cases(party)
    joinable = []
    for composite in deps.catalogue.list_composites():
        cases = tuple(case_id for case_id, item_id in held if item_id in composite.shown)
        if composite.is_open_to(item_id for _, item_id in held):
            joinable.append((composite, cases))
    return tuple(joinable)


@dataclass(frozen=True, slots=True)
class Joinable:
    """A composite for which a receipt brought a permit, and its holder: often one it brought to life."""

    composite: Composite
    holder: ApplicantRef
    case_ids: tuple[CaseId, ...]


def list_joinable_of_receipt(opened: OpenedBundle, deps: Deps) -> tuple[Joinable, ...]:
    """Return the composites for which the cases of a receipt brought a permit, with one question."""
    cases = [case for case in read_cases(opened, deps).values() if case.token]
    found = []
    for composite in deps.catalogue.list_composites():
        for party in {(case.applicant.kind, case.applicant.id): case.applicant for case in cases}.values():
            own = [
                case for case in cases if case.item_id in composite.shown and case.applicant.id == party.id
            ]
            if composite.is_open_to(case.item_id for case in own):
                found.append(Joinable(composite, party, tuple(case.id for case in own)))
    return tuple(found)


def list_composites(party: ApplicantRef, deps: Deps) -> tuple[CompositeLine, ...]:
    """Return the party's composites, newest first, with two questions."""
    return list_composites_of([case_id for case_id, _ in list_licence_cases(party)], deps)


def list_composites_of(case_ids: Sequence[CaseId], deps: Deps) -> tuple[CompositeLine, ...]:
    """Return the composites that are kept with these cases, newest first, with one question."""
    titles = {composite.vct: composite.title for composite in deps.catalogue.list_composites()}
    rows = Credential.objects.filter(case_id__in=tuple(case_ids)).values_list(
        "credential_id", "signed_part", "state"
    )
    lines = []
    for number, signed_part, state in rows:
        payload = read_payload(signed_part)
        vct = str(payload.get("vct", ""))
        if vct.startswith(VCT):
            lines.append(
                CompositeLine(
                    CredentialId(number),
                    titles.get(vct, Text(vct, vct)),
                    _issued_on(payload),
                    LicenceState(state),
                    STATE_WORDS[LicenceState(state)],
                )
            )
    return tuple(sorted(lines, key=lambda line: (line.issued_on, line.number), reverse=True))


def read_composite(number: CredentialId, deps: Deps) -> CompositePage:
    """Return a composite of this zone with each part as it stands now, or raise NotFound."""
    issued = deps.credentials.find(number)
    payload = read_payload(issued.token) if issued else {}
    vct = str(payload.get("vct", ""))
    if issued is None or not vct.startswith(VCT):
        raise NotFound(number)
    title = next((c.title for c in deps.catalogue.list_composites() if c.vct == vct), Text(vct, vct))
    verdict = verify_number(number, "", deps)
    return CompositePage(
        issued=issued,
        title=title,
        issued_on=_issued_on(payload),
        verdict=verdict,
        parts=verify_parts(verdict, deps),
        has_document=bool(issued.document_digest),
    )


def _issued_on(payload: dict[str, object]) -> date:
    return civil_date(datetime.fromtimestamp(int(str(payload.get("iat", 0))), UTC))
