"""Laws of alerts: raised once, there for ever, answered by adding."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import catalogue
from tongban.domain.supervision.alert import (
    ANSWERS,
    HANDLINGS_MAX,
    WORDS_CHARS,
    AlertHandling,
    Sighting,
    check_handling,
    fold_handlings,
    is_overdue,
    raise_alerts,
    read_colour,
)
from tongban.kernel.ids import CaseId

NOW, TODAY = datetime(2026, 3, 3, 4, tzinfo=UTC), date(2026, 3, 3)
CALENDAR = catalogue().get_calendar(next(iter(catalogue().zones)))
RULES = tuple(catalogue().supervision.rules.values())
rules = st.sampled_from(RULES)
days = st.dates(date(2026, 1, 1), date(2026, 3, 3))
sightings = st.lists(
    st.builds(
        Sighting,
        st.sampled_from(["CZ-1", "CZ-2", ""]).map(CaseId),
        st.sampled_from(["overdue", "2", "m-1"]),
        days,
        st.just(NOW),
    ),
    max_size=8,
)
handlings = st.lists(
    st.builds(
        AlertHandling,
        st.just(NOW),
        st.just("h"),
        st.just("演示"),
        st.sampled_from(ANSWERS),
        st.text(min_size=1, max_size=9),
    ),
    max_size=5,
)


def an_alert(rule=RULES[0]):
    return raise_alerts(rule, [Sighting(CaseId("CZ-1"), "overdue", TODAY, NOW)], NOW, TODAY, CALENDAR)[0]


@given(rules, sightings)
def test_the_same_input_twice_raises_once(rule, seen):
    once = raise_alerts(rule, seen, NOW, TODAY, CALENDAR)
    assert raise_alerts(rule, [*seen, *seen], NOW, TODAY, CALENDAR) == once
    assert len({one.name for one in once}) == len(once)
    assert {one.name for one in once} == {(rule.id, one.case_id, one.cause_on) for one in seen}


@given(rules, st.integers(0, 4000))
def test_an_alert_never_disappears_by_waiting_and_only_becomes_graver(rule, waited):
    alert, later = an_alert(rule), TODAY + timedelta(days=waited)
    assert read_colour(alert, rule.level, later) in (rule.level, "red")
    if is_overdue(alert, later):
        assert read_colour(alert, rule.level, later + timedelta(days=1)) == "red"


@given(handlings, handlings)
def test_answers_are_only_added(first, second):
    before = fold_handlings(an_alert(), first)
    after = fold_handlings(before, second)
    assert after.handlings[: len(first)] == tuple(first)
    assert after == fold_handlings(an_alert(), [*first, *second])
    assert after.name == before.name


def test_the_days_of_an_answer_are_working_days():
    rule = catalogue().supervision.rules["late"]
    assert rule.handle_days == 3
    friday = date(2026, 3, 6)
    seen = [Sighting(CaseId("CZ-1"), "overdue", friday, NOW)]
    (alert,) = raise_alerts(rule, seen, NOW, friday, CALENDAR)
    assert alert.handle_by == date(2026, 3, 11)
    assert not is_overdue(alert, date(2026, 3, 11))
    assert is_overdue(alert, date(2026, 3, 12))


def test_past_the_published_calendar_an_alert_has_no_day_yet_but_stands():
    last = CALENDAR.last_on
    (alert,) = raise_alerts(RULES[0], [Sighting(CaseId("CZ-1"), "x", last, NOW)], NOW, last, CALENDAR)
    assert alert.handle_by is None
    assert read_colour(alert, "yellow", last + timedelta(days=999)) == "yellow"


def test_an_answer_is_given_by_the_head_with_a_reason_and_everything_wrong_is_told_at_once():
    codes = {one.code for one in check_handling(an_alert(), "forget-it", " ", "officer")}
    assert codes == {"supervision.not-head", "supervision.no-answer", "supervision.no-words"}
    assert check_handling(an_alert(), "explained", "已查明", "head") == ()
    assert len(check_handling(an_alert(), "explained", "长" * (WORDS_CHARS + 1), "head")) == 1
    full = fold_handlings(an_alert(), [AlertHandling(NOW, "h", "演示", "explained", "一")] * HANDLINGS_MAX)
    assert [one.code for one in check_handling(full, "explained", "再", "head")] == ["supervision.too-many"]
