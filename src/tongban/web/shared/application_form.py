"""An item's form on a page: its questions as fields, what a browser sent as answers, answers to check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tongban.domain.catalogue.form import DEFAULT_MAX_LENGTH, Form, Question, is_shown, parse_answers
from tongban.domain.rules.words import show_date, show_money
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.reads.prefill import Prefilled, RawAnswer
from tongban.web.shared.parts import Choice, Field, FieldKind, Row, Source

KEPT_CHARACTERS = 4000
"""Of an answer that is far too long, so much is shown again; its problem says how long it was."""
KEPT_CHOICES = 100
ACCEPTED_FILES = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
_CODE_LENGTH = 40
"""Room for a code with spaces in it; reading it takes them out."""
_MOST_RADIO_BUTTONS = 8


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was handed in for a question."""

    digest: str
    name: str
    size_bytes: int

    @property
    def size(self) -> str:
        """Its size in KB, as files are listed."""
        return f"{max(1, self.size_bytes // 1024):,} KB"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it stands on the page.

    Args:
        kept: the file handed in for it so far.
        shown_when: another question's id and the values under which this one is asked.
        condition: the same in words, for everybody whose browser shows it anyway.
    """

    field: Field
    kept: KeptFile | None = None
    shown_when: tuple[str, str] | None = None
    condition: Text | None = None


@dataclass(frozen=True, slots=True)
class AskedSection:
    """Questions that belong together: a fieldset."""

    id: str
    title: Text
    questions: tuple[AskedQuestion, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as filled in so far.

    Args:
        answers: question id to what the browser sent; files by digest.
        files: question id to the file behind the digest.
        prefilled: what was not asked, and where it came from.
    """

    answers: Mapping[str, RawAnswer]
    files: Mapping[str, KeptFile]
    prefilled: Mapping[str, Prefilled]


def compose_sections(
    form: Form, filled: Filled, problems: Sequence[Problem], *, all_optional: bool = False
) -> tuple[AskedSection, ...]:
    """Return the form for the page, every problem at its question.

    Args:
        all_optional: for a page that asks only for what has changed.
    """
    sections = tuple(
        AskedSection(
            section.id,
            section.title,
            tuple(_ask(question, form, filled, problems) for question in section.questions),
        )
        for section in form.sections
    )
    if not all_optional:
        return sections
    return tuple(
        replace(
            section,
            questions=tuple(
                replace(asked, field=replace(asked.field, is_required=False)) for asked in section.questions
            ),
        )
        for section in sections
    )


def _ask(question: Question, form: Form, filled: Filled, problems: Sequence[Problem]) -> AskedQuestion:
    asked = AskedQuestion(
        _field(question, filled, [p for p in problems if p.pointer == f"answers.{question.id}"]),
        kept=filled.files.get(question.id),
    )
    if question.shown_when is None:
        return asked
    other, wanted = question.shown_when
    named = form.get_question(other)
    words = [_value_words(named, str(_plain(value))) for value in wanted]
    condition = Text(
        f"“{named.label.zh}”选择{'或'.join(f'“{one.zh}”' for one in words)}时填写。",
        f"Only if “{named.label.en}” is {' or '.join(f'“{one.en}”' for one in words)}.",
    )
    return AskedQuestion(
        asked.field, asked.kept, (other, " ".join(str(_plain(v)) for v in wanted)), condition
    )


def _plain(value: object) -> object:
    return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


def _field(question: Question, filled: Filled, problems: list[Problem]) -> Field:
    raw = filled.answers.get(question.id, "")
    several = raw if isinstance(raw, list) else []
    prefilled = filled.prefilled.get(question.id)
    same = prefilled is not None and prefilled.value == raw
    is_text = question.type in ("text", "long_text")
    max_length = question.max_length or DEFAULT_MAX_LENGTH if is_text else _CODE_LENGTH
    return Field(
        name=question.id,
        label=question.label,
        kind=_kind(question),
        value="" if several else str(raw),
        values=several,
        choices=[Choice(value, label) for value, label in question.choices.items()],
        help=question.help,
        is_required=question.is_required,
        source=Source(prefilled.zone, prefilled.register, prefilled.on) if prefilled and same else None,
        is_locked=question.is_locked and same,
        law=question.ground,
        problems=problems,
        autocomplete="off" if question.type in ("uscc", "citizen_number") else "",
        max_length=max_length if _kind(question) in ("text", "long_text") else None,
        accept=ACCEPTED_FILES if question.type == "file" else "",
        unit=_YUAN if question.type == "money" else None,
    )


