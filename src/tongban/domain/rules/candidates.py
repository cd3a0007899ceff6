"""Candidates: the values of a fact that are worth trying; between them nothing is decided otherwise.

A comparison asks of a number or a day only on which side of another it lies, of words only whether they are
others', of choices only what is among them. So the values at which something turns, those beside them, and
one that is nobody's are enough. Words never become blank: nobody is told to say nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, product

from tongban.domain.rules.derive import Derivation, How, date_after
from tongban.domain.rules.facts import TODAY, FactType, Kind, Seen, Unknown, Value
from tongban.domain.rules.operators import Condition, FactRef
from tongban.domain.rules.table import RuleTable, facts_of

OTHERS = ("\ue000", "\ue001", "\ue002")
"""Words that are nobody's, each other's neither: stand for any others than those compared with."""

SUBSETS_OF_MAX = 8
"""Choices with no more codes than this are tried in every combination."""
POOL_MAX = 2_000
"""Values of one fact that are tried at most."""

_BESIDE = (0, -1, 1)


class Candidates:
    """The values worth trying for the facts of one table; what only the table says is worked out once."""

    def __init__(self, table: RuleTable) -> None:
        self._table = table
        self._kin: dict[str, frozenset[str]] = {}
        self._constants: dict[str, tuple[object, ...]] = {}
        self._sums = {one.fact: one for one in table.derivations if one.how is How.SUM}

    def list_for(self, fact: str, seen: Mapping[str, Seen]) -> list[Value]:
        """Return values to try for a fact while the others are as seen, nearest first, without its own."""
        fact_type, own = self._table.types[fact], seen[fact]
        match fact_type.kind:
            case Kind.YES_NO:
                pool: Iterable[Value] = (True, False)
            case Kind.CHOICE:
                pool = fact_type.allowed
            case Kind.CHOICES:
                pool = self._choices(fact, fact_type, seen)
            case Kind.TEXT:
                pool = (*(words for words in self._words(fact, seen) if words.strip()), *OTHERS)
            case Kind.DATE:
                pool = self._days(fact, seen)
            case Kind.WHOLE_NUMBER | Kind.MONEY_FEN:
                bounds = (fact_type.at_least, fact_type.at_most)
                numbers = (*self._numbers(fact, seen), *(one for one in bounds if one is not None))
                pool = (one for one in numbers if fact_type.takes(one))
        values = [value for value in dict.fromkeys(pool) if not _is_own(value, own)]
        return sorted(values, key=lambda value: _distance(value, own))[:POOL_MAX]

    def _compared(self, fact: str, seen: Mapping[str, Seen]) -> Iterator[object]:
        """Yield the constants and the known values that a fact is compared with, directly or over others."""
        if fact not in self._kin:
            kin = _kin(fact, self._table)
            self._kin[fact] = frozenset(kin)
            steps = [number for d in self._table.derivations if d.fact in kin for number in d.numbers]
            self._constants[fact] = tuple(dict.fromkeys((*_constants(kin, self._table), *steps)))
        yield from self._constants[fact]
        yield from _known(self._kin[fact], seen)

    def _words(self, fact: str, seen: Mapping[str, Seen]) -> Iterator[str]:
        for value in self._compared(fact, seen):
            if isinstance(value, str):
                yield value
            elif isinstance(value, tuple):
                yield from value

    def _choices(self, fact: str, fact_type: FactType, seen: Mapping[str, Seen]) -> Iterator[tuple[str, ...]]:
        """Yield every combination of few codes; of many, those that lists and other facts lead to."""
        codes = fact_type.allowed or tuple(dict.fromkeys((*self._words(fact, seen), *OTHERS)))
        if len(codes) <= SUBSETS_OF_MAX:
            for size in range(len(codes) + 1):
                yield from combinations(codes, size)
            return
        own = seen[fact]
        start = frozenset(own) if isinstance(own, tuple) else frozenset()
        lists = _lists(fact, self._table)
        lists += [frozenset(value) for value in self._compared(fact, seen) if isinstance(value, tuple)]
        made = {start, *lists, *(frozenset((code,)) for code in codes)}
        for _ in range(2):
            pairs = ((left, right) for left in list(made)[:POOL_MAX] for right in lists)
            made |= {one for a, b in pairs for one in (a | b, a & b, a - b)}
        for one in sorted(made, key=lambda chosen: (len(chosen ^ start), sorted(chosen))):
            yield tuple(code for code in codes if code in one)

    def _numbers(self, fact: str, seen: Mapping[str, Seen]) -> Iterator[int]:
        yield from (0, 1)
        for value in self._compared(fact, seen):
            if type(value) is int:
                yield from (value + step for step in _BESIDE)
            elif isinstance(value, tuple):
                yield len(value)
        yield from (value for value in self._rests(fact, seen) if value >= 0)

    def _rests(self, fact: str, seen: Mapping[str, Seen]) -> Iterator[int]:
        """Yield what a summand would have to be for its sum to reach a compared number, and those beside."""
        for one in self._table.derivations:
            others = [seen.get(name) for name in one.inputs if name != fact]
            known = [value for value in others if type(value) is int]
            times = len(one.inputs) - len(others)
            if one.how is not How.SUM or not times or len(known) < len(others):
                continue
            reached = [value for value in self._compared(fact, seen) if type(value) is int]
            for value in dict.fromkeys((*reached, *self._rests(one.fact, seen))):
                yield from ((value - sum(known)) // times + step for step in _BESIDE)
        yield from self._shares(fact, seen)

    def _shares(self, fact: str, seen: Mapping[str, Seen]) -> Iterator[int]:
        """Yield what a fact would have to be that counts several times, in a sum and in a sum of that sum."""
        reached = [value for value in self._compared(fact, seen) if type(value) is int]
        for one in self._table.derivations:
            for times, rest in self._read_sum(one.fact, fact, seen):
                if times > 1:
                    yield from ((value - rest) // times + step for value in reached for step in _BESIDE)

    def _read_sum(self, name: str, fact: str, seen: Mapping[str, Seen]) -> Iterator[tuple[int, int]]:
        """Yield how often a fact counts in a value, and what the rest is; a capped sum may be its cap."""
        summed = self._sums.get(name)
        if name == fact:
            yield 1, 0
        elif summed is None:
            value = seen.get(name)
            if type(value) is int:
                yield 0, value
        else:
            for parts in product(*(tuple(self._read_sum(part, fact, seen)) for part in summed.inputs)):
                yield sum(times for times, _ in parts), sum(rest for _, rest in parts)
            yield from ((0, most) for most in summed.numbers)

    def _days(self, fact: str, seen: Mapping[str, Seen]) -> Iterator[date]:
        compared = (*self._compared(fact, seen), seen.get(TODAY), date.min)
        days = dict.fromkeys(value for value in compared if type(value) is date)
        numbers = sorted({value for value in compared if type(value) is int})
        units = {_unit_of(d) for d in self._table.derivations if d.fact in self._kin[fact]} - {""}
        for day in days:
            for shifted in dict.fromkeys((day, *_shifted(day, numbers, units))):
                yield from (one for step in _BESIDE if (one := _add_days(shifted, step)) is not None)


def _is_own(value: Value, own: Seen) -> bool:
    if type(value) is tuple and type(own) is tuple:
        return set(value) == set(own)
    return type(value) is type(own) and value == own


def _distance(value: Value, own: Seen) -> int:
    """Return how far a value lies from the fact's own, on whatever scale its kind has."""
    match value, own:
        case tuple(), tuple():
            return len(set(value) ^ set(own))
        case tuple(), _:
            return len(value)
        case date(), date():
            return abs((value - own).days)
        case str(), _:
            return int(value in OTHERS)
        case int(), int():
            return abs(value - own)
    return 0


