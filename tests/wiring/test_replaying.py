"""Past decisions run again on PostgreSQL: zero drift, until something is changed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from tests.builders import CHANGZHOU, TUESDAY
from tests.web.one_node import OneNode, start_node
from tongban.domain.guard import replay as pure
from tongban.wiring import replaying
from tongban.wiring.replaying import replay_all, replay_some


@pytest.fixture
def node(transactional_db, tmp_path, monkeypatch) -> OneNode:
    """Changzhou's node with three decisions, two of them grants."""
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    node.referred("CZ260303-AAAA0001", scope=("domestic",))
    node.referred("CZ260303-AAAA0002")
    node.referred("CZ260303-AAAA0003", scope=("inbound",))
    return node


def counts(run) -> tuple[int, int, int]:
    return run.checked, run.drifted, run.unreadable


def test_nothing_drifts_on_the_build_that_decided(node):
    run = replay_all(node)
    assert counts(run) == (3, 0, 0)
    assert run.finished_at is not None
    assert run.build == replaying.today_build()


def test_a_build_that_evaluates_otherwise_is_found_out_case_by_case(node, monkeypatch):
    def forgetful(table, facts):
        from dataclasses import replace

        from tongban.domain.rules.evaluate import evaluate

        return replace(evaluate(table, facts), marks=evaluate(table, facts).marks[::-1])

    monkeypatch.setattr(pure, "evaluate", forgetful)
    run = replay_all(node)
    assert (run.checked, run.drifted) == (3, 1)  # of a row of nothing but yes the reverse is the same
    (drift,) = node.store.replays.drifts(run.id, 10)
    assert (drift.case_id, drift.kind) == ("CZ260303-AAAA0002", "outcome")
    assert "scope-inside-parents" in drift.says.en


def test_facts_that_today_are_read_otherwise_are_drift_too(node, monkeypatch):
    monkeypatch.setattr(replaying, "case_facts", lambda *_: {"answers.scope": ["domestic"]})
    run = replay_all(node)
    assert run.drifted == 3
    assert {drift.kind for drift in node.store.replays.drifts(run.id, 10)} == {"facts"}


def test_an_erased_case_is_counted_and_is_no_drift(node):
    node.store.erase("CZ260303-AAAA0002")
    assert counts(replay_all(node)) == (2, 0, 1)


def test_only_the_first_ones_are_run_when_so_many_are_asked_for(node):
    assert counts(replay_all(node, 2)) == (2, 0, 0)


def test_the_night_run_begins_at_its_hour_goes_on_in_batches_and_comes_once_a_night(node, monkeypatch):
    monkeypatch.setattr(replaying, "NIGHT_BATCH", 2)
    assert [replay_some(node) for _ in range(4)] == [2, 1, 0, 0]
    run = node.store.replays.find_last("nightly")
    assert counts(run) == (3, 0, 0)
    assert run.finished_at is not None
    node.clock.at = TUESDAY + timedelta(hours=10)  # still the same day in China, after its hour
    assert replay_some(node) == 0
    node.clock.at = TUESDAY + timedelta(hours=18)  # past two in the morning of the next
    assert [replay_some(node) for _ in range(2)] == [2, 1]
    assert node.store.replays.find_last("nightly").id != run.id


def test_a_batch_asks_two_questions_however_many_cases_are_in_it(node):
    replay_all(node)  # the tables are at hand now
    with CaptureQueriesContext(connection) as asked:
        node.store.past.by_case("", 500)
    few = len(asked)
    for number in range(4, 12):
        node.referred(f"CZ260303-AAAA{number:04d}")
    assert counts(replay_all(node))[0] == 11
    with CaptureQueriesContext(connection) as asked:
        assert len(node.store.past.by_case("", 500)) == 11
    assert len(asked) == few


@pytest.mark.parametrize("sql", ["UPDATE store_ruletable SET plain = ''", "DELETE FROM store_ruletable"])
def test_a_table_that_decided_is_neither_changed_nor_deleted(node, sql):
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(sql)
