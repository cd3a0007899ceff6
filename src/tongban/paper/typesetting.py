"""Typesetting: values in, PDF/A out; one Typst compiler is kept for each template.

Values reach a template only as JSON in ``sys.inputs``, never as source text, so nothing a person typed can
become a command. Templates read no packages and no file outside their folder.
"""

import json
import threading
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from tongban.kernel.errors import Fault
from tongban.kernel.text import Text

TEMPLATES = Path(__file__).parent / "templates"
ARCHIVAL: Final = "a-3b"
"""PDF/A-3 level B (ISO 19005-3): every font embedded, attachments allowed."""

GETA = "\u3013"
"""〓, the printers' sign for a character that is not in the type case."""

_PLAIN_UP_TO = 0x7E
_PROBED_CHARACTERS_KEPT = 65536
_CANNOT_BE_SET = {"Cs", "Co", "Cn"}
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class _Compiler:
    """One Typst compiler behind a lock, and what it has learnt about its fonts."""

    def __init__(self, template: str, fonts: Path) -> None:
        self._lock = threading.Lock()
        self._fonts = fonts
        self._typst = typst.Compiler(
            TEMPLATES / template, root=TEMPLATES, font_paths=_type_case(fonts), ignore_system_fonts=True
        )
        self._settable: dict[str, bool] = {}

    def compile(self, inputs: Mapping[str, Any], made_on: date) -> bytes:
        """Compile once.

        Raises:
            typst.TypstError: the template or a glyph; PDF/A forbids text without one.
        """
        with self._lock:
            pdf = self._typst.compile(
                format="pdf",
                sys_inputs={"data": json.dumps(inputs, ensure_ascii=True)},
                pdf_standards=[ARCHIVAL],
                timestamp=datetime.combine(made_on, time(), UTC),
            )
        if not isinstance(pdf, bytes):
            raise TypeError("a PDF is one file")
        return pdf

    def can_set(self, character: str) -> bool:
        """Whether the fonts at hand have a glyph for this character; asked of Typst once each."""
        if character not in self._settable:
            if len(self._settable) >= _PROBED_CHARACTERS_KEPT:
                self._settable.clear()
            self._settable[character] = _has_glyph(character, self._fonts)
        return self._settable[character]


def _has_glyph(character: str, fonts: Path) -> bool:
    probe = _compiler("probe.typ", fonts)
    try:
        probe.compile({"character": character}, date(2000, 1, 1))
    except typst.TypstError:
        return False
    return True


@lru_cache(maxsize=4)
def _type_case(fonts: Path) -> typst.Fonts:
    """Fonts of one folder, shared by all templates: a set of them takes some 200 MB."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[fonts])


@lru_cache(maxsize=16)
def _compiler(template: str, fonts: Path) -> _Compiler:
    return _Compiler(template, fonts)


def print_document(
    template: str, words: Mapping[str, Any], fonts: Path, made_on: date, raw: Mapping[str, str] | None = None
) -> bytes:
    """Print one template as PDF/A-3b; the same input gives the same bytes.

    Characters no font at hand can show become ``〓`` and the page says so; direction marks and
    other invisible characters are left out, so that a name cannot rearrange the page.

    Args:
        template: file name within ``templates``.
        words: JSON-like values; every string in it is made fit for print.
        fonts: folder searched for fonts, sub-folders included; the system's fonts are ignored.
        made_on: the date the file says it was made.
        raw: strings handed over untouched (an SVG, a credential).

    Raises:
        Fault: the fonts cannot even set plain Chinese, or the template is broken.
    """
    compiler = _compiler(template, fonts)
    rest = raw or {}
    clean = _each_string(words, _without_invisible)
    try:
        return compiler.compile(_inputs(clean, rest), made_on)
    except typst.TypstError:
        pass
    clean = _each_string(clean, lambda text: _settable_only(text, compiler))
    try:
        return compiler.compile(_inputs(clean, rest), made_on)
    except typst.TypstError as error:
        raise Fault(
            "paper.not_printed",
            Text(
                "文书未能生成：字体文件夹中需有思源宋体（Noto Serif SC）。",
                "The document could not be printed: the font folder must hold Noto Serif SC.",
            ),
        ) from error


def _inputs(words: Any, raw: Mapping[str, str]) -> dict[str, Any]:
    return {**words, **raw, "gaps": GETA in json.dumps(words, ensure_ascii=False)}


def _each_string(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_string(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_string(inner, change) for inner in value]
    return value


def _without_invisible(text: str) -> str:
    """Drop what has no shape (direction marks, joiners, controls); keep line ends as spaces."""
    if text.isascii() and text.isprintable():
        return text
    kept = []
    for character in text:
        kind = unicodedata.category(character)
        if character in "\r\n\t\u2028\u2029":
            kept.append(" ")
        elif kind in _CANNOT_BE_SET:
            kept.append(GETA)
        elif kind not in _INVISIBLE and not "\ufe00" <= character <= "\ufe0f":
            kept.append(character)
    return "".join(kept)


def _settable_only(text: str, compiler: _Compiler) -> str:
    kept = []
    for character in text:
        if ord(character) <= _PLAIN_UP_TO or compiler.can_set(character):
            kept.append(character)
        elif not unicodedata.category(character).startswith("M"):
            kept.append(GETA)
    return "".join(kept)


def text_words(text: Text) -> dict[str, str]:
    """Return a sentence as the templates read it."""
    return {"zh": text.zh, "en": text.en}


def date_words(on: date) -> dict[str, str]:
    """Return a civil date in both languages, e.g. 2026年3月2日 and 2 March 2026."""
    month = _ENGLISH_MONTHS[on.month - 1]
    return {"zh": f"{on.year}年{on.month}月{on.day}日", "en": f"{on.day} {month} {on.year}"}


def typst_date(on: date) -> dict[str, int]:
    """Return a civil date as the arguments of Typst's ``datetime``."""
    return {"year": on.year, "month": on.month, "day": on.day}
