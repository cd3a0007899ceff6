"""No page is forgotten by the browser tests that look for what keeps people out."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

TESTS = Path(__file__).parents[1]
LOOKS = ("list_faults", "list_barriers")
"""What a browser test calls that looks for barriers."""
ROOMS = ("applicant", "entrance", "hall", "officer", "steward", "verify", "window")
ANYTHING = "\ue000"
"""Stands for what an address takes from a variable."""
FILLINGS = ("1", "x")
NOT_LOOKED_AT = {
    # Downloads: no page.
    "applicant:document": "download", "applicant:credential": "download", "applicant:dossier": "download",
    "applicant:paper": "download", "applicant:paper-data": "download",
    "applicant:composite_document": "download", "officer:precheck-file": "download",
    "officer:copy": "download", "officer:dossier": "download", "officer:paper": "download",
    "officer:paper-data": "download", "steward:patch": "download", "window:document": "download",
    "window:dossier": "download", "window:paper": "download", "window:paper-data": "download",
    # They answer with another page.
    "applicant:start": "redirects to the form", "applicant:bundle_start": "redirects to the form",
    "applicant:channel_address": "POST only", "applicant:channel_code": "POST only",
    "applicant:channel_stop": "POST only",
    "entrance:logout": "POST only", "window:sit": "POST only", "window:call-next": "POST only",
    "window:ticket": "POST only", "window:hand-out": "POST only", "window:complete": "POST only",
    "window:settle": "POST only", "applicant:mandate_revoke": "POST only",
    "applicant:composite_join": "POST only", "applicant:receipt_join": "POST only",
    # For scripts: no page.
    "window:bring-back": "data", "window:offline-numbers": "data", "window:offline-state": "data",
    "window:worker": "a script",
    "applicant:precheck-ask": "POST only",
    "hall:check-in": "POST only", "hall:book": "POST only", "hall:cancel": "POST only",
    "window:next-client": "POST only", "window:begin": "redirects",
    "window:bundle-begin": "redirects", "officer:desk": "redirects", "applicant:voice-file": "download",
    # A piece of a page that is looked at.
    "applicant:progress": "a part of the case's page",
    "applicant:receipt_progress": "a part of the receipt's page",
    "window:bundle-progress": "a part of the receipt's page",
}  # fmt: skip


FROM_A_REDIRECT = {
    "applicant:form": "applicant/test_in_browser.py", "applicant:check": "applicant/test_in_browser.py",
    "applicant:bundle": "applicant/test_bundles_in_browser.py",
    "applicant:bundle_plan": "applicant/test_bundles_in_browser.py",
    "applicant:bundle_form": "applicant/test_bundles_in_browser.py",
    "applicant:bundle_check": "applicant/test_bundles_in_browser.py",
    "window:voice": "window/test_in_browser.py",
    "officer:slip": "window/test_liaison_in_browser.py",
    "window:mandate-answers": "window/test_acts_in_browser.py",
    "window:person": "window/test_in_browser.py", "window:withdraw": "window/test_in_browser.py",
    # What a POST shows.
    "window:scan": "window/test_queue_in_browser.py", "officer:batch": "officer/test_checks_in_browser.py",
    "officer:belonging": "officer/test_in_browser.py", "officer:case-notes": "officer/test_in_browser.py",
}  # fmt: skip
"""Looked at under an address that the test is led to, or puts together; with the test that does."""
NOT_YET = {
    "applicant:due": "a life check comes after months, a deferred paper after a reminder: no short way",
}
"""Pages that no browser looks at yet, with the reason. The list may only become shorter."""


def names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Yield each name of our rooms that the resolver knows."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, one.namespace or space)
        elif isinstance(one, URLPattern) and space in ROOMS and one.name:
            yield f"{space}:{one.name}"


def visited(address: str) -> set[str]:
    """Return the name of the page at an address, whatever its variables hold: a number, or a word."""
    found = set()
    for filling in FILLINGS:
        try:
            found.add(resolve(address.replace(ANYTHING, filling)).view_name)
        except Resolver404:
            continue
    return found


def addresses(path: Path) -> Iterator[str]:
    """Yield every address written in a browser test that looks for barriers; variables become ANYTHING."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not any(isinstance(node, ast.Name) and node.id in LOOKS for node in ast.walk(tree)):
        return
    known: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            written = _written(node.value, known)
            if written is not None:
                known[node.targets[0].id] = written
    for node in ast.walk(tree):
        written = _written(node, known) if isinstance(node, ast.Constant | ast.JoinedStr | ast.Name) else None
        if written is not None:
            yield written.removeprefix(ANYTHING).partition("?")[0]


def _written(node: ast.AST, known: dict[str, str]) -> str | None:
    match node:
        case ast.Constant(value=str() as words):
            return words
        case ast.Name(id=name):
            return known.get(name)
        case ast.JoinedStr(values=parts):
            return "".join(
                _written(part.value if isinstance(part, ast.FormattedValue) else part, known) or ANYTHING
                for part in parts
            )
    return None


def test_every_page_is_looked_at_in_a_browser_or_is_listed_with_a_reason() -> None:
    written = {one for path in TESTS.rglob("test_*.py") for one in addresses(path) if one.startswith("/")}
    seen = {name for address in written for name in visited(address)}
    known = set(names(get_resolver()))
    assert sorted(known - seen - NOT_LOOKED_AT.keys() - FROM_A_REDIRECT.keys() - NOT_YET.keys()) == []
    assert sorted(NOT_YET.keys() & seen) == [], "it is looked at: strike it from the list"
    assert len(NOT_YET) <= 1
    assert all((TESTS / "web" / path).exists() for path in FROM_A_REDIRECT.values())
    assert sorted(NOT_LOOKED_AT.keys() - known) == [], "listed, but there is no such page"
    assert len(seen & known) > len(NOT_LOOKED_AT)


def test_a_page_that_nobody_looks_at_would_be_noticed() -> None:
    assert visited(f"/steward/alarms/{ANYTHING}/") == {"steward:alarm"}
    assert visited(f"/steward/alarms/{ANYTHING}/more/") == set()
    assert visited(f"/steward/items/{ANYTHING}/examples/") == {"steward:examples"}
