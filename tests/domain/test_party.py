"""Who may act for whom, and what a page shows of a person."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.domain import party
from tongban.domain.party import Agent, Firm, Person, mask_citizen_number, mask_mobile, mask_name
from tongban.kernel.ids import ItemId, PartyId

FIRM = PartyId("11320411MB00000013")
FILING, OTHER = ItemId("branch-filing"), ItemId("another-item")


def an_agent(**changes: object) -> Agent:
    given_ = {
        "person": Person("11010519491231002X", "张示例"),
        "acts_for": FIRM,
        "authorisation": "授权-1",
        "valid_from_on": date(2026, 3, 2),
        "valid_until_on": date(2026, 3, 31),
        "item_ids": frozenset({FILING}),
    }
    return Agent(**(given_ | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "may"),
    [("2026-03-01", False), ("2026-03-02", True), ("2026-03-31", True), ("2026-04-01", False)],
)
def test_an_agent_acts_from_the_first_to_the_last_day(day: str, may: bool) -> None:
    assert an_agent().may_act(FIRM, FILING, date.fromisoformat(day)) is may


def test_an_agent_acts_only_for_the_party_and_item_it_was_given() -> None:
    on = date(2026, 3, 10)
    assert not an_agent().may_act(PartyId("another"), FILING, on)
    assert not an_agent().may_act(FIRM, OTHER, on)
    assert an_agent(item_ids=frozenset()).may_act(FIRM, OTHER, on)


def test_an_agent_without_authorisation_or_with_a_revoked_one_does_nothing() -> None:
    on = date(2026, 3, 10)
    assert not an_agent(authorisation="").may_act(FIRM, FILING, on)
    assert not an_agent(is_revoked=True).may_act(FIRM, FILING, on)


def test_an_authorisation_without_an_end_goes_on() -> None:
    assert an_agent(valid_until_on=None).may_act(FIRM, FILING, date(2040, 1, 1))


def test_a_party_is_known_by_its_official_number() -> None:
    person = Person("11010519491231002X", "张示例")
    assert person.id == "11010519491231002X"
    assert Firm(FIRM, "某公司（演示）", person).id == FIRM


@given(st.text(max_size=40))
def test_a_mask_keeps_the_length_and_never_shows_the_middle(text: str) -> None:
    for mask, first, last in ((mask_citizen_number, 3, 2), (mask_mobile, 3, 4), (mask_name, 1, 0)):
        masked = mask(text)
        assert len(masked) == len(text)
        assert set(masked[first : len(masked) - last]) <= {"*"}


def test_the_birth_date_in_a_citizen_number_is_hidden() -> None:
    assert "1949" not in mask_citizen_number("11010519491231002X")


def test_a_short_number_and_a_one_character_name_are_hidden_whole() -> None:
    assert mask_mobile("12345") == "*****"
    assert mask_name("张") == "*"
    assert mask_name("") == ""


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(party).failed == 0
