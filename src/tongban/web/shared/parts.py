"""What the parts of a page are given: small values, one for each template in ``templates/shared/parts/``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from tongban.kernel.errors import Problem
from tongban.kernel.text import Text

Colour = Literal["green", "yellow", "red", "blue", "grey"]
FieldKind = Literal[
    "text",
    "long_text",
    "number",
    "date",
    "date_parts",
    "choice",
    "choices",
    "yes_no",
    "select",
    "file",
    "password",
]


def anchor(pointer: str) -> str:
    """Return the id of the field that a problem points at: ``answers.scope`` → ``field-scope``."""
    name = pointer.removeprefix("answers.")
    return "field-" + re.sub(r"[^0-9A-Za-z]+", "-", name).strip("-")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value that nobody had to type comes from."""

    zone: Text
    register: Text
    on: date | datetime


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed answer."""

    value: str
    label: Text
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    Args:
        name: of the input, and behind ``answers.`` in a problem's pointer.
        label: the question.
        kind: which input is drawn.
        value: the answer so far, as text; for ``choices`` use ``values``; a date as 2026-11-23.
        values: the answers so far of a question with several.
        choices: allowed answers of choice, choices, select and yes_no (which has its own when empty).
        help: one sentence under the label.
        is_required: optional questions say so; required ones do not.
        source: set when the value was prefilled from a register.
        is_locked: shown and not asked; nothing is sent for it.
        law: key of the article that allows the question.
        problems: what is wrong with the answer.
        unit: shown behind a number, e.g. ㎡.
        autocomplete: the browser's token, e.g. ``name``.
        max_length: of a text, in characters.
        accept: of a file, e.g. ``.pdf,.jpg,.png``.
    """

    name: str
    label: Text
    kind: FieldKind = "text"
    value: str = ""
    values: Sequence[str] = ()
    choices: Sequence[Choice] = ()
    help: Text | None = None
    is_required: bool = True
    source: Source | None = None
    is_locked: bool = False
    law: str = ""
    problems: Sequence[Problem] = ()
    unit: Text | None = None
    autocomplete: str = ""
    max_length: int | None = None
    accept: str = ""

    @property
    def id(self) -> str:
        """The id of its first input; the error summary leads there."""
        return anchor(self.name)

    @property
    def described_by(self) -> str:
        """Ids of help, source and problems, for ``aria-describedby``."""
        ids = [
            f"{self.id}-help" if self.help else "",
            f"{self.id}-source" if self.source else "",
            f"{self.id}-problems" if self.problems else "",
        ]
        return " ".join(part for part in ids if part)

    @property
    def is_group(self) -> bool:
        """Whether it is drawn as a fieldset with a legend."""
        return self.kind in {"choice", "choices", "yes_no", "date_parts"}

    @property
    def offered(self) -> Sequence[Choice]:
        """The choices; yes and no have their own."""
        if self.kind == "yes_no" and not self.choices:
            return (Choice("yes", Text("是", "Yes")), Choice("no", Text("否", "No")))
        return self.choices

    @property
    def chosen(self) -> frozenset[str]:
        """The values that are ticked."""
        return frozenset(self.values) or frozenset({self.value})

    @property
    def chosen_labels(self) -> list[Text | str]:
        """The answer in words, for a locked field."""
        labels: list[Text | str] = [c.label for c in self.offered if c.value in self.chosen]
        return labels or ([self.value] if self.value else [])

    @property
    def date_parts(self) -> list[tuple[str, Text, str, int]]:
        """Year, month and day: input name, label, value, width in characters."""
        year, month, day = ([*self.value.split("-"), "", "", ""])[:3]
        return [
            (f"{self.name}-year", Text("年", "Year"), year, 4),
            (f"{self.name}-month", Text("月", "Month"), month.lstrip("0"), 2),
            (f"{self.name}-day", Text("日", "Day"), day.lstrip("0"), 2),
        ]


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in a word or two; the words carry the meaning, the colour only helps."""

    words: Text
    colour: Colour = "grey"


@dataclass(frozen=True, slots=True)
class Light:
    """How a deadline stands: circle green, triangle yellow, square red; always with words."""

    colour: Literal["green", "yellow", "red", "grey"]
    words: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary list: question, answer, where it came from, where to change it."""

    label: Text
    values: Sequence[Text | str]
    source: Source | None = None
    change_url: str = ""
    law: str = ""
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One step of an application that has several."""

    title: Text
    state: Literal["done", "to_do", "in_progress", "later"]
    url: str = ""
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One step of a case.

    Args:
        title: what happened, or will.
        state: done, now, next, or late.
        at: when it happened.
        words: one sentence more.
        authority: who acts.
        law: key of the article behind it.
        due_on: by when the next act must come.
        due_words: what must have come by then.
    """

    title: Text
    state: Literal["done", "now", "next", "late"] = "done"
    at: date | datetime | None = None
    words: Text | None = None
    authority: Text | None = None
    law: str = ""
    due_on: date | None = None
    due_words: Text | None = None


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One numbered step of a verification, with what it proved or why it could not."""

    title: Text
    outcome: Literal["pass", "fail", "waiting", "skipped"]
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A zone that was asked for something: since when, and what came of it."""

    zone: Text
    what: Text
    state: Literal["asked", "answered", "waiting", "empty"]
    at: datetime
    took_ms: int | None = None
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    value: Text | str
    url: str = ""
    light: Light | None = None
    tag: Tag | None = None
    note: Text | str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An item in a list: where it leads, what it is, two or three facts."""

    title: Text
    url: str
    words: Text | None = None
    tags: Sequence[Tag] = ()
    facts: Sequence[tuple[Text, Text | str]] = field(default_factory=tuple)
