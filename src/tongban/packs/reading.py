"""Reading goes on: what is wrong with one file is kept, with its line, and the next file is read."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tongban.domain.law import LawBook, Limit
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.packs.sources import Source, read_source

_IN_FILE = re.compile(r"((?:[\w-]+/)?[\w.-]+\.yaml):?(.*)", re.DOTALL)
_LIMIT, _AMOUNT, _DATED = {"law", "limit"}, {"law", "amount"}, {"since", "law", "limit"}


def _once(problems: tuple[Problem, ...]) -> list[Problem]:
    """Leave out what only follows: a missing key is of no wrong form, a shapeless file has no keys."""
    absent = {problem.pointer for problem in problems if problem.code.endswith(".missing")}
    shapeless = {_part(one)[0] for one in problems if one.code.endswith(".shape") and not _part(one)[1]}
    return [
        problem
        for problem in problems
        if (problem.code.endswith(".missing") or problem.pointer not in absent)
        and (
            _part(problem)[0] not in shapeless or (problem.code.endswith(".shape") and not _part(problem)[1])
        )
    ]


def _part(problem: Problem) -> tuple[str, str]:
    """Take a pointer apart into its file, if it names one, and the place in it."""
    named = _IN_FILE.fullmatch(problem.pointer)
    return ("", problem.pointer) if named is None else (named.group(1), named.group(2))


class Reading:
    """Reads the files of a content folder one after the other, and keeps everything that is wrong."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.sources: dict[Path, Source] = {}

    def files(self, pattern: str) -> list[Path]:
        """Return the files of a pattern, in order of name."""
        return sorted(self.folder.glob(pattern))

    def read(self, path: Path, parse: Callable[[Any, str], Any]) -> Any:
        """Read one file through its parser; None when anything is wrong with it."""
        plain = self.read_plain(path)
        return None if plain is None else self.attempt(lambda: parse(plain, path.name), path)

    def read_plain(self, path: Path) -> Any:
        """Return a file's plain value, or None after keeping what is wrong with it."""
        try:
            source = read_source(path, self.folder)
        except Refused as refused:
            for problem in refused.problems:
                line = f":{problem.pointer}" if problem.pointer else ""
                self.problems.append(replace(problem, pointer=f"{self._place(path)}{line}"))
            return None
        self.sources[path] = source
        if source.plain is None:
            self.report(path, "", "empty", "文件是空的。", "The file is empty.")
        return source.plain

    def attempt(self, act: Callable[[], Any], path: Path) -> Any:
        """Return what an act returns, or None after keeping the problems it was refused for."""
        try:
            return act()
        except Refused as refused:
            for problem in _once(refused.problems):
                self.add(problem, path)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            # Not every parser looks at the shape of everything; what it trips over is a fault of the file.
            what = f"{type(error).__name__}: {error}"
            self.report(
                path, "", "malformed", f"文件结构不对：{what}。", f"The file has a wrong shape: {what}."
            )
        return None

    def report(
        self,
        path: Path,
        pointer: str,
        code: str,
        zh: str,
        en: str,
        next_step: Text | None = None,
        source: str = "",
    ) -> None:
        """Keep one problem of a file; ``code`` is the part after ``pack.``."""
        self.add(Problem(f"pack.{code}", Text(zh, en), pointer, source, next_step), path)

    def add(self, problem: Problem, path: Path) -> None:
        """Keep a problem, its pointer led by file and line: ``items/x/rules.yaml:23 criteria[3].op``."""
        named = _IN_FILE.fullmatch(problem.pointer)
        inner = problem.pointer
        if named is not None:
            path, inner = (path if path.is_dir() else path.parent) / named.group(1), named.group(2)
        self.problems.append(replace(problem, pointer=self._locate(path, inner)))

    def _locate(self, path: Path, inner: str) -> str:
        source = self.sources.get(path)
        if source is None:
            return f"{self._place(path)} {inner}".strip()
        return f"{self._place(path)}:{source.line_of(inner)} {inner}".strip()

    def _place(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def with_law(self, plain: Any, law: LawBook, path: Path, pointer: str = "") -> Any:
        """Put the law's own numbers where a file refers to them.

        ``{law: key, limit: name}`` becomes the number, ``{law: key, amount: name}`` the fen, and a row
        ``{since: date, law: key, limit: name}`` a dated limit with its unit and source.
        """
        if isinstance(plain, list):
            return [
                self.with_law(value, law, path, f"{pointer}[{place}]") for place, value in enumerate(plain)
            ]
        if not isinstance(plain, dict):
            return plain
        if set(plain) in (_LIMIT, _DATED):
            limit = self._find_limit(plain, law, path, pointer)
            if set(plain) == _LIMIT:
                return limit.amount
            row = {"since": plain["since"], "amount": limit.amount, "unit": limit.unit}
            return {**row, "source": str(plain["law"])}
        if set(plain) == _AMOUNT:
            return self._find_amount(plain, law, path, pointer)
        return {
            key: self.with_law(value, law, path, f"{pointer}.{key}" if pointer else str(key))
            for key, value in plain.items()
        }

    def _find_limit(self, plain: dict[str, Any], law: LawBook, path: Path, pointer: str) -> Limit:
        article = law.find(str(plain["law"]))
        limit = article.limits.get(str(plain["limit"])) if article else None
        if limit is None:
            self._report_unknown(plain, "limit", list(article.limits) if article else [], path, pointer)
        # The stand-in goes no further: an item with a problem is not used.
        return limit or Limit(1, "working_day")

    def _find_amount(self, plain: dict[str, Any], law: LawBook, path: Path, pointer: str) -> int:
        article = law.find(str(plain["law"]))
        amount = article.amounts_fen.get(str(plain["amount"])) if article else None
        if amount is None:
            self._report_unknown(plain, "amount", list(article.amounts_fen) if article else [], path, pointer)
        return amount or 1

    def _report_unknown(
        self, plain: dict[str, Any], what: str, known: list[str], path: Path, pointer: str
    ) -> None:
        listed = ", ".join(known)
        self.report(
            path,
            f"{pointer}.{what}" if pointer else what,
            f"unknown-{what}",
            f"{plain['law']} 没有名为“{plain[what]}”的数值。",
            f"{plain['law']} has no {what} called “{plain[what]}”.",
            Text(f"可以写：{listed}。", f"It has: {listed}.") if listed else None,
        )
