"""The clock works by itself: once, after days away too, and what was foreseen is what happens."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    AGENT,
    CHANGZHOU,
    TUESDAY,
    WUXI,
    a_branch_application,
    a_network,
    keep_branch_records,
    move_clock,
)
from tests.flows.test_wake_due import CASE, close_shop, permit
from tongban.domain.case.due import running_clocks
from tongban.domain.case.events import Actor
from tongban.domain.clock.reading import Light, Reading, read_light
from tongban.domain.liaison.acts import ReceiptConfirmed, ZoneAct
from tongban.flows import keep_time, make_decision, record_check
from tongban.flows.keep_time import catch_up
from tongban.flows.liaison import keep_told
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

DAY = timedelta(days=1)
OFFICER = Actor("officer", "o1", "虚构审批员")
WORDS = Text("演示。", "Demonstration.")
BRANCH_CASE = CaseId("CZ260303-KEEPTIME")
Name = tuple[CaseId, str, date]


def fired(deps: Deps) -> set[Name]:
    """Everything that fell due in a zone so far, acts of time too."""
    return {(one.case_id, one.kind, one.fires_on) for one in deps.agenda._shelf.agenda.fired}  # type: ignore[attr-defined]


def referred() -> dict[ZoneId, Deps]:
    """A branch at Changzhou that wants more than its parent may: accepted, and with an officer."""
    network = a_network()
    keep_branch_records(network)
    submit(BRANCH_CASE, a_branch_application(scope=["domestic", "outbound"]), AGENT, network[WUXI])
    settle(network)
    return network


def unanswered() -> dict[ZoneId, Deps]:
    """The same branch, while Wuxi cannot be reached: nobody answers the application."""
    network = a_network(zones=[CHANGZHOU])
    keep_branch_records(network)
    submit(BRANCH_CASE, a_branch_application(), AGENT, network[CHANGZHOU])
    return network


def pass_days(network: dict[ZoneId, Deps], days: int, *, at_once: bool) -> None:
    """Let days pass: the worker comes by on each, or only at the end."""
    until = next(iter(network.values())).clock.now() + days * DAY
    for past in [0] if at_once else range(days - 1, -1, -1):
        move_clock(network, until - past * DAY)
        for deps in network.values():
            catch_up(deps)


def names(deps: Deps, case_id: CaseId) -> list[str]:
    return [type(one.event).__name__ for one in deps.cases.history(case_id)]


def test_a_reminder_comes_when_the_lamp_turns_yellow_and_word_to_the_head_when_it_turns_red() -> None:
    network = referred()
    changzhou = network[CHANGZHOU]
    days = {kind: on for _, kind, on in _foreseen(changzhou)}
    case = changzhou.cases.find(BRANCH_CASE)
    assert case is not None
    lamps = {}
    for after in range(50):
        on = Moment(TUESDAY + after * DAY)
        lamps[on.on] = _lamp(changzhou, on)
    assert days["due-soon"] == min(on for on, lamp in lamps.items() if lamp is Light.YELLOW)
    assert days["overdue"] == min(on for on, lamp in lamps.items() if lamp is Light.RED)


def _foreseen(deps: Deps, until_on: date = date(2026, 12, 31)) -> set[Name]:
    return {(one.case_id, one.kind, one.fires_on) for one in deps.agenda.list_ahead(until_on, 999)}


def _lamp(deps: Deps, now: Moment) -> Light:
    case = deps.cases.find(BRANCH_CASE)
    assert case is not None
    item = deps.catalogue.get_item(case.item_id, CHANGZHOU)
    regime, calendar = deps.catalogue.get_regime(item.regime), deps.catalogue.get_calendar(CHANGZHOU)
    clocks = [one for one in running_clocks(case, item, regime, calendar, now) if one.name == "statutory"]
    reading = clocks[0].reading
    assert isinstance(reading, Reading)
    return read_light(reading, deps.catalogue.agenda.warn_percent)


@settings(max_examples=25, deadline=None)
@given(days=st.integers(1, 40))
def test_lights_only_ever_get_redder_while_nothing_happens(days: int) -> None:
    changzhou = _standing()
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    today, later = (_lamp(changzhou, Moment(TUESDAY + n * DAY)) for n in (days - 1, days))
    assert order.index(later) >= order.index(today)


_KEPT: list[Deps] = []


def _standing() -> Deps:
    if not _KEPT:
        _KEPT.append(referred()[CHANGZHOU])
    return _KEPT[0]


@pytest.mark.parametrize("begin", [referred, unanswered])
@settings(max_examples=10, deadline=None)
@given(days=st.integers(1, 60))
def test_one_late_sweep_does_what_daily_ones_would_have_done(begin, days: int) -> None:
    daily, late = begin(), begin()
    pass_days(daily, days, at_once=False)
    pass_days(late, days, at_once=True)
    for zone in daily:
        assert fired(daily[zone]) == fired(late[zone])
        assert names(daily[zone], BRANCH_CASE) == names(late[zone], BRANCH_CASE)


@settings(max_examples=10, deadline=None)
@given(days=st.integers(1, 60))
def test_a_second_sweep_on_the_same_day_does_nothing(days: int) -> None:
    network = unanswered()
    changzhou = network[CHANGZHOU]
    pass_days(network, days, at_once=True)
    before = fired(changzhou), names(changzhou, BRANCH_CASE)
    assert catch_up(changzhou) == 0
    assert (fired(changzhou), names(changzhou, BRANCH_CASE)) == before


def test_what_was_foreseen_is_what_happens_day_by_day_and_in_one_jump_of_ten_days() -> None:
    until = (TUESDAY + 35 * DAY).date()
    foreseen = _foreseen(referred()[CHANGZHOU], until)
    assert {kind for _, kind, _ in foreseen} >= {"due-soon", "overdue"}
    for step in (1, 7, 10, 35):
        network = referred()
        for _ in range(0, 35, step):
            left = (until - network[CHANGZHOU].clock.now().date()).days
            pass_days(network, min(step, left), at_once=True) if left else None
        assert fired(network[CHANGZHOU]) == foreseen


def test_silence_accepts_on_the_day_after_the_fifth_working_day_and_not_before() -> None:
    network = unanswered()
    changzhou = network[CHANGZHOU]
    pass_days(network, 7, at_once=True)  # Tuesday 10 March: the fifth working day
    assert "Accepted" not in names(changzhou, BRANCH_CASE)
    pass_days(network, 1, at_once=True)
    assert "Accepted" in names(changzhou, BRANCH_CASE)
    assert catch_up(changzhou) == 0


def test_a_decision_takes_everything_off_that_nobody_needs_any_more() -> None:
    network = referred()
    changzhou = network[CHANGZHOU]
    make_decision.refuse(BRANCH_CASE, WORDS, OFFICER, changzhou)
    assert _foreseen(changzhou) == set()
    pass_days(network, 60, at_once=True)
    assert fired(changzhou) == set()


def test_an_act_that_cannot_be_done_is_put_off_and_holds_up_no_other(monkeypatch) -> None:
    network = unanswered()
    changzhou = network[CHANGZHOU]
    other = CaseId("CZ260303-KEEPTIM2")
    submit(other, a_branch_application(), AGENT, changzhou)
    move_clock(network, TUESDAY + 8 * DAY)
    real = keep_time.deem

    def stumbling(case_id: CaseId, deps: Deps) -> bool:
        if case_id == BRANCH_CASE:
            raise Conflict("演示")
        return real(case_id, deps)

    monkeypatch.setattr(keep_time, "deem", stumbling)
    catch_up(changzhou)
    assert "Accepted" in names(changzhou, other)
    monkeypatch.undo()
    catch_up(changzhou)
    assert "Accepted" not in names(changzhou, BRANCH_CASE)
    move_clock(network, TUESDAY + 8 * DAY + timedelta(hours=1))
    catch_up(changzhou)
    assert "Accepted" in names(changzhou, BRANCH_CASE)


def test_a_holder_is_told_sixty_and_thirty_days_before_a_licence_ends_and_once_it_has() -> None:
    network = a_network()
    suzhou = permit(network)
    case = suzhou.cases.find(CASE)
    assert case is not None
    assert case.issued is not None
    end = case.issued.valid_until
    assert end is not None
    told = {(kind, (end - on).days) for _, kind, on in _foreseen(suzhou, date(2099, 1, 1))}
    assert {("expiry-notice", 60), ("expiry-notice", 30), ("licence-ended", -1)} <= told
    move_clock(network, TUESDAY.replace(year=end.year, month=end.month, day=end.day) + DAY)
    catch_up(suzhou)
    reached = {(one.line.kind, one.to) for one in suzhou.agenda.claim_untold(99)}
    assert {("expiry-notice", "holder"), ("licence-ended", "holder")} <= reached


def test_an_objection_period_ends_by_itself_through_the_agenda() -> None:
    network = a_network()
    suzhou = close_shop(network)
    pass_days(network, 11, at_once=True)
    assert names(suzhou, CASE)[-2:] == ["Granted", "CredentialIssued"]
    assert (CASE, "time-acts", date(2026, 3, 14)) in fired(suzhou)


def handed_on() -> tuple[dict[ZoneId, Deps], Deps]:
    """A case on its way from Wuxi to Changzhou, which does not answer; the network, and Wuxi."""
    network = a_network()
    del network[CHANGZHOU]
    submit(BRANCH_CASE, a_branch_application(), AGENT, network[WUXI])
    return network, network[WUXI]


def test_where_it_was_taken_in_for_another_zone_a_hand_over_that_nobody_confirms_is_told() -> None:
    network, wuxi = handed_on()
    pass_days(network, 1, at_once=True)
    reminder = (BRANCH_CASE, "confirm-due", date(2026, 3, 4))
    assert fired(wuxi) == {reminder}
    pass_days(network, 1, at_once=True)
    assert fired(wuxi) == {reminder, (BRANCH_CASE, "step-late", date(2026, 3, 5))}


def confirmed() -> ZoneAct:
    """Changzhou's word that it has the case."""
    act = ReceiptConfirmed("齐全")
    return ZoneAct("changzhou-1", "changzhou-1", "", BRANCH_CASE, CHANGZHOU, "o1", "虚构审批员", TUESDAY, act)


