"""Watch new decisions of the machine: count them in blocks, test full blocks, run shadows beside."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tongban.domain.guard.drift import find_shifts
from tongban.domain.guard.parameters import MILLION, Watching, watching_on
from tongban.domain.guard.replay import PastDecision, read_decisions
from tongban.domain.guard.tally import add, merge, tally
from tongban.domain.guard.what_if import Difference, compare
from tongban.domain.rules.evaluate import from_plain
from tongban.domain.rules.restore import restore_table
from tongban.domain.rules.table import RuleTable
from tongban.kernel.moment import civil_date
from tongban.store.past import DecidedCase
from tongban.store.watch import Block, Counted
from tongban.wiring.node import Node
from tongban.wiring.replaying import facts_then

WATCH_BATCH = 100
"""Decisions in one batch of the worker's."""
LAG = timedelta(seconds=60)
"""A decision is looked at when it is so old: by then no unit that bears an earlier instant is still open."""

Place = tuple[str, str]
"""An item and the hash of its rules."""


def watch_some(node: Node) -> int:
    """Look at one batch of new decisions; returns how many. One worker does so at a time."""
    now = node.deps.clock.now()
    with node.store.session.unit():
        place = node.store.watch.claim()
        if place is None:
            return 0
        cases, end = node.store.past.by_time(*place, now - LAG, WATCH_BATCH)
        if end is None:
            return 0
        decisions = list(_newest_decisions(cases))
        _count(node, decisions, now)
        _run_shadows(node, decisions, now)
        node.store.watch.move(*end)
        return len(cases)


def _newest_decisions(cases: Iterable[DecidedCase]) -> Iterable[PastDecision]:
    for case in cases:
        found = read_decisions(case.case_id, case.history)
        if found:
            yield found[-1]


def _count(node: Node, decisions: Iterable[PastDecision], now: datetime) -> None:
    """Count each decision in the open block of its rules; a block that is full is tested and closed."""
    watching = watching_on(node.deps.catalogue.watching, civil_date(now))
    touched: dict[Place, Counted] = {}
    for decision in decisions:
        table = node.deps.rule_tables.find(decision.assessed.rules_hash)
        if table is None:
            continue
        place = (str(decision.before.item_id), decision.assessed.rules_hash)
        if place not in touched:
            touched[place] = node.store.watch.read_blocks(*place, watching.reference_blocks)
        _count_one(node, decision, table, place, touched[place], watching, now)
    for place, counted in touched.items():
        if counted.open is not None:
            node.store.watch.save_block(*place, counted.open)


def _count_one(
    node: Node,
    decision: PastDecision,
    table: RuleTable,
    place: Place,
    counted: Counted,
    watching: Watching,
    now: datetime,
) -> None:
    if counted.open is None:
        counted.last_number += 1
        counted.open = Block(counted.last_number, 0, {}, now)
    block = counted.open
    add(block.counts, tally(from_plain(decision.assessed.record), table))
    block.cases += 1
    if block.cases >= watching.block_cases:
        block.closed_at = now
        _test(node, place, counted, watching, now)
        node.store.watch.save_block(*place, block)
        counted.open = None


def _test(node: Node, place: Place, counted: Counted, watching: Watching, now: datetime) -> None:
    """Compare a full block with the reference, or put it there while the reference is still growing."""
    block = counted.open
    if block is None:
        return
    if len(counted.reference) < watching.reference_blocks:
        counted.reference.append(block)
        return
    shifts = find_shifts(
        merge(one.counts for one in counted.reference),
        sum(one.cases for one in counted.reference),
        block.counts,
        block.cases,
        watching.false_alarm_ppm / MILLION,
    )
    node.store.watch.raise_alarms(*place, block.number, shifts, now)


def _run_shadows(node: Node, decisions: list[PastDecision], now: datetime) -> None:
    """Evaluate every proposal in shadow beside what was decided; nothing of it takes effect."""
    for number, item_id, plain in node.store.watch.read_shadows():
        own = [decision for decision in decisions if decision.before.item_id == item_id]
        if own:
            differences = compare_all(node, own, restore_table(plain))
            node.store.watch.keep_shadow(number, len(own), differences, now)


def compare_all(node: Node, decisions: Iterable[PastDecision], table: RuleTable) -> list[Difference]:
    """Return the decisions that would have come out otherwise under another table."""
    found = []
    for decision in decisions:
        facts = facts_then(decision, node.deps)
        difference = compare(decision, facts, table) if facts is not None else None
        if difference is not None:
            found.append(difference)
    return found
