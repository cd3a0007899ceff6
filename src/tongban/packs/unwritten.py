"""Places in a pack that its author has still to write, as `tongban new item` marks them."""

from collections.abc import Iterator, Mapping
from typing import Any

from tongban.kernel.text import Text
from tongban.packs.reading import Reading

WORDS = ("待写", "TO WRITE", "to-write")
"""Any text with one of these in it is unfinished."""
LAW = "to-write#1"
"""Stands where an article must be cited; no act bears this name."""


def check_unwritten(reading: Reading) -> None:
    """Complain of every place in the item packs that is still to be written, once for each."""
    for path, source in reading.sources.items():
        if path.is_relative_to(reading.folder / "items"):
            for pointer in _unwritten(source.plain, ""):
                reading.report(
                    path,
                    pointer,
                    "unwritten",
                    "这里还没有写。",
                    "This is still to be written.",
                    Text("写好后去掉“待写”“TO WRITE”。", "Write it, and take the mark out."),
                )


def _unwritten(plain: Any, pointer: str) -> Iterator[str]:
    """Yield the pointer of every marked place; both languages of one text are one place."""
    if isinstance(plain, str):
        if any(word in plain for word in WORDS):
            yield pointer
    elif isinstance(plain, Mapping):
        if set(plain) == {"zh", "en"}:
            yield from [pointer] if any(True for one in plain.values() for _ in _unwritten(one, "")) else []
            return
        for key, value in plain.items():
            yield from _unwritten(value, f"{pointer}.{key}" if pointer else str(key))
    elif isinstance(plain, list):
        for place, value in enumerate(plain):
            yield from _unwritten(value, f"{pointer}[{place}]")
