"""The electronic-licence identifier (电子证照标识, GB/T 36904—2018) with its ISO 7064 MOD 37,36 check."""

from dataclasses import dataclass

from tongban.domain.identifiers.uscc import check_uscc
from tongban.domain.identifiers.written import (
    DIGITS,
    LETTERS,
    Kind,
    check_written,
    problem_of,
    wrong_check,
)
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CredentialId
from tongban.kernel.text import Text

ROOT = "1.2.156.3005.2"
"""The object identifier under which every electronic licence is named."""

_ALPHABET = DIGITS + LETTERS
_ALLOWED, _DIGITS = frozenset(_ALPHABET), frozenset(DIGITS)
_VALUE = {character: value for value, character in enumerate(_ALPHABET)}
_KIND = Kind(
    "licence-id",
    Text("电子证照标识", "electronic-licence identifier"),
    _ALPHABET + ".",
    None,
    check_source="gbt-36904-2018#check-character",
)
_DOTS = str.maketrans({"。": ".", "·": ".", "．": ".", "｡": "."})
_PARTS = 5
_MOST = {"type": 32, "issuer": 32, "serial": 64}
_USCC_LENGTH, _TYPE_LENGTH, _VERSION_LENGTH = 18, 21, 3
_LAST_VERSION = 999


@dataclass(frozen=True, slots=True)
class LicenceId:
    """An identifier whose check character fits, in its parts.

    Args:
        type_code: kind of licence: the code of the authority that defines it and a sequence.
        issuer_code: the issuing authority, as a rule its unified social credit code.
        serial: given by the issuer, up to 64 characters.
        version: 1 to 999; a renewed or amended licence gets the next.
        check: 1 character.
    """

    type_code: str
    issuer_code: str
    serial: str
    version: int
    check: str

    @property
    def text(self) -> str:
        """The identifier with its root and dots, as it is printed."""
        parts = (ROOT, self.type_code, self.issuer_code, self.serial, f"{self.version:03}", self.check)
        return ".".join(parts)

    @property
    def credential_id(self) -> CredentialId:
        """The same text as the id under which the house knows a credential."""
        return CredentialId(self.text)


def parse_licence_id(text: str, pointer: str = "") -> LicenceId:
    """Read an identifier as a person writes it, with or without its root; raises Refused with every problem.

    Without dots it is read when type and issuer are 21 and 18 characters built on valid unified social
    credit codes; any other identifier without dots cannot be taken apart for certain and is refused.
    """
    parts, problems = _take_apart(text, pointer)
    if problems:
        raise Refused(*problems)
    type_code, issuer_code, serial, version, check = parts
    return LicenceId(type_code, issuer_code, serial, int(version), check)


def check_licence_id(text: str, pointer: str = "") -> tuple[Problem, ...]:
    """Return everything that is wrong with an identifier: characters, parts, version, check character."""
    return tuple(_take_apart(text, pointer)[1])


def compose_licence_id(type_code: str, issuer_code: str, serial: str, version: int = 1) -> LicenceId:
    """Return the identifier of these parts with the check character that fits them.

    Raises:
        Refused: a part is empty, too long or not of digits and capitals; the version is not 1 to 999.
    """
    if not 1 <= version <= _LAST_VERSION:
        raise Refused(_wrong_version(""))
    body = (type_code, issuer_code, serial, f"{version:03}")
    problems = _check_parts(body, "")
    if problems:
        raise Refused(*problems)
    return LicenceId(type_code, issuer_code, serial, version, _check_character("".join(body)))


def _take_apart(text: str, pointer: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Return type, issuer, serial, version and check, or what is wrong."""
    plain, problems = check_written(_KIND, text.translate(_DOTS), pointer)
    if problems:
        return (), problems
    parts = tuple(plain.removeprefix(f"{ROOT}.").split("."))
    if len(parts) == 1:
        found = _find_undotted(plain)
        if found is None:
            return (), [_undotted(pointer)]
        parts = found
    if len(parts) != _PARTS:
        what = Text(
            f"根 {ROOT} 之后应有{_PARTS}段，现有{len(parts)}段。",
            f"After the root {ROOT} there are {_PARTS} parts between dots, but {len(parts)} are given.",
        )
        return (), [problem_of(_KIND, "parts", pointer, what)]
    problems = _check_parts(parts[:4], pointer)
    if not problems and parts[4] != _check_character("".join(parts[:4])):
        problems.append(wrong_check(_KIND, pointer))
    return parts, problems


def _find_undotted(plain: str) -> tuple[str, ...] | None:
    """Return the parts of an identifier without dots, or None when they cannot be told apart."""
    for body in (plain.removeprefix(ROOT.replace(".", "")), plain):
        type_code, rest = body[:_TYPE_LENGTH], body[_TYPE_LENGTH:]
        issuer_code, tail = rest[:_USCC_LENGTH], rest[_USCC_LENGTH:]
        sound = not check_uscc(type_code[:_USCC_LENGTH]) and not check_uscc(issuer_code)
        if sound and len(tail) > _VERSION_LENGTH + 1:
            return type_code, issuer_code, tail[:-4], tail[-4:-1], tail[-1]
    return None


def _check_parts(parts: tuple[str, ...], pointer: str) -> list[Problem]:
    """Return what is wrong with type, issuer, serial and version."""
    problems = []
    for (name, most), part in zip(_MOST.items(), parts, strict=False):
        if not 1 <= len(part) <= most or not _ALLOWED.issuperset(part):
            what = Text(
                f"“{_NAMES[name].zh}”应为1至{most}位数字或大写字母。",
                f"The {_NAMES[name].en} is 1 to {most} digits or capital letters.",
            )
            problems.append(problem_of(_KIND, name, pointer, what))
    version = parts[3]
    if len(version) != _VERSION_LENGTH or not _DIGITS.issuperset(version) or version == "000":
        problems.append(_wrong_version(pointer))
    return problems


_NAMES = {
    "type": Text("证照类型代码", "type code"),
    "issuer": Text("颁发机构代码", "issuer code"),
    "serial": Text("流水号", "serial number"),
}


def _check_character(body: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of digits and capital letters."""
    remainder = 36
    for character in body:
        remainder = (remainder + _VALUE[character]) % 36 or 36
        remainder = remainder * 2 % 37
    return _ALPHABET[(37 - remainder) % 36]


def _wrong_version(pointer: str) -> Problem:
    what = Text("版本号应为001至999的3位数字。", "The version is three digits from 001 to 999.")
    return problem_of(_KIND, "version", pointer, what)


def _undotted(pointer: str) -> Problem:
    return problem_of(
        _KIND,
        "undotted",
        pointer,
        Text("没有分隔点，无法确定各段。", "Without its dots it cannot be taken apart for certain."),
        Text("请按证照所印，连同分隔点填写。", "Write it with the dots, as it is printed on the licence."),
    )
