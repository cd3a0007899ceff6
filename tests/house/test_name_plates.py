"""Every module has a name plate: its docstring's first line says what the room is for."""

import ast
from collections import Counter

import pytest

from tests.house.source import list_python, parse, short

MODULES = list_python("src", "tests", "tools")
SHORTEST_PLATE = 15


def read_plate(path: object) -> str:
    return (ast.get_docstring(parse(path)) or "").split("\n")[0]


@pytest.mark.parametrize("path", MODULES, ids=short)
def test_a_module_says_what_it_is_for(path: object) -> None:
    plate = read_plate(path)
    assert len(plate) >= SHORTEST_PLATE, "the first line of the docstring says what this room is for"
    assert plate[0].isupper() or plate[0] == "`" or not plate[0].isascii()


def test_no_two_rooms_have_the_same_plate() -> None:
    plates = Counter(read_plate(path) for path in list_python("src"))
    assert [plate for plate, times in plates.items() if times > 1] == []
