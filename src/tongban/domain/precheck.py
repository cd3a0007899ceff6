"""A draft looked at before it is handed in (预审): asked for by the applicant, answered with advice only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.catalogue.form import Form
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text

ADVICE_MAX = 500
"""Characters of the advice, and of each mark."""


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file that lies with a draft; ``digest`` is the answer to its question."""

    question: str
    digest: str
    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What an officer answered; it binds nobody and decides nothing.

    Args:
        is_fit: nothing was found that would have to be corrected.
        words: to the applicant, about the whole.
        marks: words by id of the question that should be corrected.
    """

    at: datetime
    by: Actor
    is_fit: bool
    words: str
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Precheck:
    """A draft that its applicant wants looked at.

    Args:
        number: the case number that the application will have.
        answers: as the form sent them: nothing is typed twice.
        until_on: the day by which the zone promises an answer; no clock of the law.
        advice: None while nobody has answered.
    """

    number: CaseId
    item_id: ItemId
    zone: ZoneId
    applicant: ApplicantRef
    answers: Mapping[str, object]
    files: tuple[DraftFile, ...]
    asked_at: datetime
    until_on: date
    advice: Advice | None = None


def check_advice(form: Form, *, is_fit: bool, words: str, marks: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return everything that is wrong with an answer: to correct must say what, and fit marks nothing."""
    problems = []
    known = {question.id for question in form.questions}
    if not is_fit and not words.strip() and not marks:
        problems.append(Problem("precheck.says-nothing", _SAY_WHAT, "words"))
    if is_fit and marks:
        problems.append(Problem("precheck.fit-but-marked", _FIT_OR_NOT, "outcome"))
    if len(words) > ADVICE_MAX:
        problems.append(Problem("answer.too-long", _TOO_LONG.fill(most=ADVICE_MAX), "words"))
    for name, mark in marks.items():
        if name not in known:
            problems.append(Problem("precheck.no-question", _NO_QUESTION, name))
        elif len(mark) > ADVICE_MAX:
            problems.append(Problem("answer.too-long", _TOO_LONG.fill(most=ADVICE_MAX), f"mark-{name}"))
    return tuple(problems)


_SAY_WHAT = Text(
    "请写明要改什么：在某一项旁标注，或者写总的意见。",
    "Say what should be corrected: mark a question, or write about the whole.",
)
_FIT_OR_NOT = Text(
    "您标注了要改的项，请选“建议修改”，或者删去标注。",
    "You marked something to correct: choose “to be corrected”, or take the marks away.",
)
_TOO_LONG = Text("最多 {most} 个字。", "At most {most} characters.")
_NO_QUESTION = Text("表单里没有这一项。", "The form has no such question.")
