"""What is counted of decisions: outcomes, marks, and into which coarse value each fact fell. Nobody in it."""

from collections.abc import Iterator, Mapping
from datetime import date

from tongban.domain.rules.evaluate import Assessment
from tongban.domain.rules.facts import TODAY, Kind, Seen, Unknown
from tongban.domain.rules.table import RuleTable

Counts = dict[str, dict[str, int]]
"""Feature to value to how many decisions had it."""

OUTCOME = "outcome"


def tally(assessment: Assessment, table: RuleTable) -> Iterator[tuple[str, str]]:
    """Return every feature of one decision with the value it had.

    Numbers and dates fall into powers of two, texts are only known or not: what is counted names nobody and
    gives nobody's number (pipl-2021#6).
    """
    yield OUTCOME, assessment.outcome.value
    for row, mark in zip(assessment.rows, assessment.marks, strict=True):
        yield f"criterion:{row.criterion}", mark.value
    today = assessment.seen.get(TODAY)
    for name, value in assessment.seen.items():
        if name != TODAY and name in table.types:
            yield from _fact(name, value, table.types[name].kind, today)


def add(counts: Counts, features: Iterator[tuple[str, str]]) -> None:
    """Count one decision in place."""
    for feature, value in features:
        of_feature = counts.setdefault(feature, {})
        of_feature[value] = of_feature.get(value, 0) + 1


def merge(parts: Iterator[Mapping[str, Mapping[str, int]]]) -> Counts:
    """Return the counts of several blocks together."""
    whole: Counts = {}
    for part in parts:
        for feature, values in part.items():
            of_feature = whole.setdefault(feature, {})
            for value, count in values.items():
                of_feature[value] = of_feature.get(value, 0) + count
    return whole


def _fact(name: str, value: Seen, kind: Kind, today: Seen | None) -> Iterator[tuple[str, str]]:
    feature = f"fact:{name}"
    if isinstance(value, Unknown):
        yield feature, value.value
        return
    if isinstance(value, tuple):
        yield feature, "known"
        for code in value:
            yield f"{feature}={code}", "yes"
        return
    yield feature, _coarse(value, kind, today)


def _coarse(value: str | int | bool | date, kind: Kind, today: Seen | None) -> str:
    match kind:
        case Kind.YES_NO:
            return "yes" if value else "no"
        case Kind.CHOICE:
            return str(value)
        case Kind.WHOLE_NUMBER | Kind.MONEY_FEN if isinstance(value, int):
            return _power(value)
        case Kind.DATE if isinstance(value, date) and isinstance(today, date):
            return f"{_power((value - today).days)} days from today"
    return "known"


def _power(number: int) -> str:
    """Return the power of two below which a number lies, with its sign."""
    sign = "-" if number < 0 else ""
    return f"{sign}<{1 << abs(number).bit_length()}"
