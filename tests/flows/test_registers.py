"""What is granted stands in the authority's own register: the next who asks, from wherever, is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, WUXI, a_network, keep, move_clock
from tests.flows.from_examples import apply, hold, read_example, row_of
from tongban.domain.case.events import Actor
from tongban.domain.credential.sd_jwt import read_disclosed
from tongban.domain.identifiers.uscc import (
    check_organisation_code,
    compose_numbered_uscc,
    parse_uscc,
)
from tongban.flows import record_check
from tongban.flows.answer_evidence import find_record
from tongban.flows.enter_register import enter_register
from tongban.flows.leave_register import leave_register
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.take_note import take_note
from tongban.flows.watch_clocks import wake_due
from tongban.kernel.ids import CaseId, EvidenceKindId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.play_decision import play_decision
from tongban.reads.criteria import compare

Network = dict[ZoneId, Deps]
OFFICER, WORDS = Actor("officer", "o1", "虚构审批员"), Text("经核查。", "Looked into.")
MOVE, ALLOWANCE, NAME = "nurse-change-of-practice", "high-age-allowance", "enterprise-name-declaration"
REGISTRATION, PERMIT = "individual-business-registration", "hairdresser-hygiene-permit"
NURSE = read_example(MOVE, "01")["applicant"]["id"]
ELDER = read_example(ALLOWANCE, "01")["applicant"]["id"]
SHOP = read_example(PERMIT, "01")["applicant"]["id"]


@pytest.fixture
def network() -> Network:
    return a_network()


def move(network: Network, number: str, to: ZoneId, former: ZoneId, hospital: str) -> str:
    """Let the nurse move to another hospital; return how far her case comes."""
    example = read_example(MOVE, "01")
    name = f"示例医院{hospital[2:8]}（演示）"
    keep(network[to], "institution-licence", hospital, status="active", name=name,
         expires_on=network[to].clock.now().date() + timedelta(days=900))  # fmt: skip
    starts_on = network[to].clock.now().date() + timedelta(days=10)
    keep(network[to], "nurse-appointment", NURSE, institution_uscc=hospital, institution_name=name,
         post=example["answers"]["post"], starts_on=starts_on, is_signed=True)  # fmt: skip
    case = apply(
        network, MOVE, number, decided_in=to, received_in=former, former_zone=former,
        institution_uscc=hospital, starts_on=starts_on.isoformat(),
    )  # fmt: skip
    return case.stage


DIVISIONS = {CHANGZHOU: "320411", SUZHOU: "320505", WUXI: "320214"}
HOSPITALS = {
    zone: compose_numbered_uscc("12", division, "YY", 5).text for zone, division in DIVISIONS.items()
}


def registered_at_first(network: Network) -> ZoneId:
    """Hold what the example's zones hold; return where the nurse is registered."""
    hold(network, MOVE)
    return next(zone for zone, deps in network.items() if row_of(deps, "nurse-certificate", NURSE))


def test_a_nurse_who_moved_is_found_in_the_new_registrars_register_and_moves_on(network: Network) -> None:
    first = registered_at_first(network)
    second, third = (zone for zone in (CHANGZHOU, SUZHOU, WUXI) if zone != first)
    assert move(network, "N-1", second, first, HOSPITALS[second]) == "concluded"
    entry = row_of(network[second], "nurse-certificate", NURSE)
    assert (entry["status"], entry["institution_uscc"]) == ("active", HOSPITALS[second])
    assert entry["registrar_zone"] == second
    assert entry["expires_on"] == row_of(network[first], "nurse-certificate", NURSE)["expires_on"]
    assert move(network, "N-2", third, second, HOSPITALS[third]) == "concluded"
    take_note(1, "", OFFICER, network[second])
    assert row_of(network[second], "nurse-certificate", NURSE)["status"] == "moved"
    assert row_of(network[third], "nurse-certificate", NURSE)["status"] == "active"


