"""Administrative divisions (行政区划, GB/T 2260): a place on the map; neither a zone nor an authority.

A zone may span several divisions and one division hold several zones (Lingang and Jiangbei have no code of
their own), so which zone serves a division is data in ``content/zones``; and who decides there is an
authority, a legal person with a unified social credit code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tongban.domain.identifiers.written import DIGITS, Kind, check_written, make_plain, problem_of
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

_NAME = Text("行政区划代码", "division code")
_KIND = Kind("division", _NAME, DIGITS, None)
_SHORT = 6
_FULL_LENGTHS = (2, 4, 6, 9, 12)


class DivisionLevel(StrEnum):
    """How far down a code goes."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class DivisionCode:
    """A division's code: 6 digits down to the county, 9 for a town, 12 for a village.

    Args:
        text: the digits; a province ends in ``0000``, a city in ``00``.
    """

    text: str

    @property
    def level(self) -> DivisionLevel:
        """Province, city, county, town or village."""
        if len(self.text) > _SHORT:
            return DivisionLevel.TOWN if len(self.text) == 9 else DivisionLevel.VILLAGE
        if self.text.endswith("0000"):
            return DivisionLevel.PROVINCE
        return DivisionLevel.CITY if self.text.endswith("00") else DivisionLevel.COUNTY

    @property
    def significant(self) -> str:
        """The digits that tell it from others: 2, 4, 6, 9 or 12."""
        match self.level:
            case DivisionLevel.PROVINCE:
                return self.text[:2]
            case DivisionLevel.CITY:
                return self.text[:4]
            case _:
                return self.text

    def find_parent(self) -> "DivisionCode | None":
        """Return the division above, or None for a province."""
        at = _FULL_LENGTHS.index(len(self.significant))
        return None if at == 0 else DivisionCode(self.text[: _FULL_LENGTHS[at - 1]].ljust(_SHORT, "0"))

    def contains(self, other: "DivisionCode") -> bool:
        """True when ``other`` is this division or lies inside it."""
        return other.significant.startswith(self.significant)


def parse_division(text: str, pointer: str = "") -> DivisionCode:
    """Read a code of 2, 4, 6, 9 or 12 digits; raises Refused with every problem."""
    problems = check_division(text, pointer)
    if problems:
        raise Refused(*problems)
    return DivisionCode(make_plain(text).ljust(_SHORT, "0"))


def check_division(text: str, pointer: str = "") -> tuple[Problem, ...]:
    """Return what is wrong with a code's shape; whether such a place exists is not judged here."""
    plain, problems = check_written(_KIND, text, pointer)
    if plain and len(plain) not in _FULL_LENGTHS:
        what = Text("应为2、4、6、9或12位数字。", "It has 2, 4, 6, 9 or 12 digits.")
        problems.append(problem_of(_KIND, "length", pointer, what))
    if not problems and plain.startswith("00"):
        what = Text("前两位应为省级代码。", "The first two digits are a province.")
        problems.append(problem_of(_KIND, "province", pointer, what))
    return tuple(problems)


@dataclass(frozen=True, slots=True)
class Divisions:
    """Names of the divisions the house knows; others exist and are no error.

    Args:
        names: by the code's digits.
    """

    names: Mapping[str, Text]

    def find_name(self, code: DivisionCode) -> Text | None:
        """Return a division's own name, or None when it is not among those known."""
        return self.names.get(code.text)

    def find_full_name(self, code: DivisionCode) -> Text | None:
        """Return the name with those above it, e.g. ``江苏省苏州市虎丘区``, or None when it is not known."""
        chain: list[Text] = []
        at: DivisionCode | None = code
        while at is not None:
            if at.text in self.names:
                chain.append(self.names[at.text])
            at = at.find_parent()
        if code.text not in self.names:
            return None
        return Text("".join(name.zh for name in reversed(chain)), ", ".join(name.en for name in chain))


def parse_divisions(plain: Mapping[str, Any], file_name: str) -> Divisions:
    """Read ``divisions: {"320505": {zh, en}}`` from a plain mapping; raises Refused with every problem."""
    problems: list[Problem] = []
    names: dict[str, Text] = {}
    rows = plain.get("divisions")
    if not isinstance(rows, Mapping):
        what = Text("缺少 divisions 表。", "The mapping “divisions” is missing.")
        raise Refused(problem_of(_KIND, "missing", f"{file_name}:divisions", what))
    for code, name in rows.items():
        pointer = f"{file_name}:divisions.{code}"
        faults = check_division(str(code), pointer)
        problems.extend(faults)
        if not (isinstance(name, Mapping) and name.get("zh") and name.get("en")):
            problems.append(
                problem_of(_KIND, "name", pointer, Text("要写中英文名称。", "Give its name, zh and en."))
            )
        elif not faults:
            names[parse_division(str(code)).text] = Text(str(name["zh"]), str(name["en"]))
    if problems:
        raise Refused(*problems)
    return Divisions(names)
