"""The unified social credit code (统一社会信用代码, GB 32100—2015) of a legal person or organisation."""

from dataclasses import dataclass

from tongban.domain.identifiers.written import (
    DIGITS,
    LETTERS,
    Kind,
    check_written,
    make_plain,
    problem_of,
    wrong_check,
)
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters: I, O, S, V and Z are left out because they are misread."""

_KIND = Kind(
    "uscc",
    Text("统一社会信用代码", "unified social credit code"),
    ALPHABET,
    18,
    check_source="gb-32100-2015#check-character",
)
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_VALUE = {character: value for value, character in enumerate(DIGITS + LETTERS)}
_NUMBER_PLACES = 6
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Uscc:
    """A code whose check character fits, in its parts.

    Args:
        registrar: 1 character, the kind of authority that registers (9 = market regulation).
        category: 1 character, the kind of body within it.
        division: 6 digits, the registrar's division (GB/T 2260), perhaps a historic one.
        organisation: 9 characters, the organisation code of GB 11714 with its own check.
        check: 1 character.
    """

    registrar: str
    category: str
    division: str
    organisation: str
    check: str

    @property
    def text(self) -> str:
        """The 18 characters."""
        return f"{self.registrar}{self.category}{self.division}{self.organisation}{self.check}"


def parse_uscc(text: str, pointer: str = "") -> Uscc:
    """Read a code as a person writes it; raises Refused with every problem found."""
    problems = check_uscc(text, pointer)
    if problems:
        raise Refused(*problems)
    plain = make_plain(text)
    return Uscc(plain[0], plain[1], plain[2:8], plain[8:17], plain[17])


def check_uscc(text: str, pointer: str = "") -> tuple[Problem, ...]:
    """Return everything that is wrong with a code: characters, length, division digits, check character."""
    plain, problems = check_written(_KIND, text, pointer)
    if problems:
        return tuple(problems)
    if any(character not in DIGITS for character in plain[2:8]):
        what = Text("第3至8位应为数字（行政区划代码）。", "Places 3 to 8 are digits, the division code.")
        problems.append(problem_of(_KIND, "division", pointer, what))
    if plain[17] != _check_character(plain[:17]):
        problems.append(wrong_check(_KIND, pointer))
    return tuple(problems)


def check_organisation_code(uscc: Uscc, pointer: str = "") -> tuple[Problem, ...]:
    """Return a warning when the inner organisation code's own check does not fit; never a ground to refuse.

    Codes given out before 2015 and pseudo-codes break it: of eight real codes tried, one did.
    """
    if uscc.organisation[8] == _organisation_check(uscc.organisation[:8]):
        return ()
    return (
        problem_of(
            _KIND,
            "organisation-check",
            pointer,
            Text(
                "其中的组织机构代码校验位不符，仅作提示。",
                "The check character of the organisation code inside it does not fit; this is only a remark.",
            ),
        ),
    )


def compose_uscc(first_17: str) -> Uscc:
    """Return the code made of 17 characters and the check character that fits them."""
    plain = make_plain(first_17)
    kind = Kind("uscc", _KIND.name, ALPHABET, 17)
    _, problems = check_written(kind, first_17, "")
    if problems:
        raise Refused(*problems)
    return parse_uscc(plain + _check_character(plain))


def compose_organisation_code(first_8: str) -> str:
    """Return the 9 characters of an organisation code (GB 11714): the 8 given and their check.

    Inside a unified social credit code the 8 may not hold I, O, S, V or Z, which GB 11714 alone allows.
    """
    plain = make_plain(first_8)
    kind = Kind("organisation-code", Text("组织机构代码", "organisation code"), DIGITS + LETTERS, 8)
    _, problems = check_written(kind, first_8, "")
    if problems:
        raise Refused(*problems)
    return plain + _organisation_check(plain)


def compose_numbered_uscc(registrar: str, division: str, series: str, number: int) -> Uscc:
    """Return the code that a number gives within a series; two numbers never give the same.

    Args:
        registrar: the first two characters.
        series: the first two characters of the organisation code; the number fills the other six, in the
            31 characters of the standard.

    Raises:
        ValueError: the number does not fit into six places.
    """
    places, rest = [], number
    for _ in range(_NUMBER_PLACES):
        rest, value = divmod(rest, len(ALPHABET))
        places.append(ALPHABET[value])
    if rest or number < 0:
        raise ValueError(f"{number} does not fit into {_NUMBER_PLACES} places")
    body = f"{series}{''.join(reversed(places))}"
    return compose_uscc(f"{registrar}{division}{compose_organisation_code(body)}")


def _check_character(first_17: str) -> str:
    total = sum(weight * _VALUE[one] for weight, one in zip(_WEIGHTS, first_17, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def _organisation_check(first_8: str) -> str:
    total = sum(
        weight * _ORGANISATION_VALUE[one] for weight, one in zip(_ORGANISATION_WEIGHTS, first_8, strict=True)
    )
    return "0X987654321"[total % 11]
