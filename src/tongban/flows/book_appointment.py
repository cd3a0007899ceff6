"""Book a place in a slot, cancel it, and hand on reminders."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tongban.domain.hall.appointment import BOOKED, CANCELLED, Appointment, check_booking
from tongban.domain.identifiers.written import make_plain
from tongban.flows.ports import Deps
from tongban.flows.take_ticket import CODE_CHARS, get_appointment
from tongban.kernel.errors import Conflict, Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

MOBILE_DIGITS = 11
GROUP = 200
"""Reminders handed on, or old appointments forgotten, at once."""

Tell = Callable[[Appointment, str], None]
"""Hands a reminder on: what is reminded of, and the number, which may be empty."""


def book_appointment(
    business_id: str, starts_at: datetime, account: str, mobile: str, deps: Deps
) -> Appointment:
    """Book a place for somebody who is logged in, or under a mobile number; never over capacity.

    Args:
        account: user name; empty when nobody is logged in, and then ``mobile`` is needed.
        mobile: as typed. It is kept locked, for the reminder alone, and forgotten when the appointment ends.

    Raises:
        Refused: every problem at once: past, closed, too far ahead, full, already booked that day.
    """
    book, now = deps.catalogue.hall.of(deps.zone), deps.clock.now()
    calendar = deps.catalogue.get_calendar(deps.zone)
    number = make_plain(mobile)
    problems = list(check_booking(business_id, starts_at, now, book, calendar))
    if (number or not account) and not _is_mobile(number):
        problems.append(Problem("appointment.mobile", _MOBILE, "mobile", "pipl-2021#6"))
    if problems:
        raise Refused(*problems)
    holder = f"account:{account}" if account else deps.hall.appointments.mark_mobile(number)
    code = deps.chance.token(CODE_CHARS)
    appointment = Appointment(code, business_id, starts_at, now, holder)
    try:
        with deps.unit():
            has_place = deps.hall.appointments.book(appointment, book.slots.capacity[business_id], number)
    except Conflict:
        raise Refused(Problem("appointment.twice", _TWICE, "slot", next_step=_CANCEL)) from None
    if not has_place:
        raise Refused(Problem("appointment.full", _FULL, "slot", next_step=_CHOOSE))
    return appointment


def cancel_appointment(code: str, deps: Deps) -> Appointment:
    """Cancel an appointment, so that its place is free again.

    Raises:
        Refused: there is none of this code, or it has ended.
    """
    appointment = get_appointment(code, deps)
    if appointment.state != BOOKED or civil_date(deps.clock.now()) > appointment.on:
        raise Refused(Problem("appointment.ended", _ENDED, "code"))
    with deps.unit():
        deps.hall.appointments.end(appointment.code, CANCELLED)
    return appointment


def remind(tell: Tell, deps: Deps) -> int:
    """Hand on the reminders of what begins within a day, each once; return how many.

    ``tell`` queues inside the same unit, so that a reminder is marked exactly when it is handed on.
    """
    now = deps.clock.now()
    with deps.unit():
        due = deps.hall.appointments.claim_reminders(now + timedelta(days=1), now, GROUP)
        for one in due:
            tell(one, deps.hall.appointments.find_mobile(one.code))
    return len(due)


def forget_past(deps: Deps) -> int:
    """Note who did not come on days before today, and forget their numbers; return how many."""
    return deps.hall.appointments.forget_past(civil_date(deps.clock.now()), GROUP)


def _is_mobile(number: str) -> bool:
    return len(number) == MOBILE_DIGITS and number.isascii() and number.isdigit() and number[0] == "1"


_MOBILE = Text(
    "请填写 11 位手机号码，只用于提醒，到期即删除",
    "Give a mobile number of 11 digits; it is used for the reminder alone and deleted afterwards",
)
_TWICE = Text("这一天已经有这项业务的预约", "There is an appointment for this on that day already")
_CANCEL = Text("如要改时间，请先取消原来的预约。", "To change it, cancel the other one first.")
_FULL = Text("这个时段已经约满", "This slot is full")
_CHOOSE = Text("请在列表里另选一个时段。", "Choose another slot from the list.")
_ENDED = Text("这个预约已经用过、取消或者过期", "This appointment was used, cancelled or missed")
