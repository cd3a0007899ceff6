"""The page docs/item-packs.md names every key of the format, and quotes what really stands in its pack."""

import re
from pathlib import Path

import pytest

from tests.builders import CONTENT
from tests.packs.broken import BRANCH, read_faults
from tongban.domain.catalogue import overlay, parse_form, parse_gate, parse_manifest
from tongban.domain.catalogue.form import QUESTION_TYPES
from tongban.domain.rules.derive import How
from tongban.domain.rules.operators import Operator
from tongban.packs import parse_example

PAGE = (Path(__file__).parents[2] / "docs" / "item-packs.md").read_text(encoding="utf-8")
EXPLAINED = PAGE[PAGE.index("## One pack, line by line") : PAGE.index("## Evidence kinds")]
PARTED = {"limits"}
"""A key that the page only names by its parts."""
KEYS = {
    "item": {*parse_manifest.REQUIRED, *parse_manifest.OPTIONAL} - PARTED,
    "gate": {*parse_gate.GATE_FACTS, parse_gate.OWN_WORD},
    "form": {*parse_form._REQUIRED, *parse_form._OPTIONAL},
    "overlay": {*overlay.KEYS},
    "example": {*parse_example._REQUIRED, *parse_example._OPTIONAL, "like", "holds_not"},
    "then": {*parse_example._THEN_REQUIRED, *parse_example._THEN_OPTIONAL},
    "outcome": {*parse_example.OUTCOMES},
    "type": {*QUESTION_TYPES},
    "how": {how.value for how in How},
    "operator": {operator.value for operator in Operator},
}


@pytest.mark.parametrize("part", KEYS)
def test_the_page_names_every_key(part: str) -> None:
    assert [key for key in sorted(KEYS[part]) if f"`{key}`" not in PAGE] == []


def test_every_line_it_quotes_stands_in_the_pack() -> None:
    quoted = [
        line.strip()
        for block in re.findall(r"```yaml\n(.*?)```", EXPLAINED, re.DOTALL)
        for line in block.splitlines()
    ]
    pack = CONTENT / "items" / BRANCH
    lines = {line.strip() for path in pack.rglob("*.yaml") for line in path.read_text("utf-8").splitlines()}
    assert len(quoted) > 15
    assert [line for line in quoted if line not in lines] == []


def test_the_codes_it_names_are_those_of_the_corpus_or_of_the_checker() -> None:
    source = Path(parse_example.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in source.glob("check*.py"))
    told = {told.code for fault in read_faults() for told in fault.told}
    for named in re.findall(r"`pack\.([a-z-]+)`", PAGE):
        assert f'"{named}"' in code or f"pack.{named}" in told or named.startswith("never-"), named
