"""What a worker does: carry out one wake-up, and, every little while, what is due by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from tongban.flows.advance import advance
from tongban.flows.answer_voice import GROUP as VOICE_GROUP
from tongban.flows.answer_voice import escalate_overdue, forget_contacts
from tongban.flows.book_appointment import GROUP as REMIND_GROUP
from tongban.flows.book_appointment import forget_past
from tongban.flows.file_review import follow_reviews
from tongban.flows.hold_files import BATCH, forget_abandoned
from tongban.flows.keep_time import keep_time
from tongban.flows.lost_post import open_lost_post
from tongban.flows.ports import Deps
from tongban.flows.reactions import FLOWS
from tongban.flows.resume_sealing import GROUP as SEAL_GROUP
from tongban.flows.resume_sealing import resume_sealing
from tongban.flows.send_notifications import GROUP as SEND_GROUP
from tongban.flows.send_notifications import forget_old, send_notifications
from tongban.flows.supervise import GROUP as SUPERVISE_GROUP
from tongban.flows.supervise import supervise
from tongban.flows.tell_parties import GROUP as TELL_GROUP
from tongban.flows.tell_parties import tell_appointments, tell_fired
from tongban.flows.watch_clocks import ARCHIVE_GROUP, GROUP, archive_due, ask_again, take_up
from tongban.flows.write_papers import write_papers
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.store.exchange import DELIVER
from tongban.store.jobs import MOST_AT_ONCE as JOBS_AT_ONCE
from tongban.store.transfers import FETCH
from tongban.wiring.node import Node
from tongban.wiring.replaying import NIGHT_BATCH, replay_some
from tongban.wiring.watching import WATCH_BATCH, watch_some

INQUIRIES_KEPT = timedelta(days=2)
"""No session of a form lives so long, and an answer counts for a day (content/evidence)."""

PRECHECKS_KEPT = timedelta(days=30)
"""Whoever hands in later looks at the form anew."""

TAKE_AGAIN = timedelta(minutes=30)
"""A job that used up its tries (some eight minutes) is offered again after this."""

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
        Duty("resume_sealing", timedelta(seconds=10), lambda: resume_sealing(deps), SEAL_GROUP),
        Duty("fetch_files", timedelta(seconds=2), lambda: node.store.transfers.wake_due(deps.clock.now())),
        Duty("forget_sessions", timedelta(minutes=10), forget_sessions),
        Duty(
            "forget_uploads", timedelta(hours=1), lambda: forget_abandoned(settings.UPLOADS_KEPT, deps), BATCH
        ),
        Duty("take_failed_again", TAKE_AGAIN, lambda: take_failed_again(node)),
        Duty("take_orphans_again", timedelta(seconds=30), node.store.jobs.take_orphans_again, JOBS_AT_ONCE),
        Duty("forget_inquiries", timedelta(hours=1), lambda: forget_inquiries(deps)),
        Duty("forget_prechecks", timedelta(hours=1), lambda: forget_prechecks(deps)),
        Duty("ask_again", timedelta(seconds=30), lambda: ask_again(deps)),
        Duty("keep_time", timedelta(minutes=1), lambda: keep_time(deps), 1),
        Duty("open_lost_post", timedelta(minutes=1), lambda: open_lost_post(deps)),
        Duty("tell_fired", timedelta(seconds=30), lambda: tell_fired(deps), TELL_GROUP),
        Duty("tell_appointments", timedelta(minutes=5), lambda: tell_appointments(deps), REMIND_GROUP),
        Duty("send_notifications", timedelta(seconds=5), lambda: send_notifications(deps), SEND_GROUP),
        Duty("forget_messages", timedelta(hours=1), lambda: forget_old(deps), SEND_GROUP),
        Duty("archive_due", timedelta(hours=1), lambda: archive_due(deps, ARCHIVE_GROUP), ARCHIVE_GROUP),
        Duty("forget_appointments", timedelta(hours=1), lambda: forget_past(deps), GROUP),
        Duty("escalate_voices", timedelta(minutes=5), lambda: escalate_overdue(deps), VOICE_GROUP),
        Duty("follow_reviews", timedelta(seconds=30), lambda: follow_reviews(deps)),
        Duty("forget_contacts", timedelta(hours=1), lambda: forget_contacts(deps), VOICE_GROUP),
        Duty("supervise", timedelta(minutes=1), lambda: supervise(deps), SUPERVISE_GROUP),
        Duty("watch", timedelta(seconds=30), lambda: watch_some(node), WATCH_BATCH),
        Duty("replay", timedelta(minutes=1), lambda: replay_some(node), NIGHT_BATCH),
    )


def forget_sessions() -> int:
    """Throw expired sessions away, with the applications that were begun in them and not handed in."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return 0


def forget_prechecks(deps: Deps) -> int:
    """Forget drafts that were looked at, or waited, and were never handed in."""
    return deps.prechecks.forget_before(deps.clock.now() - PRECHECKS_KEPT)


def take_failed_again(node: Node) -> int:
    """Offer work once more whose job used up its tries, e.g. because the press or the disk was away for long.

    What is to be done is told by the case, not by the job: a flow that finds it done does nothing.
    """
    return node.store.jobs.take_failed_again(node.deps.clock.now() - TAKE_AGAIN)


def forget_inquiries(deps: Deps) -> int:
    """Forget what other zones were asked before a promise was offered; no form is open any more."""
    return deps.inquiries.forget_before(deps.clock.now() - INQUIRIES_KEPT)


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
