"""Why this date: the day counted from, each holiday left out, each make-up day counted, each article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.clock.calendar import Holiday, WorkingCalendar, days_of
from tongban.domain.clock.provisional import NotYetKnown, describe_provisional, find_reading
from tongban.domain.clock.reading import NO_EXTENSIONS, Reading, find_last_day
from tongban.domain.clock.statute import Extension, LimitKind, Pause, TimeLimit, Unit, amount_in_words
from tongban.domain.clock.wording import day_in_words, instant_in_words, range_in_words
from tongban.kernel.ids import LawKey
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

FIRST_DAY_NOT_COUNTED = LawKey("civil-code-2020#201")
MONTHS_END_ON_THE_SAME_DAY = LawKey("civil-code-2020#202")
LAST_DAY_ROLLS = LawKey("civil-code-2020#203")

_ONE_DAY = timedelta(days=1)
_KIND = {
    LimitKind.STATUTORY: Text("法定", "statutory"),
    LimitKind.PROMISED: Text("承诺", "promised"),
}


@dataclass(frozen=True, slots=True)
class DueReason:
    """One step of a due date.

    Args:
        text: the step in words.
        source: the article behind it, or None when it is the calendar's notice, named in the words.
    """

    text: Text
    source: LawKey | None = None


def explain_due(
    accepted: Moment,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    now: Moment,
    extensions: Sequence[Extension] = NO_EXTENSIONS,
) -> tuple[Text, ...]:
    """Return the steps of a due date as sentences, each with its article's key in brackets."""
    return tuple(
        Text(f"{reason.text.zh}[{reason.source}]", f"{reason.text.en} [{reason.source}]")
        if reason.source
        else reason.text
        for reason in explain_clock(accepted, limit, pauses, calendar, now, extensions)
    )


def explain_clock(
    accepted: Moment,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    now: Moment,
    extensions: Sequence[Extension] = NO_EXTENSIONS,
    *,
    is_step: bool = False,
) -> tuple[DueReason, ...]:
    """Return the steps that lead to a clock's due date, from the limit to the last day.

    Args: as for ``provisional.find_reading``; when that answers NotYetKnown, the last step says so.
        is_step: for the clock of a step, which begins with something else than the acceptance.
    """
    reading = find_reading(accepted, limit, pauses, calendar, now, extensions)
    steps = [_explain_limit(limit)]
    if limit.unit.is_of_day:
        steps.append(_explain_first_day(accepted.on, is_step=is_step))
    else:
        steps.append(_explain_moment(accepted))
    for extension in extensions:
        steps.append(_explain_extension(extension, limit.unit))
    if isinstance(reading, NotYetKnown):
        return (*steps, DueReason(describe_provisional(reading)))
    steps.extend(_explain_pause(pause) for pause in pauses if pause.began_on <= reading.due_on)
    if limit.unit is Unit.WORKING_DAY:
        steps.extend(_explain_days_off(accepted.on, reading.due_on, calendar))
    steps.extend(_explain_end(accepted, limit, pauses, calendar, now, extensions, reading))
    return tuple(steps)


def _explain_limit(limit: TimeLimit) -> DueReason:
    kind, words = _KIND[limit.kind], limit.in_words
    return DueReason(
        Text(f"{kind.zh}时限为{words.zh}。", f"The {kind.en} limit is {words.en}."), limit.source
    )


def _explain_first_day(accepted_on: date, *, is_step: bool) -> DueReason:
    day = day_in_words(accepted_on)
    if is_step:
        text = Text(
            f"起算当日{day.zh}不计，自次日起算。", f"The day on which it begins, {day.en}, is not counted."
        )
        return DueReason(text, FIRST_DAY_NOT_COUNTED)
    return DueReason(
        Text(f"受理当日{day.zh}不计，自次日起算。", f"The day of acceptance, {day.en}, is not counted."),
        FIRST_DAY_NOT_COUNTED,
    )


def _explain_moment(accepted: Moment) -> DueReason:
    at = instant_in_words(accepted.at)
    return DueReason(
        Text(f"自{at.zh}起连续计算，休息日照算。", f"It runs from {at.en} without a break, rest days too."),
        FIRST_DAY_NOT_COUNTED,
    )


