"""What is known is not asked; and a register is asked about nobody but the applicant."""

from dataclasses import replace
from datetime import date

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, PARENT, SUZHOU, a_network, keep
from tests.domain.catalogue.test_money import FORM
from tongban.domain.case.events import ApplicantRef
from tongban.kernel.ids import ItemId
from tongban.reads.prefill import raw_answer, raw_answers, read_prefilled

SHOP = ApplicantRef("firm", "91320205MB0000009K", "演示食品店", "19900000004")
FOOD = ItemId("prepackaged-food-filing")


@pytest.fixture
def deps():
    return a_network()[SUZHOU]


def test_the_account_fills_in_what_it_knows(deps):
    agency = ApplicantRef("firm", PARENT, "演示旅行社", "19900000001")
    filled = read_prefilled(deps.catalogue.get_item(BRANCH_FILING, CHANGZHOU), agency, deps)
    assert {name: one.value for name, one in filled.items()} == {
        "parent_uscc": PARENT,
        "contact_mobile": "19900000001",
    }


def test_an_account_that_knows_nothing_fills_in_nothing(deps):
    nobody = ApplicantRef("firm", "", "")
    assert read_prefilled(deps.catalogue.get_item(BRANCH_FILING, CHANGZHOU), nobody, deps) == {}


def test_the_own_register_fills_in_what_it_says_of_the_applicant_with_its_source(deps):
    keep(deps, "business-licence", SHOP.id, status="active", premises="苏州市虎丘区演示路9号")
    filled = read_prefilled(deps.catalogue.get_item(FOOD, SUZHOU), SHOP, deps)
    source = next(one for one in filled.values() if one.value == "苏州市虎丘区演示路9号")
    assert (source.zone.zh, source.register.zh) == ("苏州高新区", "市场主体登记")


def test_a_register_is_never_asked_about_somebody_else(deps):
    keep(deps, "business-licence", SHOP.id, status="active", premises="苏州市虎丘区演示路9号")
    other = replace(SHOP, id=PARENT)
    filled = read_prefilled(deps.catalogue.get_item(FOOD, SUZHOU), other, deps)
    assert all(one.value != "苏州市虎丘区演示路9号" for one in filled.values())


@pytest.mark.parametrize(
    ("value", "raw"),
    [(True, "yes"), (False, "no"), (date(2026, 3, 2), "2026-03-02"), (["a", "b"], ["a", "b"]), (12, "12"),
     (None, ""), ("x", "x")],
)  # fmt: skip
def test_a_typed_answer_goes_back_into_the_form(value, raw):
    assert raw_answer(value) == raw


def test_an_amount_is_filled_in_as_yuan_though_it_is_kept_in_fen():
    assert raw_answers(FORM, {"wage_fen": 800_050}) == {"wage_fen": "8000.50"}
