"""What the example cases of every item show, played anew: rows, outcomes, what other zones answer."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tongban.domain.case.events import EvidenceAttached, EvidenceNotHeld
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.guard.gate import read_gate
from tongban.domain.rules.table import Mark
from tongban.kernel.ids import ItemId
from tongban.packs.examples import Played, play_example
from tongban.packs.load import PackCatalogue, list_packs, load_catalogue
from tongban.packs.parse_example import Example, read_examples
from tongban.packs.reading import Reading
from tools.describe_content import CONTENT, table

OUTCOMES = ("grant", "refer", "correct", "returned", "denied", "wait", "refused")
"""In the order of the table's columns; ``refused`` is a form that was not taken in."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One example with what came of it."""

    example: Example
    played: Played


@dataclass(frozen=True, slots=True)
class Covered:
    """One item with all its examples, played."""

    item: ServiceItem
    shown: tuple[Shown, ...]


@cache
def play_all() -> tuple[PackCatalogue, tuple[Covered, ...]]:
    """Every example of every pack, played once; a few seconds."""
    catalogue = load_catalogue(CONTENT)
    bases = {item.id: item for item in catalogue.items.values()}
    covered = [_play(pack, bases[ItemId(pack.name)], catalogue) for pack in list_packs(CONTENT)]
    return catalogue, tuple(covered)


def _play(pack: Path, item: ServiceItem, catalogue: PackCatalogue) -> Covered:
    examples = read_examples(pack, Reading(CONTENT))
    return Covered(item, tuple(Shown(one, play_example(one, item.id, catalogue)) for one in examples))


def compose_ways() -> str:
    """How each item is handled: procedure, separation of permits, and whether a machine may grant."""
    catalogue, covered = play_all()
    rows = [
        [
            f"[`{one.item.id}`](../content/items/{one.item.id}/README.md)",
            f"{one.item.title.zh} · {one.item.title.en}",
            one.item.regime,
            one.item.separation.mode if one.item.separation else "",
            _machine(one.item, catalogue),
            ", ".join(one.item.zones),
        ]
        for one in covered
    ]
    return table(
        ["folder", "事项 · item", "procedure", "separation", "may a machine grant?", "offered in"], rows
    )


def _machine(item: ServiceItem, catalogue: PackCatalogue) -> str:
    if item.is_cancelled:
        return "nothing to apply for"
    gate = read_gate(item, catalogue.get_regime(item.regime), catalogue.gate)
    if gate.is_automatable:
        return "yes"
    articles = ", ".join(
        f"`{key}`" for key in dict.fromkeys(k for row in gate.barred_by for k in row.grounds)
    )
    who = "decided by a simulated authority" if item.elsewhere is not None else "no"
    return f"{who}: {articles}"


def compose_coverage() -> str:
    """What the examples of each item show, counted as they came out."""
    _, covered = play_all()
    rows = [_row(one) for one in covered if one.shown]
    head = [
        "folder",
        "cases",
        "rows",
        "met",
        "unmet",
        *OUTCOMES,
        "other zone answers",
        "holds nothing",
        "away",
    ]
    return table(head, [*rows, _sum(rows)])


def _row(one: Covered) -> list[str]:
    criteria = [criterion.id for criterion in one.item.rules.criteria]
    seen = {(name, mark) for shown in one.shown for name, mark in (shown.played.marks or {}).items()}
    met, unmet = (sum((name, mark) in seen for name in criteria) for mark in (Mark.MET, Mark.UNMET))
    outcomes = Counter(_outcomes(one.shown))
    abroad = [str(count) if _asks_others(one.item) else "" for count in _count_abroad(one.shown)]
    numbers = (len(one.shown), len(criteria), met, unmet, *(outcomes[name] for name in OUTCOMES))
    return [f"`{one.item.id}`", *(str(number) for number in numbers), *abroad]


def _outcomes(shown: Iterable[Shown]) -> Iterator[str]:
    """Yield how each example ended, and once more that it was sent back on the way there."""
    for one in shown:
        yield one.played.outcome
        if one.played.corrected and one.played.outcome != "correct" and one.played.stage != "returned":
            yield "correct"


def _asks_others(item: ServiceItem) -> bool:
    return any(requirement.holder != "deciding" for requirement in item.evidence)


def _count_abroad(shown: Iterable[Shown]) -> tuple[int, int, int]:
    """Return in how many examples another zone answered with facts, held nothing, or was away."""
    answers = nothing = away = 0
    for one in shown:
        events = [recorded.event for recorded in one.played.history]
        home = one.example.decided_in
        answers += any(isinstance(e, EvidenceAttached) and e.holder not in (None, home) for e in events)
        nothing += any(isinstance(e, EvidenceNotHeld) and e.holder not in (None, home) for e in events)
        away += bool(one.example.away)
    return answers, nothing, away


def _sum(rows: list[list[str]]) -> list[str]:
    columns = list(zip(*rows, strict=True))[1:]
    return [f"all {len(rows)}", *(str(sum(int(cell or 0) for cell in column)) for column in columns)]
