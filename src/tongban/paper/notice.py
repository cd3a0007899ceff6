"""Decisions and other notices on paper: who, what, on which ground, and what to do about it.

Composed from data only. Which remedy exists, where and until when, is the domain's to say; the page
refuses to print an adverse decision that names none (all-2019#38: state the remedies).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.paper.certificate import CHARACTERS_MAX, ROWS_MAX, LegalBasis, basis_words, too_long
from tongban.paper.qr import qr_svg
from tongban.paper.typesetting import date_words, print_document, text_words, typst_date

_CHECK = Text("扫码核验文书", "Scan to check this document")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs; an empty heading is left out."""

    heading: Text
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to object.

    Args:
        kind: review or suit.
        body: where to file.
        deadline: until when, in words.
        channel: how, e.g. that it can be filed online.
        url: address of the online channel; empty when there is none.
    """

    kind: Text
    body: Text
    deadline: Text
    channel: Text
    url: str = ""


@dataclass(frozen=True, slots=True)
class DecisionData:
    """Everything a decision or another notice shows.

    Args:
        title: name of the document, e.g. 准予行政许可决定书.
        number: the document's number; empty when it has none.
        authority: who decides.
        addressee: whom it concerns.
        sections: what is decided and why, in order.
        legal_basis: articles.
        remedies: what can be done against it.
        decided_on: civil date.
        case_number: the handling.
        case_url: what the QR code says.
        adverse: whether it says no, wholly or in part.
        demo: whether the page must say that it has no legal force.
    """

    title: Text
    number: str
    authority: Text
    addressee: str
    sections: tuple[Section, ...]
    legal_basis: tuple[LegalBasis, ...]
    remedies: tuple[Remedy, ...]
    decided_on: date
    case_number: str
    case_url: str
    adverse: bool
    demo: bool = True


def compose_decision(data: DecisionData, fonts: Path) -> bytes:
    """Draw a decision, or any notice made of sections, as PDF/A-3b.

    Raises:
        Refused: a value is too long to print, or an adverse decision names no remedy.
        Fault: the fonts cannot be used.

    Source of law: all-2019#38 (in writing; a refusal gives reasons and remedies).
    """
    if data.adverse and not data.remedies:
        text = Text("不利决定必须写明救济途径。", "An adverse decision must say what can be done against it.")
        raise Refused(Problem("paper.no_remedy", text, "remedies", "all-2019#38"))
    words = {
        "title": text_words(data.title),
        "number": data.number,
        "authority": text_words(data.authority),
        "addressee": data.addressee,
        "sections": [
            {"heading": text_words(s.heading), "paragraphs": [text_words(p) for p in s.paragraphs]}
            for s in data.sections
        ],
        "legal_basis": basis_words(data.legal_basis),
        "remedies": [_remedy_words(remedy) for remedy in data.remedies],
    }
    return _print("notice.typ", words | {"code_label": text_words(_CHECK)}, data, data.decided_on, fonts)


def _print(template: str, words: dict[str, Any], data: DecisionData, issued_on: date, fonts: Path) -> bytes:
    words |= {
        "made_on": typst_date(issued_on),
        "issued": date_words(issued_on),
        "case_number": data.case_number,
        "case_url": data.case_url,
        "demo": data.demo,
    }
    problems = _check_lengths(words, "")
    if problems:
        raise Refused(*problems)
    return print_document(template, words, fonts, issued_on, {"qr": qr_svg(data.case_url)})


def _check_lengths(value: Any, pointer: str) -> list[Problem]:
    if isinstance(value, str):
        return [too_long(pointer)] if len(value) > CHARACTERS_MAX else []
    if isinstance(value, list):
        if len(value) > ROWS_MAX:
            return [too_long(pointer)]
        value = {str(index): inner for index, inner in enumerate(value)}
    if not isinstance(value, dict):
        return []
    under = f"{pointer}." if pointer else ""
    return [problem for name, inner in value.items() for problem in _check_lengths(inner, under + name)]


def _remedy_words(remedy: Remedy) -> dict[str, Any]:
    return {
        "kind": text_words(remedy.kind),
        "body": text_words(remedy.body),
        "deadline": text_words(remedy.deadline),
        "channel": text_words(remedy.channel),
        "url": remedy.url,
    }
