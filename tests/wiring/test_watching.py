"""New decisions are counted in blocks; a block that moved alarms; a proposal in shadow changes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, TUESDAY, catalogue
from tests.web.one_node import OneNode, start_node
from tongban.domain.rules.table import table_plain
from tongban.store.models import DriftAlarm, Proposal, ShadowDifference, WatchBlock
from tongban.wiring import watching
from tongban.wiring.watching import LAG, watch_some

ITEM = catalogue().get_item(BRANCH_FILING, CHANGZHOU)


@pytest.fixture
def node(transactional_db, tmp_path, monkeypatch) -> OneNode:
    """Changzhou's node, whose blocks are full after ten cases, the reference being two of them."""
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    small = tuple(replace(row, block_cases=10, reference_blocks=2) for row in node.deps.catalogue.watching)
    deps = replace(node.deps, catalogue=replace(node.deps.catalogue, watching=small))
    return replace(node, deps=deps)


def decide(node: OneNode, first: int, count: int, scope: tuple[str, ...] = ("domestic",)) -> None:
    for number in range(first, first + count):
        node.referred(f"CZ260303-AAAA{number:04d}", scope=scope)


def look(node: OneNode) -> int:
    """Let the watch see everything there is."""
    node.clock.at += LAG
    seen = 0
    while did := watch_some(node):
        seen += did
    return seen


def test_decisions_are_counted_once_and_only_when_they_are_old_enough(node):
    decide(node, 1, 3)
    assert watch_some(node) == 0
    assert look(node) == 3
    assert look(node) == 0
    (block,) = WatchBlock.objects.all()
    assert (block.number, block.cases, block.closed_at) == (1, 3, None)
    assert '"outcome": {"grant": 3}' in block.counts


def test_a_batch_that_is_broken_into_parts_counts_the_same(node, monkeypatch):
    monkeypatch.setattr(watching, "WATCH_BATCH", 4)
    decide(node, 1, 11)
    assert look(node) == 11
    assert [(b.number, b.cases) for b in WatchBlock.objects.order_by("number")] == [(1, 10), (2, 1)]


def test_a_block_in_which_grants_fell_alarms_and_one_without_a_change_does_not(node):
    decide(node, 1, 30)
    look(node)
    assert DriftAlarm.objects.count() == 0  # two blocks of reference, and a third that is alike
    decide(node, 31, 10, ("domestic", "outbound"))
    look(node)
    alarm = DriftAlarm.objects.get(feature="outcome", value="grant")
    assert (alarm.block, alarm.before_hits, alarm.before_cases) == (4, 20, 20)
    assert (alarm.now_hits, alarm.now_cases) == (0, 10)
    assert alarm.chance_ppb < 1_000_000
    assert DriftAlarm.objects.filter(feature="criterion:scope-inside-parents", value="unmet").exists()


def propose(node: OneNode, **changes: object) -> Proposal:
    import json

    rules = replace(ITEM.rules, **changes)
    return Proposal.objects.create(
        item_id=BRANCH_FILING, says="演示", text="", plain=json.dumps(table_plain(rules)), hash="c" * 64,
        actor_id="steward", actor_name="演示管理员", at=TUESDAY, state="shadow",
    )  # fmt: skip


def test_a_proposal_in_shadow_is_evaluated_beside_and_changes_no_case(node):
    laxer = tuple(c for c in ITEM.rules.criteria if c.id != "scope-inside-parents")
    proposal = propose(node, criteria=laxer)
    decide(node, 1, 2)
    decide(node, 3, 1, ("domestic", "outbound"))
    look(node)
    proposal.refresh_from_db()
    assert (proposal.compared, proposal.differing) == (3, 1)
    difference = ShadowDifference.objects.get()
    assert (difference.case_id, difference.then, difference.now) == ("CZ260303-AAAA0003", "refer", "grant")
    assert node.find(difference.case_id).stage == "assessed"


def test_a_proposal_that_lets_no_machine_grant_says_so_of_every_grant(node):
    propose(node, may_grant=False)
    decide(node, 1, 2)
    look(node)
    assert {one.says_en for one in ShadowDifference.objects.all()} == {
        "the other version lets no machine grant"
    }


def test_the_watch_is_held_by_one_worker_at_a_time(node):
    from tests.store.threads import run_together

    decide(node, 1, 5)
    node.clock.at += LAG + timedelta(seconds=1)
    done = run_together([lambda: watch_some(node), lambda: watch_some(node)])
    assert sorted(done) == [0, 5]
    assert WatchBlock.objects.get().cases == 5
