"""What a person typed or pasted, made plain: full width, lower case and blanks forgiven, the rest named."""

import unicodedata
from dataclasses import dataclass, replace

from tongban.kernel.errors import Problem
from tongban.kernel.text import Text

MOST_CHARACTERS = 200
"""Longer input is refused unread; no identifier comes near it."""

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_SHOWN_AT_MOST = 5
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u2060\u202a\u202c\u202d\u2066\u2069\ufeff")
"""Zero-width characters and left-to-right marks: they come with pasting and change nothing one sees."""
_TURNING = frozenset("\u061c\u200f\u202b\u202e\u2067\u2068")
"""Right-to-left marks: with them the eye reads another number than the machine, so they are refused."""
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_LOOK_ALIKES = {"O": "0", "I": "1", "S": "5", "Z": "2", "V": "U"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What an identifier looks like.

    Args:
        code: first word of its problem codes, e.g. ``uscc``.
        name: what it is called on screen.
        characters: those allowed.
        length: how many there are, or None when that varies.
        drops_hyphens: True when hyphens only group the characters.
        keeps_case: True when small letters may mean something else than capitals.
        check_source: where the check character is laid down, a law key.
    """

    code: str
    name: Text
    characters: str
    length: int | None
    drops_hyphens: bool = True
    keeps_case: bool = False
    check_source: str = ""


def make_plain(text: str, drops_hyphens: bool = True, keeps_case: bool = False) -> str:
    """Return ``text`` in half-width capitals, without blanks and invisible marks.

    Letters and digits of other scripts are kept as they are; the caller's check names them.
    """
    if text.isascii() and text.isalnum():
        return text if keeps_case else text.upper()
    kept = []
    for character in unicodedata.normalize("NFKC", text):
        if character.isspace() or character in _INVISIBLE or (drops_hyphens and character in _HYPHENS):
            continue
        kept.append(character.upper() if character.isascii() and not keeps_case else character)
    return unicodedata.normalize("NFKC", "".join(kept))


def check_written(kind: Kind, text: str, pointer: str) -> tuple[str, list[Problem]]:
    """Return the plain form and what is wrong with its shape: empty, too long, wrong characters or length."""
    if len(text) > MOST_CHARACTERS:
        return "", [_too_long(kind, pointer)]
    if not text.isascii() and any(character in _TURNING for character in text):
        return "", [_turning(kind, pointer)]
    plain = make_plain(text, kind.drops_hyphens, kind.keeps_case)
    if not plain:
        return "", [
            problem_of(kind, "missing", pointer, Text("没有填写。", "Nothing is filled in."), kind.name)
        ]
    problems = []
    if not set(plain).issubset(kind.characters):
        wrong = [(at, one) for at, one in enumerate(plain, 1) if one not in kind.characters]
        problems.append(_wrong_characters(kind, wrong, pointer))
    if kind.length is not None and len(plain) != kind.length:
        problems.append(
            problem_of(
                kind,
                "length",
                pointer,
                Text(
                    f"应为{kind.length}位，现有{len(plain)}位。",
                    f"It has {kind.length} characters, but {len(plain)} are given.",
                ),
                Text("请对照证件逐位核对。", "Compare it with the document, character by character."),
            )
        )
    return plain, problems


def problem_of(kind: Kind, fault: str, pointer: str, what: Text, next_step: Text | None = None) -> Problem:
    """Return the problem ``<kind>.<fault>``, its sentence opened with the identifier's name."""
    words = Text(f"{kind.name.zh}：{what.zh}", f"{kind.name.en}: {what.en}")
    if next_step is kind.name:
        next_step = Text(f"请填写{kind.name.zh}。", f"Fill in the {kind.name.en}.")
    return Problem(f"{kind.code}.{fault}", words, pointer, next_step=next_step)


def wrong_check(kind: Kind, pointer: str) -> Problem:
    """Return the problem of a check character that does not fit; which one would fit is not told.

    Told the character, people would mend the check and keep the slip.
    """
    problem = problem_of(
        kind,
        "check",
        pointer,
        Text(
            "校验位不符，号码中至少有一位写错。",
            "The check character does not fit, so at least one character is wrong.",
        ),
        Text("请对照证件逐位核对。", "Compare it with the document, character by character."),
    )
    return replace(problem, source=kind.check_source)


def _too_long(kind: Kind, pointer: str) -> Problem:
    what = Text(f"内容超过{MOST_CHARACTERS}个字符。", f"This is longer than {MOST_CHARACTERS} characters.")
    return problem_of(kind, "too-long", pointer, what, kind.name)


def _turning(kind: Kind, pointer: str) -> Problem:
    return problem_of(
        kind,
        "hidden-character",
        pointer,
        Text(
            "含有改变书写方向的隐藏字符，看到的号码与实际内容可能不同。",
            "It contains hidden marks that turn the direction of writing; it may not be what you see.",
        ),
        Text("请不要粘贴，直接输入。", "Type it instead of pasting it."),
    )


def _wrong_characters(kind: Kind, wrong: list[tuple[int, str]], pointer: str) -> Problem:
    shown = wrong[:_SHOWN_AT_MOST]
    zh = "、".join(f"第{at}位“{one}”" for at, one in shown)
    en = ", ".join(f"“{one}” ({_name_of(one)}) at place {at}" for at, one in shown)
    hints = [f"{one}→{_LOOK_ALIKES[one]}" for _, one in shown if one in _LOOK_ALIKES]
    next_step = Text("请改用半角数字和大写字母。", "Use plain digits and capital letters.")
    if hints:
        pairs = "、".join(dict.fromkeys(hints))
        next_step = Text(f"是否看错字形？{pairs}", f"Is it a look-alike? {pairs}")
    return problem_of(
        kind,
        "character",
        pointer,
        Text(f"不能使用这些字符：{zh}。", f"These characters cannot be used: {en}."),
        next_step,
    )


def _name_of(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
