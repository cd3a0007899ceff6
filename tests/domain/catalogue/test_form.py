"""The form: every fault at once, each at its field, and nothing kept that was not asked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import BRANCH_FILING, CHANGZHOU, branch_answers, catalogue
from tongban.domain.catalogue.form import Form, Question, Section, is_shown, parse_answers
from tongban.kernel.text import Text

FORM = catalogue().get_item(BRANCH_FILING, CHANGZHOU).form
LABEL = Text("问题", "question")


def a_form(*questions: Question) -> Form:
    return Form((Section("only", LABEL, questions),))


def a_question(kind: str, **changes: object) -> Question:
    return Question("q", kind, LABEL, "all-2019#31.1", **changes)  # type: ignore[arg-type]


def codes(form: Form, raw: dict[str, object]) -> list[str]:
    return [problem.code for problem in parse_answers(form, raw).problems]


def test_a_well_filled_form_has_no_problem() -> None:
    assert parse_answers(FORM, branch_answers()).problems == ()


def test_an_empty_form_is_told_everything_at_once() -> None:
    problems = parse_answers(FORM, {}).problems
    required = {f"answers.{question.id}" for question in FORM.questions if question.is_required}
    assert {problem.pointer for problem in problems} == required
    assert all(problem.source for problem in problems)


JUNK = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(max_size=5)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([question.id for question in FORM.questions]), JUNK))
def test_no_input_whatever_makes_the_reader_fail(raw: dict[str, object]) -> None:
    answers = parse_answers(FORM, raw)
    known = {question.id for question in FORM.questions}
    assert set(answers.values) <= known
    assert all(problem.text.zh and problem.text.en for problem in answers.problems)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("十里洋场🏮", "answer.bad-characters"),
        ("abc\u202egnp", "answer.bad-characters"),
        ("a\x00b", "answer.bad-characters"),
        ("x" * 201, "answer.too-long"),
        ("x" * 10_000_000, "answer.too-long"),
        (["a"], "answer.not-text"),
        (7, "answer.not-text"),
    ],
    ids=["emoji", "right-to-left", "nul", "long", "ten-megabytes", "list", "number"],
)
def test_text_that_cannot_stand_on_a_licence_is_refused(raw: object, code: str) -> None:
    assert codes(a_form(a_question("text")), {"q": raw}) == [code]


def test_the_unfit_characters_are_named() -> None:
    (problem,) = parse_answers(a_form(a_question("text")), {"q": "灯🏮"}).problems
    assert "U+1F3EE" in problem.text.zh


@pytest.mark.parametrize("raw", ["2026-03-02", "2026年3月2日", "2026/3/2", "２０２６-03-02", "2026.03.02"])
def test_a_date_is_understood_as_people_write_it(raw: str) -> None:
    assert parse_answers(a_form(a_question("date")), {"q": raw}).values == {"q": date(2026, 3, 2)}


@pytest.mark.parametrize("raw", ["2026-02-30", "tomorrow", "20260302", "2026-03", {"y": 1}])
def test_what_is_no_date_is_refused(raw: object) -> None:
    assert codes(a_form(a_question("date")), {"q": raw}) == ["answer.not-date"]


@pytest.mark.parametrize("raw", ["12", "１２", 12, " 12 "])
def test_a_whole_number_is_understood(raw: object) -> None:
    assert parse_answers(a_form(a_question("whole_number")), {"q": raw}).values == {"q": 12}


@pytest.mark.parametrize("raw", ["1.5", "abc", True, 1.5, "--1", "9" * 30])
def test_what_is_no_whole_number_is_refused(raw: object) -> None:
    assert codes(a_form(a_question("whole_number")), {"q": raw}) == ["answer.not-number"]


def test_a_number_out_of_range_says_the_range() -> None:
    (problem,) = parse_answers(a_form(a_question("whole_number", at_least=1, at_most=5)), {"q": "9"}).problems
    assert problem.code == "answer.out-of-range"
    assert "1" in problem.text.en
    assert "5" in problem.text.en


def test_only_offered_choices_are_taken_and_in_the_order_of_the_form() -> None:
    choices = {"a": LABEL, "b": LABEL, "c": LABEL}
    form = a_form(a_question("choices", choices=choices))
    assert parse_answers(form, {"q": ["c", "a"]}).values == {"q": ["a", "c"]}
    assert codes(form, {"q": ["a", "z"]}) == ["answer.not-offered"]


def test_a_question_that_is_not_shown_is_neither_asked_nor_kept() -> None:
    first = Question("first", "yes_no", LABEL, "all-2019#31.1")
    second = Question("second", "text", LABEL, "all-2019#31.1", shown_when=("first", (True,)))
    form = a_form(first, second)
    assert parse_answers(form, {"first": "no", "second": "kept?"}).values == {"first": False}
    assert codes(form, {"first": "yes"}) == ["answer.missing"]
    assert not is_shown(second, {"first": False})


def test_answers_to_unknown_questions_are_left_out() -> None:
    assert parse_answers(a_form(a_question("text", is_required=False)), {"extra": "x"}).values == {}


def test_a_code_with_a_slip_is_refused_at_its_field() -> None:
    answers = branch_answers(parent_uscc="91320214MB0000006A")
    problems = parse_answers(FORM, answers).problems
    assert [problem.pointer for problem in problems] == ["answers.parent_uscc"]


@pytest.mark.parametrize("raw", ["1990000000", "29900000001", "1990000000a", "+1 199 0000 0001"])
def test_what_is_no_mobile_number_is_refused(raw: str) -> None:
    assert codes(a_form(a_question("mobile")), {"q": raw}) == ["answer.not-mobile"]


@pytest.mark.parametrize("raw", ["199 0000 0001", "+8619900000001", "１９９００００００01", "199-0000-0001"])
def test_a_mobile_number_is_understood_as_people_write_it(raw: str) -> None:
    assert parse_answers(a_form(a_question("mobile")), {"q": raw}).values == {"q": "19900000001"}


def test_a_file_answer_is_a_digest_and_nothing_else() -> None:
    form = a_form(a_question("file"))
    assert parse_answers(form, {"q": "a" * 64}).values == {"q": "a" * 64}
    assert codes(form, {"q": "../../etc/passwd"}) == ["answer.not-file"]
