"""Take a ticket at the entrance: without a name, or with the code of an appointment."""

from datetime import datetime

from tongban.domain.hall.appointment import USED, Appointment, check_arrival, place_on_arrival
from tongban.domain.hall.book import Business
from tongban.domain.hall.ticket import QueueTicket, compose_label, rank
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

CODE_CHARS = 12
"""Signs of an appointment's code, from an alphabet without look-alikes."""


def take_ticket(business_id: str, priority_id: str, deps: Deps) -> QueueTicket:
    """Give somebody the next number of a queue; nothing about them is kept.

    Args:
        priority_id: empty for none. It is shown at the window, not proved here.

    Raises:
        Refused: the hall is closed, so many wait that nobody more is served today, or no such priority.
        NotFound: no such business.
    """
    book, now = deps.catalogue.hall.of(deps.zone), deps.clock.now()
    business = book.get_business(business_id)
    priority = book.find_priority(priority_id)
    problems = _check_open(business, deps)
    if priority_id and (priority is None or priority.by_code):
        problems.append(Problem("ticket.no-priority", _NO_PRIORITY, "priority"))
    if problems:
        raise Refused(*problems)
    with deps.unit():
        return _give(business, priority_id, rank(now, priority_id, book), deps)


def check_in(code: str, deps: Deps) -> QueueTicket:
    """Give somebody who has an appointment a number, in the place that it gives; once for each code.

    Raises:
        Refused: the code is none, was used, or is for another day; the hall is closed.
        Conflict: somebody else used the code just now.
    """
    book, now = deps.catalogue.hall.of(deps.zone), deps.clock.now()
    appointment = get_appointment(code, deps)
    business = book.get_business(appointment.business)
    problems = [*check_arrival(appointment, now)]
    if not problems:
        problems = _check_open(business, deps, is_expected=True)
    if problems:
        raise Refused(*problems)
    priority, rank_at = place_on_arrival(appointment, now, book)
    with deps.unit():
        deps.hall.appointments.end(appointment.code, USED)
        return _give(business, priority, rank_at, deps)


def get_appointment(code: str, deps: Deps) -> Appointment:
    """Return the appointment of a code as it was typed; raises Refused when there is none."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    found = deps.hall.appointments.find(plain) if len(plain) == CODE_CHARS else None
    if found is None:
        raise Refused(Problem("appointment.unknown", _UNKNOWN, "code", next_step=_LOOK))
    return found


def _give(business: Business, priority: str, rank_at: datetime, deps: Deps) -> QueueTicket:
    now = deps.clock.now()
    on = civil_date(now)
    serial = deps.hall.tickets.draw_serial(on, business.id)
    label = compose_label(business.letter, serial)
    ticket = QueueTicket(on, business.id, serial, label, now, rank_at, priority)
    deps.hall.tickets.add(ticket)
    return ticket


def _check_open(business: Business, deps: Deps, *, is_expected: bool = False) -> list[Problem]:
    """Return why no number is given out now; who has an appointment is not turned away by a long queue."""
    book, now = deps.catalogue.hall.of(deps.zone), deps.clock.now()
    if not book.is_open(now, deps.catalogue.get_calendar(deps.zone)):
        return [Problem("ticket.closed", _CLOSED, "business", next_step=_BOOK)]
    waiting = deps.hall.tickets.count_waiting(civil_date(now)).get(business.id, 0)
    if waiting >= book.most_waiting and not is_expected:
        words = _FULL.fill(count=str(waiting))
        return [Problem("ticket.full", words, "business", next_step=_BOOK)]
    return []


def get_ticket(label: str, deps: Deps) -> QueueTicket:
    """Return one of today's tickets; raises NotFound for every other."""
    found = deps.hall.tickets.find(civil_date(deps.clock.now()), label)
    if found is None:
        raise NotFound(label)
    return found


_CLOSED = Text("窗口现在不开放", "The windows are closed now")
_FULL = Text(
    "已有 {count} 人在等候，今天不再放号", "{count} are waiting; no more numbers are given out today"
)
_BOOK = Text("请在开放时间再来，或者预约。", "Come during opening hours, or book an appointment.")
_NO_PRIORITY = Text("没有这种优先", "There is no such priority")
_UNKNOWN = Text("没有这个预约码", "There is no appointment of this code")
_LOOK = Text(
    "请核对预约时给的 12 位码；也可以直接取普通号。",
    "Check the 12 signs that were given when it was booked, or take an ordinary ticket.",
)
