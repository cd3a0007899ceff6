"""Near the end of the last year whose holidays are published nothing stops and no later check is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import SUZHOU, a_network, move_clock
from tests.flows.test_wake_due import CASE, close_shop, names, permit
from tongban.domain.case.later import compose_schedule
from tongban.domain.case.state import Case
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.kernel.ids import CaseId, ItemId

LATE = (datetime(2026, 11, 26, 2, 0, tzinfo=UTC), datetime(2026, 12, 31, 2, 0, tzinfo=UTC))
NEW_YEAR = datetime(2027, 1, 4, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("at", [*LATE, NEW_YEAR], ids=["november", "last day", "new year"])
def test_who_promises_is_licensed_and_the_later_check_has_its_day(at: datetime) -> None:
    network = a_network()
    move_clock(network, at)
    suzhou = permit(network)
    case = suzhou.cases.find(CASE)
    assert case is not None
    assert case.issued is not None, names(suzhou)
    (check,) = case.checks.values()
    assert check.due_on == (at + timedelta(days=60)).date()


@pytest.mark.parametrize("at", LATE, ids=["november", "last day"])
def test_objections_past_the_calendar_are_a_persons_to_wait_for(at: datetime) -> None:
    network = a_network()
    move_clock(network, at)
    suzhou = close_shop(network, **{})
    case = suzhou.cases.find(CaseId(CASE))
    assert case is not None
    if at.date() + timedelta(days=10) <= date(2026, 12, 31):
        assert case.wait is not None
    else:
        assert case.wait is None
        assert names(suzhou)[-1] == "Referred"


def test_a_check_in_working_days_of_an_unpublished_year_waits_for_the_calendar_and_stops_nothing() -> None:
    network = a_network()
    move_clock(network, LATE[-1])
    item = network[SUZHOU].catalogue.get_item(ItemId("hairdresser-hygiene-permit"), SUZHOU)
    case, signed = Case(CASE, stage="accepted", accepted_on=LATE[-1].date()), (item.pledges[1],)
    calendar = network[SUZHOU].catalogue.get_calendar(SUZHOU)
    assert list(compose_schedule(case, item, signed, LATE[-1].date(), calendar)) == []
    later = WorkingCalendar("made up", date(2026, 1, 1), date(2027, 12, 31), frozenset({5, 6}))
    (asked,) = compose_schedule(case, item, signed, LATE[-1].date(), later)
    assert asked.due_on == date(2027, 1, 21)