def _conditions(table: RuleTable) -> Iterator[Condition]:
    for row in table.criteria:
        yield row.condition
        if row.when is not None:
            yield row.when


def _kin(fact: str, table: RuleTable) -> set[str]:
    """Return every fact that is compared with this one, directly, over others, or by derivation."""
    kin = {fact}
    links = [set(facts_of(condition)) for condition in _conditions(table)]
    links += [{derivation.fact, *derivation.inputs} for derivation in table.derivations]
    grows = True
    while grows:
        size = len(kin)
        for link in links:
            if link & kin:
                kin |= link
        grows = len(kin) > size
    return kin


def _constants(kin: set[str], table: RuleTable) -> Iterator[object]:
    """Yield the constants that the kin are compared with."""
    for condition in _conditions(table):
        value = condition.value
        if condition.fact in kin and value is not None and not isinstance(value, FactRef):
            yield from value if isinstance(value, tuple) else (value,)


def _known(kin: frozenset[str], seen: Mapping[str, Seen]) -> Iterator[Value]:
    for name in sorted(kin):
        value = seen.get(name, Unknown.NOT_PROVIDED)
        if not isinstance(value, Unknown):
            yield value


def _lists(fact: str, table: RuleTable) -> list[frozenset[str]]:
    """Return the lists of codes that a fact, or one compared with it, is held against."""
    kin = _kin(fact, table)
    values = (c.value for c in _conditions(table) if c.fact in kin)
    return [frozenset(str(code) for code in value) for value in values if isinstance(value, tuple)]


def _unit_of(derivation: Derivation) -> str:
    """Return the unit in which a derived fact counts on from a day, or nothing."""
    if derivation.how is How.DATE_AFTER:
        return derivation.fields[0]
    return _UNITS.get(derivation.how, "")


_UNITS: Mapping[How, str] = {
    How.DAYS_BETWEEN: "day",
    How.DAYS_UNTIL: "day",
    How.MONTHS_BETWEEN: "month",
    How.AGE_ON: "year",
}


def _shifted(day: date, numbers: Iterable[int], units: Iterable[str]) -> Iterator[date]:
    """Yield the days from which, or to which, a derived number of days, months or years turns."""
    for unit in sorted(units):
        for number in numbers:
            for amount in (number, number + 1, -number, -number - 1):
                moved = date_after(day, amount, unit)
                if moved is not None:
                    yield moved


def _add_days(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