def test_once_the_other_zone_has_confirmed_a_hand_over_nobody_is_told_that_it_is_late() -> None:
    network, wuxi = handed_on()
    assert [keep_told(confirmed(), wuxi) for _ in range(2)] == [True, False]
    assert _foreseen(wuxi, date(2099, 1, 1)) == set()
    pass_days(network, 2, at_once=True)
    assert fired(wuxi) == set()


def test_a_confirmation_that_comes_late_leaves_what_was_told() -> None:
    network, wuxi = handed_on()
    pass_days(network, 2, at_once=True)
    keep_told(confirmed(), wuxi)
    told = {(BRANCH_CASE, "confirm-due", date(2026, 3, 4)), (BRANCH_CASE, "step-late", date(2026, 3, 5))}
    assert fired(wuxi) == told


def test_a_licence_that_is_undone_tells_nobody_that_it_ends() -> None:
    network = a_network()
    suzhou = permit(network)
    record_check.record_check(CASE, "promise:hygiene-conditions", False, WORDS, OFFICER, suzhou)
    record_check.void_licence(CASE, WORDS, OFFICER, suzhou)
    assert _foreseen(suzhou, date(2099, 1, 1)) == set()


def test_a_check_of_a_promise_is_due_on_its_last_day_and_late_on_the_next() -> None:
    network = a_network()
    suzhou = permit(network)
    case = suzhou.cases.find(CASE)
    assert case is not None
    due_on = case.checks["promise:hygiene-conditions"].due_on
    days = {kind: on for _, kind, on in _foreseen(suzhou)}
    assert (days["check-due"], days["check-late"]) == (due_on, due_on + DAY)
