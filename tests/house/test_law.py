"""Every citation resolves: what the code and the content say is law, is written down in content/law."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.house.source import CHECKOUT, list_files, list_python, parse, short

LAW_FOLDER = CHECKOUT / "content" / "law"
KEY = re.compile(
    r"(?<![\w/.:-])([a-z][a-z0-9]*(?:-[a-z0-9]+)*-[0-9]{2,4})"
    r"#([1-9][0-9]*(?:\.p?[0-9]+)*|[a-z]+(?:-[a-z]+)*)"
)
MADE_UP = "specimen-"  # an act that the style guide invents and calls a specimen


@cache
def list_known_keys() -> frozenset[str]:
    known = set()
    for path in LAW_FOLDER.glob("*.yaml"):
        act = yaml.safe_load(path.read_text(encoding="utf-8"))
        known |= {f"{act['key']}#{number}" for number in act["articles"]}
    return frozenset(known)


def find_keys(text: str) -> Iterator[str]:
    yield from (f"{act}#{article}" for act, article in KEY.findall(text))


def find_unknown(path: Path, texts: Iterator[tuple[int, str]]) -> list[str]:
    return [
        f"{short(path)}:{line} {key}"
        for line, text in texts
        for key in find_keys(text)
        if key not in list_known_keys() and not key.startswith(MADE_UP)
    ]


def list_content() -> list[Path]:
    return [
        path
        for path in list_files()
        if path.is_relative_to(CHECKOUT / "content") and path.suffix in {".yaml", ".md", ".json"}
    ]


def test_the_law_is_written_down() -> None:
    assert "all-2019#32.4" in list_known_keys()
    assert len(list_known_keys()) > 100


def test_every_act_is_known_by_the_name_of_its_file() -> None:
    for path in LAW_FOLDER.glob("*.yaml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))["key"] == path.stem


def test_every_citation_in_the_code_resolves() -> None:
    unknown = []
    for path in list_python("src"):
        strings = (
            (node.lineno, node.value)
            for node in ast.walk(parse(path))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        unknown += find_unknown(path, strings)
    assert unknown == []


@pytest.mark.parametrize("path", list_content(), ids=short)
def test_every_citation_in_the_content_resolves(path: Path) -> None:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    assert find_unknown(path, iter(lines)) == []


def test_every_citation_in_a_page_resolves() -> None:
    unknown = []
    for path in list_files():
        if path.is_relative_to(CHECKOUT / "src") and path.suffix in {".html", ".typ", ".txt"}:
            unknown += find_unknown(path, enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
    assert unknown == []


def test_a_key_that_nobody_wrote_down_is_found() -> None:
    text = iter([(1, "Source: all-2019#999, all-2019#32.4; a link page.html#12 is none")])
    assert find_unknown(CHECKOUT / "Makefile", text) == ["Makefile:1 all-2019#999"]
