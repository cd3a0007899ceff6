"""Calling the next number when a hundred thousand of the day wait; and taking one at the entrance."""

from datetime import timedelta

from tongban.commands.measuring.timing import Figures, milliseconds, seconds_of
from tongban.domain.hall.ticket import QueueTicket, compose_label
from tongban.flows.call_ticket import call_next
from tongban.kernel.moment import civil_date
from tongban.wiring import get_deps

_ASKED = 300
_IN_A_UNIT = 1000
_SERIALS_FROM = 100_000  # above what the entrance gives out on the day


def measure_tickets(count: int) -> Figures:
    """Return p50 and p99 of a call by a window that serves every business, each durable.

    Args:
        count: how many tickets of today wait, spread over all businesses.
    """
    deps = get_deps()
    now, book = deps.clock.now(), deps.catalogue.hall
    on, businesses = civil_date(now), book.businesses
    for begin in range(0, count, _IN_A_UNIT):
        with deps.unit():
            for place in range(begin, min(begin + _IN_A_UNIT, count)):
                one, serial = businesses[place % len(businesses)], _SERIALS_FROM + place
                at = now - timedelta(milliseconds=count - place)
                label = compose_label(one.letter, serial)
                deps.hall.tickets.add(QueueTicket(on, one.id, serial, label, at, at))
    windows = deps.catalogue.hall.windows[deps.zone]
    widest = max(windows, key=lambda name: len(windows[name]))

    def call() -> None:
        if call_next(widest, deps) is None:
            raise RuntimeError("nobody was called")

    for _ in range(10):
        call()
    return {"tickets": count, **milliseconds([seconds_of(call) for _ in range(min(_ASKED, count - 10))])}
