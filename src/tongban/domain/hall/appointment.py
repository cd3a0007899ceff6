"""Appointments: the slots of a day, what may be booked, and the place in the queue that one gives."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.hall.book import HallBook
from tongban.domain.hall.ticket import rank
from tongban.kernel.errors import Problem
from tongban.kernel.moment import CHINA_STANDARD_TIME, civil_date
from tongban.kernel.text import Text

BOOKED, USED, CANCELLED, MISSED = "booked", "used", "cancelled", "missed"
BY_APPOINTMENT = "appointment"
"""The priority that only a code gives."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """A booked place in a slot.

    Args:
        code: unguessable; who has it may take the ticket or cancel.
        holder: who booked, as far as it is known: ``account:NAME``, or the store's own mark of a number.
        reminded_at: when its reminder was handed on; None before.
    """

    code: str
    business: str
    starts_at: datetime
    booked_at: datetime
    holder: str
    state: str = BOOKED
    reminded_at: datetime | None = None

    @property
    def on(self) -> date:
        """Its day."""
        return civil_date(self.starts_at)


def list_slots(on: date, book: HallBook, calendar: WorkingCalendar) -> tuple[datetime, ...]:
    """Return when the slots of a day begin; none on a day that is closed or not published yet."""
    if not calendar.is_loaded(on) or not calendar.is_working_day(on):
        return ()
    starts, length = [], timedelta(minutes=book.slots.minutes)
    for opening in book.hours:
        begins = datetime.combine(on, opening.from_time, CHINA_STANDARD_TIME)
        ends = datetime.combine(on, opening.until_time, CHINA_STANDARD_TIME)
        while begins + length <= ends:
            starts.append(begins)
            begins += length
    return tuple(starts)


def check_booking(
    business_id: str, starts_at: datetime, now: datetime, book: HallBook, calendar: WorkingCalendar
) -> tuple[Problem, ...]:
    """Return why a slot cannot be booked; whether it is full is for the store to say."""
    on, today = civil_date(starts_at), civil_date(now)
    problems = []
    if not book.slots.capacity.get(business_id):
        problems.append(Problem("appointment.not-offered", _NOT_OFFERED, "business"))
    if starts_at <= now:
        problems.append(Problem("appointment.past", _PAST, "slot", next_step=_CHOOSE))
    elif on > today + timedelta(days=book.slots.days_ahead):
        words = _TOO_FAR.fill(days=str(book.slots.days_ahead))
        problems.append(Problem("appointment.too-far", words, "slot", next_step=_CHOOSE))
    elif not calendar.is_loaded(on) or not calendar.is_working_day(on):
        problems.append(Problem("appointment.closed", _CLOSED, "slot", "all-2019#82", next_step=_CHOOSE))
    elif starts_at not in list_slots(on, book, calendar):
        problems.append(Problem("appointment.no-slot", _NO_SLOT, "slot", next_step=_CHOOSE))
    return tuple(problems)


def check_arrival(appointment: Appointment, now: datetime) -> tuple[Problem, ...]:
    """Return why an appointment gives no ticket now."""
    if appointment.state != BOOKED:
        return (Problem("appointment.ended", _ENDED, "code", next_step=_TAKE_ONE),)
    if appointment.on != civil_date(now):
        return (Problem("appointment.other-day", _OTHER_DAY, "code", next_step=_TAKE_ONE),)
    return ()


def place_on_arrival(appointment: Appointment, now: datetime, book: HallBook) -> tuple[str, datetime]:
    """Return priority and place of somebody who comes with an appointment.

    Who comes early stands where they would at the slot's beginning; who comes after its end and the time of
    grace stands as if they had none.
    """
    length = timedelta(minutes=book.slots.minutes + book.slots.grace_minutes)
    if now > appointment.starts_at + length:
        return "", now
    return BY_APPOINTMENT, rank(max(now, appointment.starts_at), BY_APPOINTMENT, book)


_NOT_OFFERED = Text(
    "这项业务不接受预约，请当天取号", "No appointments are taken for this; take a ticket on the day"
)
_PAST = Text("这个时间已经过去", "This time is past")
_TOO_FAR = Text("只能预约 {days} 天以内的时间", "Appointments are taken up to {days} days ahead")
_CLOSED = Text("这一天窗口不开放", "The windows are closed on this day")
_NO_SLOT = Text("没有这个时段", "There is no such slot")
_CHOOSE = Text("请在列表里另选一个时段。", "Choose another slot from the list.")
_ENDED = Text("这个预约已经用过、取消或者过期", "This appointment was used, cancelled or missed")
_OTHER_DAY = Text("这个预约不是今天的", "This appointment is for another day")
_TAKE_ONE = Text("可以直接取普通号。", "An ordinary ticket can be taken instead.")
