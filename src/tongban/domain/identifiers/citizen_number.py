"""The citizen number (公民身份号码, GB 11643—1999) of a natural person."""

from dataclasses import dataclass
from datetime import date

from tongban.domain.identifiers.written import (
    DIGITS,
    Kind,
    check_written,
    make_plain,
    problem_of,
    wrong_check,
)
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

_KIND = Kind(
    "citizen-number",
    Text("公民身份号码", "citizen number"),
    DIGITS + "X",
    18,
    check_source="gb-11643-1999#check-character",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_OLD_LENGTH = 15
_MOST_SEQUENCE = 999


@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """A number whose date exists and whose check digit fits, in its parts.

    Args:
        division: 6 digits of the first registration; may be historic, so it is never looked up.
        born_on: civil date of birth.
        sequence: 3 digits.
        check: a digit or ``X``.
    """

    division: str
    born_on: date
    sequence: str
    check: str

    @property
    def text(self) -> str:
        """The 18 characters."""
        return f"{self.division}{_eight_digits(self.born_on)}{self.sequence}{self.check}"

    @property
    def masked(self) -> str:
        """The number for pages and receipts, without date of birth: ``110105********002X``."""
        return f"{self.division}********{self.sequence}{self.check}"


def parse_citizen_number(text: str, pointer: str = "", today: date | None = None) -> CitizenNumber:
    """Read a number as a person writes it; raises Refused with every problem found.

    Args:
        today: civil date; when given, a later date of birth is refused.
    """
    problems = check_citizen_number(text, pointer, today)
    if problems:
        raise Refused(*problems)
    plain = make_plain(text)
    return CitizenNumber(plain[:6], date.fromisoformat(plain[6:14]), plain[14:17], plain[17])


def check_citizen_number(text: str, pointer: str = "", today: date | None = None) -> tuple[Problem, ...]:
    """Return everything that is wrong: characters, length, date of birth, check digit.

    The division is not judged (places merge), nor is the year of birth beyond ``today``.
    """
    plain, problems = check_written(_KIND, text, pointer)
    if len(plain) == _OLD_LENGTH and set(plain) <= set(DIGITS):
        return (_old(pointer),)
    if problems:
        return tuple(problems)
    if "X" in plain[:17]:
        what = Text("X 只能出现在最后一位。", "X can only be the last character.")
        return (problem_of(_KIND, "character", pointer, what),)
    born_on = _find_date(plain[6:14])
    if born_on is None:
        what = Text(
            f"第7至14位“{plain[6:14]}”不是一个日期。",
            f"Places 7 to 14, “{plain[6:14]}”, are no date of birth.",
        )
        problems.append(problem_of(_KIND, "birth-date", pointer, what))
    elif today is not None and born_on > today:
        what = Text("出生日期在今天之后。", "The date of birth lies in the future.")
        problems.append(problem_of(_KIND, "birth-date", pointer, what))
    if plain[17] != _check_digit(plain[:17]):
        problems.append(wrong_check(_KIND, pointer))
    return tuple(problems)


def compose_citizen_number(division: str, born_on: date, sequence: int) -> CitizenNumber:
    """Return the number of these parts with the check digit that fits them.

    Args:
        division: 6 digits.
        sequence: 0 to 999.
    """
    if len(division) != 6 or not set(division) <= set(DIGITS) or not 0 <= sequence <= _MOST_SEQUENCE:
        what = Text(
            "区划须为6位数字，顺序码须为0至999。", "Give 6 digits of division and a sequence of 0 to 999."
        )
        raise Refused(problem_of(_KIND, "parts", "", what))
    first_17 = f"{division}{_eight_digits(born_on)}{sequence:03}"
    return CitizenNumber(division, born_on, f"{sequence:03}", _check_digit(first_17))


def _eight_digits(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _find_date(eight_digits: str) -> date | None:
    try:
        return date.fromisoformat(eight_digits)
    except ValueError:
        return None


def _check_digit(first_17: str) -> str:
    return _CHECKS[sum(weight * int(one) for weight, one in zip(_WEIGHTS, first_17, strict=True)) % 11]


def _old(pointer: str) -> Problem:
    """The 15-digit number of the first identity cards has no check digit, so it is not taken as proof."""
    return problem_of(
        _KIND,
        "old",
        pointer,
        Text("这是15位旧号码，没有校验位。", "This is an old number of 15 digits, which has no check digit."),
        Text("请填写现用身份证上的18位号码。", "Fill in the 18 characters on your present identity card."),
    )
