"""Counterfactual: the fewest facts that would have to be otherwise for the machine to grant, found by search.

Exact: rows that share no fact that may change are searched apart; in each part every set of one fact is tried
before any of two, and so on. Whoever cannot change a fact is not told to: who applies and when, a day that is
past, what a row says is fixed, an answer that is locked.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from tongban.domain.rules.candidates import Candidates
from tongban.domain.rules.evaluate import Assessment, evaluate
from tongban.domain.rules.facts import TODAY, Seen, Unknown, Value
from tongban.domain.rules.table import Criterion, Mark, Row, RuleTable

ANSWERS, EVIDENCE, CASE = "answers.", "evidence.", "case."
FACTS_MAX = 12
"""A change of more facts than this in one part is another application, and is not told."""
TRIES_MAX = 2_500
"""Tables read at most in one search; a table of a pack needs some dozens."""

Acceptable: TypeAlias = Callable[[str, Value], bool]
"""Whether a fact may become a value at all; a form's bounds and hidden questions say so."""


class Way(StrEnum):
    """Who does what: an answer is changed or given, proof is handed in, a register is filled or mended."""

    CHANGE = "change"
    ANSWER = "answer"
    PROVE = "prove"
    ENTER = "enter"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Step:
    """One fact that would have to be otherwise.

    Args:
        was: as it is seen, or why it is not known.
        becomes: the nearest value that does it; one of ``candidates.OTHERS`` for any other words.
        rows: the criteria in the way that look at it.
    """

    fact: str
    way: Way
    was: Seen
    becomes: Value
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Smallest:
    """The fewest facts that lead to a grant; no fewer do."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Hopeless:
    """No change that anybody may make leads to a grant, because of these criteria."""

    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TooFar:
    """Only more than ``FACTS_MAX`` facts could, or the search was broken off: nothing is known."""


Counterfactual: TypeAlias = Smallest | Hopeless | TooFar


def find_smallest_change(
    assessment: Assessment, table: RuleTable, may_be: Acceptable | None = None
) -> Counterfactual | None:
    """Return the smallest change that would make the machine grant; None when nothing stands in the way.

    Args:
        assessment: made with this very table.
        may_be: whether a fact may take a value.

    Raises:
        ValueError: the assessment is of another table.
    """
    if [row.criterion for row in assessment.rows] != [criterion.id for criterion in table.criteria]:
        raise ValueError("an assessment of another table")
    if not assessment.not_met:
        return None
    search = _Search(assessment, table, may_be or _anything)
    steps: list[Step] = []
    hopeless: list[str] = []
    try:
        for part in _parts(table, search.changeable):
            found = search.solve(part)
            if found is None:
                hopeless.extend(row.id for row in part if row.id in assessment.not_met)
            else:
                steps.extend(found)
    except _BrokenOff:
        return TooFar()
    if hopeless:
        return Hopeless(tuple(search.name_hopeless(hopeless)))
    return Smallest(tuple(steps))


class _BrokenOff(Exception):
    pass


def _anything(_fact: str, _value: Value) -> bool:
    return True


def _as_given(seen: Mapping[str, Seen]) -> dict[str, object]:
    """Return facts as the machine would be given them again."""
    return {
        name: None if value is Unknown.NOTHING_HELD else value
        for name, value in seen.items()
        if value is Unknown.NOTHING_HELD or not isinstance(value, Unknown)
    }


def list_changeable(assessment: Assessment, table: RuleTable) -> frozenset[str]:
    """Return the facts that somebody could make otherwise."""
    today = assessment.seen.get(TODAY)
    held_fast = set(_held_fast(table))
    names = []
    for name, seen in assessment.seen.items():
        is_known = not isinstance(seen, Unknown)
        # An unknown fact of the case is a count of working days, known as soon as its two days are.
        if not name.startswith((ANSWERS, EVIDENCE) if is_known else (ANSWERS, EVIDENCE, CASE)):
            continue
        if is_known and (name in held_fast or _is_past(name, seen, today)):
            continue
        if name.startswith(ANSWERS) and table.types[name].fixed:
            continue
        names.append(name)
    return frozenset(names)


def _held_fast(table: RuleTable) -> Iterator[str]:
    """Yield the facts on which a row rests of which the pack says that nobody changes it."""
    for criterion, row in zip(table.criteria, table.compiled.rows, strict=True):
        if criterion.fixed:
            bare = replace(criterion, when=None)
            yield from _uses(bare, row, table)


def _uses(criterion: Criterion, row: Row, table: RuleTable) -> tuple[str, ...]:
    alone = RuleTable(
        table.table_id, table.version, table.may_grant, table.derivations, (criterion,), table.types
    )
    return alone.compiled.rows[0].uses or row.uses


def _is_past(name: str, seen: Seen, today: Seen | None) -> bool:
    """Tell whether a known value is a day that is not the applicant's to choose any more."""
    if type(seen) is not date:
        return False
    return not (name.startswith(ANSWERS) and type(today) is date and seen > today)


