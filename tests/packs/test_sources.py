"""A content file that is too long, too deep, no text, no YAML or not there is refused before it is used."""

import os
from pathlib import Path

import pytest
import yaml

from tests.builders import CONTENT
from tongban.kernel.errors import Problem, Refused
from tongban.packs.sources import MAX_DEPTH, MAX_FILE_BYTES, read_source


def refused_for(content: bytes, folder: Path) -> tuple[Problem, ...]:
    path = folder / "rules.yaml"
    path.write_bytes(content)
    return problems_of(path, folder)


def problems_of(path: Path, folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_source(path, folder)
    return refused.value.problems


def codes_and_lines(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in problems]


def test_a_plain_file_is_read_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("# head\nversion: 1\ncriteria:\n  - id: one\n    op: is\n", encoding="utf-8")
    source = read_source(path, tmp_path)
    assert source.plain == {"version": 1, "criteria": [{"id": "one", "op": "is"}]}
    assert [source.line_of(p) for p in ("version", "criteria", "criteria[0].op")] == [2, 3, 5]


def test_what_is_missing_is_told_at_what_lies_around_it(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("version: 1\ncriteria:\n  - id: one\n  - id: two\n", encoding="utf-8")
    source = read_source(path, tmp_path)
    assert source.line_of("criteria[1].says") == 4
    assert source.line_of("criteria[7].says") == 2
    assert source.line_of("title") == 1


def test_keys_with_dots_and_entries_named_by_their_id_are_found(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        'articles:\n  "10":\n    gloss: a\n  "10.1":\n    gloss: b\n'
        "questions:\n  - id: scope\n    prefill: x\n",
        encoding="utf-8",
    )
    source = read_source(path, tmp_path)
    assert source.line_of("articles.10.1.gloss") == 5
    assert source.line_of("articles.10.gloss") == 3
    assert source.line_of("scope.prefill") == 8


def test_a_file_of_the_longest_length_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"a: 1\n" + b"#" * (MAX_FILE_BYTES - 5))
    assert read_source(path, tmp_path).plain == {"a": 1}


def test_one_byte_more_is_too_long(tmp_path: Path) -> None:
    content = b"a: 1\n" + b"#" * (MAX_FILE_BYTES - 4)
    assert codes_and_lines(refused_for(content, tmp_path)) == [("pack.too-large", "")]


def test_a_bomb_of_aliases_is_refused_at_the_first(tmp_path: Path) -> None:
    bomb = 'a: &a ["x","x"]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n'
    assert codes_and_lines(refused_for(bomb.encode(), tmp_path)) == [("pack.alias", "2")]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth_is_refused_and_kills_nothing(opening: str, tmp_path: Path) -> None:
    content = f"a: 1\nb:\n  {opening * 200_000}"[: MAX_FILE_BYTES - 1]
    assert codes_and_lines(refused_for(content.encode(), tmp_path))[0] in [
        ("pack.too-deep", "3"),
        ("pack.not-yaml", "3"),
    ]


def test_the_deepest_file_that_may_be_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("[" * MAX_DEPTH + "]" * MAX_DEPTH, encoding="utf-8")
    assert read_source(path, tmp_path).plain is not None


def test_what_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    content = "a: 1\ntitle: 旅行社\n".encode("gb18030")
    assert codes_and_lines(refused_for(content, tmp_path)) == [("pack.not-text", "2")]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_source(path, tmp_path).plain == {"a": 1}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: 1\nb: [1, 2\n", "3"),
        ("a: 1\n\tb: 2\n", "2"),
        ("a: 1\nb: \x00\n", "2"),
        ("a: !!python/tuple [1]\n", "1"),
    ],
    ids=["an open bracket", "a tab", "a null byte", "a Python object"],
)
def test_what_is_not_plain_yaml_is_told_with_its_line(content: str, line: str, tmp_path: Path) -> None:
    assert codes_and_lines(refused_for(content.encode(), tmp_path)) == [("pack.not-yaml", line)]


def test_two_documents_in_a_file_are_refused(tmp_path: Path) -> None:
    assert codes_and_lines(refused_for(b"a: 1\n---\nb: 2\n", tmp_path)) == [("pack.not-yaml", "2")]


def test_keys_that_come_twice_are_told_all_at_once(tmp_path: Path) -> None:
    content = b"a: 1\nb: {c: 1, c: 2}\na: 3\n"
    assert codes_and_lines(refused_for(content, tmp_path)) == [
        ("pack.key-twice", "3"),
        ("pack.key-twice", "2"),
    ]


def test_a_day_that_does_not_exist_is_told(tmp_path: Path) -> None:
    content = b"a: 2026-02-28\nb: 2026-02-30\n"
    assert codes_and_lines(refused_for(content, tmp_path)) == [("pack.no-such-day", "2")]


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.yaml")), ids=lambda path: path.name)
def test_every_content_file_is_the_same_to_any_reader_of_yaml(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert yaml.safe_load(text) == read_source(path, CONTENT).plain


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert codes_and_lines(problems_of(tmp_path / "none.yaml", tmp_path)) == [("pack.missing-file", "")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    (tmp_path / "secret.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "rules.yaml").symlink_to(tmp_path / "secret.yaml")
    assert codes_and_lines(problems_of(folder / "rules.yaml", folder)) == [("pack.outside", "")]


def test_a_linked_folder_does_not_lead_out_either(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "content", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / "rules.yaml").write_text("a: 1\n", encoding="utf-8")
    (folder / "item").symlink_to(elsewhere)
    assert codes_and_lines(problems_of(folder / "item" / "rules.yaml", folder)) == [("pack.outside", "")]


def test_a_pipe_or_a_folder_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for name in ("pipe.yaml", "folder.yaml"):
        assert codes_and_lines(problems_of(tmp_path / name, tmp_path)) == [("pack.outside", "")]
