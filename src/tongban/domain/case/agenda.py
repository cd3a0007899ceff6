"""What falls due in a case, and on which day: read from the case alone, one function for each kind.

The answer does not depend on today, so that a list of it can be kept and only an event changes it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.agenda import AgendaBook, Entry
from tongban.domain.case.due import Running, running_clocks
from tongban.domain.case.later import find_wake_on, list_officer_checks
from tongban.domain.case.state import Case
from tongban.domain.case.steps import find_step_start, running_steps
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.reading import Reading
from tongban.domain.clock.statute import LimitKind
from tongban.domain.clock.warning import find_day_before, find_warn_on
from tongban.domain.credential.status import LicenceState
from tongban.domain.procedure import Regime
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.moment import Moment, civil_date

_ONE_DAY = timedelta(days=1)
Days = Iterator[tuple[date, date]]
"""The day on which it fires, and the day that it is about."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A case with everything that is needed to look ahead.

    Args:
        zone: the zone whose agenda it is; a zone that only keeps a copy has a shorter one.
    """

    case: Case
    item: ServiceItem
    regime: Regime
    calendar: WorkingCalendar
    book: AgendaBook
    zone: ZoneId

    @property
    def is_own(self) -> bool:
        """Whether this zone decides the case."""
        return self.case.deciding_zone == self.zone


def list_entries(outlook: Outlook) -> tuple[Entry, ...]:
    """Return everything that falls due in a case as it stands, the soonest first.

    What needs a working day past the loaded calendar is left out; ``store.rebuild`` adds it once the
    calendar is there.
    """
    found: set[Entry] = set()
    for name, find in KINDS.items():
        kind = outlook.book.kinds.get(name)
        if kind is None or not _may_see(name, outlook):
            continue
        tells = outlook.is_own or name in _IN_A_COPY_ONLY
        try:
            days = tuple(find(outlook))
        except Refused:
            continue
        found.update(Entry(fires_on, name, about_on, kind.to, tells) for fires_on, about_on in days)
    return tuple(sorted(found))


def _may_see(name: str, outlook: Outlook) -> bool:
    if outlook.is_own:
        return name not in _IN_A_COPY_ONLY
    return name in _IN_A_COPY_ONLY or name in _IN_A_COPY_TOO


def _silence_accepts(outlook: Outlook) -> Days:
    """The day after the last one on which a correction could be asked for (all-2019#32.4)."""
    case, silence = outlook.case, outlook.regime.limits.get("correction-notice")
    if case.stage != "received" or case.received_at is None or silence is None:
        return
    last_on = outlook.calendar.add_working_days(civil_date(case.received_at), silence.amount)
    yield last_on + _ONE_DAY, last_on


def _time_acts(outlook: Outlook) -> Days:
    wake_on = find_wake_on(outlook.case)
    if wake_on is not None:
        yield wake_on, wake_on


def _due_soon(outlook: Outlook) -> Days:
    for clock, reading in _clocks(outlook, is_promise=False):
        if clock.limit.unit.is_of_day:
            warn = outlook.book.warn_percent
            yield find_warn_on(clock.since, clock.limit, clock.pauses, outlook.calendar, warn), reading.due_on


def _overdue(outlook: Outlook) -> Days:
    for _, reading in _clocks(outlook, is_promise=False):
        yield reading.due_on + _ONE_DAY, reading.due_on


def _promise_missed(outlook: Outlook) -> Days:
    for _, reading in _clocks(outlook, is_promise=True):
        yield reading.due_on + _ONE_DAY, reading.due_on


def _clocks(outlook: Outlook, *, is_promise: bool) -> Iterator[tuple[Running, Reading]]:
    """Yield the clocks whose last day is known, read at their beginning: that day does not move by itself.

    While a special procedure runs it does move, so nothing is due by these clocks (all-2019#45).
    """
    began_at = outlook.case.accepted_at or outlook.case.received_at
    if began_at is None or outlook.case.examination.running is not None:
        return
    for clock in running_clocks(
        outlook.case, outlook.item, outlook.regime, outlook.calendar, Moment(began_at)
    ):
        if (clock.name == LimitKind.PROMISED.value) is is_promise and isinstance(clock.reading, Reading):
            yield clock, clock.reading


def _confirm_due(outlook: Outlook) -> Days:
    for reading in _step_readings("confirm", outlook):
        yield reading.due_on, reading.due_on


def _step_late(outlook: Outlook) -> Days:
    yield from _late_steps("forward", outlook)


def _delivery_late(outlook: Outlook) -> Days:
    yield from _late_steps("deliver", outlook)


def _late_steps(name: str, outlook: Outlook) -> Days:
    for reading in _step_readings(name, outlook):
        yield reading.due_on + _ONE_DAY, reading.due_on


def _step_readings(name: str, outlook: Outlook) -> Iterator[Reading]:
    since = find_step_start(name, outlook.case)
    if since is None:
        return
    for step in running_steps(outlook.case, outlook.regime, outlook.calendar, since):
        if step.name == name and isinstance(step.reading, Reading):
            yield step.reading


def _procedure_late(outlook: Outlook) -> Days:
    running = outlook.case.examination.running
    if running is not None and outlook.case.is_open:
        yield running.expected_on + _ONE_DAY, running.expected_on


def _hearing_late(outlook: Outlook) -> Days:
    hearing = outlook.case.examination.hearing
    if hearing.is_awaited and hearing.hold_by_on is not None and outlook.case.is_open:
        yield hearing.hold_by_on + _ONE_DAY, hearing.hold_by_on


def _check_due(outlook: Outlook) -> Days:
    for check in list_officer_checks(outlook.case):
        yield check.due_on, check.due_on


def _check_late(outlook: Outlook) -> Days:
    for check in list_officer_checks(outlook.case):
        yield check.due_on + _ONE_DAY, check.due_on


def _expiry_notice(outlook: Outlook) -> Days:
    issued_on, until_on = _validity(outlook.case)
    if until_on is None:
        return
    for days in outlook.book.expiry_days:
        fires_on = until_on - timedelta(days=days)
        if (
            issued_on is not None and fires_on > issued_on
        ):  # a licence of a month needs no word 60 days before
            yield fires_on, until_on


def _renewal_deadline(outlook: Outlook) -> Days:
    issued_on, until_on = _validity(outlook.case)
    limit = outlook.regime.limits.get("ask-for-renewal")
    if until_on is None or issued_on is None or limit is None:
        return
    last_on = find_day_before(until_on, limit, outlook.calendar)
    if last_on is not None and last_on > issued_on:
        yield last_on, until_on


def _licence_ended(outlook: Outlook) -> Days:
    _, until_on = _validity(outlook.case)
    if until_on is not None:
        yield until_on + _ONE_DAY, until_on


def _validity(case: Case) -> tuple[date | None, date | None]:
    """Return from when to when a licence in force holds; None twice where there is none, or it has no end."""
    if case.issued is None or case.licence_state != LicenceState.VALID.value:
        return None, None
    return case.issued.issued_on, case.issued.valid_until


KINDS: Mapping[str, Callable[[Outlook], Days]] = {
    "silence-accepts": _silence_accepts,
    "time-acts": _time_acts,
    "due-soon": _due_soon,
    "overdue": _overdue,
    "promise-missed": _promise_missed,
    "procedure-late": _procedure_late,
    "hearing-late": _hearing_late,
    "confirm-due": _confirm_due,
    "step-late": _step_late,
    "delivery-late": _delivery_late,
    "check-due": _check_due,
    "check-late": _check_late,
    "expiry-notice": _expiry_notice,
    "renewal-deadline": _renewal_deadline,
    "licence-ended": _licence_ended,
}
"""By the name of a kind in ``content/agenda.yaml``: on which days it falls due in a case."""
_IN_A_COPY_TOO = frozenset(("expiry-notice", "renewal-deadline", "licence-ended", "confirm-due"))
"""Shown where the application was handed in too; the word is sent by the zone that decides."""
_IN_A_COPY_ONLY = frozenset(("step-late",))
"""Fall due where an application was taken in for another zone."""
