"""One table says what follows what; signals and busy ``save`` methods would be a second, hidden one."""

import ast

from tests.house.source import list_python, parse, short, walk_imports

HIDDEN_TRIGGERS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
TABLE_METHODS = {"save", "delete"}


def test_nobody_sends_or_receives_signals() -> None:
    bad = [
        f"{short(path)}:{line} {name}"
        for path in list_python("src")
        for name, line in walk_imports(parse(path))
        if name.startswith(HIDDEN_TRIGGERS) or name == "django.contrib.auth.signals"
    ]
    assert bad == []


def test_no_table_does_more_than_it_says_when_it_is_saved() -> None:
    bad = [
        f"{short(path)}:{method.lineno} {method.name}"
        for path in list_python("src/tongban/store/models")
        for node in ast.walk(parse(path))
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef) and method.name in TABLE_METHODS
    ]
    assert bad == []