def test_a_nurse_who_comes_back_is_in_force_where_she_was_moved_away_from(network: Network) -> None:
    first = registered_at_first(network)
    second = next(zone for zone in (CHANGZHOU, SUZHOU) if zone != first)
    move(network, "N-1", second, first, HOSPITALS[second])
    take_note(1, "", OFFICER, network[first])
    assert row_of(network[first], "nurse-certificate", NURSE)["status"] == "moved"
    assert move(network, "N-2", first, second, HOSPITALS[first]) == "concluded"
    assert row_of(network[first], "nurse-certificate", NURSE)["status"] == "active"


def test_an_allowance_granted_in_one_zone_blocks_it_in_another_until_it_is_ended(network: Network) -> None:
    hold(network, ALLOWANCE)
    for zone in (WUXI, SUZHOU):
        for kind in ("person-identity", "household-registration"):
            keep(network[zone], kind, ELDER, **row_of(network[SUZHOU], kind, ELDER))
    assert apply(network, ALLOWANCE, "A-1", decided_in=WUXI).stage == "concluded"
    second = apply(network, ALLOWANCE, "A-2", decided_in=SUZHOU)
    assert (second.stage, second.needs_person) == ("assessed", True)
    record_check.end_benefit(CaseId("A-1"), WORDS, OFFICER, network[WUXI])
    assert row_of(network[WUXI], "allowance-payment", ELDER) == {"is_paid": False}
    assert apply(network, ALLOWANCE, "A-3", decided_in=SUZHOU).stage == "concluded"


def test_a_food_licence_that_an_officer_granted_is_changed_from_another_zone(network: Network) -> None:
    new = read_example("food-licence-new", "01")
    shop = new["applicant"]["id"]
    hold(network, "food-licence-new")
    apply(network, "food-licence-new", "F-1")
    play_decision(CaseId("F-1"), True, WORDS, OFFICER, network[SUZHOU])
    entry = row_of(network[SUZHOU], "food-licence", shop)
    assert (entry["status"], list(entry["projects"])) == ("active", ["hot-food", "drinks"])
    assert entry["licence_number"] == network[SUZHOU].cases.find(CaseId("F-1")).credential_id
    licence = row_of(network[SUZHOU], "business-licence", shop)
    keep(network[SUZHOU], "business-licence", shop, **{**licence, "legal_representative": "演示辛"})
    changed = apply(
        network, "food-licence-change", "F-2", received_in=WUXI, applicant=new["applicant"],
        changes=["legal_representative"],
    )  # fmt: skip
    assert changed.stage == "concluded"
    assert row_of(network[SUZHOU], "food-licence", shop)["legal_representative"] == "演示辛"
    cancelled = apply(
        network, "food-licence-cancel-or-duplicate", "F-3", applicant=new["applicant"], received_in=WUXI,
        request="cancel", reason="停业", business_stopped="yes",
    )  # fmt: skip
    assert (cancelled.stage, cancelled.deciding_zone) == ("concluded", SUZHOU)
    assert row_of(network[SUZHOU], "food-licence", shop)["status"] == "cancelled"


def test_a_duplicate_cancels_nothing(network: Network) -> None:
    start = (
        "01"
        if read_example("food-licence-cancel-or-duplicate", "01")["answers"]["request"] == "duplicate"
        else "02"
    )
    hold(network, "food-licence-cancel-or-duplicate", start)
    case = apply(network, "food-licence-cancel-or-duplicate", "F-1", start)
    assert (case.stage, case.answers["request"]) == ("concluded", "duplicate")
    assert case.issued.entered == ()


def test_a_voided_permit_is_marked_in_the_register(network: Network) -> None:
    hold(network, PERMIT)
    case = apply(network, PERMIT, "H-1")
    assert row_of(network[SUZHOU], "hygiene-licence", SHOP)["status"] == "active"
    record_check.record_check(case.id, "promise:hygiene-conditions", False, WORDS, OFFICER, network[SUZHOU])
    record_check.void_licence(case.id, WORDS, OFFICER, network[SUZHOU])
    assert row_of(network[SUZHOU], "hygiene-licence", SHOP)["status"] == "cancelled"


