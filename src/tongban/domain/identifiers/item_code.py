"""Codes of service items: basic (12), implementing (31), handling (33 characters); local ones stay opaque."""

from dataclasses import dataclass

from tongban.domain.identifiers.uscc import Uscc, check_uscc, parse_uscc
from tongban.domain.identifiers.written import DIGITS, LETTERS, Kind, check_written, make_plain, problem_of
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

BASIC_LENGTH, IMPLEMENTING_LENGTH, HANDLING_LENGTH = 12, 31, 33
SYNTHETIC_DEPARTMENT = "99"
"""A guiding department no list knows: codes made up for demonstrations carry it, so that it shows."""

_USCC_LENGTH, _MOST_LOCAL = 18, 64
_LEVELS = "1234567"
_LOCAL_CHARACTERS = DIGITS + LETTERS + LETTERS.lower() + "-_./"
_NAME = Text("事项编码", "item code")
_LOCAL = Kind("item-code", _NAME, _LOCAL_CHARACTERS, None, drops_hyphens=False, keeps_case=True)


@dataclass(frozen=True, slots=True)
class BasicItemCode:
    """The code of an item in the base catalogue (基本编码), 12 digits.

    Args:
        province: 2 digits of GB/T 2260, ``00`` for the national catalogue.
        item_type: 2 digits, e.g. ``01`` licensing (GB/T 39046 A.1).
        department: 2 digits, the central department that guides it.
        main_item: 3 digits.
        sub_item: 3 digits, ``000`` when there is none.

    Source: structure read from published codes; the standard prints an older, shorter design.
    """

    province: str
    item_type: str
    department: str
    main_item: str
    sub_item: str

    @property
    def text(self) -> str:
        """The 12 digits."""
        return f"{self.province}{self.item_type}{self.department}{self.main_item}{self.sub_item}"

    @property
    def is_synthetic(self) -> bool:
        """True for a code made up for a demonstration."""
        return self.department == SYNTHETIC_DEPARTMENT


@dataclass(frozen=True, slots=True)
class ImplementingItemCode:
    """The code of one authority's implementation of an item (实施编码), 31 characters.

    Args:
        authority: who carries it out, a legal person; neither a zone nor a division.
        level: ``1`` state to ``6`` village, ``7`` graded (GB/T 39046 A.2).
        basic: the item in the base catalogue.
    """

    authority: Uscc
    level: str
    basic: BasicItemCode

    @property
    def text(self) -> str:
        """The 31 characters."""
        return f"{self.authority.text}{self.level}{self.basic.text}"


@dataclass(frozen=True, slots=True)
class HandlingItemCode:
    """The code of one way to handle an item (业务办理项编码), 33 characters: 31 and a number of 2 digits."""

    implementing: ImplementingItemCode
    number: str

    @property
    def text(self) -> str:
        """The 33 characters."""
        return f"{self.implementing.text}{self.number}"


@dataclass(frozen=True, slots=True)
class LocalItemCode:
    """Any other code in use somewhere: kept as written and never taken apart."""

    text: str


ItemCode = BasicItemCode | ImplementingItemCode | HandlingItemCode | LocalItemCode


def parse_item_code(text: str, pointer: str = "") -> ItemCode:
    """Read an item code: 12 digits, 31 or 33 letters and digits are taken apart, all else stays local.

    Raises:
        Refused: with every problem; a code of 31 or 33 characters must hold a valid unified social
            credit code, a level and 12 digits.
    """
    problems = check_item_code(text, pointer)
    if problems:
        raise Refused(*problems)
    kept = make_plain(text, drops_hyphens=False, keeps_case=True)
    plain = kept.upper()
    if _is_basic(plain):
        return _split_basic(plain)
    if not _is_implementing(plain):
        return LocalItemCode(kept)
    implementing = ImplementingItemCode(
        parse_uscc(plain[:_USCC_LENGTH]), plain[_USCC_LENGTH], _split_basic(plain[19:IMPLEMENTING_LENGTH])
    )
    if len(plain) == HANDLING_LENGTH:
        return HandlingItemCode(implementing, plain[IMPLEMENTING_LENGTH:])
    return implementing


def check_item_code(text: str, pointer: str = "") -> tuple[Problem, ...]:
    """Return everything that is wrong with an item code."""
    kept, problems = check_written(_LOCAL, text, pointer)
    if problems:
        return tuple(problems)
    plain = kept.upper()
    if len(plain) > _MOST_LOCAL:
        what = Text(f"不能超过{_MOST_LOCAL}个字符。", f"It may have at most {_MOST_LOCAL} characters.")
        return (problem_of(_LOCAL, "too-long", pointer, what),)
    if not _is_implementing(plain):
        return ()
    problems.extend(check_uscc(plain[:_USCC_LENGTH], pointer))
    if plain[_USCC_LENGTH] not in _LEVELS:
        what = Text(
            f"第19位“{plain[_USCC_LENGTH]}”不是行使层级（1至7）。",
            f"Place 19, “{plain[_USCC_LENGTH]}”, is no level (1 to 7).",
        )
        problems.append(problem_of(_LOCAL, "level", pointer, what))
    if not set(plain[19:]) <= set(DIGITS):
        what = Text("第20位起应为数字。", "From place 20 on there are only digits.")
        problems.append(problem_of(_LOCAL, "basic", pointer, what))
    return tuple(problems)


def compose_item_code(
    authority: Uscc, level: str, basic: BasicItemCode, number: str = ""
) -> ImplementingItemCode | HandlingItemCode:
    """Return the implementing code of these parts, or with a 2-digit ``number`` the handling code."""
    if len(level) == 1 and len(basic.text) == BASIC_LENGTH and len(number) in (0, 2):
        code = parse_item_code(f"{authority.text}{level}{basic.text}{number}")
        if isinstance(code, ImplementingItemCode | HandlingItemCode):
            return code
    what = Text("各段长度或字符不对。", "The parts have the wrong length or characters.")
    raise Refused(problem_of(_LOCAL, "parts", "", what))


def _is_basic(plain: str) -> bool:
    return len(plain) == BASIC_LENGTH and set(plain) <= set(DIGITS)


def _is_implementing(plain: str) -> bool:
    return len(plain) in (IMPLEMENTING_LENGTH, HANDLING_LENGTH) and set(plain) <= set(DIGITS + LETTERS)


def _split_basic(plain: str) -> BasicItemCode:
    return BasicItemCode(plain[:2], plain[2:4], plain[4:6], plain[6:9], plain[9:12])
