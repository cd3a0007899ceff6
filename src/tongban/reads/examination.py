"""What an officer sees of a case beyond its page: facts beside their sources, differences, copies, acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tongban.domain.case.events import PersonRequested, Recorded, Referred
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import Question, is_shown
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.credential.status import LicenceState
from tongban.domain.procedure import Arrow, Regime
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage, read_case_page
from tongban.reads.case_words import value_words
from tongban.reads.criteria import Comparison, compare
from tongban.reads.ending_words import may_end
from tongban.reads.files_on_the_way import OnItsWay, find_upload_on_its_way
from tongban.store.models import StoredFile

ACTS = (
    "Accept", "RequestCorrection", "Return", "Decline", "Extend", "OpenWait", "Object", "Grant", "Refuse",
    "Void", "EndBenefit", "TellNotNeeded", "TellNotCompetent", "RecordDelivery", "ProposeEnding",
    "DropProposal", "WithdrawLicence", "VoidLicence", "CancelLicence", "RevokeLicence", "RestoreLicence",
    "ArchiveCase",
)  # fmt: skip
"""The commands an officer may give; whether now, the regime says."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that the applicant handed in.

    Args:
        question: what it was handed in for.
        is_here: False when its bytes lie in another zone.
        coming: how far it is then; None when it is here or no zone can be asked.
    """

    digest: str
    question: Text
    name: str = ""
    media_type: str = ""
    size_bytes: int = 0
    is_here: bool = False
    coming: OnItsWay | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that a register contradicts.

    Args:
        answered, held: what the applicant and the register say.
    """

    question: Text
    answered: tuple[Text, ...]
    held: tuple[Text, ...]
    register: Text


@dataclass(frozen=True, slots=True)
class Examination:
    """What the officer's case page shows.

    Args:
        page: the case as everybody's page shows it.
        reasons: why the case is with a person, newest first, each once.
        differences: by question id.
        acts: open to this role in this stage.
    """

    page: CasePage
    comparison: Comparison
    reasons: tuple[Text, ...]
    differences: Mapping[str, Difference]
    copies: tuple[Copy, ...]
    acts: tuple[Arrow, ...]

    @property
    def case(self) -> Case:
        """The case."""
        return self.page.case


def read_examination(case_id: CaseId, role: str, deps: Deps) -> Examination:
    """Return a case decided in this zone as an officer of a role examines it.

    Raises:
        NotFound: no such case, or another zone decides it.
    """
    with deps.unit():  # the unit remembers the history, so it is read once
        page = read_case_page(case_id, deps)
        history = deps.cases.history(case_id)
    if not page.is_own:
        raise NotFound(case_id)
    return Examination(
        page=page,
        comparison=compare(page.case, page.item, deps),
        reasons=_list_reasons(history),
        differences=find_differences(page.case, page.item, deps),
        copies=_find_copies(page.case, page.item, history, deps),
        acts=tuple(
            arrow
            for arrow in list_acts(page.case, page.regime, role)
            if _makes_sense(arrow, page.case, page.item, page.regime)
        ),
    )


def _makes_sense(arrow: Arrow, case: Case, item: ServiceItem, regime: Regime) -> bool:
    """Say whether an act that the regime opens has anything to act on in this case."""
    match arrow.command:
        case "OpenWait":
            return item.wait is not None and case.wait is None
        case "Grant":
            return item.wait is None or case.wait is not None
        case "Extend":
            return not case.extended
        case "Void":
            is_broken = any(check.outcome == "broken" for check in case.checks.values())
            return is_broken and case.licence_state != LicenceState.VOIDED
    return may_end(arrow.command, case, regime)


def list_acts(case: Case, regime: Regime, role: str) -> tuple[Arrow, ...]:
    """Return the acts that the regime opens to a role in the case's stage, in the order of ``ACTS``."""
    arrows = (regime.find_arrow(case.stage, command) for command in ACTS)
    return tuple(arrow for arrow in arrows if arrow is not None and role in arrow.who)


def find_differences(case: Case, item: ServiceItem, deps: Deps) -> dict[str, Difference]:
    """Return the answers that differ from what the register says that could have filled them in."""
    found = {}
    for question in item.form.questions:
        match question.prefill.split("."):
            case ["evidence", kind, name] if is_shown(question, case.answers):
                evidence = next((held for of, held in case.evidence.items() if of == kind), None)
            case _:
                continue
        answered = case.answers.get(question.id)
        if evidence is None or name not in evidence.facts or answered is None:
            continue
        held = evidence.facts[name]
        if _plain(held) != _plain(answered):
            found[question.id] = Difference(
                question.label,
                value_words(answered, question.choices),
                value_words(held, question.choices),
                deps.catalogue.kinds[evidence.kind].register,
            )
    return found


def _plain(value: object) -> object:
    """Return a value so that two spellings of the same thing are equal."""
    if isinstance(value, (list, tuple)):
        return sorted(str(one) for one in value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _list_reasons(history: Sequence[Recorded]) -> tuple[Text, ...]:
    reasons: dict[Text, None] = {}
    for recorded in reversed(history):
        match recorded.event:
            case Referred(_, says):
                reasons.setdefault(says)
            case PersonRequested():
                reasons.setdefault(_ASKED)
    return tuple(reasons)


def _find_copies(case: Case, item: ServiceItem, history: Sequence[Recorded], deps: Deps) -> tuple[Copy, ...]:
    """Return the files of the case in the order of the form, with two questions at most."""
    handed_in = list_uploads(case, item)
    if not handed_in:
        return ()
    here = {file.digest: file for file in StoredFile.objects.filter(digest__in=list(handed_in))}
    wanted = () if len(here) == len(handed_in) else deps.transfers.wanted(case.id)
    copies = (_copy_of(digest, question, here.get(digest)) for digest, question in handed_in.items())
    return tuple(
        copy
        if copy.is_here
        else replace(copy, coming=find_upload_on_its_way(copy.digest, wanted, case, history, deps))
        for copy in copies
    )


def list_uploads(case: Case, item: ServiceItem) -> dict[str, Question]:
    """Return the digests of the files that the applicant handed in, with their questions."""
    return {
        str(case.answers[question.id]): question
        for question in item.form.questions
        if question.type == "file" and question.id in case.answers
    }


def _copy_of(digest: str, question: Question, file: StoredFile | None) -> Copy:
    if file is None:
        return Copy(digest, question.label)
    return Copy(digest, question.label, file.name, file.media_type, file.size_bytes, is_here=True)


@dataclass(frozen=True, slots=True)
class OpenCopy:
    """A copy ready to be shown: its bytes, and what the uploader said it is."""

    content: bytes
    media_type: str
    name: str


def open_copy(case_id: CaseId, digest: str, deps: Deps) -> OpenCopy:
    """Return a file that belongs to a case decided here.

    Raises:
        NotFound: no such case here, the file is not of this case, or its bytes are not here.
    """
    case = deps.cases.find(case_id)
    if case is None or case.deciding_zone != deps.zone:
        raise NotFound(case_id)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    if digest not in list_uploads(case, item):
        raise NotFound(digest)
    content = deps.files.find(digest)
    file = StoredFile.objects.filter(digest=digest).first()
    if content is None or file is None:
        raise NotFound(digest)
    return OpenCopy(content, file.media_type, file.name)


_ASKED = Text("申请人要求由工作人员办理。", "The applicant asked that a person handles the case.")
