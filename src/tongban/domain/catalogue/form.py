"""The questions of an item: what is asked, when, on which ground, and what answers are allowed."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from tongban.domain.catalogue.money import read_yuan, write_yuan
from tongban.domain.identifiers.citizen_number import check_citizen_number, parse_citizen_number
from tongban.domain.identifiers.uscc import check_uscc, parse_uscc
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text

QUESTION_TYPES = (
    "text",
    "long_text",
    "whole_number",
    "money",
    "date",
    "yes_no",
    "choice",
    "choices",
    "uscc",
    "citizen_number",
    "mobile",
    "file",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Args:
        ground: why it may be asked (order-716-2019#7 and pipl-2021#6 forbid asking without need).
        prefill: dotted fact that fills it in, e.g. ``evidence.business-licence.name``; empty for none.
        shown_when: question id and the values under which this question is asked; None for always.
        choices: allowed values with their words.
        max_length: characters, for text.
    """

    id: str
    type: str
    label: Text
    ground: str
    help: Text | None = None
    is_required: bool = True
    prefill: str = ""
    is_locked: bool = False
    shown_when: tuple[str, tuple[object, ...]] | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    max_length: int = 0
    at_least: int | None = None
    at_most: int | None = None
    evidence_kind: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together; one page on a phone."""

    id: str
    title: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """All questions of an item, in order.

    Args:
        questions: those of every section, in the order of the page.
    """

    sections: tuple[Section, ...]
    questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Frozen: set once, here, as every case walks through them several times.
        questions = tuple(question for section in self.sections for question in section.questions)
        object.__setattr__(self, "questions", questions)

    def get_question(self, question_id: str) -> Question:
        """Return a question by id, or raise KeyError."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(question_id)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was handed in, read into types, and everything that is wrong with it.

    Args:
        values: question id to typed value; only questions that are shown and well answered.
        problems: all of them at once, each pointing to ``answers.<question>``.
    """

    values: Mapping[str, object]
    problems: tuple[Problem, ...]


def is_shown(question: Question, values: Mapping[str, object]) -> bool:
    """Say whether a question is asked, given the answers before it."""
    if question.shown_when is None:
        return True
    other, wanted = question.shown_when
    given = values.get(other)
    if isinstance(given, (list, tuple)):
        return any(value in wanted for value in given)
    return given in wanted


def parse_answers(form: Form, raw: Mapping[str, object]) -> Answers:
    """Read raw answers (text, or lists of text) into types; never raises, never stops at the first fault.

    Answers to questions that are not shown, or that the form does not have, are left out: what is not
    needed is not kept (pipl-2021#6).
    """
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for question in form.questions:
        if not is_shown(question, values):
            continue
        value, faults = _parse_one(question, raw.get(question.id))
        problems.extend(faults)
        if not faults and value is not None:
            values[question.id] = value
    return Answers(values, tuple(problems))


def _parse_one(question: Question, raw: object) -> tuple[object, tuple[Problem, ...]]:
    """Return the typed value, or None with the problems; None without problems means not answered."""
    if _is_blank(raw) and question.is_required:
        return None, (_problem("answer.missing", f"answers.{question.id}", _MISSING, question),)
    return parse_alone(question, raw)


def parse_alone(question: Question, raw: object) -> tuple[object, tuple[Problem, ...]]:
    """Return one answer read by itself, or None with what is wrong with it; a blank one is None alone."""
    return (None, ()) if _is_blank(raw) else _READERS[question.type](question, raw, f"answers.{question.id}")


def _is_blank(raw: object) -> bool:
    return raw is None or raw == "" or raw == [] or (isinstance(raw, str) and not raw.strip())


_MISSING = Text("请填写“{label_zh}”。", "Answer “{label_en}”.")
_NOT_TEXT = Text("“{label_zh}”应是一段文字。", "“{label_en}” must be text.")
_TOO_LONG = Text(
    "“{label_zh}”最多 {limit} 个字，现在有 {given} 个。",
    "“{label_en}” takes at most {limit} characters; there are {given}.",
)
_BAD_CHARACTERS = Text(
    "“{label_zh}”含有不能写入证照的字符（表情、控制符或方向符）：{given}。请删去。",
    "“{label_en}” has characters that cannot stand on a licence (emoji, control or direction marks): "
    "{given}. Remove them.",
)
_NOT_NUMBER = Text("“{label_zh}”应是整数，例如 12。", "“{label_en}” must be a whole number such as 12.")
_OUT_OF_RANGE = Text(
    "“{label_zh}”应在 {least} 与 {most} 之间。", "“{label_en}” must lie between {least} and {most}."
)
_NOT_MONEY = Text(
    "“{label_zh}”应是以元为单位的金额，最多两位小数，例如 8000 或者 8000.50。",
    "“{label_en}” must be an amount in yuan with at most two decimals, such as 8000 or 8000.50.",
)
_NOT_DATE = Text(
    "“{label_zh}”应是真实的日期，例如 2026-03-02。", "“{label_en}” must be a real date such as 2026-03-02."
)
_NOT_OFFERED = Text("“{label_zh}”只能从所列选项中选择。", "Choose “{label_en}” from the options listed.")
_NOT_MOBILE = Text("“{label_zh}”应是 11 位手机号码。", "“{label_en}” must be a mobile number of 11 digits.")
_NOT_FILE = Text(
    "“{label_zh}”没有上传成功，请重新选择文件。", "“{label_en}” was not uploaded; choose the file again."
)

DEFAULT_MAX_LENGTH = 200
"""Characters of a text answer when the pack names no limit of its own."""
MAX_WHOLE_NUMBER = 10**12
MAX_DIGITS = 13
SHOWN_BAD_CHARACTERS = 5


def _problem(code: str, pointer: str, text: Text, question: Question, **values: object) -> Problem:
    filled = text.fill(label_zh=question.label.zh, label_en=question.label.en, **values)
    return Problem(code, filled, pointer, source=question.ground if code == "answer.missing" else "")


Reading = tuple[object, tuple[Problem, ...]]


def _read_text(question: Question, raw: object, pointer: str) -> Reading:
    if not isinstance(raw, str):
        return None, (_problem("answer.not-text", pointer, _NOT_TEXT, question),)
    limit = question.max_length or DEFAULT_MAX_LENGTH
    if len(raw) > limit:
        return None, (_problem("answer.too-long", pointer, _TOO_LONG, question, limit=limit, given=len(raw)),)
    text = unicodedata.normalize("NFC", raw).strip()
    allowed = "\n" if question.type == "long_text" else ""
    text = text.replace("\r\n", "\n") if allowed else text
    bad = sorted({char for char in text if char not in allowed and not _may_stand_on_paper(char)})
    if bad:
        shown = " ".join(f"U+{ord(char):04X}" for char in bad[:SHOWN_BAD_CHARACTERS])
        return None, (_problem("answer.bad-characters", pointer, _BAD_CHARACTERS, question, given=shown),)
    return text, ()


def _may_stand_on_paper(char: str) -> bool:
    """Letters, marks, digits, punctuation and spaces may; controls, direction marks and emoji may not."""
    category = unicodedata.category(char)
    return category[0] in "LMNP" or category in ("Zs", "Sm", "Sc")


def _read_whole_number(question: Question, raw: object, pointer: str) -> Reading:
    text = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else raw
    if isinstance(text, bool) or not isinstance(text, (int, str)):
        return None, (_problem("answer.not-number", pointer, _NOT_NUMBER, question),)
    digits = text.removeprefix("-") if isinstance(text, str) else "0"
    if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS):
        return None, (_problem("answer.not-number", pointer, _NOT_NUMBER, question),)
    return _within_range(question, int(text), pointer, str)


def _read_money(question: Question, raw: object, pointer: str) -> Reading:
    """Read yuan from what was typed; a whole number is fen already, as programs and histories keep it."""
    fen = read_yuan(raw) if isinstance(raw, str) else raw
    if isinstance(fen, bool) or not isinstance(fen, int):
        return None, (_problem("answer.not-money", pointer, _NOT_MONEY, question),)
    return _within_range(question, fen, pointer, write_yuan)


def _within_range(question: Question, number: int, pointer: str, show: Callable[[int], str]) -> Reading:
    least = question.at_least if question.at_least is not None else 0
    most = question.at_most if question.at_most is not None else MAX_WHOLE_NUMBER
    if least <= number <= most:
        return number, ()
    limits = {"least": show(least), "most": show(most)}
    return None, (_problem("answer.out-of-range", pointer, _OUT_OF_RANGE, question, **limits),)


def _read_date(question: Question, raw: object, pointer: str) -> Reading:
    if isinstance(raw, date):
        return raw, ()
    text = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else ""
    for mark in ("年", "月", "/", "."):
        text = text.replace(mark, "-")
    parts = text.replace("日", "").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day), ()
    except ValueError:
        return None, (_problem("answer.not-date", pointer, _NOT_DATE, question),)


def _read_yes_no(question: Question, raw: object, pointer: str) -> Reading:
    if isinstance(raw, bool):
        return raw, ()
    if raw in ("yes", "no"):
        return raw == "yes", ()
    return None, (_problem("answer.not-offered", pointer, _NOT_OFFERED, question),)


def _read_choice(question: Question, raw: object, pointer: str) -> Reading:
    if isinstance(raw, str) and raw in question.choices:
        return raw, ()
    return None, (_problem("answer.not-offered", pointer, _NOT_OFFERED, question),)


def _read_choices(question: Question, raw: object, pointer: str) -> Reading:
    given = [raw] if isinstance(raw, str) else raw
    if not isinstance(given, (list, tuple)) or not all(
        isinstance(value, str) and value in question.choices for value in given
    ):
        return None, (_problem("answer.not-offered", pointer, _NOT_OFFERED, question),)
    return [value for value in question.choices if value in given], ()


def _read_uscc(_: Question, raw: object, pointer: str) -> Reading:
    problems = check_uscc(str(raw), pointer)
    return (None, problems) if problems else (parse_uscc(str(raw)).text, ())


def _read_citizen_number(_: Question, raw: object, pointer: str) -> Reading:
    problems = check_citizen_number(str(raw), pointer)
    return (None, problems) if problems else (parse_citizen_number(str(raw)).text, ())


def _read_mobile(question: Question, raw: object, pointer: str) -> Reading:
    text = unicodedata.normalize("NFKC", str(raw)).replace(" ", "").replace("-", "")
    text = text.removeprefix("+86")
    if len(text) != 11 or not (text.isascii() and text.isdigit()) or not text.startswith("1"):
        return None, (_problem("answer.not-mobile", pointer, _NOT_MOBILE, question),)
    return text, ()


def _read_file(question: Question, raw: object, pointer: str) -> Reading:
    if isinstance(raw, str) and len(raw) == 64 and all(char in "0123456789abcdef" for char in raw):
        return raw, ()
    return None, (_problem("answer.not-file", pointer, _NOT_FILE, question),)


_READERS: dict[str, Callable[[Question, object, str], Reading]] = {
    "text": _read_text,
    "long_text": _read_text,
    "whole_number": _read_whole_number,
    "money": _read_money,
    "date": _read_date,
    "yes_no": _read_yes_no,
    "choice": _read_choice,
    "choices": _read_choices,
    "uscc": _read_uscc,
    "citizen_number": _read_citizen_number,
    "mobile": _read_mobile,
    "file": _read_file,
}
