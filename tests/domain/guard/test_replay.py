"""A decision run again comes out byte for byte the same, or the difference is told in words."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import (
    AGENT,
    BRANCH_FILING,
    CHANGZHOU,
    SUZHOU,
    a_branch_application,
    a_network,
    catalogue,
    keep_branch_records,
)
from tongban.domain.case.events import Assessed
from tongban.domain.guard.replay import outcome_hash, read_decisions, replay
from tongban.domain.rules.operators import Condition, Operator
from tongban.domain.rules.table import RuleTable
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId

CASE = CaseId("SZ260303-REPLAY01")
TABLE = catalogue().get_item(BRANCH_FILING, CHANGZHOU).rules


def decided(**answers: object) -> Assessed:
    network = a_network()
    keep_branch_records(network)
    submit(CASE, a_branch_application(**answers), AGENT, network[SUZHOU])
    settle(network)
    (decision,) = read_decisions(CASE, network[CHANGZHOU].cases.history(CASE))
    assert decision.before.stage == "accepted"
    assert decision.on == date(2026, 3, 3)
    return decision.assessed


GRANTED, REFERRED = decided(), decided(scope=["domestic", "outbound"])


def with_condition(criterion: str, condition: Condition) -> RuleTable:
    rows = tuple(replace(c, condition=condition) if c.id == criterion else c for c in TABLE.criteria)
    return replace(TABLE, criteria=rows)


@pytest.mark.parametrize("assessed", [GRANTED, REFERRED], ids=["granted", "referred"])
def test_the_same_table_over_the_same_facts_drifts_nowhere(assessed: Assessed) -> None:
    assert replay(CASE, assessed, TABLE) == ()


def test_a_decision_of_before_outcome_hashes_is_replayed_too() -> None:
    assert replay(CASE, replace(GRANTED, outcome_hash=""), TABLE) == ()


def test_an_evaluation_that_finds_otherwise_is_told_by_criterion() -> None:
    wanted = Condition("evidence.travel-agency-licence.status", Operator.IS, "suspended")
    (drift,) = replay(CASE, GRANTED, with_condition("parent-in-force", wanted))
    assert drift.kind == "outcome"
    assert "grant" in drift.says.en
    assert "parent-in-force: was met, is now unmet" in drift.says.en
    assert "parent-in-force" in drift.says.zh


def test_a_table_that_nobody_kept_is_drift() -> None:
    assert [drift.kind for drift in replay(CASE, GRANTED, None)] == ["table"]


def test_facts_changed_in_the_record_no_longer_fit_their_hash() -> None:
    facts = {**GRANTED.record["facts"], "answers.scope": ["outbound"]}
    kinds = [d.kind for d in replay(CASE, replace(GRANTED, record={**GRANTED.record, "facts": facts}), TABLE)]
    assert kinds == ["record", "outcome"]


def test_findings_changed_in_the_record_no_longer_fit_their_hash() -> None:
    record = {**REFERRED.record, "outcome": "refer", "findings": GRANTED.record["findings"]}
    kinds = [d.kind for d in replay(CASE, replace(REFERRED, record=record), TABLE)]
    assert "record" in kinds


def test_a_record_that_cannot_be_read_is_told_and_ends_nothing() -> None:
    assert [d.kind for d in replay(CASE, replace(GRANTED, record={"facts": {}}), TABLE)] == ["record"]


def test_other_facts_read_from_the_same_history_are_named() -> None:
    seen = {"answers.scope": ["domestic"], "today": date(2026, 3, 3)}
    drift = replay(CASE, GRANTED, TABLE, seen)[-1]
    assert drift.kind == "facts"
    assert "applicant.id" in drift.says.en


def test_the_outcome_hash_covers_outcome_and_findings_and_nothing_else() -> None:
    record = GRANTED.record
    assert outcome_hash(record) == GRANTED.outcome_hash
    assert outcome_hash({**record, "facts": {}}) == GRANTED.outcome_hash
    assert outcome_hash({**record, "outcome": "refer"}) != GRANTED.outcome_hash
    assert outcome_hash({**record, "findings": record["findings"][1:]}) != GRANTED.outcome_hash
