"""The rule table: criteria with their articles, derived facts, and both made ready to run once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from tongban.domain.rules.derive import Derivation, Step, compile_derivation
from tongban.domain.rules.facts import TODAY, FactType, Reading, Seen, Unknown, reading_for
from tongban.domain.rules.operators import Condition, FactRef, Test, compile_condition
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text


class Mark(StrEnum):
    """What became of one criterion; unknown is not unmet."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One row: what must be so, in words, as a comparison, and by which article.

    Args:
        id: short name, unique in the table.
        says: what is asked, as a sentence.
        condition: the comparison.
        source: the article that asks it.
        when: the criterion only applies when this holds; None means always.
        unmet: words for the unmet case, with ``{seen}``, ``{wanted}``, ``{lacking}``, ``{extra}``.
        fixed: nothing the applicant does changes the outcome, so no page suggests a change.
    """

    id: str
    says: Text
    condition: Condition
    source: LawKey
    when: Condition | None = None
    unmet: Text | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion's id and every fact it looks at, derived ones followed by what they come from."""

    criterion: str
    uses: tuple[str, ...]


Check: TypeAlias = Callable[[Mapping[str, Seen]], Mark]
"""A criterion made ready."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A table made ready to run: readings of inputs, steps of derivation, checks, in this order."""

    readings: tuple[tuple[str, Reading], ...]
    steps: tuple[tuple[str, Step], ...]
    checks: tuple[Check, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class RuleTable:
    """An item's criteria in force, checked and compiled. Made by ``parse.parse_table`` only.

    Args:
        table_id: whose table it is, usually the item's id.
        version: whole number, counted up by the pack's steward.
        may_grant: False where the law asks for a person (e.g. two officers' check).
        derivations: derived facts in the order in which they are computed.
        criteria: in table order.
        types: the type of every fact used, derived ones included.
    """

    table_id: str
    version: int
    may_grant: bool
    derivations: tuple[Derivation, ...]
    criteria: tuple[Criterion, ...]
    types: Mapping[str, FactType]
    compiled: Compiled = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Frozen: the compiled form is set once, here, so no table exists without it.
        object.__setattr__(self, "compiled", _compile(self))

    def find_criterion(self, criterion_id: str) -> Criterion | None:
        """Return the criterion of this id, or None."""
        return next((c for c in self.criteria if c.id == criterion_id), None)

    def find_derivation(self, fact: str) -> Derivation | None:
        """Return how a fact is derived, or None when it is not."""
        return next((d for d in self.derivations if d.fact == fact), None)


def _compile(table: RuleTable) -> Compiled:
    derived = {derivation.fact: derivation for derivation in table.derivations}
    rows = tuple(Row(c.id, _uses(c, derived)) for c in table.criteria)
    names = dict.fromkeys(name for row in rows for name in row.uses)
    names.update(dict.fromkeys(name for d in table.derivations for name in d.inputs))
    names[TODAY] = None
    readings = tuple((name, reading_for(table.types[name])) for name in names if name not in derived)
    steps = tuple((d.fact, compile_derivation(d)) for d in table.derivations)
    return Compiled(readings, steps, tuple(_compile_criterion(c, table.types) for c in table.criteria), rows)


def facts_of(condition: Condition) -> tuple[str, ...]:
    """Return the names of the one or two facts a condition compares."""
    other = condition.value
    return (condition.fact, other.fact) if isinstance(other, FactRef) else (condition.fact,)


def _uses(criterion: Criterion, derived: Mapping[str, Derivation]) -> tuple[str, ...]:
    names = list(facts_of(criterion.condition))
    if criterion.when is not None:
        names.extend(facts_of(criterion.when))
    for name in names:  # grows while it is walked: a derived fact may come from a derived fact
        if name in derived:
            names.extend(derived[name].inputs)
    return tuple(dict.fromkeys(names))


def _compile_criterion(criterion: Criterion, types: Mapping[str, FactType]) -> Check:
    met, unmet, unknown, not_applicable = Mark.MET, Mark.UNMET, Mark.UNKNOWN, Mark.NOT_APPLICABLE
    test = _test(criterion.condition, types)

    def check(seen: Mapping[str, Seen]) -> Mark:
        outcome = test(seen)
        return met if outcome else unknown if outcome is None else unmet

    if criterion.when is None:
        return check
    guard = _test(criterion.when, types)

    def check_guarded(seen: Mapping[str, Seen]) -> Mark:
        applies = guard(seen)
        return check(seen) if applies else unknown if applies is None else not_applicable

    return check_guarded


def _test(condition: Condition, types: Mapping[str, FactType]) -> Test:
    return compile_condition(condition, types[condition.fact].kind)


def table_plain(table: RuleTable) -> dict[str, object]:
    """Return the table as plain values, equal for equal tables, ready to be canonicalised and hashed.

    Everything that decides or explains is in it: comparisons, words, articles, and the types of the
    facts used. Dates are ``{"date": "2026-03-02"}``, other facts ``{"fact": name}``.
    """
    names = {name for row in table.compiled.rows for name in row.uses} | {TODAY}
    names.update(name for derivation in table.derivations for name in derivation.inputs)
    return {
        "table": table.table_id,
        "version": table.version,
        "may_grant": table.may_grant,
        "facts": {name: _type_plain(table.types[name]) for name in sorted(names)},
        "derived": [
            {"fact": d.fact, "how": d.how.value, "inputs": list(d.inputs), "fields": list(d.fields)}
            | {"says": _text_plain(d.says)}
            | ({"numbers": list(d.numbers)} if d.numbers else {})
            for d in table.derivations
        ],
        "criteria": [_criterion_plain(criterion) for criterion in table.criteria],
    }


def plain_value(value: object) -> object:
    """Return a fact's value, known or unknown, or an operand as JSON-like data that can be told apart again.

    Raises:
        TypeError: it is none of these.
    """
    if type(value) is str:  # most are
        return value
    match value:
        case FactRef():
            return {"fact": value.fact}
        case Unknown():
            return {"unknown": value.value}
        case date():
            return {"date": value.isoformat()}
        case tuple() | list():
            return [plain_value(one) for one in value]
        case None | str() | int():
            return value
        case _:
            raise TypeError(f"not the value of a fact: {type(value).__name__}")


def _criterion_plain(criterion: Criterion) -> dict[str, object]:
    return {
        "id": criterion.id,
        "says": _text_plain(criterion.says),
        "condition": _condition_plain(criterion.condition),
        "when": None if criterion.when is None else _condition_plain(criterion.when),
        "unmet": None if criterion.unmet is None else _text_plain(criterion.unmet),
        "fixed": criterion.fixed,
        "source": str(criterion.source),
    }


def _condition_plain(condition: Condition) -> dict[str, object]:
    return {"fact": condition.fact, "op": condition.op.value, "value": plain_value(condition.value)}


def _type_plain(fact_type: FactType) -> dict[str, object]:
    return {
        "kind": fact_type.kind.value,
        "allowed": list(fact_type.allowed),
        "fixed": fact_type.fixed,
    }


def _text_plain(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
