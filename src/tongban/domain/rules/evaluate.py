"""Evaluate: run every row of a table over facts. Grant or refer; there is no word for refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.domain.rules.facts import Seen, Unknown
from tongban.domain.rules.table import Mark, Row, RuleTable, plain_value


class Outcome(StrEnum):
    """The machine's whole alphabet here. An adverse decision is a person's."""

    GRANT = "grant"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one criterion.

    Args:
        criterion: its id.
        mark: met, unmet, unknown, or not applicable.
        seen: the facts it looked at, each with its value or the reason why it is unknown.
    """

    criterion: str
    mark: Mark
    seen: Mapping[str, Seen]

    @property
    def met(self) -> bool | None:
        """True or False when known; None when unknown or not applicable."""
        match self.mark:
            case Mark.MET:
                return True
            case Mark.UNMET:
                return False
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcome of one table over one set of facts.

    Args:
        table_id, table_version: which table.
        outcome: grant or refer.
        rows: criterion ids with the facts each looks at, in table order.
        marks: one per row.
        seen: every fact the table looked at, derived ones too, with its value or why it is unknown.
        rules_hash: the caller's hash of ``table_plain(table)``; empty until it is recorded.
    """

    table_id: str
    table_version: int
    outcome: Outcome
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    seen: Mapping[str, Seen]
    rules_hash: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One finding per criterion, in table order; made when asked for, since most are never read."""
        return tuple(
            Finding(row.criterion, mark, {name: self.seen[name] for name in row.uses})
            for row, mark in zip(self.rows, self.marks, strict=True)
        )

    @property
    def not_met(self) -> tuple[str, ...]:
        """The criteria that stand in the way of a grant: unmet or unknown, in table order."""
        return tuple(
            row.criterion
            for row, mark in zip(self.rows, self.marks, strict=True)
            if mark is Mark.UNMET or mark is Mark.UNKNOWN
        )

    @property
    def needed(self) -> tuple[str, ...]:
        """The facts that would have to become known: inputs of unknown rows, never derived ones."""
        unknown = [row for row, mark in zip(self.rows, self.marks, strict=True) if mark is Mark.UNKNOWN]
        names = dict.fromkeys(name for row in unknown for name in row.uses)
        return tuple(name for name in names if _is_wanting(self.seen[name]))


def _is_wanting(value: Seen) -> bool:
    return type(value) is Unknown and value is not Unknown.UNDERIVED


def evaluate(table: RuleTable, facts: Mapping[str, object]) -> Assessment:
    """Evaluate every row, never stopping at the first that fails.

    Facts under a derived name are computed here; whatever the caller put there is not looked at.
    Evidence of trust C is simply not among the facts, so its criteria are unknown.

    Args:
        table: the item's rule table in force on the day of acceptance.
        facts: flat mapping of dotted fact names to plain values; missing = unknown, None = the holder
            says that nothing is held.

    Returns:
        Grant only if the table may grant and every applicable criterion is met, else refer.

    Raises:
        Nothing. An unknown or ill-typed fact makes its criteria unknown.
    """
    compiled = table.compiled
    get, missing = facts.get, Unknown.NOT_PROVIDED
    seen: dict[str, Seen] = {name: read(get(name, missing)) for name, read in compiled.readings}
    for name, compute in compiled.steps:
        seen[name] = compute(seen)
    marks = tuple([check(seen) for check in compiled.checks])
    grants = table.may_grant and Mark.UNMET not in marks and Mark.UNKNOWN not in marks
    outcome = Outcome.GRANT if grants else Outcome.REFER
    return Assessment(table.table_id, table.version, outcome, compiled.rows, marks, seen)


def facts_plain(assessment: Assessment) -> dict[str, object]:
    """Return the facts the table looked at as plain values, ready to be canonicalised and hashed."""
    return {name: plain_value(value) for name, value in assessment.seen.items()}


def to_plain(assessment: Assessment, rules_hash: str = "") -> dict[str, object]:
    """Return the assessment as a JSON-like mapping for the event log.

    ``rules_hash`` is the hash of ``table_plain(table)``, so that the record says under which rules.
    """
    return {
        "table": assessment.table_id,
        "version": assessment.table_version,
        "rules_hash": rules_hash or assessment.rules_hash,
        "outcome": assessment.outcome.value,
        "findings": [
            {"criterion": row.criterion, "mark": mark.value, "facts": list(row.uses)}
            for row, mark in zip(assessment.rows, assessment.marks, strict=True)
        ],
        "facts": facts_plain(assessment),
    }


def from_plain(plain: Mapping[str, object]) -> Assessment:
    """Return the assessment that ``to_plain`` wrote.

    Raises:
        ValueError: the record is not one, or says grant over a criterion that is not met.
    """
    try:
        return _read_record(plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a record of an assessment: {error!r}") from error


def _read_record(plain: Mapping[str, object]) -> Assessment:
    match plain:
        case {
            "table": str(table_id),
            "version": int(version),
            "rules_hash": str(rules_hash),
            "outcome": str(outcome),
            "findings": list(findings),
            "facts": dict(facts),
        }:
            rows = tuple(Row(finding["criterion"], tuple(finding["facts"])) for finding in findings)
            marks = tuple(Mark(finding["mark"]) for finding in findings)
            seen = {name: _read_value(value) for name, value in facts.items()}
        case _:
            raise ValueError("not a record of an assessment")
    assessment = Assessment(table_id, version, Outcome(outcome), rows, marks, seen, rules_hash)
    if assessment.outcome is Outcome.GRANT and assessment.not_met:
        raise ValueError(f"recorded as granted, though not met: {', '.join(assessment.not_met)}")
    if any(name not in seen for row in rows for name in row.uses):
        raise ValueError("a finding looks at a fact that was not recorded")
    return assessment


def _read_value(value: object) -> Seen:
    match value:
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"unknown": str(reason)}:
            return Unknown(reason)
        case list():
            return tuple(value)
        case str() | int():
            return value
        case _:
            raise ValueError(f"not the value of a fact: {value!r}")
