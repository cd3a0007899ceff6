"""What an import graph cannot see: the wall clock, the disk and chance on floors 0 to 3."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import list_ground_floors, list_python, parse, short, walk_imports

CLOCK_READERS = {"now", "today", "utcnow"}
GIVEN_CLOCKS = {"deps", "clock"}
BUILTINS_THAT_TOUCH_THE_WORLD = {"open", "print", "input", "eval", "exec", "__import__", "breakpoint"}
HASHING = ("hashlib", "hmac", "secrets", "cryptography")


def last_name(node: ast.expr) -> str:
    """``deps.clock`` -> ``clock``; ``date`` -> ``date``; anything else -> ````."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def find_clock_reads(tree: ast.Module) -> Iterator[int]:
    """Lines that ask the machine for the time instead of the clock that was handed in."""
    for node in ast.walk(tree):
        is_read = isinstance(node, ast.Attribute) and node.attr in CLOCK_READERS
        if is_read and last_name(node.value).lstrip("_") not in GIVEN_CLOCKS:
            yield node.lineno


def find_world_calls(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and last_name(node.func) in BUILTINS_THAT_TOUCH_THE_WORLD:
            yield node.lineno


def list_floor_modules(*left_out: str) -> list[Path]:
    return [path for path in list_ground_floors() if not short(path).startswith(left_out)]


def test_floors_0_to_3_never_read_the_wall_clock() -> None:
    found = [
        f"{short(path)}:{line}" for path in list_ground_floors() for line in find_clock_reads(parse(path))
    ]
    assert found == []


def test_floors_0_to_3_open_and_print_nothing() -> None:
    # The crypto floor keeps the keyring, whose keys lie in files.
    pure = list_floor_modules("src/tongban/crypto/")
    assert len(pure) > 30
    assert [f"{short(path)}:{line}" for path in pure for line in find_world_calls(parse(path))] == []


def test_only_crypto_hashes_and_only_the_launcher_draws_passwords() -> None:
    others = [
        path
        for path in list_python("src")
        if not short(path).startswith(("src/tongban/crypto/", "src/tongban/hosting/"))
    ]
    bad = [
        f"{short(path)}:{line} {name}"
        for path in others
        for name, line in walk_imports(parse(path))
        if name.split(".")[0] in HASHING
    ]
    assert bad == []


def test_the_clock_test_sees_what_it_should() -> None:
    tree = ast.parse(
        "a = date.today()\nb = deps.clock.now()\nc = datetime.datetime.now()\nd = map(date.today, x)\n"
    )
    assert sorted(find_clock_reads(tree)) == [1, 3, 4]
