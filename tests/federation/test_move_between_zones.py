"""A firm moves between zones: one receipt, sub-cases in two zones, real envelopes between them."""

from datetime import timedelta

import pytest

from tests.builders import AGENT, SUZHOU, TUESDAY, WUXI, keep
from tests.federation.network import Network
from tongban.domain.bundle.opened import Standing, read_standings
from tongban.domain.case.events import ApplicantRef
from tongban.flows.lead_bundle import report_elsewhere, withdraw_bundle
from tongban.flows.open_bundle import BundleApplication, get_bundle_receipt, open_bundle
from tongban.flows.open_next import read_cases
from tongban.kernel.ids import BundleId, BundleNumber

NUMBER = BundleNumber("YJS-WX260303-MOVE0001")
SHOP = ApplicantRef("firm", "92320505YY9900014X", "苏州虎丘晴窗食品店（演示）", "19900000006")
MOVED_TO = "无锡市新吴区演示路62号"


@pytest.fixture
def moving(network: Network) -> Network:
    """The shop has handed in at Wuxi; Suzhou holds its old licence, Wuxi its new registration."""
    keep(
        network.deps(SUZHOU), "food-licence", SHOP.id, status="active", licence_number="示例食证320505000061",
        name=SHOP.name, legal_representative="演示丙", premises="苏州市虎丘区演示路61号",
        projects=["hot-food"], expires_on=TUESDAY.date().replace(year=2027), has_open_case=False,
    )  # fmt: skip
    keep(
        network.deps(WUXI), "business-licence", SHOP.id, status="active", name=SHOP.name, kind="individual",
        legal_representative="演示丙", scope=["prepackaged-food-sale"], premises=MOVED_TO,
        registered_on=TUESDAY.date(),
    )  # fmt: skip
    situation = {
        "to_zone": "wuxi",
        "from_zone": "suzhou",
        "old_licence": "cancel",
        "food": "packed",
        "has_staff": "no",
    }
    values = {
        "premises": MOVED_TO, "contact_mobile": "19900000006", "packed_food__activities": ["prepackaged"],
        "packed_food__sale_modes": ["retail"], "packed_food__outlets": ["shop"],
        "packed_food__stores_elsewhere": "no", "packed_food__sells_labelled_only": "yes",
        "old_food_licence__reason": "迁往无锡", "old_food_licence__business_stopped": "yes",
    }  # fmt: skip
    application = BundleApplication(BundleId("move-firm-between-zones"), SHOP, situation, values, "online")
    open_bundle(NUMBER, application, AGENT, network.deps(WUXI))
    return network


def standings(network: Network) -> dict[str, Standing]:
    deps = network.deps(WUXI)
    opened = get_bundle_receipt(NUMBER, deps)
    return read_standings(opened, read_cases(opened, deps))


def register_has_moved(network: Network) -> None:
    report_elsewhere(NUMBER, "register-move", AGENT, network.deps(WUXI))


def test_the_old_zone_ends_its_licence_and_the_new_one_files_then(moving: Network) -> None:
    assert standings(moving)["old-food-licence"] is Standing.WAITS
    register_has_moved(moving)
    moving.settle()
    found = standings(moving)
    assert (found["old-food-licence"], found["packed-food"]) == (Standing.DONE, Standing.DONE)
    opened = get_bundle_receipt(NUMBER, moving.deps(WUXI))
    ended = moving.deps(SUZHOU).cases.find(opened.get_member("old-food-licence").case_id)
    assert (ended.deciding_zone, ended.receiving_zone, ended.stage) == (SUZHOU, WUXI, "concluded")
    assert ended.bundle.number == NUMBER
    assert moving.deps(SUZHOU).bundles.find(NUMBER) is None


def test_only_the_envelopes_of_single_cases_travel(moving: Network) -> None:
    register_has_moved(moving)
    moving.settle()
    case_id = get_bundle_receipt(NUMBER, moving.deps(WUXI)).get_member("old-food-licence").case_id
    assert [one.type for one in moving.deps(WUXI).exchange.outgoing(case_id)] == ["case.submit"]
    assert {one.type for one in moving.deps(SUZHOU).exchange.outgoing(case_id)} == {
        "case.update",
        "file.offer",
    }


def test_what_the_other_zones_members_answered_does_not_travel(moving: Network) -> None:
    register_has_moved(moving)
    moving.settle()
    case_id = get_bundle_receipt(NUMBER, moving.deps(WUXI)).get_member("old-food-licence").case_id
    ended = moving.deps(SUZHOU).cases.find(case_id)
    assert set(ended.answers) == {"request", "reason", "business_stopped", "contact_mobile"}
    assert MOVED_TO not in str(ended.answers)


def test_while_the_old_zone_is_away_its_part_waits_and_goes_on_by_itself(moving: Network) -> None:
    moving.wire.down = {SUZHOU}
    register_has_moved(moving)
    moving.settle()
    assert standings(moving)["old-food-licence"] is Standing.RUNS
    assert standings(moving)["packed-food"] is Standing.WAITS
    moving.wire.down = set()
    moving.clock.at += timedelta(minutes=5)
    moving.settle()
    assert standings(moving)["packed-food"] is Standing.DONE


def test_a_part_that_another_zone_decides_is_withdrawn_there(moving: Network) -> None:
    keep(moving.deps(SUZHOU), "food-licence", SHOP.id, status="active", licence_number="示例食证320505000061",
         name="另一个名字（演示）", legal_representative="演示丙", premises="苏州市虎丘区演示路61号",
         projects=["hot-food"], expires_on=TUESDAY.date().replace(year=2027), has_open_case=True)  # fmt: skip
    register_has_moved(moving)
    moving.settle()
    assert standings(moving)["old-food-licence"] is Standing.RUNS
    withdraw_bundle(NUMBER, ("old-food-licence",), "不搬了", AGENT, moving.deps(WUXI))
    moving.settle()
    found = standings(moving)
    assert found["old-food-licence"] is Standing.FAILED
    assert found["packed-food"] is Standing.STOPPED
    assert found["tax"] is Standing.YOURS
