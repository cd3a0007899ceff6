"""Complaints: everything that is wrong with a pack's data, gathered while it is read, told at once."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from string import Formatter

from tongban.kernel.errors import Problem
from tongban.kernel.text import Text

TEXT_MAX = 500
"""Characters of one sentence in one language."""

FACT_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
SHORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LAW_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*#[0-9a-z]+([.-][0-9a-z]+)*")


@dataclass(slots=True)
class Complaints:
    """A growing list of problems, each with its pointer into the data.

    The ``read_`` methods return the value, or complain and return None; reading then goes on.

    Args:
        problems: so far.
        broken: derived facts already complained about, so that rows which use them are not blamed too.
        room: first part of every code; the catalogue reads its packs with these readings too.
    """

    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    room: str = "rules"

    def add(self, code: str, pointer: str, zh: str, en: str, next_step: Text | None = None) -> None:
        """Complain; ``code`` is the part after the room's name."""
        self.problems.append(Problem(f"{self.room}.{code}", Text(zh, en), pointer, next_step=next_step))

    def read_mapping(
        self, raw: object, pointer: str, required: Collection[str], optional: Collection[str] = ()
    ) -> Mapping[str, object] | None:
        """Return a mapping that has the required keys and no others than these and the optional ones."""
        if not isinstance(raw, Mapping):
            self.add("shape", pointer, "这里应为一组键值。", "A mapping of keys to values belongs here.")
            return None
        for key in required:
            if key not in raw:
                self.add("missing", _join(pointer, key), f"缺少“{key}”。", f"“{key}” is missing.")
        known = (*required, *optional)
        for key in raw:
            if not isinstance(key, str) or key not in known:
                self._add_strange(_join(pointer, str(key)), str(key), known)
        return raw

    def read_list(self, raw: object, pointer: str, most: int) -> list[object]:
        """Return a list of at most so many entries; an empty one after a complaint."""
        if not isinstance(raw, list | tuple):
            self.add("shape", pointer, "这里应为列表。", "A list belongs here.")
            return []
        if len(raw) > most:
            self.add(
                "too_many",
                pointer,
                f"有 {len(raw)} 项，最多 {most} 项。",
                f"{len(raw)} entries; at most {most} are read.",
            )
            return []
        return list(raw)

    def read_text(self, raw: object, pointer: str, places: Collection[str] = ()) -> Text | None:
        """Return a sentence in both languages; ``places`` are the ``{named}`` places it may have."""
        part = self.read_mapping(raw, pointer, ("zh", "en"))
        if part is None or "zh" not in part or "en" not in part:
            return None
        sound = [
            self._is_sentence(part[language], f"{pointer}.{language}", places) for language in ("zh", "en")
        ]
        return Text(str(part["zh"]), str(part["en"])) if all(sound) else None

    def read_matching(self, raw: object, pointer: str, pattern: re.Pattern[str], like: str) -> str | None:
        """Return a string of a given form; ``like`` is an example of it."""
        if isinstance(raw, str) and len(raw) <= TEXT_MAX and pattern.fullmatch(raw):
            return raw
        self.add("form", pointer, f"应写作如“{like}”的形式。", f"This should be written like “{like}”.")
        return None

    def read_yes_no(self, raw: object, pointer: str) -> bool | None:
        """Return true or false."""
        if isinstance(raw, bool):
            return raw
        self.add("shape", pointer, "这里应为 true 或 false。", "true or false belongs here.")
        return None

    def read_one_of(self, raw: object, pointer: str, known: Iterable[str]) -> str | None:
        """Return one of the known words."""
        words = tuple(known)
        if isinstance(raw, str) and raw in words:
            return raw
        self._add_strange(pointer, str(raw)[:TEXT_MAX], words)
        return None

    def _add_strange(self, pointer: str, word: str, known: Collection[str]) -> None:
        near = get_close_matches(word[:TEXT_MAX], known, n=1)
        listed = ", ".join(known)
        self.add(
            "strange",
            pointer,
            f"不认识“{word}”；这里可以写：{listed}。",
            f"“{word}” is not known; what may stand here: {listed}.",
            Text(f"是否想写“{near[0]}”？", f"Did you mean “{near[0]}”?") if near else None,
        )

    def _is_sentence(self, raw: object, pointer: str, places: Collection[str]) -> bool:
        if not isinstance(raw, str) or not raw.strip() or len(raw) > TEXT_MAX:
            self.add(
                "text",
                pointer,
                f"这里应为 1 至 {TEXT_MAX} 字的文字。",
                f"Words belong here, 1 to {TEXT_MAX} characters.",
            )
            return False
        if all(_is_place(name, extra, places) for name, extra in _places_of(raw)):
            return True
        listed = ", ".join(f"{{{place}}}" for place in places)
        self.add(
            "placeholder",
            pointer,
            f"花括号只能用于：{listed or '（此处不能用）'}。",
            f"Braces may only stand as: {listed or '(nowhere in this sentence)'}.",
        )
        return False


def _join(pointer: str, key: str) -> str:
    return f"{pointer}.{key}" if pointer else key


def _places_of(sentence: str) -> list[tuple[str, str]]:
    """Return the named places with whatever format or conversion is attached; ``{`` for a stray brace."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return [("{", "")]
    return [(name, f"{form or ''}{turn or ''}") for _, name, form, turn in parts if name is not None]


def _is_place(name: str, attached: str, places: Collection[str]) -> bool:
    return name in places and not attached