def _explain_extension(extension: Extension, unit: Unit) -> DueReason:
    counted = Unit.WORKING_DAY if unit is Unit.WORKING_DAY else Unit.CALENDAR_DAY
    words = amount_in_words(extension.days, counted)
    return DueReason(
        Text(f"经批准延长{words.zh}。", f"Extended by {words.en} with approval."), extension.source
    )


def _explain_pause(pause: Pause) -> DueReason:
    if pause.ended_on is None:
        day = day_in_words(pause.began_on)
        text = Text(
            f"自{day.zh}起停止计算，尚未恢复；停多久，到期日就顺延多久。",
            f"Stopped since {day.en} and not yet running again; the due date moves on while it is stopped.",
        )
    else:
        days = range_in_words(pause.began_on, pause.ended_on)
        text = Text(
            f"{days.zh}停止计算，不计入时限。", f"Stopped from {days.en}; these days are not counted."
        )
        if pause.began_on == pause.ended_on:
            text = Text(text.zh, f"Stopped on {days.en}; this day is not counted.")
    return DueReason(text, pause.source)


def _explain_days_off(accepted_on: date, due_on: date, calendar: WorkingCalendar) -> Iterator[DueReason]:
    """Yield the holidays, closures, make-up days and ordinary weekends between acceptance and due date."""
    first_on = accepted_on + _ONE_DAY
    holidays = calendar.find_holidays(first_on, due_on)
    for holiday in holidays:
        yield _explain_holiday(holiday)
    for day, holiday in calendar.find_make_up_days(first_on, due_on):
        words = day_in_words(day)
        yield DueReason(
            Text(
                f"{words.zh}因{holiday.name.zh}调休上班，计入时限（{holiday.source}）。",
                f"{words.en} is worked to make up for {holiday.name.en} and is counted ({holiday.source}).",
            )
        )
    named = {day for holiday in holidays for day in days_of(holiday)}
    plain = sum(
        1
        for offset in range((due_on - accepted_on).days)
        if (day := first_on + timedelta(days=offset)) not in named and not calendar.is_working_day(day)
    )
    if plain:
        days = "day" if plain == 1 else "days"
        yield DueReason(
            Text(
                f"另有周末休息日{plain}天，不计入时限。",
                f"Besides, {plain} weekend {days} of rest {'is' if plain == 1 else 'are'} not counted.",
            )
        )


def _explain_holiday(holiday: Holiday) -> DueReason:
    days = range_in_words(holiday.first_on, holiday.last_on)
    off = Text("停止办公", "offices closed") if holiday.is_local else Text("放假", "holiday")
    return DueReason(
        Text(
            f"{holiday.name.zh}：{days.zh}{off.zh}，不计入时限（{holiday.source}）。",
            f"{holiday.name.en}: {off.en} {days.en}, not counted ({holiday.source}).",
        )
    )


def _explain_end(
    accepted: Moment,
    limit: TimeLimit,
    pauses: Sequence[Pause],
    calendar: WorkingCalendar,
    now: Moment,
    extensions: Sequence[Extension],
    reading: Reading,
) -> Iterator[DueReason]:
    """Yield the last day, and the roll to a working day when there is one."""
    if reading.due_at is not None:
        at = instant_in_words(reading.due_at)
        yield DueReason(Text(f"到期时间为{at.zh}。", f"It is due at {at.en}."), limit.source)
        return
    due = day_in_words(reading.due_on)
    if limit.unit is Unit.WORKING_DAY:
        yield DueReason(
            Text(
                f"第{reading.total}个工作日是{due.zh}，为到期日。",
                f"Working day number {reading.total} is {due.en}, the due date.",
            ),
            limit.source,
        )
        return
    last_on = find_last_day(accepted.on, limit, pauses, calendar, now.on, extensions)
    last = day_in_words(last_on)
    yield DueReason(
        Text(f"期间的最后一日是{last.zh}。", f"The last day of the period is {last.en}."),
        MONTHS_END_ON_THE_SAME_DAY if limit.unit is Unit.MONTH else limit.source,
    )
    if last_on != reading.due_on:
        yield DueReason(
            Text(
                f"该日为休息日，顺延至下一个工作日{due.zh}，为到期日。",
                f"That is a rest day, so the due date is the next working day, {due.en}.",
            ),
            LAST_DAY_ROLLS,
        )
