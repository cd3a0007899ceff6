"""Run past decisions again on today's build: all of them when asked, by night in small batches."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import tongban
from tongban.crypto.digest import hex_digest
from tongban.domain.case.facts import case_facts
from tongban.domain.guard.parameters import watching_on
from tongban.domain.guard.replay import Drift, PastDecision, read_decisions, replay
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.moment import CHINA_STANDARD_TIME
from tongban.store.past import DecidedCase
from tongban.store.replays import Batch, ReplayRun
from tongban.wiring.node import Node

BATCH = 500
"""Cases in one batch when somebody waits for the whole."""
NIGHT_BATCH = 100
"""Cases in one batch of the worker's, who has other things to do in between."""
DRIFTS_AT_ONCE = 1_000
"""Most drifts of one batch that are told by case."""


def replay_all(node: Node, limit: int | None = None) -> ReplayRun:
    """Run past decisions again, all or the first so many; keep the run and return it."""
    run = node.store.replays.start("asked", today_build(), node.deps.clock.now())
    left = limit
    while True:
        size = BATCH if left is None else min(BATCH, left)
        cases = node.store.past.by_case(run.after, size)
        left = None if left is None else left - len(cases)
        is_last = len(cases) < size or left == 0
        with node.store.session.unit():
            node.store.replays.go_on(run, _run_batch(node.deps, cases, run.after, is_last=is_last))
        run = _again(node, run)
        if is_last:
            return run


def replay_some(node: Node) -> int:
    """Do one batch of the night's run; begin it when its hour has come. Returns how many cases were done."""
    now = node.deps.clock.now()
    node.store.replays.start_if_due(_night_of(now, node.deps), today_build(), now)
    with node.store.session.unit():
        run = node.store.replays.claim("nightly")
        if run is None:
            return 0
        cases = node.store.past.by_case(run.after, NIGHT_BATCH)
        is_last = len(cases) < NIGHT_BATCH
        node.store.replays.go_on(run, _run_batch(node.deps, cases, run.after, is_last=is_last))
        return len(cases)


@lru_cache(maxsize=1)
def today_build() -> str:
    """Name the code that decides: a digest over the source of floors 0 to 2."""
    base = Path(tongban.__file__).parent
    paths = [path for room in ("kernel", "crypto", "domain") for path in sorted((base / room).rglob("*.py"))]
    return hex_digest(
        b"".join(path.relative_to(base).as_posix().encode() + path.read_bytes() for path in paths)
    )


def facts_then(decision: PastDecision, deps: Deps) -> Mapping[str, object] | None:
    """Return the facts of a decision as today's build reads them; None when the item is no longer offered."""
    case = decision.before
    try:
        item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
        calendar = deps.catalogue.get_calendar(case.deciding_zone)
        return case_facts(case, item, deps.catalogue.kinds, calendar, decision.on)
    except (NotFound, KeyError):
        return None


def _run_batch(deps: Deps, cases: Iterable[DecidedCase], after: str, *, is_last: bool) -> Batch:
    checked = drifted = unreadable = 0
    drifts: list[Drift] = []
    for case in cases:
        after = case.case_id
        if not case.history:
            unreadable += 1
            continue
        for decision in read_decisions(case.case_id, case.history):
            found = _replay_one(case, decision, deps)
            checked += 1
            drifted += bool(found)
            drifts.extend(found)
    finished_at = deps.clock.now() if is_last else None
    return Batch(after, checked, drifted, unreadable, drifts[:DRIFTS_AT_ONCE], finished_at)


def _replay_one(case: DecidedCase, decision: PastDecision, deps: Deps) -> tuple[Drift, ...]:
    assessed = decision.assessed
    table = deps.rule_tables.find(assessed.rules_hash)
    facts = facts_then(decision, deps) if _is_same_version(decision, deps) else None
    return replay(case.case_id, assessed, table, facts)


def _is_same_version(decision: PastDecision, deps: Deps) -> bool:
    """Facts can only be compared while the item still says how they are counted."""
    case = decision.before
    try:
        item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    except NotFound:
        return False
    return item.rules_hash == decision.assessed.rules_hash and item.version == case.item_version


def _night_of(now: datetime, deps: Deps) -> datetime:
    """Return when the last night's run was due."""
    here = now.astimezone(CHINA_STANDARD_TIME)
    hour = watching_on(deps.catalogue.watching, here.date()).replay_hour
    due = datetime.combine(here.date(), time(hour), CHINA_STANDARD_TIME)
    return due if due <= here else due - timedelta(days=1)


def _again(node: Node, run: ReplayRun) -> ReplayRun:
    return node.store.replays.find(run.id)
