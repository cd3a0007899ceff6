"""Lines of the demonstration on a terminal: when, what, and the sentences below it, in both languages."""

import time
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime

Words = Mapping[str, str]
"""A sentence as the API sends it: ``zh`` and ``en``."""

_INDENT = " " * 11
_RULE = "─" * 96


def words(zh: str, en: str) -> Words:
    """Return a sentence."""
    return {"zh": zh, "en": en}


def width_of(text: str) -> int:
    """Return how many columns a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int) -> str:
    """Return a text with blanks up to so many columns."""
    return text + " " * max(0, columns - width_of(text))


class Telling:
    """Prints what happens, with the seconds since it began."""

    def __init__(self) -> None:
        self._began, self._began_at = time.monotonic(), time.time()

    def elapsed(self) -> float:
        """Return seconds since the beginning."""
        return time.monotonic() - self._began

    def title(self, said: Words) -> None:
        """Print a heading."""
        print(f"{_RULE}\n  {said['zh']}\n  {said['en']}\n{_RULE}")
        print(f"  {pad('秒 s', 8)} 发生了什么 What happened\n")

    def step(
        self, said: Words, details: Iterable[Words] = (), *, at: datetime | None = None, source: str = ""
    ) -> None:
        """Print a step: seconds, what, its article, and sentences below.

        Args:
            at: when it happened, if not just now.
        """
        seconds = self.elapsed() if at is None else at.timestamp() - self._began_at
        law = f"  〔{source}〕" if source else ""
        print(f"  {max(0.0, seconds):7.3f}  {said['zh']} · {said['en']}{law}")
        for detail in details:
            self.detail(detail)

    def detail(self, said: Words) -> None:
        """Print a sentence below a step; what reads the same in both languages comes once."""
        print(f"{_INDENT}{said['zh']}", flush=True)
        if said["en"] != said["zh"]:
            print(f"{_INDENT}{said['en']}", flush=True)

    def mark(self, sign: str, said: Words, source: str = "") -> None:
        """Print a line of a list: a sign, a sentence in both languages, an article."""
        law = f"  〔{source}〕" if source else ""
        print(f"{_INDENT}{sign} {said['zh']}{law}\n{_INDENT}  {said['en']}", flush=True)

    def end(self, said: Words) -> None:
        """Print the last line."""
        print(f"{_RULE}\n  {said['zh']}\n  {said['en']}\n{_RULE}", flush=True)
