"""Nothing grows until nobody can read it."""

import ast
from pathlib import Path

from tests.house.source import list_files, list_python, parse, short, walk_functions

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
LONGEST_SCRIPT = 150
PAGE_SUFFIXES = {".html", ".css", ".typ"}


def count_lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def count_function_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from ``def`` to the end, its docstring not counted."""
    total = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        total -= (first.end_lineno or 0) - first.lineno + 1
    return total


def test_no_module_is_longer_than_400_lines() -> None:
    modules = list_python("src", "tests", "tools")
    assert len(modules) > 50
    assert [short(path) for path in modules if count_lines(path) > LONGEST_FILE] == []


def test_no_function_is_longer_than_40_lines_without_its_docstring() -> None:
    long = [
        f"{short(path)}:{function.lineno} {function.name} has {count_function_lines(function)} lines"
        for path in list_python("src", "tests", "tools")
        for function in walk_functions(parse(path))
        if count_function_lines(function) > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_page_or_style_sheet_is_longer_than_400_lines() -> None:
    pages = [path for path in list_files() if path.suffix in PAGE_SUFFIXES]
    assert [short(path) for path in pages if count_lines(path) > LONGEST_FILE] == []


def test_no_script_is_longer_than_150_lines() -> None:
    scripts = [path for path in list_files() if path.suffix in {".js", ".mjs"}]
    assert [short(path) for path in scripts if count_lines(path) > LONGEST_SCRIPT] == []


def test_a_docstring_does_not_count_as_length() -> None:
    tree = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    return 1\n')
    assert [count_function_lines(function) for function in walk_functions(tree)] == [2]
