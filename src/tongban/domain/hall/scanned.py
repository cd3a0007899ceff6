"""What a scanner or a hand put into the one field of the window: a number of some kind, or words."""

import re
from dataclasses import dataclass
from typing import Literal

from tongban.domain.identifiers.citizen_number import check_citizen_number
from tongban.domain.identifiers.uscc import check_uscc
from tongban.domain.identifiers.written import make_plain

ScanKind = Literal["nothing", "ticket", "case", "provisional", "person", "firm", "words"]
MOST_SIGNS = 300
"""A QR code of an address is longer than any number; what is longer than this is not read."""

_TICKET = re.compile(r"[A-Z]\d{3,6}")
_CASE = re.compile(r"[A-Z]{2}\d{6}-?[0-9A-Z]{8}")
_PROVISIONAL = re.compile(r"P-[A-Z]{2}-\d{6}")
_IN_ADDRESS = re.compile(r"/cases/([A-Za-z]{2}\d{6}-[0-9A-Za-z]{8})(?:/|$)")
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])")
_CASE_LETTERS_AND_DATE = 8


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was read; ``value`` in its plain form."""

    kind: ScanKind
    value: str


def read_scanned(text: str) -> Scanned:
    """Return what a text is.

    A number counts only with its check character, so that a slip of a hand is searched for as words and never
    taken for somebody else's number. In an address or in the text of a firm's code the number is looked for.
    """
    text = text.strip()
    if not text or len(text) > MOST_SIGNS:
        return Scanned("nothing", "")
    if found := _IN_ADDRESS.search(text):
        return Scanned("case", found[1].upper())
    plain = make_plain(text, drops_hyphens=False).upper()
    if _TICKET.fullmatch(plain):
        return Scanned("ticket", plain)
    if _PROVISIONAL.fullmatch(plain):
        return Scanned("provisional", plain)
    if _CASE.fullmatch(plain):
        number = plain.replace("-", "")
        return Scanned("case", f"{number[:_CASE_LETTERS_AND_DATE]}-{number[_CASE_LETTERS_AND_DATE:]}")
    for number in (make_plain(text), *(one.upper() for one in _LONG_NUMBER.findall(text))):
        if not check_citizen_number(number):
            return Scanned("person", number)
        if not check_uscc(number):
            return Scanned("firm", number)
    return Scanned("words", text)
