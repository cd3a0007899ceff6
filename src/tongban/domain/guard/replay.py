"""Replay: run a past automatic decision again on today's build, and say what differs, if anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Assessed, Recorded
from tongban.domain.case.state import Case, apply
from tongban.domain.rules.evaluate import Assessment, evaluate, from_plain, to_plain
from tongban.domain.rules.table import RuleTable
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing in which a decision came out otherwise than it was recorded.

    Args:
        kind: ``outcome``, ``inputs``, ``facts``, ``table`` or ``record``; see ``replay``.
    """

    case_id: CaseId
    kind: str
    says: Text


@dataclass(frozen=True, slots=True)
class PastDecision:
    """A decision as its history holds it.

    Args:
        before: the case as it stood when the table was read.
        on: civil date on which it was read.
    """

    before: Case
    assessed: Assessed
    on: date


def read_decisions(case_id: CaseId, history: Iterable[Recorded]) -> tuple[PastDecision, ...]:
    """Return every reading of the rule table in a history, oldest first."""
    case, found = Case(case_id), []
    for recorded in history:
        if isinstance(recorded.event, Assessed):
            found.append(PastDecision(case, recorded.event, civil_date(recorded.at)))
        case = apply(case, recorded)
    return tuple(found)


def outcome_hash(record: Mapping[str, object]) -> str:
    """Return the hex SHA-256 of what a record found: the outcome and every finding, in canonical bytes."""
    return hex_digest(canonical({"outcome": record["outcome"], "findings": record["findings"]}))


def replay(
    case_id: CaseId,
    assessed: Assessed,
    table: RuleTable | None,
    facts_then: Mapping[str, object] | None = None,
) -> tuple[Drift, ...]:
    """Run a decision again; an empty tuple means byte-equal.

    ``record``: the record does not fit its own hashes. ``table``: the table of that hash is not kept.
    ``outcome``: the same table over the same facts finds something else. ``facts``: today's build reads
    other facts out of the same history.

    Args:
        table: the table of ``assessed.rules_hash``; None when nobody kept it.
        facts_then: the facts as today's build reads them from the history up to the decision; None where
            the item has moved on and they cannot be compared.
    """
    if table is None:
        return (Drift(case_id, "table", _NO_TABLE.fill(hash=assessed.rules_hash[:12])),)
    record = assessed.record
    try:
        then = from_plain(record)
    except ValueError as error:
        return (Drift(case_id, "record", _BAD_RECORD.fill(why=error)),)
    drifts = []
    if hex_digest(canonical(record["facts"])) != assessed.inputs_hash:
        drifts.append(Drift(case_id, "record", _INPUTS_CHANGED))
    expected = assessed.outcome_hash or outcome_hash(record)
    if outcome_hash(record) != expected:
        drifts.append(Drift(case_id, "record", _OUTCOME_CHANGED))
    now = evaluate(table, then.seen)
    if outcome_hash(to_plain(now)) != expected:
        drifts.append(Drift(case_id, "outcome", _compare(then, now)))
    if facts_then is not None:
        drifts.extend(_compare_facts(case_id, record, evaluate(table, facts_then)))
    return tuple(drifts)


def _compare(then: Assessment, now: Assessment) -> Text:
    """Say which criteria are found otherwise, and the outcome if it is."""
    parts = []
    if then.outcome is not now.outcome:
        parts.append(_TURNED.fill(then=then.outcome.value, now=now.outcome.value))
    before = {row.criterion: mark for row, mark in zip(then.rows, then.marks, strict=True)}
    after = {row.criterion: mark for row, mark in zip(now.rows, now.marks, strict=True)}
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) is not after.get(name):
            old, new = before.get(name), after.get(name)
            parts.append(
                _FOUND.fill(name=name, then=old.value if old else "–", now=new.value if new else "–")
            )
    return _join(parts or [_LOOKED])


def _compare_facts(case_id: CaseId, record: Mapping[str, object], now: Assessment) -> list[Drift]:
    recorded, read = record["facts"], to_plain(now)["facts"]
    if recorded == read or not isinstance(recorded, Mapping) or not isinstance(read, Mapping):
        return []
    names = sorted(name for name in {*recorded, *read} if recorded.get(name) != read.get(name))
    return [Drift(case_id, "facts", _FACTS.fill(names=", ".join(names)))]


def _join(parts: list[Text]) -> Text:
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


_NO_TABLE = Text("没有保存哈希为 {hash}… 的规则表", "the rule table {hash}… is not kept")
_BAD_RECORD = Text("记录读不出来：{why}", "the record cannot be read: {why}")
_INPUTS_CHANGED = Text("记录的事实与输入哈希不符", "the recorded facts do not fit the inputs hash")
_OUTCOME_CHANGED = Text("记录的结论与结果哈希不符", "the recorded findings do not fit the outcome hash")
_TURNED = Text("结论由 {then} 变为 {now}", "the outcome was {then} and is now {now}")
_FOUND = Text("条件 {name}：当时 {then}，现在 {now}", "criterion {name}: was {then}, is now {now}")
_LOOKED = Text("所看的事实不同", "other facts were looked at")
_FACTS = Text("从同一办件记录读出的事实不同：{names}", "other facts are read from the same history: {names}")
