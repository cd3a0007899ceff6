"""One form: every question once, results never asked, shared answers everywhere."""

from dataclasses import replace

from tests.builders import SUZHOU
from tests.domain.bundle.bundles import (
    a_bundle,
    a_member,
    a_question,
    an_item,
    elsewhere,
    licence_then_permit,
    two_items,
)
from tongban.domain.bundle.bundle import Bundle, Output, SharedField
from tongban.domain.bundle.choose import choose_members
from tongban.domain.bundle.union import UnionForm, answers_of_member, compose_union
from tongban.domain.catalogue.form import parse_answers


def union_of(bundle: Bundle, items: dict[str, object], **situation: object) -> UnionForm:
    choice = choose_members(bundle, situation, SUZHOU)
    return compose_union(bundle, choice, items, situation)


def fields(union: UnionForm) -> list[str]:
    return [question.id for question in union.form.questions]


def test_a_shared_question_is_asked_once_and_a_result_never() -> None:
    union = union_of(licence_then_permit(), two_items())
    assert fields(union) == ["premises", "licence__head", "permit__stores", "permit__store_address"]
    assert union.asked_apart == 6


def test_a_field_knows_every_question_it_answers_and_why_each_is_asked() -> None:
    origins = union_of(licence_then_permit(), two_items()).origins["premises"]
    assert [(one.member, one.question) for one in origins] == [("licence", "premises"), ("permit", "place")]
    assert {one.ground for one in origins} == {"all-2019#31.1"}


def test_a_shared_field_is_as_strict_as_the_strictest() -> None:
    shared = union_of(licence_then_permit(), two_items()).form.get_question("premises")
    assert shared.max_length == 20
    assert shared.is_required


def test_one_answer_goes_to_every_member_that_asks() -> None:
    union = union_of(licence_then_permit(), two_items())
    values = {"premises": "here", "licence__head": "A", "permit__stores": False}
    assert answers_of_member(union, "licence", values, {}) == {"premises": "here", "head": "A"}
    outputs = {"licence_number": "L-1", "place": "not this"}
    assert answers_of_member(union, "permit", values, outputs) == {
        "place": "here", "stores": False, "licence_number": "L-1",
    }  # fmt: skip


def test_a_question_that_depends_on_another_still_does() -> None:
    union = union_of(licence_then_permit(), two_items())
    base = {"premises": "here", "licence__head": "A"}
    no = parse_answers(union.form, {**base, "permit__stores": "no"})
    yes = parse_answers(union.form, {**base, "permit__stores": "yes"})
    assert no.problems == ()
    assert [one.pointer for one in yes.problems] == ["answers.permit__store_address"]


def test_what_the_situation_has_said_is_not_asked_again() -> None:
    known = SharedField("stores", (("permit", "stores"),), situation="wanted")
    bundle = licence_then_permit()
    bundle = a_bundle(*bundle.members, shared=(*bundle.shared, known))
    union = union_of(bundle, two_items(), wanted=False)
    assert fields(union) == ["premises", "licence__head"]
    assert answers_of_member(union, "permit", {"premises": "here"}, {}) == {"place": "here", "stores": False}
    assert "permit__store_address" in fields(union_of(bundle, two_items(), wanted=True))


def test_what_the_bundle_settles_is_not_asked() -> None:
    bundle = licence_then_permit()
    licence, permit = bundle.members
    bundle = replace(bundle, members=(licence, replace(permit, given={"stores": False})))
    union = union_of(bundle, two_items())
    assert fields(union) == ["premises", "licence__head"]
    assert answers_of_member(union, "permit", {"premises": "here"}, {}) == {"place": "here", "stores": False}


def test_a_result_that_nobody_here_brings_is_asked_after_all() -> None:
    permit = a_member("permit", "licence", takes={"licence_number": Output("licence", "number")})
    items = {"permit": two_items()["permit"]}
    union = union_of(a_bundle(elsewhere("licence"), permit), items)
    assert "permit__licence_number" in fields(union)
    assert union.supplied == frozenset()


def test_a_member_handled_elsewhere_asks_nothing() -> None:
    assert fields(union_of(a_bundle(elsewhere("one")), {})) == []


def test_choices_shared_are_those_that_all_offer() -> None:
    words = {code: two_items()["licence"].title for code in ("a", "b", "c")}
    items = {
        "one": an_item("one", a_question("kind", "choice", choices=words)),
        "two": an_item("two", a_question("kind", "choice", choices={"b": words["b"], "c": words["c"]})),
    }
    shared = SharedField("kind", (("one", "kind"), ("two", "kind")))
    union = union_of(a_bundle(a_member("one"), a_member("two"), shared=(shared,)), items)
    assert tuple(union.form.get_question("kind").choices) == ("b", "c")
