"""Which members a situation calls for, in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import SUZHOU, WUXI
from tests.domain.bundle.bundles import a_bundle, a_member
from tongban.domain.bundle.bundle import SituationTest
from tongban.domain.bundle.choose import choose_members, holds, sort_members


def ids(*members: object) -> list[str]:
    return [one.member.id for one in members]


def test_a_member_without_a_condition_is_always_wanted() -> None:
    choice = choose_members(a_bundle(a_member("one")), {}, SUZHOU)
    assert ids(*choice.wanted) == ["one"]
    assert choice.left_out == ()


def test_a_member_is_left_out_with_the_condition_that_does_not_hold() -> None:
    bundle = a_bundle(a_member("one"), a_member("two", when={"wanted": True}))
    choice = choose_members(bundle, {"wanted": False}, SUZHOU)
    assert ids(*choice.wanted) == ["one"]
    assert choice.left_out == ((bundle.get_member("two"), (SituationTest("wanted", (True,)),)),)


def test_a_question_that_was_not_asked_calls_for_nothing() -> None:
    bundle = a_bundle(a_member("two", when={"wanted": True}))
    assert choose_members(bundle, {}, SUZHOU).wanted == ()


def test_who_needs_a_member_that_is_left_out_needs_what_it_needed() -> None:
    bundle = a_bundle(
        a_member("first"), a_member("middle", "first", when={"wanted": True}), a_member("last", "middle")
    )
    assert choose_members(bundle, {"wanted": False}, SUZHOU).needs["last"] == ("first",)
    assert choose_members(bundle, {"wanted": True}, SUZHOU).needs["last"] == ("middle",)


def test_of_several_choices_one_is_enough() -> None:
    assert holds(SituationTest("sells", ("food",)), {"sells": ["tobacco", "food"]})
    assert not holds(SituationTest("sells", ("food",)), {"sells": ["tobacco"]})


def test_an_answer_may_name_the_deciding_zone() -> None:
    bundle = a_bundle(a_member("one", zone="situations.to_zone"), a_member("two"))
    choice = choose_members(bundle, {"to_zone": "wuxi"}, SUZHOU)
    assert [one.zone for one in choice.wanted] == [WUXI, SUZHOU]


def test_a_circle_is_named() -> None:
    with pytest.raises(ValueError, match="a -> b -> a"):
        sort_members({"a": ("b",), "b": ("a",)})


@given(st.lists(st.sets(st.integers(0, 9)), min_size=1, max_size=10), st.data())
def test_each_member_stands_behind_all_it_needs(drawn: list[set[int]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(drawn))))
    # Only edges from later to earlier in a drawn order, so that there is no circle.
    place = {member: at for at, member in enumerate(order)}
    needs = {
        str(member): [str(one) for one in sorted(wanted) if one < len(drawn) and place[one] < place[member]]
        for member, wanted in enumerate(drawn)
    }
    sorted_members = sort_members(needs)
    assert sorted(sorted_members) == sorted(needs)
    for member, wanted in needs.items():
        assert all(sorted_members.index(one) < sorted_members.index(member) for one in wanted)
