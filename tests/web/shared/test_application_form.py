"""An item's form on a page: every type has its input, conditions are told, answers are read back whole."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from tongban.domain.catalogue.form import Form, Question, Section
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.reads.prefill import Prefilled
from tongban.web.shared.application_form import (
    KEPT_CHARACTERS,
    Filled,
    KeptFile,
    compose_rows,
    compose_sections,
    read_posted,
    shorten,
)

LABEL = Text("问题", "Question")


def a_question(question_id: str, of_type: str = "text", **more: object) -> Question:
    return Question(question_id, of_type, LABEL, "all-2019#31.1", **more)


def a_form(*questions: Question) -> Form:
    return Form((Section("one", Text("一", "One"), questions),))


def filled(**answers: object) -> Filled:
    return Filled(answers, {}, {})


def drawn(form: Form, so_far: Filled, *problems: Problem) -> str:
    sections = compose_sections(form, so_far, problems)
    return render_to_string("shared/parts/application_form.html", {"sections": sections})


@pytest.mark.parametrize(
    ("of_type", "shows"),
    [
        ("text", 'type="text"'),
        ("long_text", "<textarea"),
        ("whole_number", 'inputmode="decimal"'),
        ("money", 'inputmode="decimal"'),
        ("date", 'name="q-year"'),
        ("yes_no", 'value="yes"'),
        ("choice", 'type="radio"'),
        ("choices", 'type="checkbox"'),
        ("uscc", 'autocomplete="off"'),
        ("citizen_number", 'autocomplete="off"'),
        ("mobile", 'type="text"'),
        ("file", 'type="file"'),
    ],
)
def test_every_type_of_question_has_its_input(of_type, shows):
    choices = {"a": Text("甲", "A"), "b": Text("乙", "B")} if of_type in ("choice", "choices") else {}
    assert shows in drawn(a_form(a_question("q", of_type, choices=choices)), filled())


def test_a_problem_stands_at_its_question():
    page = drawn(a_form(a_question("a"), a_question("b")), filled(), Problem("x", LABEL, "answers.b"))
    assert 'id="field-b-problems"' in page
    assert 'id="field-a-problems"' not in page


def test_a_condition_stands_in_words_and_as_data():
    first = a_question("kind", "choice", choices={"a": Text("甲", "A"), "b": Text("乙", "B")})
    page = drawn(a_form(first, a_question("why", shown_when=("kind", ("b",)))), filled())
    assert "“问题”选择“乙”时填写。" in page
    assert 'data-shown-when="kind" data-shown-for="b"' in page


def test_a_yes_or_no_condition_speaks_of_yes():
    page = drawn(a_form(a_question("a", "yes_no"), a_question("b", shown_when=("a", (True,)))), filled())
    assert 'data-shown-for="yes"' in page
    assert "选择“是”时填写" in page


def test_a_prefilled_answer_shows_its_source_only_while_it_is_unchanged(db):
    from datetime import date

    source = {"q": Prefilled("原值", Text("您的账号", "your account"), LABEL, date(2026, 3, 3))}
    form = a_form(a_question("q"))
    assert "来自：您的账号" in drawn(form, Filled({"q": "原值"}, {}, source))
    assert "来自：您的账号" not in drawn(form, Filled({"q": "改过"}, {}, source))


def test_a_locked_answer_is_shown_and_what_a_browser_sends_for_it_is_not_believed():
    from datetime import date

    source = {"q": Prefilled("原值", LABEL, LABEL, date(2026, 3, 3))}
    form = a_form(a_question("q", is_locked=True))
    so_far = Filled({"q": "原值"}, {}, source)
    assert 'name="q"' not in drawn(form, so_far)
    assert read_posted(form, QueryDict("q=%E4%BC%AA%E9%80%A0"), so_far) == {"q": "原值"}


def test_what_a_browser_sends_is_read_question_by_question_and_nothing_else_is():
    form = a_form(
        a_question("name"),
        a_question("day", "date"),
        a_question("many", "choices", choices={"a": LABEL, "b": LABEL}),
        a_question("copy", "file"),
    )
    post = QueryDict("name=x&day-year=2026&day-month=3&day-day=&many=a&many=b&copy=forged&other=1")
    kept = Filled({}, {"copy": KeptFile("d" * 64, "a.pdf", 10)}, {})
    assert read_posted(form, post, kept) == {
        "name": "x",
        "day": "2026-3-",
        "many": ["a", "b"],
        "copy": "d" * 64,
    }


def test_a_half_given_date_comes_back_as_it_was():
    page = drawn(a_form(a_question("day", "date")), filled(day="2026--31"))
    assert 'name="day-year" value="2026"' in page
    assert 'name="day-day" value="31"' in page


def test_only_so_much_of_an_answer_is_kept():
    kept = shorten({"a": "x" * 100_000, "b": ["y" * 100_000]})
    assert len(kept["a"]) == KEPT_CHARACTERS
    assert len(kept["b"][0]) == KEPT_CHARACTERS


def test_answers_to_check_are_in_words_and_lead_back_to_their_question():
    form = a_form(
        a_question("a_b", "choice", choices={"x": Text("甲", "A")}),
        a_question("sure", "yes_no"),
        a_question("hidden", shown_when=("sure", (False,))),
    )
    ((_, rows),) = compose_rows(form, filled(a_b="x", sure="yes", hidden="z"), "/form/")
    assert [row.values for row in rows] == [[Text("甲", "A")], [Text("是", "Yes")]]
    assert rows[0].change_url == "/form/#field-a-b"


def test_a_text_that_reads_yes_stays_a_text():
    ((_, rows),) = compose_rows(a_form(a_question("a")), filled(a="yes"), "/form/")
    assert rows[0].values == [Text("yes", "yes")]


def test_what_somebody_typed_is_never_markup():
    assert "<script>" not in drawn(a_form(a_question("a")), filled(a="<script>alert(1)</script>"))


def test_a_date_is_said_as_a_date_on_the_check():
    ((_, rows),) = compose_rows(a_form(a_question("a", "date")), filled(a="2026-12-07"), "/form/")
    assert rows[0].values == [Text("2026年12月7日", "7 December 2026")]
