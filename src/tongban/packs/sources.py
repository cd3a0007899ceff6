"""Open one content file: size, place, text and shape are checked before a value is made of it."""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

MAX_FILE_BYTES = 1_000_000
"""No file of a pack is longer; a longer one is a mistake or an attack."""
MAX_DEPTH = 40
"""Lists and mappings inside each other; the composer of libyaml recurses, and a deep file would kill it."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_INDEX = re.compile(r"\[(\d+)\]")
_SHORTEN = Text("请删去多余内容，或分成几个文件。", "Take out what is too much, or make several files of it.")
_SAVE_AS_UTF8 = Text("请另存为 UTF-8 编码。", "Save it as UTF-8.")
_WRITE_IT_OUT = Text("请把内容写全。", "Write the content out in full.")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read.

    Args:
        plain: mappings, lists, text, numbers, dates; what YAML makes of the file.
        node: the same as YAML nodes, which know their lines.
    """

    path: Path
    plain: Any
    node: yaml.Node | None

    def line_of(self, pointer: str) -> int:
        """Return the line of what a pointer names, or of the nearest thing around it; from 1."""
        return 1 if self.node is None else _find_line(self.node, pointer)


def read_source(path: Path, folder: Path) -> Source:
    """Read one file under a content folder.

    Raises:
        Refused: the file is missing, no plain file inside the folder, too long, no UTF-8, no YAML, too
            deep, or uses aliases or a key twice. The pointer is a line number, or empty.
    """
    text = _read_text(path, folder)
    try:
        _check_events(text)
        loader = _LOADER(text)
        try:
            node = loader.get_single_node()
            _check_keys(node)
            _check_values(node, loader)
            plain = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise Refused(_not_yaml(error, text)) from None
    return Source(path, plain, node)


def _read_text(path: Path, folder: Path) -> str:
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        if not inside or not stat.S_ISREG(path.stat().st_mode):
            words = Text("不是本内容目录里的普通文件。", "This is no plain file inside the content folder.")
            next_step = Text(
                "请把文件本身放进来，不要用链接。", "Put the file itself there, not a link to it."
            )
            raise Refused(Problem("pack.outside", words, next_step=next_step))
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        words = Text("缺少这个文件。", "This file is missing.")
        raise Refused(Problem("pack.missing-file", words)) from None
    except OSError as error:
        words = Text(f"打不开这个文件：{error.strerror}。", f"This file cannot be opened: {error.strerror}.")
        raise Refused(Problem("pack.unreadable", words)) from None
    if len(data) > MAX_FILE_BYTES:
        words = Text(f"文件超过 {MAX_FILE_BYTES} 字节。", f"The file is longer than {MAX_FILE_BYTES} bytes.")
        raise Refused(Problem("pack.too-large", words, next_step=_SHORTEN))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = Text(f"第 {line} 行不是 UTF-8 文字。", f"Line {line} is not UTF-8 text.")
        raise Refused(Problem("pack.not-text", words, str(line), next_step=_SAVE_AS_UTF8)) from None


def _check_events(text: str) -> None:
    """Refuse depth and aliases on the stream of events, which is read without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = str(event.start_mark.line + 1) if event.start_mark else ""
        if isinstance(event, _OPENING):
            depth += 1
        elif isinstance(event, _CLOSING):
            depth -= 1
        if depth > MAX_DEPTH:
            words = Text(f"嵌套超过 {MAX_DEPTH} 层。", f"More than {MAX_DEPTH} levels inside each other.")
            raise Refused(Problem("pack.too-deep", words, line, next_step=_SHORTEN))
        if isinstance(event, yaml.AliasEvent):
            words = Text("不能使用 YAML 引用（*）。", "YAML aliases (*) may not be used.")
            raise Refused(Problem("pack.alias", words, line, next_step=_WRITE_IT_OUT))


def _check_keys(node: yaml.Node | None) -> None:
    """Refuse a key that comes twice in a mapping: YAML would silently keep the last."""
    problems = []
    for mapping in _mappings(node):
        taken: dict[str, int] = {}
        for key, _ in mapping.value:
            line = key.start_mark.line + 1
            if isinstance(key, yaml.ScalarNode) and key.value in taken:
                words = Text(
                    f"“{key.value}”在第 {taken[key.value]} 行已经写过。",
                    f"“{key.value}” stands on line {taken[key.value]} already.",
                )
                problems.append(Problem("pack.key-twice", words, str(line)))
            elif isinstance(key, yaml.ScalarNode):
                taken[key.value] = line
    if problems:
        raise Refused(*problems)


def _check_values(node: yaml.Node | None, loader: Any) -> None:
    """Refuse what looks like a date and is none, such as 2026-02-30."""
    problems = []
    for scalar in _scalars(node):
        if scalar.tag != "tag:yaml.org,2002:timestamp":
            continue
        try:
            loader.construct_yaml_timestamp(scalar)
        except ValueError:
            words = Text(f"没有 {scalar.value} 这一天。", f"There is no such day as {scalar.value}.")
            problems.append(Problem("pack.no-such-day", words, str(scalar.start_mark.line + 1)))
    if problems:
        raise Refused(*problems)


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _scalars(value)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)


def _mappings(node: yaml.Node | None) -> Iterator[yaml.MappingNode]:
    if isinstance(node, yaml.MappingNode):
        yield node
        for _, value in node.value:
            yield from _mappings(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value)


def _not_yaml(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    # A character that YAML does not allow has no mark: that error counts characters.
    before = text.count("\n", 0, getattr(error, "position", 0)) if mark is None else mark.line
    line = before + 1
    return Problem(
        "pack.not-yaml",
        Text(f"第 {line} 行附近不是正确的 YAML。", f"This is not YAML, near line {line}."),
        str(line),
        next_step=Text("请检查缩进、引号和冒号。", "Check the indentation, the quotes and the colons."),
    )


def _find_line(node: yaml.Node, pointer: str) -> int:
    """Follow a pointer as far as it leads; ``a.b[2].c``, where keys may themselves hold dots."""
    line, rest = int(node.start_mark.line) + 1, pointer
    while rest:
        rest = rest.removeprefix(".")
        step = _step(node, rest)
        if step is None:
            named = _named(node, rest) if rest == pointer else None
            return line if named is None else _find_line(named, rest.partition(".")[2])
        node, line, rest = step
    return line


def _step(node: yaml.Node, rest: str) -> tuple[yaml.Node, int, str] | None:
    """Return the next node, its line and what is left of the pointer, or None when it leads nowhere."""
    index = _INDEX.match(rest)
    if index is not None and isinstance(node, yaml.SequenceNode):
        place = int(index.group(1))
        if place >= len(node.value):
            return None
        entry = node.value[place]
        return entry, entry.start_mark.line + 1, rest[index.end() :]
    if not isinstance(node, yaml.MappingNode):
        return None
    fits = [
        (key.value, key, value)
        for key, value in node.value
        if isinstance(key, yaml.ScalarNode) and re.match(rf"{re.escape(key.value)}($|[.\[])", rest)
    ]
    if not fits:
        return None
    word, key, value = max(fits, key=lambda fit: len(fit[0]))
    return value, key.start_mark.line + 1, rest[len(word) :]


def _named(node: yaml.Node, pointer: str) -> yaml.MappingNode | None:
    """Return the mapping whose ``id`` is the pointer's first word: questions are named so."""
    wanted = pointer.partition(".")[0]
    for mapping in _mappings(node):
        for key, value in mapping.value:
            if key.value == "id" and value.value == wanted:
                return mapping
    return None
