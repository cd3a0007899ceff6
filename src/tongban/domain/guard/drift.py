"""Whether decisions of late differ from those before by more than chance explains; tested exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from tongban.domain.guard.bound import log_choose
from tongban.domain.guard.tally import OUTCOME
from tongban.kernel.text import Text

_SAME = 1 + 1e-9
"""Two tables as likely as each other differ by rounding only."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One value that comes up more or less often than before.

    Args:
        before_hits, before_cases: how often among the decisions of the reference.
        now_hits, now_cases: how often among those of the block.
        chance: probability of a difference as large by chance alone, times the number of comparisons made.
    """

    feature: str
    value: str
    before_hits: int
    before_cases: int
    now_hits: int
    now_cases: int
    chance: float

    @property
    def says(self) -> Text:
        """The shift in words."""
        return _SHIFTED.fill(
            what_zh=_name(self.feature, self.value).zh,
            what_en=_name(self.feature, self.value).en,
            before=_percent(self.before_hits, self.before_cases),
            now=_percent(self.now_hits, self.now_cases),
        )


def find_shifts(
    before: Mapping[str, Mapping[str, int]],
    before_cases: int,
    now: Mapping[str, Mapping[str, int]],
    now_cases: int,
    false_alarm: float,
) -> tuple[Shift, ...]:
    """Compare every value of a block with the reference; return those that moved, the least likely first.

    Fisher's exact test for each value, Bonferroni over all of them: if nothing has changed, a block brings
    any alarm at all with a probability of at most ``false_alarm``. Blocks do not overlap and each is tested
    once, when it is full, so looking often does not alarm more often.

    Source: Fisher, Statistical Methods for Research Workers (1934) section 21.02; Dunn, JASA 56 (1961) 52-64.
    """
    pairs = [
        (feature, value)
        for feature in sorted({*before, *now})
        for value in sorted({*before.get(feature, {}), *now.get(feature, {})})
    ]
    shifts = []
    for feature, value in pairs:
        hits_then = before.get(feature, {}).get(value, 0)
        hits_now = now.get(feature, {}).get(value, 0)
        chance = fisher(hits_then, before_cases, hits_now, now_cases) * len(pairs)
        if chance < false_alarm:
            shifts.append(Shift(feature, value, hits_then, before_cases, hits_now, now_cases, chance))
    return tuple(sorted(shifts, key=lambda shift: shift.chance))


def fisher(hits: int, cases: int, other_hits: int, other_cases: int) -> float:
    """Return the two-sided probability of Fisher's exact test for two shares.

    Every division of the same hits that is no more likely than the one seen is summed.
    """
    if not (0 <= hits <= cases and 0 <= other_hits <= other_cases):
        raise ValueError("more hits than cases")
    together, all_cases = hits + other_hits, cases + other_cases
    if together in (0, all_cases):
        return 1.0
    ways = log_choose(all_cases, together)

    def likelihood(first: int) -> float:
        return exp(log_choose(cases, first) + log_choose(other_cases, together - first) - ways)

    least, most = max(0, together - other_cases), min(cases, together)
    seen = likelihood(hits) * _SAME
    return min(1.0, sum(p for p in map(likelihood, range(least, most + 1)) if p <= seen))


def _percent(hits: int, cases: int) -> str:
    return f"{hits / cases * 100:.1f}%" if cases else "–"


def _name(feature: str, value: str) -> Text:
    """Say what was counted."""
    if feature == OUTCOME:
        return _OUTCOMES.get(value, Text(value, value))
    kind, _, name = feature.partition(":")
    if kind == "criterion":
        mark = _MARKS.get(value, Text(value, value))
        return Text(f"条件 {name}：{mark.zh}", f"criterion {name}: {mark.en}")
    fact, _, code = name.partition("=")
    shown = code or value
    return Text(f"事实 {fact}：{shown}", f"fact {fact}: {shown}")


_OUTCOMES = {
    "grant": Text("系统准予", "granted by the machine"),
    "refer": Text("转人工", "handed to a person"),
}
_MARKS = {
    "met": Text("满足", "met"),
    "unmet": Text("不满足", "not met"),
    "unknown": Text("无法确认", "unknown"),
    "not_applicable": Text("不适用", "does not apply"),
}
_SHIFTED = Text("{what_zh}：由 {before} 变为 {now}", "{what_en}: was {before}, is now {now}")