def _kind(question: Question) -> FieldKind:
    kinds: dict[str, FieldKind] = {
        "long_text": "long_text",
        "whole_number": "number",
        "money": "number",
        "date": "date_parts",
        "yes_no": "yes_no",
        "choice": "select" if len(question.choices) > _MOST_RADIO_BUTTONS else "choice",
        "choices": "choices",
        "file": "file",
    }
    return kinds.get(question.type, "text")


def read_posted(form: Form, post: Any, filled: Filled) -> dict[str, RawAnswer]:
    """Return what a browser sent for each question; locked answers and files stay as they were.

    Args:
        post: a ``QueryDict``. What is not a question of the form is left out.
    """
    answers: dict[str, RawAnswer] = {}
    for question in form.questions:
        prefilled = filled.prefilled.get(question.id)
        if question.is_locked and prefilled is not None:
            answers[question.id] = prefilled.value
        elif question.type == "file":
            kept = filled.files.get(question.id)
            answers[question.id] = kept.digest if kept else ""
        elif question.type == "choices":
            answers[question.id] = post.getlist(question.id)[:KEPT_CHOICES]
        elif question.type == "date":
            parts = [post.get(f"{question.id}-{part}", "").strip() for part in ("year", "month", "day")]
            answers[question.id] = "-".join(parts) if any(parts) else post.get(question.id, "")
        else:
            answers[question.id] = post.get(question.id, "")
    return answers


def shorten(answers: Mapping[str, RawAnswer]) -> dict[str, RawAnswer]:
    """Return answers of a size that is kept: what is far too long is cut, its problem has been told."""
    return {
        name: raw[:KEPT_CHARACTERS] if isinstance(raw, str) else [part[:KEPT_CHARACTERS] for part in raw]
        for name, raw in answers.items()
    }


def compose_rows(form: Form, filled: Filled, form_url: str) -> list[tuple[Text, list[Row]]]:
    """Return the answers to check, section by section; each row leads back to its question,
    unless there is no form to lead to."""
    values = parse_answers(form, filled.answers).values
    sections = []
    for section in form.sections:
        rows = [
            _row(question, values.get(question.id), filled, form_url)
            for question in section.questions
            if is_shown(question, values)
        ]
        if rows:
            sections.append((section.title, rows))
    return sections


def _row(question: Question, value: object, filled: Filled, form_url: str) -> Row:
    prefilled = filled.prefilled.get(question.id)
    same = prefilled is not None and prefilled.value == filled.answers.get(question.id)
    kept = filled.files.get(question.id)
    if question.type == "file":
        words: list[Text | str] = [f"{kept.name}（{kept.size}）"] if kept and value else []
    else:
        parts = value if isinstance(value, list | tuple) else [] if value in (None, "") else [value]
        words = [_say_part(question, part) for part in parts]
    return Row(
        label=question.label,
        values=words,
        source=Source(prefilled.zone, prefilled.register, prefilled.on) if prefilled and same else None,
        change_url=""
        if not form_url or (question.is_locked and same)
        else f"{form_url}#field-{question.id.replace('_', '-')}",
    )


def _say_part(question: Question, part: Any) -> Text:
    if question.type == "money":
        return show_money(part)
    return show_date(part) if isinstance(part, date) else _value_words(question, str(_plain(part)))


def _value_words(question: Question, value: str) -> Text:
    labels = _YES_NO if question.type == "yes_no" else question.choices
    return labels.get(value, Text(value, value))


_YUAN = Text("元", "yuan")
_YES_NO = {"yes": Text("是", "Yes"), "no": Text("否", "No")}
