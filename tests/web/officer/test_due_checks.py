"""Checks after the decision: listed by date with their lamp, recorded under the officer's name."""

from datetime import timedelta

import pytest

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.evidence.exchange import Evidence, Trust
from tongban.domain.pledge import SignedPledge
from tongban.flows.perform import perform
from tongban.flows.submit import Application
from tongban.kernel.ids import CaseId, EvidenceKindId, ItemId, ZoneId
from tongban.kernel.text import Text

SHOP = ApplicantRef("firm", "91320411YY9000024B", "知夏理发店（演示）", "19900000006")
WORDS = Text("演示登记", "demonstration register")
NAME = "promise:hygiene-conditions"


@pytest.fixture
def permit(node):
    """A permit granted on a promise in Changzhou; the other zones have answered that they list nobody."""
    item = node.deps.catalogue.get_item(ItemId("hairdresser-hygiene-permit"), ZoneId("changzhou"))
    node.keep("business-licence", SHOP.id, status="active", kind="individual", scope=["hairdressing"],
              name=SHOP.name, premises="演示路1号")  # fmt: skip
    node.keep("health-certificates", SHOP.id, all_valid=True)
    pledge = item.pledges[0]
    signed = (SignedPledge(pledge.id, pledge.version, pledge.text_hash, "演示甲"),)
    answers = {"premises": "演示路1号", "area_m2": "40", "staff_count": "3", "contact_mobile": "19900000006"}
    case_id = node.hand_in(
        "CZ260303-PAAA2222",
        Application(item.id, ZoneId("changzhou"), SHOP, answers, "online", pledges=signed),
    )
    for zone in ("suzhou", "wuxi"):
        key = EvidenceKindId(f"broken-promises@{zone}")
        evidence = Evidence(
            key, Trust.SHARED_DATA, {"is_listed": False}, node.clock.now(), WORDS, ZoneId(zone), SHOP.id
        )
        perform(case_id, c.AttachEvidence(evidence, "m"), Actor("zone", zone), node.deps)
    assert node.find(case_id).stage == "concluded"
    return CaseId(case_id)


def record(client, node, case_id, **words):
    plain = {"version": node.find(case_id).version, "reasons_zh": "现场核查。", **words}
    return client.post(f"/officer/cases/{case_id}/checks/{NAME}/", plain)


def test_a_promise_to_be_checked_is_on_the_list_until_it_was(node, officer, permit):
    assert permit in officer.get("/officer/promises/").content.decode()
    record(officer, node, permit, outcome="kept")
    assert permit not in officer.get("/officer/promises/").content.decode()


def test_the_lamp_turns_red_once_the_day_is_over(node, officer, permit):
    assert "tb-light-green" in officer.get("/officer/promises/").content.decode()
    node.clock.at += timedelta(days=90)
    assert "tb-light-red" in officer.get("/officer/promises/").content.decode()


def test_a_broken_promise_is_recorded_listed_and_then_the_permit_can_be_undone(node, officer, permit):
    assert "/void/" not in officer.get(f"/officer/cases/{permit}/").content.decode()
    record(officer, node, permit, outcome="broken")
    listed = node.deps.registers.find(EvidenceKindId("broken-promises"), SHOP.id)
    assert listed is not None
    assert listed.facts["is_listed"] is True
    assert f"/officer/cases/{permit}/void/" in officer.get(f"/officer/cases/{permit}/").content.decode()
    recorded = node.deps.cases.history(permit)[-1]
    assert isinstance(recorded.event, e.CheckRecorded)
    assert recorded.actor.name == "虚构审批员"


def test_a_finding_needs_an_answer_and_its_grounds_and_words_are_kept(node, officer, permit):
    said = record(officer, node, permit, reasons_zh="", reasons_en="half")
    assert said.status_code == 422
    assert "half" in said.content.decode()
    assert node.find(permit).checks[NAME].outcome == ""


def test_a_check_that_is_not_there_is_not_found(node, officer, permit):
    assert officer.get(f"/officer/cases/{permit}/checks/promise:nothing/").status_code == 404
