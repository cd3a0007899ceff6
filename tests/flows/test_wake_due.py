"""What time itself does to cases: once, whenever the worker comes by, and never more than it may."""

from datetime import timedelta

import pytest

from tests.builders import AGENT, SUZHOU, WUXI, ZONES, a_network, keep, move_clock
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.pledge import SignedPledge
from tongban.flows import make_decision, record_check
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import Application, submit
from tongban.flows.watch_clocks import wake_due
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text

SHOP = ApplicantRef("firm", "92320505YY9900014X", "苏州虎丘晴窗食品店（演示）", "19900000006")
OFFICER, WORDS = Actor("officer", "o1", "虚构审批员"), Text("经核查。", "Looked into.")
CASE = CaseId("SZ260303-WAKE0001")


def close_shop(network: dict[ZoneId, Deps], **changes: object) -> Deps:
    """Hand in a simple deregistration at Suzhou, where the shop's registration stands."""
    suzhou = network[SUZHOU]
    keep(suzhou, "business-licence", SHOP.id, status="active", kind="individual", name=SHOP.name)
    answers = {
        "reason": "stopped", "contact_mobile": "19900000006", "debts_settled": "yes", "wages_settled": "yes",
        "taxes_settled": "yes", **changes,
    }  # fmt: skip
    item = ItemId("individual-business-deregistration")
    submit(CASE, Application(item, SUZHOU, SHOP, answers, "online"), AGENT, suzhou)
    settle(network)
    return suzhou


def permit(network: dict[ZoneId, Deps], case_id: CaseId = CASE) -> Deps:
    """Hand in a hairdresser's permit on a promise at Suzhou."""
    suzhou = network[SUZHOU]
    item = suzhou.catalogue.get_item(ItemId("hairdresser-hygiene-permit"), SUZHOU)
    keep(suzhou, "business-licence", SHOP.id, status="active", kind="individual", name=SHOP.name,
         scope=["hairdressing"], premises="演示路1号")  # fmt: skip
    keep(suzhou, "health-certificates", SHOP.id, all_valid=True)
    pledge = item.pledges[0]
    signed = (SignedPledge(pledge.id, pledge.version, pledge.text_hash, "演示甲"),)
    answers = {"premises": "演示路1号", "area_m2": "40", "staff_count": "3", "contact_mobile": "19900000006"}
    submit(case_id, Application(item.id, SUZHOU, SHOP, answers, "online", pledges=signed), AGENT, suzhou)
    settle(network)
    return suzhou


def names(deps: Deps, case_id: CaseId = CASE) -> list[str]:
    return [type(one.event).__name__ for one in deps.cases.history(case_id)]


def test_silence_grants_on_the_day_after_the_last_one_and_not_before() -> None:
    network = a_network()
    suzhou = close_shop(network)
    case = suzhou.cases.find(CASE)
    assert case is not None
    assert case.wait is not None
    assert case.wait.until_on == suzhou.clock.now().date() + timedelta(days=10)
    move_clock(network, suzhou.clock.now() + timedelta(days=10))
    assert wake_due(suzhou) == 0
    move_clock(network, suzhou.clock.now() + timedelta(days=1))
    assert wake_due(suzhou) == 1
    assert names(suzhou)[-2:] == ["Granted", "CredentialIssued"]


def test_a_worker_that_was_away_for_long_catches_up_and_a_second_one_does_nothing() -> None:
    network = a_network()
    suzhou = close_shop(network)
    move_clock(network, suzhou.clock.now() + timedelta(days=200))
    assert wake_due(suzhou) == 1
    before = names(suzhou)
    assert wake_due(suzhou) == 0
    assert names(suzhou) == before


def test_an_officer_cannot_grant_before_others_could_object() -> None:
    network = a_network()
    suzhou = close_shop(network, taxes_settled="no")
    with pytest.raises(Refused) as refused:
        make_decision.grant(CASE, WORDS, OFFICER, suzhou)
    assert [one.code for one in refused.value.problems] == ["grant.wait-first"]


def test_an_objection_in_time_stops_the_silence() -> None:
    network = a_network()
    suzhou = close_shop(network)
    record_check.record_objection(CASE, "税务部门", WORDS, OFFICER, suzhou)
    move_clock(network, suzhou.clock.now() + timedelta(days=60))
    assert wake_due(suzhou) == 0
    assert "Granted" not in names(suzhou)


def test_a_broken_promise_undoes_the_licence_and_no_zone_takes_another() -> None:
    network = a_network()
    suzhou = permit(network)
    case = suzhou.cases.find(CASE)
    assert case is not None
    assert case.issued is not None
    with pytest.raises(Refused):
        record_check.void_licence(CASE, WORDS, OFFICER, suzhou)
    record_check.record_check(CASE, "promise:hygiene-conditions", False, WORDS, OFFICER, suzhou)
    record_check.void_licence(CASE, WORDS, OFFICER, suzhou)
    kept = suzhou.credentials.find(case.issued.credential_id)
    assert kept is not None
    assert kept.state == "03"
    again = CaseId("SZ260303-WAKE0002")
    permit(network, again)
    assert names(suzhou, again)[-1] == "Referred"


def test_a_promise_broken_in_another_zone_counts_here_and_a_zone_that_is_away_is_waited_for() -> None:
    network = a_network()
    keep(network[WUXI], "broken-promises", SHOP.id, is_listed=True)
    suzhou = permit(network)
    assert names(suzhou)[-1] == "Referred"
    waiting = a_network(zones=(zone for zone in ZONES if zone != WUXI))
    assert "Accepted" not in names(permit(waiting))


def test_a_changed_text_is_not_signed_by_the_old_signature() -> None:
    network = a_network()
    item = network[SUZHOU].catalogue.get_item(ItemId("hairdresser-hygiene-permit"), SUZHOU)
    wrong = (SignedPledge(item.pledges[0].id, 1, "0" * 64, "演示甲"),)
    answers = {"premises": "演示路1号", "area_m2": "40", "staff_count": "3", "contact_mobile": "19900000006"}
    application = Application(item.id, SUZHOU, SHOP, answers, "online", pledges=wrong)
    with pytest.raises(Refused) as refused:
        submit(CASE, application, AGENT, network[SUZHOU])
    assert [one.code for one in refused.value.problems] == ["pledge.not-this-text"]


def test_a_cancelled_permit_cannot_be_applied_for_and_says_why() -> None:
    suzhou = a_network()[SUZHOU]
    item = ItemId("advertising-release-registration")
    with pytest.raises(Refused) as refused:
        submit(CASE, Application(item, SUZHOU, SHOP, {}, "online"), AGENT, suzhou)
    assert [one.code for one in refused.value.problems] == ["item.cancelled"]