def test_undoing_leaves_what_a_later_case_has_written(network: Network) -> None:
    hold(network, PERMIT)
    case = apply(network, PERMIT, "H-1")
    later = {**row_of(network[SUZHOU], "hygiene-licence", SHOP), "legal_representative": "演示午",
             "name": "苏州虎丘新知夏理发店（演示）"}  # fmt: skip
    keep(network[SUZHOU], "hygiene-licence", SHOP, **later)
    record_check.record_check(case.id, "promise:hygiene-conditions", False, WORDS, OFFICER, network[SUZHOU])
    record_check.void_licence(case.id, WORDS, OFFICER, network[SUZHOU])
    assert row_of(network[SUZHOU], "hygiene-licence", SHOP) == later


def test_entering_and_leaving_twice_is_once(network: Network) -> None:
    hold(network, PERMIT)
    case = apply(network, PERMIT, "H-1")
    once = network[SUZHOU].registers.find(EvidenceKindId("hygiene-licence"), SHOP)
    enter_register(case.id, network[SUZHOU])
    assert network[SUZHOU].registers.find(EvidenceKindId("hygiene-licence"), SHOP) == once
    leave_register(case.id, network[SUZHOU])
    assert network[SUZHOU].registers.find(EvidenceKindId("hygiene-licence"), SHOP) == once


def test_a_change_that_is_undone_restores_what_was_found(network: Network) -> None:
    hold(network, "food-licence-change")
    shop = read_example("food-licence-change", "01")["applicant"]["id"]
    before = row_of(network[SUZHOU], "food-licence", shop)
    case = apply(network, "food-licence-change", "F-1")
    assert row_of(network[SUZHOU], "food-licence", shop) != before
    cases = network[SUZHOU].cases
    undone = replace(case, licence_state="03")

    class Undone:
        """The case as it will read once such a licence can be voided; no act does so yet."""

        def find(self, case_id: CaseId) -> object:
            return undone if case_id == case.id else cases.find(case_id)

    leave_register(case.id, replace(network[SUZHOU], cases=Undone()))
    assert row_of(network[SUZHOU], "food-licence", shop) == before


def test_a_name_is_taken_in_every_zone_until_the_day_it_is_kept_for(network: Network) -> None:
    hold(network, NAME)
    assert apply(network, NAME, "E-1").stage == "concluded"
    keep(network[WUXI], "forbidden-marks", "nobody", is_forbidden=True)
    again = apply(network, NAME, "E-2", decided_in=WUXI)
    assert (again.stage, again.needs_person) == ("assessed", True)
    kind = network[SUZHOU].catalogue.kinds[EvidenceKindId("name-register")]
    until_on = network[SUZHOU].cases.find(CaseId("E-1")).issued.valid_until
    mark = read_example(NAME, "01")["answers"]["mark"]

    def taken_on(days: int) -> object:
        at = network[SUZHOU].clock.now().replace(year=until_on.year, month=until_on.month, day=until_on.day)
        move_clock(network, at + timedelta(days=days))
        return find_record(kind, mark, network[SUZHOU]).facts["taken_in_retail"]

    assert taken_on(0) is True
    assert taken_on(1) is False


def test_unemployment_registered_in_a_zone_is_what_its_benefit_asks_for(network: Network) -> None:
    hold(network, "unemployment-registration")
    example = read_example("unemployment-registration", "01")
    case = apply(network, "unemployment-registration", "U-1")
    entry = row_of(network[case.deciding_zone], "unemployment-record", example["applicant"]["id"])
    assert entry["is_registered"] is True
    assert entry["registered_on"] == network[SUZHOU].clock.now().date()


def test_a_benefit_that_is_paid_in_one_zone_is_found_by_the_others(network: Network) -> None:
    hold(network, "unemployment-benefit")
    person = read_example("unemployment-benefit", "01")["applicant"]["id"]
    before = row_of(network[SUZHOU], "contribution-history", person)
    assert apply(network, "unemployment-benefit", "U-1").stage == "concluded"
    assert row_of(network[SUZHOU], "contribution-history", person) == {**before, "is_paid": True}
    keep(
        network[WUXI], "unemployment-record", person, **row_of(network[SUZHOU], "unemployment-record", person)
    )
    assert apply(network, "unemployment-benefit", "U-2", decided_in=WUXI).stage == "assessed"


