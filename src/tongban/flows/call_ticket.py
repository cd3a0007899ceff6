"""What a window does with its queue: call the next, call again, pass over, send on, finish."""

from collections.abc import Callable

from tongban.domain.hall import ticket as tickets
from tongban.domain.hall.ticket import QueueTicket
from tongban.flows.ports import Deps
from tongban.flows.take_ticket import get_ticket
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def call_next(window: str, deps: Deps) -> QueueTicket | None:
    """Call who is next at a window; None when nobody waits. Whom it served before is finished with.

    Two windows that call at one instant never call the same ticket.

    Raises:
        NotFound: no such window. Conflict: this window called twice at one instant; the first counts.
    """
    businesses = get_window(window, deps)
    now = deps.clock.now()
    on = civil_date(now)
    with deps.unit():
        current = deps.hall.tickets.find_current(on, window)
        if current is not None:
            deps.hall.tickets.save(current, tickets.finish(current, window, now))
        waiting = deps.hall.tickets.claim_next(on, businesses, window)
        if waiting is None:
            return None
        called = tickets.call(waiting, window, now)
        deps.hall.tickets.save(waiting, called)
        return called


def call_passed(window: str, label: str, deps: Deps) -> QueueTicket:
    """Call somebody who did not come at first; Refused while this window serves another."""
    get_window(window, deps)
    now = deps.clock.now()
    _require_free(window, deps)
    return _change(label, lambda one: tickets.call(one, window, now), deps)


def recall(window: str, label: str, deps: Deps) -> QueueTicket:
    """Call out once more whom this window has called."""
    now = deps.clock.now()
    return _change(label, lambda one: tickets.recall(one, window, now), deps)


def pass_over(window: str, label: str, deps: Deps) -> QueueTicket:
    """Note that nobody came."""
    now = deps.clock.now()
    return _change(label, lambda one: tickets.pass_over(one, window, now), deps)


def finish(window: str, label: str, deps: Deps) -> QueueTicket:
    """Note that the client was served."""
    now = deps.clock.now()
    return _change(label, lambda one: tickets.finish(one, window, now), deps)


def transfer(window: str, label: str, business: str, for_window: str, deps: Deps) -> QueueTicket:
    """Send a client on to another queue, or to one window.

    Args:
        business: stays as it is when empty.
        for_window: empty for any window of the business.
    """
    if business:
        deps.catalogue.hall.get_business(business)
    if for_window:
        get_window(for_window, deps)
    return _change(
        label, lambda one: tickets.transfer(one, window, business or one.business, for_window), deps
    )


def get_window(window: str, deps: Deps) -> tuple[str, ...]:
    """Return the businesses of a window of this zone, or raise NotFound."""
    windows = deps.catalogue.hall.windows.get(deps.zone, {})
    if window not in windows:
        raise NotFound(window)
    return windows[window]


def _change(label: str, change: Callable[[QueueTicket], QueueTicket], deps: Deps) -> QueueTicket:
    with deps.unit():
        before = get_ticket(label, deps)
        after = change(before)
        deps.hall.tickets.save(before, after)
        return after


def _require_free(window: str, deps: Deps) -> None:
    current = deps.hall.tickets.find_current(civil_date(deps.clock.now()), window)
    if current is not None:
        raise Refused(Problem("ticket.busy", _BUSY.fill(label=current.label), "ticket"))


_BUSY = Text("请先办结 {label} 号", "Finish {label} first")
