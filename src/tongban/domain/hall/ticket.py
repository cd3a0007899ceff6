"""A number in a queue: its states, its place, what may be done with it when. No name is in it."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from tongban.domain.hall.book import HallBook
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

WAITING, CALLED, PASSED, FINISHED = "waiting", "called", "passed", "finished"
STATES = (WAITING, CALLED, PASSED, FINISHED)
"""Waits; called to a window, and being served there; did not come; done with."""


@dataclass(frozen=True, slots=True)
class QueueTicket:
    """Somebody's place in a queue on one day.

    Args:
        serial: counts the tickets that this business gave out on the day, without gap or double.
        label: letter and serial as they are printed, e.g. ``A012``.
        rank_at: where it stands: earlier is called first; when it was taken, less the lead of its priority.
        window: that called it last; empty while nobody has.
        for_window: the only window that may call it, after a transfer; empty for any of its business.
        calls: how often it was called out.
    """

    on: date
    business: str
    serial: int
    label: str
    taken_at: datetime
    rank_at: datetime
    priority: str = ""
    state: str = WAITING
    window: str = ""
    for_window: str = ""
    calls: int = 0
    called_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """What the waiting are sorted by."""
        return (self.rank_at, self.label)


def compose_label(letter: str, serial: int) -> str:
    """Return what is printed and called out: at least three digits, so that labels read alike."""
    return f"{letter}{serial:03d}"


def rank(at: datetime, priority_id: str, book: HallBook) -> datetime:
    """Return the place of somebody who came at an instant.

    Because a lead is a fixed length of time, whoever comes later than the longest lead is behind for good:
    nobody waits for ever.
    """
    priority = book.find_priority(priority_id)
    return at - priority.lead if priority else at


def call(ticket: QueueTicket, window: str, at: datetime) -> QueueTicket:
    """Call somebody to a window: from the queue, or again after not coming."""
    _require(ticket, WAITING, PASSED)
    return replace(ticket, state=CALLED, window=window, calls=ticket.calls + 1, called_at=at, ended_at=None)


def recall(ticket: QueueTicket, window: str, at: datetime) -> QueueTicket:
    """Call out once more whom this window has called."""
    _require_here(ticket, window)
    return replace(ticket, calls=ticket.calls + 1, called_at=at)


def pass_over(ticket: QueueTicket, window: str, at: datetime) -> QueueTicket:
    """Note that nobody came; the number may still be called again on the day."""
    _require_here(ticket, window)
    return replace(ticket, state=PASSED, ended_at=at)


def finish(ticket: QueueTicket, window: str, at: datetime) -> QueueTicket:
    """Note that the client was served and has left."""
    _require_here(ticket, window)
    return replace(ticket, state=FINISHED, ended_at=at)


def transfer(ticket: QueueTicket, window: str, business: str, for_window: str) -> QueueTicket:
    """Send a client on to another queue or window, in the place that the ticket had: nobody queues twice."""
    _require_here(ticket, window)
    if (business, for_window) == (ticket.business, window):
        raise Refused(Problem("ticket.nowhere", _NOWHERE, "to"))
    return replace(ticket, state=WAITING, business=business, for_window=for_window, window="")


def _require(ticket: QueueTicket, *states: str) -> None:
    if ticket.state not in states:
        now = _STATE_WORDS[ticket.state]
        raise Refused(
            Problem("ticket.state", _WRONG_STATE.fill(label=ticket.label, zh=now.zh, en=now.en), "ticket")
        )


def _require_here(ticket: QueueTicket, window: str) -> None:
    _require(ticket, CALLED)
    if ticket.window != window:
        words = _ELSEWHERE.fill(label=ticket.label, window=ticket.window)
        raise Refused(Problem("ticket.elsewhere", words, "ticket"))


_STATE_WORDS = {
    WAITING: Text("正在等候", "waiting"),
    CALLED: Text("已叫到窗口", "called to a window"),
    PASSED: Text("已过号", "passed over"),
    FINISHED: Text("已办结", "finished"),
}
_WRONG_STATE = Text("{label} 号{zh}，现在不能这样做", "{label} is {en}; this cannot be done now")
_ELSEWHERE = Text("{label} 号在 {window} 号窗口办理", "{label} is being served at window {window}")
_NOWHERE = Text("请选择另一个队列或窗口", "Choose another queue or window")
