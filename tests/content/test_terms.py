"""The glossary is complete in both languages, and its code names are names that exist."""

import ast
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TERMS: list[dict[str, Any]] = yaml.safe_load((ROOT / "content" / "terms.yaml").read_text("utf-8"))["terms"]


def names_in(folder: Path) -> set[str]:
    """Return every name defined at the top of a module under a folder."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    found.add(name)
                case ast.AnnAssign(target=ast.Name(id=name)):
                    found.add(name)
                case ast.Assign(targets=targets):
                    found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def test_every_term_is_given_in_both_languages_with_a_note() -> None:
    for term in TERMS:
        assert {"zh", "en", "code", "note"} <= set(term) <= {"zh", "en", "code", "note", "later"}, term
        assert any("一" <= sign <= "鿿" for sign in term["zh"]), term
        assert not any("一" <= sign <= "鿿" for sign in term["en"]), term
        assert term["note"]


def test_no_word_and_no_code_name_is_explained_twice() -> None:
    for key in ("zh", "en"):
        counted = Counter(term[key] for term in TERMS)
        assert [word for word, count in counted.items() if count > 1] == []
    codes = Counter(name for term in TERMS for name in term["code"])
    assert [name for name, count in codes.items() if count > 1] == []


def test_a_code_name_exists_unless_it_is_still_to_come() -> None:
    existing = names_in(ROOT / "src" / "tongban")
    missing = {name for term in TERMS if not term.get("later") for name in term["code"]} - existing
    assert missing == set()


def test_a_term_still_to_come_has_not_come() -> None:
    existing = names_in(ROOT / "src" / "tongban" / "domain")
    assert {name for term in TERMS if term.get("later") for name in term["code"]} & existing == set()


def test_four_acts_that_end_a_licence_are_kept_apart() -> None:
    term = next(term for term in TERMS if "吊销" in term["zh"])
    assert term["en"].split(", ") == ["withdraw", "void", "cancel", "revoke"]
