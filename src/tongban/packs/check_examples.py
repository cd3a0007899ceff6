"""Check the examples: each comes out as it says, and together they show every row and every outcome."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from tongban.domain.case.events import Event
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.parse_kind import kind_facts
from tongban.domain.procedure import Regime
from tongban.domain.rules.facts import Unknown, reading_for
from tongban.domain.rules.table import Mark
from tongban.kernel.errors import Fault, NotFound, Refused
from tongban.kernel.text import Text
from tongban.packs.examples import Played, play_example
from tongban.packs.load import PackCatalogue
from tongban.packs.parse_example import Example, Expected, read_examples
from tongban.packs.reading import Reading

EVENT_NAMES = tuple(kind.__name__ for kind in Event.__args__)
_WORDS_OF_OUTCOME = {
    "grant": ("准予", "granted"),
    "correct": ("一次告知补正", "sent back with one list of corrections"),
    "returned": ("退回材料", "given back with one list"),
    "denied": ("有权机关不予", "refused by the authority that decides"),
    "refer": ("转人工", "handed to a person"),
}


def check_examples(
    item: ServiceItem, pack: Path, catalogue: PackCatalogue, reading: Reading
) -> tuple[Example, ...]:
    """Play every example of a pack; complain of what comes out otherwise, and of what no example shows."""
    examples = read_examples(pack, reading)
    played = [_play(example, item, catalogue, reading) for example in examples]
    sound = [one for one in played if one is not None]
    if len(sound) == len(list((pack / "cases").glob("*.yaml"))):
        # Else what seems to be missing may only be in an example that is broken.
        _check_coverage(item, catalogue.get_regime(item.regime), pack, sound, reading)
    return examples


def _play(example: Example, item: ServiceItem, catalogue: PackCatalogue, reading: Reading) -> Played | None:
    """Return what came of an example, or None after complaining of it."""
    before = len(reading.problems)
    _check_names(example, item, catalogue, reading)
    if len(reading.problems) > before:
        return None
    try:
        played = play_example(example, item.id, catalogue)
    except (Refused, NotFound, Fault, LookupError) as error:
        words = (f"这个例子走不下去：{error}。", f"This example cannot go on: {error}.")
        reading.report(example.path, "", "example-stopped", *words)
        return None
    differences = tuple(compare(example.then, played))
    if differences:
        _report_differences(example, differences, reading)
    return None if differences else played


@dataclass(frozen=True, slots=True)
class Difference:
    """One key of ``then`` that came out otherwise."""

    key: str
    wanted: object
    came: object


def compare(then: Expected, played: Played) -> Iterator[Difference]:
    """Yield every key of ``then`` that is not as it says; keys left out are not compared."""
    for part in fields(then):
        wanted, came = getattr(then, part.name), getattr(played, part.name)
        if wanted is not None and wanted != came:
            yield Difference(part.name, wanted, came)


def _report_differences(example: Example, differences: Sequence[Difference], reading: Reading) -> None:
    rows = [(one.key, _shown(one.wanted), _shown(one.came)) for one in differences]
    zh = "；".join(f"“{key}”写的是 {wanted}，实际是 {came}" for key, wanted, came in rows)
    en = "; ".join(f"“{key}” should be {wanted} and comes out as {came}" for key, wanted, came in rows)
    next_step = Text(
        "核对规则和例子，哪一个错了改哪一个。", "Compare the rules with the example; mend what is wrong."
    )
    reading.report(example.path, f"then.{rows[0][0]}", "example-differs", f"{zh}。", f"{en}.", next_step)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_shown(part) for part in value)}]"
    return str(value)


def _check_names(example: Example, item: ServiceItem, catalogue: PackCatalogue, reading: Reading) -> None:
    """Complain of zones, kinds, facts, questions, criteria and events that an example makes up."""
    questions = [question.id for question in item.form.questions]
    criteria = [criterion.id for criterion in item.rules.criteria]
    wrong: list[tuple[str, str, Sequence[str]]] = [
        ("received_in", example.received_in, [*catalogue.zones]),
        ("decided_in", example.decided_in, [*item.zones]),
        *(("away", zone, [*catalogue.zones, *catalogue.authorities]) for zone in example.away),
        *((f"answers.{name}", name, questions) for name in example.answers),
        *((f"corrections.{name}", name, questions) for name in example.corrections),
        *(("then.unmet", name, criteria) for name in example.then.unmet),
        *(("then.unknown", name, criteria) for name in example.then.unknown),
        *(("then.events", name, EVENT_NAMES) for name in example.then.events),
    ]
    for pointer, word, known in wrong:
        if word not in known:
            listed = ", ".join(known)
            reading.report(
                example.path, pointer, "strange", f"不认识“{word}”。", f"“{word}” is not known.",
                Text(f"可以写：{listed}。", f"What may stand here: {listed}."),
            )  # fmt: skip
    _check_held(example, catalogue, reading)


def _check_held(example: Example, catalogue: PackCatalogue, reading: Reading) -> None:
    for held in example.held:
        pointer = f"zones_hold.{held.zone}"
        kind = catalogue.kinds.get(held.kind)
        if held.zone not in catalogue.zones or kind is None:
            words = (f"没有 {held.zone} 的“{held.kind}”。", f"There is no “{held.kind}” in {held.zone}.")
            reading.report(example.path, pointer, "strange", *words)
            continue
        types = kind_facts(kind)
        for name, value in held.facts.items():
            fact_type = types.get(f"evidence.{kind.id}.{name}")
            if fact_type is None or reading_for(fact_type)(value) is Unknown.UNREADABLE:
                wanted = "" if fact_type is None else f" ({fact_type.kind.value})"
                reading.report(
                    example.path,
                    pointer,
                    "undeclared-fact",
                    f"“{kind.id}”没有这样的“{name}”{wanted}。",
                    f"“{kind.id}” carries no such “{name}”{wanted}.",
                )


def _wanted_outcomes(item: ServiceItem, regime: Regime) -> Iterator[str]:
    """Yield the outcomes that a pack's examples must show, as its procedure has them."""
    if item.rules.may_grant or item.elsewhere is not None:
        yield "grant"
    if regime.has_act("RequestCorrection"):
        yield "correct"
    if regime.has_act("Return"):
        yield "returned"
    yield "denied" if item.elsewhere is not None else "refer"


