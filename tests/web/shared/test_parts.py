"""The parts of a page: problems lead to fields, values carry their source, colour never stands alone."""

from datetime import date

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.web.shared.parts import Choice, Field, Light, Row, Source, anchor
from tongban.web.shared.signage import Signage, put_up, read_signs
from tongban.web.shared.styleguide_samples import SPECIMEN

SCOPE = Problem(
    "answers.scope",
    Text("范围超出", "Too wide"),
    "answers.scope",
    "specimen-2026#1",
    Text("请缩小范围", "Choose less"),
)


def part(name: str, **context: object) -> str:
    """A part with its values."""
    return render_to_string(f"shared/parts/{name}.html", context)


@pytest.mark.parametrize(
    ("pointer", "to"),
    [
        ("answers.scope", "field-scope"),
        ("scope", "field-scope"),
        ("evidence.parent-licence", "field-evidence-parent-licence"),
    ],
)
def test_a_problem_leads_to_the_field_of_its_pointer(pointer, to):
    assert anchor(pointer) == to
    assert Field(pointer, Text("问", "Q")).id == to


def test_the_summary_tells_all_problems_with_what_why_and_what_next():
    said = part("error_summary", problems=[SCOPE, Problem("x", Text("别的", "Other"))])
    assert "有 2 处" in said
    assert '<a href="#field-scope">范围超出</a>' in said
    assert "请缩小范围" in said
    assert "specimen-2026#1" in said
    assert "别的" in said


@pytest.mark.parametrize("kind", ["text", "long_text", "number", "date", "select", "file", "password"])
def test_a_single_input_has_its_label_its_help_and_its_problems_tied_to_it(kind):
    field = Field("answers.scope", Text("范围", "Scope"), kind, help=Text("提示", "Help"), problems=(SCOPE,))
    said = part("field", field=field)
    assert '<label class="tb-label" for="field-scope">' in said
    assert 'id="field-scope"' in said
    assert 'aria-describedby="field-scope-help field-scope-problems"' in said
    assert 'aria-invalid="true"' in said
    assert 'name="answers.scope"' in said


@pytest.mark.parametrize("kind", ["choice", "choices", "yes_no", "date_parts"])
def test_a_group_is_a_fieldset_and_the_summary_leads_to_its_first_input(kind):
    choices = (Choice("a", Text("甲", "A")), Choice("b", Text("乙", "B"))) if kind != "yes_no" else ()
    said = part(
        "field", field=Field("scope", Text("范围", "Scope"), kind, choices=choices, problems=(SCOPE,))
    )
    assert "<legend" in said
    assert said.count('id="field-scope"') == 1
    assert 'aria-describedby="field-scope-problems"' in said


def test_answers_are_kept():
    choices = (Choice("a", Text("甲", "A")), Choice("b", Text("乙", "B")))
    assert 'value="b" checked' in part(
        "field", field=Field("x", Text("", ""), "choice", "b", choices=choices)
    )
    several = part("field", field=Field("x", Text("", ""), "choices", values=("a", "b"), choices=choices))
    assert several.count(" checked") == 2
    assert 'value="b" selected' in part(
        "field", field=Field("x", Text("", ""), "select", "b", choices=choices)
    )
    assert "两\n行" in part("field", field=Field("x", Text("", ""), "long_text", "两\n行"))
    assert 'value="05"' not in part("field", field=Field("x", Text("", ""), "date_parts", "1990-05-07"))


def test_a_password_is_never_sent_back():
    assert "secret" not in part("field", field=Field("x", Text("", ""), "password", "secret"))


def test_an_answer_that_is_markup_or_runs_backwards_stays_text():
    for kind in ("text", "long_text"):
        said = part("field", field=Field("x", Text("", ""), kind, '"><script>alert(1)</script>\u202e'))
        assert "<script>" not in said
        assert "&quot;&gt;&lt;script" in said


def test_a_locked_value_is_shown_with_its_source_and_nothing_is_sent():
    source = Source(
        Text("无锡高新区", "Wuxi WND"), Text("营业执照登记", "business register"), date(2026, 11, 21)
    )
    said = part(
        "field", field=Field("x", Text("总社", "Parent"), value="云帆", source=source, is_locked=True)
    )
    assert "<input" not in said
    assert "来自：无锡高新区 营业执照登记" in said
    assert "2026年11月21日" in said


def test_an_optional_question_says_so_and_a_required_one_is_required():
    assert "选填" in part("field", field=Field("x", Text("", ""), is_required=False))
    assert " required" in part("field", field=Field("x", Text("", "")))


@pytest.mark.parametrize(
    ("colour", "shape"), [("green", "circle"), ("yellow", "triangle"), ("red", "square"), ("grey", "ring")]
)
def test_a_light_has_a_shape_and_words_besides_its_colour(colour, shape):
    said = part("light", light=Light(colour, Text("还有 3 天", "3 days left")))
    assert f"tb-icon-{shape}" in said
    assert "还有 3 天" in said


def test_an_answer_that_was_not_given_says_so():
    assert "未填写" in part("summary_list", rows=[Row(Text("说明", "Note"), [])])


def test_an_article_opens_to_its_words_when_it_is_known_and_shows_its_key_when_it_is_not():
    before = read_signs()
    put_up(Signage("x", Text("x", "x"), {"specimen-2026#1": SPECIMEN}.get))
    try:
        known = Template('{% law "specimen-2026#1" %}').render(Context())
        unknown = Template('{% law "nowhere-1999#1" %}{% law "" %}').render(Context())
    finally:
        put_up(before)
    assert "<details" in known
    assert SPECIMEN.words in known
    assert "<details" not in unknown
    assert "nowhere-1999#1" in unknown