def test_a_business_is_registered_under_a_made_up_code_that_checks(network: Network) -> None:
    hold(network, REGISTRATION)
    case = apply(network, REGISTRATION, "R-1")
    code = read_disclosed(case.token)["credit_code"]
    parts = parse_uscc(str(code))
    assert (parts.registrar + parts.category, parts.division, parts.organisation[:2]) == (
        "92",
        "320411",
        "YG",
    )
    assert check_organisation_code(parts) == ()
    entry = row_of(network[CHANGZHOU], "business-licence", str(code))
    assert (entry["status"], entry["kind"], entry["name"]) == (
        "active",
        "individual",
        case.answers["trade_name"],
    )
    assert apply(network, REGISTRATION, "R-2").token != case.token
    other = read_disclosed(network[CHANGZHOU].cases.find(CaseId("R-2")).token)["credit_code"]
    assert other != code


def test_with_its_code_the_new_business_files_changes_and_ends(network: Network) -> None:
    hold(network, REGISTRATION)
    case = apply(network, REGISTRATION, "R-1")
    code = str(read_disclosed(case.token)["credit_code"])
    firm = {"kind": "firm", "id": code, "name": str(case.answers["trade_name"])}
    premises = str(case.answers["premises"])
    filed = apply(network, "prepackaged-food-filing", "R-2", decided_in=CHANGZHOU, received_in=WUXI,
                  applicant=firm, premises=premises)  # fmt: skip
    assert filed.stage == "concluded"
    assert row_of(network[CHANGZHOU], "prepackaged-food-record", code)["is_filed"] is True
    changed = apply(
        network, "individual-business-change", "R-3", decided_in=CHANGZHOU, applicant=firm,
        name=firm["name"], premises=premises, legal_representative=case.applicant.name,
        scope=["daily-goods-sale"], premises_change="no", operator_changes="no",
    )  # fmt: skip
    assert changed.stage == "concluded"
    assert list(row_of(network[CHANGZHOU], "business-licence", code)["scope"]) == ["daily-goods-sale"]
    ended = apply(network, "individual-business-deregistration", "R-4", decided_in=CHANGZHOU, applicant=firm)
    assert ended.stage in ("published", "concluded")


def test_the_receiving_zone_is_told_that_it_was_entered_and_not_what(network: Network) -> None:
    hold(network, REGISTRATION)
    case = apply(network, REGISTRATION, "R-1")
    assert case.receiving_zone == SUZHOU
    copy = network[SUZHOU].cases.find(case.id)
    assert [one.kind for one in copy.issued.entered] == [one.kind for one in case.issued.entered]
    assert {(one.subject, len(one.facts)) for one in copy.issued.entered} == {("", 0)}
    settle(network)


def test_no_check_is_set_for_after_the_last_day_of_a_benefit(network: Network) -> None:
    hold(network, "unemployment-benefit")
    case = apply(network, "unemployment-benefit", "U-1")
    last_on = case.issued.valid_until
    for _ in range(24):
        move_clock(network, network[SUZHOU].clock.now() + timedelta(days=31))
        wake_due(network[SUZHOU])
    checks = network[SUZHOU].cases.find(case.id).checks
    assert len(checks) == len([one for one in checks.values() if one.outcome == "answered"]) > 12
    assert max(one.due_on for one in checks.values()) <= last_on


def test_what_several_zones_answered_is_shown_with_who_they_are_and_in_months(network: Network) -> None:
    hold(network, "unemployment-benefit")
    case = apply(network, "unemployment-benefit", "U-1")
    item = network[SUZHOU].catalogue.get_item(case.item_id, SUZHOU)
    compared = compare(case, item, network[SUZHOU])
    assert [one.id for one in compared.criteria if one.mark_today is not None] == []
    long_enough = next(one for one in compared.criteria if one.id == "contributed-long-enough")
    fact = long_enough.facts[0]
    assert fact.value.en == "62 months"
    assert fact.origin.trust == "S"
    assert fact.origin.authority.en.startswith("3 zones joined: ")
