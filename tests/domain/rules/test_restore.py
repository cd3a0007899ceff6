"""A table of long ago runs again: restored from its plain form it is the same table, and finds the same."""

import json

import pytest
from hypothesis import given

from tests.builders import catalogue
from tests.domain.rules.tables import any_facts, tables
from tongban.crypto.canonical import canonical
from tongban.domain.rules.evaluate import evaluate, to_plain
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


HALF = {**table_plain(next(iter(TABLES.values()))), "criteria": [{}]}


@pytest.mark.parametrize("plain", [{}, {"facts": 3}, HALF])
def test_what_is_no_table_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not the plain form"):
        restore_table(plain)
