"""What a worker does: carry out one wake-up, and, every little while, what is due by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from tongban.flows.advance import advance
from tongban.flows.reactions import FLOWS
from tongban.flows.watch_clocks import GROUP, ask_again, deem_accepted, take_up, wake_due
from tongban.flows.write_papers import write_papers
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.store.exchange import DELIVER
from tongban.store.transfers import FETCH
from tongban.wiring.node import Node
from tongban.wiring.replaying import NIGHT_BATCH, replay_some
from tongban.wiring.watching import WATCH_BATCH, watch_some

SEQUENCE_AT_ONCE = 1000
"""Leaves that get their place in the ledger in one transaction."""


def wake(node: Node, flow: str, arguments: dict[str, str]) -> None:
    """Carry out one wake-up. What it was about may be done or gone by now; then there is nothing to do.

    Raises:
        Fault, Conflict: try again later.
    """
    if flow == DELIVER:
        node.exchange.deliver(ZoneId(arguments["to_zone"]))
        return
    if flow == FETCH:
        node.exchange.fetch()
        return
    case_id = CaseId(arguments["case_id"])
    try:
        if flow == "advance":
            advance(case_id, node.deps)
        else:
            FLOWS[flow](case_id, node.deps)
    except (NotFound, Refused):
        # The case moved on while the wake-up lay in the queue; what it wanted is no longer wanted.
        return


@dataclass(slots=True)
class Duty:
    """Something done every so often.

    Args:
        every: how long to wait between two times.
        act: does it; returns how much it did.
        full_hand: when it did as much as this, more is waiting and it is due again at once; None when it
            goes on by itself until nothing is left.
        next_at: when it is due.
    """

    name: str
    every: timedelta
    act: Callable[[], int]
    full_hand: int | None = None
    next_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Say whether its time has come."""
        return self.next_at is None or now >= self.next_at


def duties_of(node: Node) -> tuple[Duty, ...]:
    """Return what a worker does unasked; each is safe to do twice and in several workers at once."""
    deps, ledger = node.deps, node.store.ledger
    return (
        Duty(
            "sequence_ledger",
            timedelta(seconds=1),
            lambda: ledger.sequence_leaves(SEQUENCE_AT_ONCE, deps.clock.now()),
            SEQUENCE_AT_ONCE,
        ),
        Duty("take_up", timedelta(seconds=2), lambda: take_up(deps), GROUP),
        # A hundred cases at a time and then others' turn: documents must not hold up decisions.
        Duty("write_papers", timedelta(seconds=2), lambda: write_papers(deps)),
        Duty("deliver", timedelta(seconds=2), lambda: node.exchange.deliver().delivered),
        Duty("fetch_files", timedelta(seconds=2), lambda: node.store.transfers.wake_due(deps.clock.now())),
        Duty("forget_sessions", timedelta(minutes=10), forget_sessions),
        Duty("ask_again", timedelta(seconds=30), lambda: ask_again(deps)),
        Duty("wake_due", timedelta(minutes=1), lambda: wake_due(deps), GROUP),
        Duty("deem_accepted", timedelta(minutes=1), lambda: deem_accepted(deps), GROUP),
        Duty("watch", timedelta(seconds=30), lambda: watch_some(node), WATCH_BATCH),
        Duty("replay", timedelta(minutes=1), lambda: replay_some(node), NIGHT_BATCH),
    )


def forget_sessions() -> int:
    """Throw expired sessions away, with the applications that were begun in them and not handed in."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0


def run_due(duties: tuple[Duty, ...], now: datetime) -> tuple[str, ...]:
    """Do every duty whose time has come; return the names of those done."""
    done = []
    for duty in duties:
        if duty.is_due(now):
            duty.next_at = now + duty.every
            did = duty.act()
            if duty.full_hand is not None and did >= duty.full_hand:
                duty.next_at = now
            done.append(duty.name)
    return tuple(done)
