"""Why this date: each step that led to it, in both languages, with its article or notice."""

from datetime import UTC, date, datetime

from tongban.domain.clock.calendar import Holiday, WorkingCalendar, close_locally
from tongban.domain.clock.explain import explain_clock, explain_due
from tongban.domain.clock.statute import Extension, LimitKind, Pause, TimeLimit, Unit
from tongban.kernel.ids import LawKey
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

ARTICLE_42, ARTICLE_45 = LawKey("all-2019#42"), LawKey("all-2019#45")
TWENTY = TimeLimit(20, Unit.WORKING_DAY, ARTICLE_42)


def noon(year: int, month: int, day: int) -> Moment:
    return Moment(datetime(year, month, day, 4, tzinfo=UTC))


def in_english(*texts: Text) -> list[str]:
    return [text.en for text in texts]


def test_every_step_of_a_spring_case_is_told(china: WorkingCalendar) -> None:
    steps = explain_due(
        noon(2026, 2, 10),
        TWENTY,
        [Pause(date(2026, 3, 4), date(2026, 3, 6), ARTICLE_45)],
        china,
        noon(2026, 3, 9),
        [Extension(10, LawKey("all-2019#42.1"))],
    )
    notice = "国办发明电〔2025〕7号"
    assert in_english(*steps) == [
        "The statutory limit is 20 working days. [all-2019#42]",
        "The day of acceptance, Tuesday 10 February 2026, is not counted. [civil-code-2020#201]",
        "Extended by 10 working days with approval. [all-2019#42.1]",
        "Stopped from Wednesday 4 March 2026 to Friday 6 March 2026; "
        "these days are not counted. [all-2019#45]",
        "Spring Festival: holiday Sunday 15 February 2026 to Monday 23 February 2026, "
        f"not counted ({notice}).",
        f"Saturday 14 February 2026 is worked to make up for Spring Festival and is counted ({notice}).",
        f"Saturday 28 February 2026 is worked to make up for Spring Festival and is counted ({notice}).",
        "Besides, 9 weekend days of rest are not counted.",
        "Working day number 30 is Thursday 2 April 2026, the due date. [all-2019#42]",
    ]


def test_the_chinese_is_as_complete_as_the_english(china: WorkingCalendar) -> None:
    promised = TimeLimit(3, Unit.WORKING_DAY, ARTICLE_42, LimitKind.PROMISED)
    steps = explain_due(noon(2025, 1, 24), promised, [], china, noon(2025, 1, 26))
    assert [step.zh for step in steps] == [
        "承诺时限为3个工作日。[all-2019#42]",
        "受理当日2025年1月24日（周五）不计，自次日起算。[civil-code-2020#201]",
        "春节：2025年1月28日（周二）至2025年2月4日（周二）放假，不计入时限（国办发明电〔2024〕12号）。",
        "2025年1月26日（周日）因春节调休上班，计入时限（国办发明电〔2024〕12号）。",
        "另有周末休息日1天，不计入时限。",
        "第3个工作日是2025年2月5日（周三），为到期日。[all-2019#42]",
    ]


def test_a_last_day_on_a_holiday_says_where_it_moves_and_why(china: WorkingCalendar) -> None:
    limit = TimeLimit(1, Unit.MONTH, ARTICLE_42)
    steps = explain_clock(noon(2026, 4, 2), limit, [], china, noon(2026, 4, 3))
    assert in_english(*(step.text for step in steps[-2:])) == [
        "The last day of the period is Saturday 2 May 2026.",
        "That is a rest day, so the due date is the next working day, Wednesday 6 May 2026.",
    ]
    assert [step.source for step in steps] == [
        "all-2019#42",
        "civil-code-2020#201",
        "civil-code-2020#202",
        "civil-code-2020#203",
    ]


def test_a_local_closure_is_named_with_its_basis(china: WorkingCalendar) -> None:
    typhoon = Holiday(
        Text("台风停办（虚构）", "Typhoon closure (fictional)"),
        date(2026, 7, 7),
        date(2026, 7, 7),
        source="停办通知〔2026〕99号（虚构）",
    )
    steps = explain_clock(noon(2026, 7, 6), TWENTY, [], close_locally(china, [typhoon]), noon(2026, 7, 6))
    assert any(
        "Typhoon closure (fictional): offices closed Tuesday 7 July 2026" in step.text.en for step in steps
    )


def test_an_open_pause_says_that_the_date_still_moves(china: WorkingCalendar) -> None:
    pause = Pause(date(2026, 3, 4), None, ARTICLE_45)
    steps = explain_clock(noon(2026, 3, 2), TWENTY, [pause], china, noon(2026, 3, 9))
    assert any("not yet running again" in step.text.en and step.source == ARTICLE_45 for step in steps)


def test_an_unpublished_year_ends_the_explanation_with_what_is_missing(china: WorkingCalendar) -> None:
    steps = explain_clock(noon(2026, 12, 21), TWENTY, [], china, noon(2026, 12, 22))
    assert "待定" in steps[-1].text.zh
    assert len(steps) == 3


def test_hours_are_explained_from_the_minute(china: WorkingCalendar) -> None:
    limit = TimeLimit(2, Unit.HOUR, ARTICLE_42)
    steps = explain_clock(noon(2026, 3, 2), limit, [], china, noon(2026, 3, 2))
    assert steps[1].text.zh == "自2026年3月2日（周一） 12:00起连续计算，休息日照算。"
    assert steps[-1].text.en == "It is due at Monday 2 March 2026 14:00."


def test_a_pause_of_one_day_is_told_as_one_day(china: WorkingCalendar) -> None:
    pause = Pause(date(2026, 3, 4), date(2026, 3, 4), ARTICLE_45)
    steps = explain_clock(noon(2026, 3, 2), TWENTY, [pause], china, noon(2026, 3, 9))
    assert steps[2].text == Text(
        "2026年3月4日（周三）停止计算，不计入时限。",
        "Stopped on Wednesday 4 March 2026; this day is not counted.",
    )