def _check_coverage(
    item: ServiceItem, regime: Regime, pack: Path, played: Sequence[Played], reading: Reading
) -> None:
    """Every row is met once and unmet once, and every outcome comes up."""
    seen: Mapping[str, set[Mark]] = {criterion.id: set() for criterion in item.rules.criteria}
    for one in played:
        for name, mark in (one.marks or {}).items():
            seen[name].add(mark)
    for place, criterion in enumerate(item.rules.criteria):
        for mark, says_zh, says_en in ((Mark.MET, "符合", "met"), (Mark.UNMET, "不符合", "not met")):
            if mark not in seen[criterion.id]:
                reading.report(
                    pack / "rules.yaml",
                    f"criteria[{place}]",
                    f"never-{mark.value}",
                    f"没有一个例子“{says_zh}”这一条：{criterion.id}。",
                    f"In no example is this row {says_en}: {criterion.id}.",
                    Text("在 cases 里加一个例子。", "Add an example to cases."),
                )
    shown = {one.outcome for one in played}
    shown |= {"correct" for one in played if one.corrected and one.stage != "returned"}
    for outcome in _wanted_outcomes(item, regime):
        if outcome not in shown:
            zh, en = _WORDS_OF_OUTCOME[outcome]
            reading.report(
                pack / "item.yaml",
                "id",
                f"never-{outcome}",
                f"没有一个例子以“{zh}”结束。",
                f"No example is {en}.",
                Text("在 cases 里加一个例子。", "Add an example to cases."),
            )
