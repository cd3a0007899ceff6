"""The choices of a question as markup: escaped, chosen ones marked, the first with the field's own id."""

from tongban.kernel.text import Text
from tongban.web.shared.parts import Choice, Field
from tongban.web.shared.templatetags.choices import options, ticks

BAD = '<b>"&'
CHOICES = [Choice("a", Text("甲", "A")), Choice(BAD, BAD, help=Text(BAD, BAD))]


def test_nothing_that_a_choice_says_becomes_markup() -> None:
    for kind, write in (("select", options), ("choices", ticks)):
        markup = write(Field("one", Text("问", "Q"), kind, choices=CHOICES))  # type: ignore[arg-type]
        assert "<b>" not in markup
        assert "&lt;b&gt;&quot;&amp;" in markup


def test_what_is_chosen_is_marked_and_nothing_else() -> None:
    assert (
        options(Field("one", Text("问", "Q"), "select", value="a", choices=CHOICES)).count(" selected") == 1
    )
    many = Field("one", Text("问", "Q"), "choices", values=["a", BAD], choices=CHOICES)
    assert ticks(many).count(" checked") == 2
    assert 'type="checkbox"' in ticks(many)


def test_the_first_has_the_fields_own_id_and_a_help_is_tied_to_its_box() -> None:
    markup = ticks(Field("one", Text("问", "Q"), "choice", choices=CHOICES))
    assert 'id="field-one"' in markup
    assert 'id="field-one-2"' in markup
    assert 'aria-describedby="field-one-2-help"' in markup
    assert markup.count("required") == 2
