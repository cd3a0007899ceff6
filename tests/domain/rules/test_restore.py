"""A table of long ago runs again: restored from its plain form it is the same table, and finds the same."""

import json
from datetime import date

import pytest
from hypothesis import given

from tests.builders import catalogue
from tests.domain.rules.tables import SAYS, a_criterion, a_mapping, any_facts, tables
from tongban.crypto.canonical import canonical
from tongban.domain.rules.evaluate import evaluate, to_plain
from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.restore import restore_table
from tongban.domain.rules.table import RuleTable, table_plain

TABLES = {f"{item.id} in {zone}": item.rules for (_, zone), item in catalogue().items.items()}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_restored_table_has_the_same_plain_form(table: RuleTable) -> None:
    again = restore_table(table_plain(table))
    assert canonical(table_plain(again)) == canonical(table_plain(table))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_restored_table_finds_the_same_in_nothing_at_all(table: RuleTable) -> None:
    assert to_plain(evaluate(restore_table(table_plain(table)), {})) == to_plain(evaluate(table, {}))


@given(tables(), any_facts())
def test_a_restored_table_finds_the_same_in_any_facts(table: RuleTable, facts: dict[str, object]) -> None:
    again = restore_table(json.loads(canonical(table_plain(table))))
    assert to_plain(evaluate(again, facts)) == to_plain(evaluate(table, facts))


def test_numbers_of_steps_and_dates_are_restored_too() -> None:
    rows = [
        {"fact": "derived.months", "how": "steps", "of": {"fact": "answers.staff"}, "says": SAYS,
         "steps": [{"at_least": 0, "gives": 3}, {"at_least": 5, "gives": 9}]},
        {"fact": "derived.until", "how": "date_after", "from": {"fact": "today"}, "add": 2, "unit": "year",
         "says": SAYS},
    ]  # fmt: skip
    declared = {"answers.staff": FactType(Kind.WHOLE_NUMBER)}
    until = a_criterion(id="later", fact="derived.until", op="at_least", value=date(2027, 1, 1))
    criteria = [a_criterion(fact="derived.months", op="at_least", value=4), until]
    table = parse_table(a_mapping(*criteria, derived=rows), declared)
    again = restore_table(json.loads(canonical(table_plain(table))))
    facts = {"answers.staff": 7, "today": date(2026, 3, 3)}
    assert canonical(table_plain(again)) == canonical(table_plain(table))
    assert to_plain(evaluate(again, facts)) == to_plain(evaluate(table, facts))
    assert evaluate(again, facts).seen["derived.months"] == 9


HALF = {**table_plain(next(iter(TABLES.values()))), "criteria": [{}]}


@pytest.mark.parametrize("plain", [{}, {"facts": 3}, HALF])
def test_what_is_no_table_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not the plain form"):
        restore_table(plain)
