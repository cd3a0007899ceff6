"""The rule table by itself: twenty rows over dates, codes, lists and numbers."""

from datetime import date
from typing import Any

from tongban.commands.measuring.timing import Figures, quantile, seconds_of
from tongban.domain.rules.evaluate import Outcome, evaluate
from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.parse import parse_table

_CODES = ("domestic", "inbound", "outbound")
_KINDS: dict[str, FactType] = {
    "answers.name": FactType(Kind.TEXT),
    "answers.scope": FactType(Kind.CHOICES, _CODES),
    "answers.opens_on": FactType(Kind.DATE),
    "answers.seats": FactType(Kind.WHOLE_NUMBER),
    "evidence.licence.name": FactType(Kind.TEXT),
    "evidence.licence.status": FactType(Kind.CHOICE, ("active", "suspended")),
    "evidence.licence.scope": FactType(Kind.CHOICES, _CODES),
    "evidence.licence.since_on": FactType(Kind.DATE),
    "evidence.deposit.paid": FactType(Kind.YES_NO),
    "evidence.deposit.amount": FactType(Kind.MONEY_FEN),
}
_ROWS: tuple[dict[str, Any], ...] = (
    {"fact": "answers.name", "op": "is", "value": {"fact": "evidence.licence.name"}},
    {"fact": "answers.scope", "op": "within", "value": {"fact": "evidence.licence.scope"}},
    {"fact": "answers.opens_on", "op": "at_least", "value": {"fact": "evidence.licence.since_on"}},
    {"fact": "answers.seats", "op": "at_least", "value": 4},
    {"fact": "evidence.licence.name", "op": "present"},
    {"fact": "evidence.licence.status", "op": "is", "value": "active"},
    {"fact": "evidence.licence.scope", "op": "at_least", "value": ["domestic"]},
    {"fact": "evidence.licence.since_on", "op": "at_most", "value": {"fact": "today"}},
    {"fact": "evidence.deposit.paid", "op": "is", "value": True},
    {"fact": "evidence.deposit.amount", "op": "at_least", "value": 100},
)
_FACTS: dict[str, object] = {
    "today": date(2026, 3, 2),
    "answers.name": "示例",
    "answers.scope": ["domestic"],
    "answers.opens_on": date(2026, 5, 1),
    "answers.seats": 12,
    "evidence.licence.name": "示例",
    "evidence.licence.status": "active",
    "evidence.licence.scope": ["domestic", "inbound"],
    "evidence.licence.since_on": date(2020, 1, 1),
    "evidence.deposit.paid": True,
    "evidence.deposit.amount": 20_000_000,
}
_ROUNDS = 7


def measure_rules(count: int) -> Figures:
    """Return microseconds for one evaluation of twenty rows, all met: the median of seven rounds."""
    says = {"zh": "应当如此", "en": "It must be so"}
    rows = [
        {"id": f"row-{n}", "says": says, "source": "all-2019#38", **_ROWS[n % len(_ROWS)]} for n in range(20)
    ]
    table = parse_table({"version": 1, "may_grant": True, "criteria": rows}, _KINDS, table_id="measured")
    if evaluate(table, _FACTS).outcome is not Outcome.GRANT:
        raise RuntimeError("the table to be measured does not grant")

    def run() -> None:
        for _ in range(count):
            evaluate(table, _FACTS)

    return {"rows": len(rows), "us": quantile([seconds_of(run) for _ in range(_ROUNDS)], 0.5) / count * 1e6}
