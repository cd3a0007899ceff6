"""Check citations: each resolves and stands today, and no number of the law is written down twice."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from tongban.domain.case.commands import Command
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.law import LawBook, Limit
from tongban.domain.procedure import Regime
from tongban.domain.rules.table import Criterion
from tongban.kernel.text import Text
from tongban.packs import unwritten
from tongban.packs.reading import Reading

COMMANDS = tuple(kind.__name__ for kind in get_args(Command))
"""What can be asked of a case, by name."""
_ONE_KEY = ("source", "ground", "law", "fee_source", "own_word_suffices")
_MANY_KEYS = ("grounds", "legal_basis", "remedies")
_UNIT_WORDS = {"days": "calendar_day", "working days": "working_day", "months": "month", "years": "year"}
"""The unit a fact prints, and the unit in which a limit compared with it must be set."""


def check_citations(law: LawBook, on: date, reading: Reading) -> None:
    """Complain of every citation in the files read that does not resolve or does not stand on a day."""
    for path, source in reading.sources.items():
        if path.is_relative_to(reading.folder / "law"):
            continue
        for pointer, key in _citations(source.plain, ""):
            if key == unwritten.LAW:
                continue  # said already, by check_unwritten
            for problem in law.check(key, on, pointer):
                reading.add(problem, path)


def _citations(plain: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield every law key with its pointer, wherever the file has a slot for one."""
    if isinstance(plain, Mapping):
        for key, value in plain.items():
            here = f"{pointer}.{key}" if pointer else str(key)
            if key in _ONE_KEY and isinstance(value, str):
                yield here, value
            elif key in _MANY_KEYS and isinstance(value, list) and value and isinstance(value[0], str):
                yield from ((f"{here}[{place}]", str(one)) for place, one in enumerate(value))
            else:
                yield from _citations(value, here)
    elif isinstance(plain, list):
        for place, value in enumerate(plain):
            yield from _citations(value, f"{pointer}[{place}]")


def check_regimes(regimes: Mapping[str, Regime], law: LawBook, reading: Reading) -> None:
    """Complain of arrows for acts that do not exist, and of limits that their article does not set."""
    for path, source in reading.sources.items():
        is_regime = path.parent.name == "procedures" and isinstance(source.plain, dict)
        regime = regimes.get(str(source.plain.get("id"))) if is_regime else None
        if regime is None:
            continue
        for place, arrow in enumerate(regime.arrows):
            if arrow.command not in COMMANDS:
                listed = ", ".join(COMMANDS)
                words = (f"没有“{arrow.command}”这个动作。", f"There is no act called “{arrow.command}”.")
                known = Text(f"可以写：{listed}。", f"There are: {listed}.")
                reading.report(path, f"arrows[{place}].command", "unknown-act", *words, known)
        for name, limit in regime.limits.items():
            article = law.find(limit.source)
            if article is not None and Limit(limit.amount, limit.unit.value) not in article.limits.values():
                reading.report(
                    path,
                    f"limits.{name}.amount",
                    "law-differs",
                    f"{limit.source} 没有规定“{limit.in_words.zh}”的期限。",
                    f"{limit.source} sets no limit of {limit.in_words.en}.",
                )


def check_numbers(item: ServiceItem, pack: Path, law: LawBook, reading: Reading) -> None:
    """Complain of numbers that the law sets and the pack repeats, and of units that do not fit."""
    rules = reading.sources[pack / "rules.yaml"].plain
    for place, criterion in enumerate(item.rules.criteria):
        raw = rules["criteria"][place].get("value")
        _check_criterion(criterion, raw, f"criteria[{place}].value", item, pack / "rules.yaml", law, reading)
    manifest = reading.sources[pack / "item.yaml"].plain
    for place, row in enumerate(manifest.get("limits", {}).get("statutory", ())):
        if "amount" in row:
            reading.report(
                pack / "item.yaml",
                f"limits.statutory[{place}].amount",
                "law-repeated",
                "法定时限不能写成数字，应引用条文。",
                "A statutory limit is not written as a number; it refers to its article.",
                Text(
                    "写作 {since: 日期, law: 条文, limit: 名称}。",
                    "Write {since: date, law: key, limit: name}.",
                ),
                str(row.get("source", "")),
            )


def _check_criterion(
    criterion: Criterion,
    raw: Any,
    pointer: str,
    item: ServiceItem,
    path: Path,
    law: LawBook,
    reading: Reading,
) -> None:
    if isinstance(raw, Mapping):
        _check_unit(criterion, raw, pointer, item, path, law, reading)
        return
    article = law.find(criterion.source)
    if article is None or type(raw) is not int:
        return
    names = [name for name, limit in article.limits.items() if limit.amount == raw]
    names += [name for name, fen in article.amounts_fen.items() if fen == raw]
    if names:
        what = "limit" if names[0] in article.limits else "amount"
        reading.report(
            path,
            pointer,
            "law-repeated",
            f"{raw} 是 {article.key} 规定的数值，不能重写一遍。",
            f"{raw} is the number that {article.key} sets; it is not written a second time.",
            Text(
                f"写作 {{law: {article.key}, {what}: {names[0]}}}。",
                f"Write {{law: {article.key}, {what}: {names[0]}}}.",
            ),
            article.key,
        )


def _check_unit(
    criterion: Criterion,
    raw: Mapping[str, Any],
    pointer: str,
    item: ServiceItem,
    path: Path,
    law: LawBook,
    reading: Reading,
) -> None:
    """A fact that counts working days is not compared with a limit in years."""
    cited = law.find(str(raw.get("law", "")))
    limit = cited.limits.get(str(raw.get("limit", ""))) if cited else None
    unit = item.rules.types[criterion.condition.fact].unit
    if limit is not None and unit is not None and _UNIT_WORDS.get(unit.en) != limit.unit:
        reading.report(
            path,
            pointer,
            "law-unit",
            f"{criterion.condition.fact} 以“{unit.zh}”计，条文的期限却以 {limit.unit} 计。",
            f"{criterion.condition.fact} counts {unit.en}; the article's limit is set in {limit.unit}.",
        )
