"""Under which licences the parts come that a node runs on: none may decide over Tongban's own."""

import pytest

from tools.describe_house import read_licence, read_pins

KNOWN = (
    "MIT",
    "BSD",
    "Apache",
    "MPL",
    "PSF",
    "Python Software Foundation",
    "ISC",
    "Unlicense",
    "Dual License",
)
LESSER = {"psycopg", "psycopg-binary", "psycopg-pool"}
"""LGPL: used unchanged as a library of its own, which that licence allows (docs/adr/0022-parts.md)."""

ONLY_ON_WINDOWS = {"tzdata", "colorama"}


def list_parts() -> list[str]:
    return sorted(set(read_pins()) - ONLY_ON_WINDOWS)


def is_permissive(licence: str) -> bool:
    return any(word in licence for word in KNOWN) and "GPL" not in licence


@pytest.mark.parametrize("part", list_parts())
def test_a_part_comes_under_a_licence_that_lets_tongban_choose_its_own(part: str) -> None:
    licence = read_licence(part)
    assert is_permissive(licence) or (part in LESSER and licence.startswith("LGPL")), licence


def test_a_licence_that_spreads_is_seen() -> None:
    assert not is_permissive("AGPL-3.0-only")
    assert not is_permissive("GNU General Public License v3 (GPLv3)")
    assert not is_permissive("MIT AND GPL-2.0-only")
