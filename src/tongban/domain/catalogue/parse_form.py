"""Parse: a pack's questions as a plain mapping become a form, and the types of the facts they give."""

import re
from collections.abc import Mapping

from tongban.domain.catalogue.form import QUESTION_TYPES, Form, Question, Section
from tongban.domain.rules.complaints import FACT_NAME, LAW_KEY, Complaints
from tongban.domain.rules.facts import FactType, Kind
from tongban.kernel.text import Text

SECTIONS_MAX = 20
QUESTIONS_MAX = 200
CHOICES_MAX = 300
LENGTH_MAX = 10_000
"""Characters that a pack may allow in one text answer."""

_QUESTION_ID = re.compile(r"[a-z][a-z0-9_]*")
_CHOICE_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")
_REQUIRED = ("id", "type", "label", "ground")
_OPTIONAL = (
    "help", "required", "prefill", "locked", "shown_when", "choices", "max_length", "at_least", "at_most",
    "evidence_kind",
)  # fmt: skip

_KINDS = {
    "whole_number": Kind.WHOLE_NUMBER,
    "money": Kind.MONEY_FEN,
    "date": Kind.DATE,
    "yes_no": Kind.YES_NO,
    "choice": Kind.CHOICE,
    "choices": Kind.CHOICES,
}


def read_form(raw: object, complaints: Complaints) -> Form:
    """Read ``form.yaml``; what is wrong goes to the complaints, and reading goes on."""
    part = complaints.read_mapping(raw, "", ("sections",))
    sections = []
    taken: dict[str, Question] = {}
    for place, entry in enumerate(
        complaints.read_list(part.get("sections", []) if part else [], "sections", SECTIONS_MAX)
    ):
        section = _read_section(entry, f"sections[{place}]", taken, complaints)
        if section is not None:
            sections.append(section)
    return Form(tuple(sections))


def form_facts(form: Form) -> dict[str, FactType]:
    """Return the type of every fact that the answers give, by dotted name."""
    return {
        f"answers.{question.id}": FactType(
            _KINDS.get(question.type, Kind.TEXT),
            tuple(question.choices) if question.type in ("choice", "choices") else (),
            fixed=question.is_locked,
            says=question.label,
            at_least=question.at_least,
            at_most=question.at_most,
        )
        for question in form.questions
    }


def _read_section(
    raw: object, pointer: str, taken: dict[str, Question], complaints: Complaints
) -> Section | None:
    part = complaints.read_mapping(raw, pointer, ("id", "title", "questions"))
    if part is None:
        return None
    questions = []
    for place, entry in enumerate(
        complaints.read_list(part.get("questions", []), f"{pointer}.questions", QUESTIONS_MAX)
    ):
        question = _read_question(entry, f"{pointer}.questions[{place}]", taken, complaints)
        if question is not None:
            questions.append(question)
            taken[question.id] = question
    identity = complaints.read_matching(part.get("id"), f"{pointer}.id", _QUESTION_ID, "branch")
    title = complaints.read_text(part.get("title"), f"{pointer}.title")
    return None if identity is None or title is None else Section(identity, title, tuple(questions))


def _read_question(
    raw: object, pointer: str, taken: Mapping[str, Question], complaints: Complaints
) -> Question | None:
    part = complaints.read_mapping(raw, pointer, _REQUIRED, _OPTIONAL)
    if part is None:
        return None
    before = len(complaints.problems)
    identity = complaints.read_matching(part.get("id"), f"{pointer}.id", _QUESTION_ID, "branch_name")
    if identity in taken:
        complaints.add("twice", f"{pointer}.id", f"“{identity}”已经用过。", f"“{identity}” is taken already.")
    kind = complaints.read_one_of(part.get("type"), f"{pointer}.type", QUESTION_TYPES)
    label = complaints.read_text(part.get("label"), f"{pointer}.label")
    ground = complaints.read_matching(part.get("ground"), f"{pointer}.ground", LAW_KEY, "all-2019#31")
    shown_when = _read_shown_when(part.get("shown_when"), f"{pointer}.shown_when", taken, complaints)
    choices = _read_choices(part.get("choices", {}), f"{pointer}.choices", kind, complaints)
    prefill = part.get("prefill", "")
    if prefill:
        complaints.read_matching(prefill, f"{pointer}.prefill", FACT_NAME, "applicant.name")
    is_whole = len(complaints.problems) == before
    if identity is None or kind is None or label is None or ground is None or not is_whole:
        return None
    return Question(
        id=identity,
        type=kind,
        label=label,
        ground=ground,
        help=complaints.read_text(part["help"], f"{pointer}.help") if "help" in part else None,
        is_required=complaints.read_yes_no(part.get("required", True), f"{pointer}.required") is True,
        prefill=str(prefill),
        is_locked=complaints.read_yes_no(part.get("locked", False), f"{pointer}.locked") is True,
        shown_when=shown_when,
        choices=choices,
        max_length=_read_number(part.get("max_length", 0), f"{pointer}.max_length", LENGTH_MAX, complaints),
        at_least=_read_bound(part, "at_least", pointer, complaints),
        at_most=_read_bound(part, "at_most", pointer, complaints),
        evidence_kind=str(part.get("evidence_kind", "")),
    )


def _read_shown_when(
    raw: object, pointer: str, taken: Mapping[str, Question], complaints: Complaints
) -> tuple[str, tuple[object, ...]] | None:
    """``{question: <an earlier question>, is: [values]}``; a question may only depend on one before it."""
    if raw is None:
        return None
    part = complaints.read_mapping(raw, pointer, ("question", "is"))
    if part is None or "question" not in part or "is" not in part:
        return None
    other = complaints.read_one_of(part["question"], f"{pointer}.question", tuple(taken))
    wanted = complaints.read_list(part["is"], f"{pointer}.is", CHOICES_MAX)
    if other is None:
        return None
    for value in wanted:
        if taken[other].choices and value not in taken[other].choices:
            complaints.read_one_of(value, f"{pointer}.is", tuple(taken[other].choices))
    return other, tuple(wanted)


def _read_choices(raw: object, pointer: str, kind: str | None, complaints: Complaints) -> dict[str, Text]:
    wants = kind in ("choice", "choices")
    if not wants:
        if raw:
            complaints.add("shape", pointer, "只有选择题才有选项。", "Only a choice has choices.")
        return {}
    if not isinstance(raw, Mapping) or not 0 < len(raw) <= CHOICES_MAX:
        complaints.add("shape", pointer, "选择题要列出选项。", "A choice lists its choices.")
        return {}
    choices = {}
    for code, words in raw.items():
        text = complaints.read_text(words, f"{pointer}.{code}")
        if complaints.read_matching(code, f"{pointer}.{code}", _CHOICE_CODE, "domestic") and text is not None:
            choices[str(code)] = text
    return choices


def _read_number(raw: object, pointer: str, most: int, complaints: Complaints) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw <= most:
        return raw
    complaints.add(
        "number", pointer, f"这里应为 0 至 {most} 的整数。", f"A whole number from 0 to {most} belongs here."
    )
    return 0


def _read_bound(part: Mapping[str, object], key: str, pointer: str, complaints: Complaints) -> int | None:
    raw = part.get(key)
    if raw is None:
        return None
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    complaints.add("number", f"{pointer}.{key}", "这里应为整数。", "A whole number belongs here.")
    return None
