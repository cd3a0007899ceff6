"""Fills the made parts of the documents: what stands between ``<!-- made: NAME -->`` and ``<!-- end -->``.

Everything around the marks is written by people and left alone. Usage: python -m tools.make_docs [--check]
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tools import describe_content, describe_house, describe_items, describe_steps, show_clocks, show_ledger
from tools.show_walk import compose_walk

ROOT = Path(__file__).resolve().parents[1]
PART = re.compile(r"(<!-- made: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
NOT_OURS = {".venv", "node_modules", "var", ".git"}

MAKERS: dict[str, Callable[[], str]] = {
    "walk": compose_walk,
    "glossary": describe_content.compose_glossary,
    "logins": describe_content.compose_logins,
    "answers": describe_content.compose_answers,
    "items": describe_content.compose_items,
    "ways": describe_items.compose_ways,
    "coverage": describe_items.compose_coverage,
    "law": describe_content.compose_law,
    "calendars": describe_content.compose_calendars,
    "steps": describe_steps.compose_steps,
    "rooms": describe_house.compose_rooms,
    "contracts": describe_house.compose_contracts,
    "imports": describe_house.compose_imports,
    "variables": describe_house.compose_variables,
    "decisions": describe_house.compose_decisions,
    "parts": describe_house.compose_parts,
    "clock-examples": show_clocks.compose_examples,
    "ledger-example": show_ledger.compose_example,
}
"""Every generated part by the name in its mark."""


def list_pages() -> list[Path]:
    """Pages that hold a generated part, in order."""
    return [
        path
        for path in sorted(ROOT.rglob("*.md"))
        if not NOT_OURS & set(path.relative_to(ROOT).parts) and PART.search(path.read_text(encoding="utf-8"))
    ]


def fill(text: str) -> str:
    """Return a page with every part made anew.

    Raises:
        KeyError: a mark names a part that nobody makes.
    """
    return PART.sub(lambda match: f"{match[1]}{MAKERS[match[2]]()}{match[3]}", text)


def main(arguments: list[str]) -> int:
    """Write what has changed; with ``--check`` only say so, and return 1 if anything would."""
    changed = []
    for page in list_pages():
        before = page.read_text(encoding="utf-8")
        after = fill(before)
        if after != before:
            changed.append(page.relative_to(ROOT))
            if "--check" not in arguments:
                page.write_text(after, encoding="utf-8")
    for page in changed:
        print(f"{'would change' if '--check' in arguments else 'made'} {page}")
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
