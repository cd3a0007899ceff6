"""The clocks of the hearing's steps on a case page, and the user's own clock that ends with the delivery."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tests.builders import AGENT as PARTY_AGENT
from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI, a_branch_application, a_network, move_clock
from tests.domain.case.examining_cases import APPLICANT, CALENDAR, FIRST, LICENSING, SIMPLE, TIME, do
from tests.domain.case.test_hearing import ASK, RECORD, a_schedule, told
from tests.flows.ending_cases import AGENT, CASE, CLERK, get, granted
from tests.reads.test_case_page import NUMBER, played
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.ending import Delivered
from tongban.domain.case.state import Case
from tongban.domain.clock.reading import Light
from tongban.domain.liaison.acts import ReceiptConfirmed, ZoneAct
from tongban.flows.deliver import deliver
from tongban.flows.liaison import keep_told
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.flows.withdraw import withdraw
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment
from tongban.reads.case_clocks import ClockLine, read_step_clocks
from tongban.reads.case_page import read_case_page

DAY = TUESDAY.date()
FORWARDING = "demonstration-rules-2025#forwarding"


def clocks(case: Case, days: int = 0) -> dict[str, ClockLine]:
    """The clocks of the steps by article and last day, so many days after Tuesday."""
    lines = read_step_clocks(case, LICENSING, CALENDAR, 20, Moment(TUESDAY + timedelta(days=days)))
    return {f"{line.due.law} {line.due.on}": line for line in lines}


def test_the_time_to_ask_for_a_hearing_is_a_clock_until_somebody_asks() -> None:
    [name] = clocks(told())
    assert name == f"all-2019#47.1 {told().examination.hearing.until_on}"
    line = clocks(told())[name]
    assert "要求听证的最后一日" in line.due.what.zh
    assert "受理当日" not in "".join(reason.text.zh for reason in line.reasons)
    assert clocks(told(), 8)[name].light is Light.RED
    asked = do(told(), ASK, APPLICANT, 1, SIMPLE)
    assert name not in clocks(asked, 1)
    assert clocks(do(told(), xc.WaiveHearing("applicant", CHANGZHOU), APPLICANT, 1, SIMPLE)) == {}
    assert clocks(do(told(), xc.LapseHearing(), TIME, 8, SIMPLE)) == {}


def test_a_hearing_that_was_asked_for_has_a_last_day_and_a_last_day_to_tell_of_it() -> None:
    asked = do(told(), ASK, APPLICANT, 1, SIMPLE)
    hold_by_on = asked.examination.hearing.hold_by_on
    assert hold_by_on is not None
    lines = clocks(asked, 1)
    [tell_by_on] = [line.due.on for name, line in lines.items() if "48.1" in name]
    assert list(lines) == [f"all-2019#47.1 {hold_by_on}", f"all-2019#48.1 {tell_by_on}"]
    assert tell_by_on is not None
    assert CALENDAR.add_working_days(tell_by_on, 7) == hold_by_on
    late = clocks(asked, (tell_by_on - DAY).days + 1)[f"all-2019#48.1 {tell_by_on}"]
    assert late.light is Light.RED


def test_once_it_is_set_only_the_last_day_is_left_and_once_it_is_held_nothing() -> None:
    scheduled = do(do(told(), ASK, APPLICANT, 1, SIMPLE), a_schedule(), FIRST, 1, SIMPLE)
    assert [name.split()[0] for name in clocks(scheduled, 2)] == ["all-2019#47.1"]
    assert clocks(do(scheduled, RECORD, FIRST, 10, SIMPLE), 10) == {}


def test_a_request_that_is_taken_back_takes_its_clocks_with_it() -> None:
    asked = do(told(), ASK, APPLICANT, 1, SIMPLE)
    back = do(asked, xc.WaiveHearing("applicant", CHANGZHOU), APPLICANT, 2, SIMPLE)
    assert clocks(back, 2) == {}


def test_a_decided_case_has_no_clock_of_a_hearing() -> None:
    assert clocks(replace(told(), stage="withdrawn")) == {}


def test_the_users_clock_runs_on_after_the_decision_until_the_licence_is_served() -> None:
    network = a_network()
    suzhou, _ = granted(network)
    page = read_case_page(CASE, suzhou)
    assert page.user_clock.until is None
    assert page.ended_at is not None
    at = datetime(2026, 3, 6, 3, 0, tzinfo=UTC)
    move_clock(network, at)
    taken = Delivered("pick-up", "演示甲", at.date(), SUZHOU, is_identity_checked=True, note="已签")
    deliver(CASE, taken, CLERK, suzhou)
    served = read_case_page(CASE, suzhou)
    assert (served.user_clock.until, served.user_clock.days) == (at, 3)
    assert served.ended_at == page.ended_at


def test_a_proof_that_is_recorded_later_counts_for_its_own_day() -> None:
    network = a_network()
    suzhou, case = granted(network)
    move_clock(network, datetime(2026, 3, 9, 3, 0, tzinfo=UTC))
    posted = Delivered("post", "演示甲", date(2026, 3, 5), SUZHOU, waybill="演示-1", note="已签")
    deliver(CASE, posted, CLERK, suzhou)
    assert get(suzhou).ending.delivered is not None
    assert case.ending.delivered is None
    assert read_case_page(CASE, suzhou).user_clock.days == 2


def test_an_electronic_licence_that_is_opened_at_once_ends_both_at_the_same_instant() -> None:
    network = a_network()
    suzhou, _ = granted(network)
    deliver(CASE, Delivered("electronic", "演示甲", DAY, SUZHOU, note="opened"), AGENT, suzhou)
    page = read_case_page(CASE, suzhou)
    assert page.user_clock.until == page.ended_at


def test_a_case_that_was_withdrawn_waits_for_no_delivery() -> None:
    network = played(scope=["domestic", "outbound"])
    withdraw(NUMBER, "", AGENT, network[SUZHOU])
    settle(network)
    page = read_case_page(NUMBER, network[CHANGZHOU])
    assert page.user_clock.until == page.ended_at is not None


def test_the_clock_of_handing_on_stands_on_the_page_until_the_other_zone_confirms() -> None:
    network = a_network()
    del network[CHANGZHOU]
    wuxi, case_id = network[WUXI], CaseId("CZ260303-HANDEDON")
    submit(case_id, a_branch_application(), PARTY_AGENT, wuxi)

    def laws() -> list[str]:
        return [clock.due.law for clock in read_case_page(case_id, wuxi).clocks]

    assert FORWARDING in laws()
    said = ReceiptConfirmed("齐全")
    keep_told(
        ZoneAct("changzhou-1", "changzhou-1", "", case_id, CHANGZHOU, "o1", "虚构审批员", TUESDAY, said), wuxi
    )
    assert FORWARDING not in laws()