def _parts(table: RuleTable, changeable: Collection[str]) -> list[tuple[Criterion, ...]]:
    """Return the rows in groups that share no fact that may change."""
    groups: list[tuple[set[str], list[Criterion]]] = []
    for criterion, row in zip(table.criteria, table.compiled.rows, strict=True):
        facts = {name for name in row.uses if name in changeable}
        rows = [criterion]
        apart = []
        for other_facts, other_rows in groups:
            if facts & other_facts:
                facts |= other_facts
                rows = [*other_rows, *rows]
            else:
                apart.append((other_facts, other_rows))
        groups = [*apart, (facts, rows)]
    return [tuple(rows) for _, rows in groups]


class _Search:
    """One search: the facts as they are, what may change, and how much has been tried."""

    def __init__(self, assessment: Assessment, table: RuleTable, may_be: Acceptable) -> None:
        self._assessment, self._table, self._may_be = assessment, table, may_be
        self._facts = _as_given(assessment.seen)
        self._marks = {r.criterion: m for r, m in zip(assessment.rows, assessment.marks, strict=True)}
        self._tries = 0
        self._failed: set[tuple[int, frozenset[tuple[str, Value]]]] = set()
        self._about: dict[tuple[str, str], RuleTable] = {}
        self._candidates = Candidates(table)
        self.changeable = list_changeable(assessment, table)

    def solve(self, rows: tuple[Criterion, ...]) -> tuple[Step, ...] | None:
        """Return the fewest steps for a group of rows; None when there are none."""
        part = replace(self._table, criteria=rows)
        blocking = [row for row in rows if self._marks[row.id] in (Mark.UNMET, Mark.UNKNOWN)]
        if not blocking:
            return ()
        if any(row.fixed and self._marks[row.id] is Mark.UNMET for row in blocking):
            return None
        names = {name for row in part.compiled.rows for name in row.uses if name in self.changeable}
        easy = frozenset(name for name in names if self._way(name) is not Way.CORRECT)
        for size in range(1, min(len(names), FACTS_MAX) + 1):
            for allowed in dict.fromkeys((easy, frozenset(names))):  # rather answer than mend a register
                self._failed.clear()
                found = self._try(part, self._facts, {}, size, allowed)
                if found is not None:
                    return self._steps(found, part)
        if len(names) > FACTS_MAX:
            raise _BrokenOff
        return None

    def _try(
        self,
        part: RuleTable,
        facts: Mapping[str, object],
        changed: dict[str, Value],
        left: int,
        allowed: frozenset[str],
    ) -> dict[str, Value] | None:
        """Return changes of at most so many more facts that leave no row of the part in the way."""
        state = (left, frozenset(changed.items()))
        if state in self._failed:
            return None
        self._failed.add(state)
        self._tries += 1
        if self._tries > TRIES_MAX:
            raise _BrokenOff
        assessment = evaluate(part, facts)
        open_facts = _open_facts(assessment, allowed - changed.keys())
        if not open_facts:
            return changed
        if _at_least(open_facts) > left:
            return None
        for name in min(open_facts, key=len):
            for value in self._values(name, part, assessment.seen, allowed - changed.keys()):
                found = self._try(part, {**facts, name: value}, {**changed, name: value}, left - 1, allowed)
                if found is not None:
                    return found
        return None

    def _values(
        self, name: str, part: RuleTable, seen: Mapping[str, Seen], free: Collection[str]
    ) -> Iterator[Value]:
        """Yield values to try for a fact; of those that do the same in every row, only the nearest.

        Where a row also looks at another fact that may still change, each value may do something else.
        """
        alone = self._rows_about(name, part)
        values = self._candidates.list_for(name, seen)
        if any(other in free and other != name for row in alone.compiled.rows for other in row.uses):
            yield from (value for value in values if self._is_possible(name, value))
            return
        facts = _as_given(seen)
        done: set[tuple[Mark, ...]] = set()
        for value in values:
            if self._is_possible(name, value):
                marks = evaluate(alone, {**facts, name: value}).marks
                if marks not in done:
                    done.add(marks)
                    yield value

    def _rows_about(self, name: str, part: RuleTable) -> RuleTable:
        """Return a part with only those of its rows that look at a fact."""
        key = (name, part.criteria[0].id)
        if key not in self._about:
            pairs = zip(part.criteria, part.compiled.rows, strict=True)
            criteria = tuple(criterion for criterion, row in pairs if name in row.uses)
            self._about[key] = replace(part, criteria=criteria)
        return self._about[key]

    def _is_possible(self, name: str, value: Value) -> bool:
        today, was = self._assessment.seen.get(TODAY), self._assessment.seen[name]
        if type(value) is date and type(was) is date and type(today) is date and value < today:
            return False
        return self._may_be(name, value)

    def _way(self, name: str) -> Way:
        was = self._assessment.seen[name]
        if name.startswith(ANSWERS):
            return Way.ANSWER if isinstance(was, Unknown) else Way.CHANGE
        if was is Unknown.NOTHING_HELD:
            return Way.ENTER
        return Way.PROVE if isinstance(was, Unknown) else Way.CORRECT

    def _steps(self, changes: Mapping[str, Value], part: RuleTable) -> tuple[Step, ...]:
        blocking = [row for row in part.compiled.rows if row.criterion in self._assessment.not_met]
        return tuple(
            Step(
                name,
                self._way(name),
                self._assessment.seen[name],
                value,
                tuple(row.criterion for row in blocking if name in row.uses),
            )
            for name, value in changes.items()
        )

    def name_hopeless(self, rows: list[str]) -> list[str]:
        """Return the rows that cannot be mended even alone; all of them when only together they cannot."""
        try:
            alone = [name for name in rows if self.solve(self._only(name)) is None]
        except _BrokenOff:
            return rows
        return alone or rows

    def _only(self, name: str) -> tuple[Criterion, ...]:
        return tuple(row for row in self._table.criteria if row.id == name)


def _open_facts(assessment: Assessment, free: Collection[str]) -> list[tuple[str, ...]]:
    """Return, for every row in the way, the facts that may still be changed; answers before records."""
    pairs = zip(assessment.rows, assessment.marks, strict=True)
    return [
        tuple(sorted((n for n in row.uses if n in free), key=lambda n: not n.startswith(ANSWERS)))
        for row, mark in pairs
        if mark in (Mark.UNMET, Mark.UNKNOWN)
    ]


def _at_least(open_facts: list[tuple[str, ...]]) -> int:
    """Return how many facts must change at least: rows in the way that share none need one each."""
    taken: set[str] = set()
    count = 0
    for names in sorted(open_facts, key=len):
        if not taken & set(names):
            taken |= set(names)
            count += 1
    return count
