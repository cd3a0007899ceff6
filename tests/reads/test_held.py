"""A guide tells a firm what the registers hold of it, and looks nowhere it must not."""

from tests.builders import BRANCH_FILING, CHANGZHOU, PARENT, SUZHOU, WUXI, a_network, keep
from tongban.domain.case.events import ApplicantRef
from tongban.kernel.ids import ItemId
from tongban.reads.held import Holding, read_held

FOOD = ItemId("prepackaged-food-filing")
SHOP = ApplicantRef("firm", "92320505YY9000038F", "演示食品店")
AGENCY = ApplicantRef("firm", PARENT, "演示旅行社")


def told(deps, item_id, zone, applicant):
    item = deps.catalogue.get_item(item_id, zone)
    return {kind: line.holding for kind, line in read_held(item, applicant, deps).items()}


def test_the_own_register_says_whether_it_holds_the_firm():
    deps = a_network()[SUZHOU]
    assert told(deps, FOOD, SUZHOU, SHOP) == {"business-licence": Holding.EMPTY}
    keep(deps, "business-licence", SHOP.id, status="active")
    assert told(deps, FOOD, SUZHOU, SHOP) == {"business-licence": Holding.HELD}


def test_another_zone_is_not_asked_for_looking_at_a_page():
    deps = a_network()[SUZHOU]
    assert told(deps, FOOD, WUXI, SHOP) == {"business-licence": Holding.WILL_BE_ASKED}
    assert deps.exchange.undelivered() == ()


def test_what_hangs_on_an_answer_says_so_and_the_rest_follows_the_own_number():
    deps = a_network()[CHANGZHOU]
    assert told(deps, BRANCH_FILING, CHANGZHOU, AGENCY) == {
        "business-licence": Holding.DEPENDS,
        "travel-agency-licence": Holding.WILL_BE_ASKED,
        "deposit-proof": Holding.WILL_BE_ASKED,
    }


def test_what_every_zone_is_asked_hangs_on_no_answer():
    deps = a_network()[SUZHOU]
    person = ApplicantRef("person", "320214198807080006", "演示")
    assert told(deps, ItemId("housing-fund-proof"), WUXI, person) == {
        "housing-fund-account": Holding.WILL_BE_ASKED,
        "housing-loan-record": Holding.SEVERAL_ASKED,
    }
    assert deps.exchange.undelivered() == ()


def test_nobody_is_told_of_an_item_that_is_not_for_them():
    deps = a_network()[SUZHOU]
    assert told(deps, FOOD, SUZHOU, ApplicantRef("person", "320505199001010008", "演示")) == {}
    assert told(deps, FOOD, SUZHOU, ApplicantRef("firm", "", "")) == {}
