"""What somebody does at a zone that did not receive, or for one that did not, through three real nodes."""

from collections.abc import Mapping

from tests.nodes.conftest import Program, story
from tests.nodes.test_files import enter, hand_in
from tests.nodes.test_three_nodes import ITEM, is_concluded
from tests.patience import ask_until
from tongban.crypto.digest import hex_digest
from tongban.hosting.nodes import Node
from tongban.hosting.visitor import Page


def has_step(case: dict, name: str) -> bool:
    """Say whether the zone that asks knows of a step."""
    return name in [step["name"] for step in case["steps"]]


def test_a_copy_signed_for_where_it_was_handed_in_is_seen_so_where_it_is_decided(
    zones: Mapping[str, Node],
) -> None:
    photo = b"\xff\xd8\xff" + b"signed for at the window"
    with (
        enter(zones["suzhou"], "agency") as agency,
        enter(zones["suzhou"], "suzhou-clerk") as clerk,
        enter(zones["changzhou"], "changzhou-officer") as officer,
    ):
        number = hand_in(agency, photo)
        deed = clerk.open(f"/window/cases/{number}/between/certify/", about=hex_digest(photo))
        signed = clerk.send(deed, deed.get_form("about"), {})
        assert "与原件核对无误" in signed.html
        page = ask_until(
            lambda: officer.open(f"/officer/cases/{number}/between/"),
            lambda page: "与原件核对无误" in page.html,
        )
    assert "suzhou-clerk" in page.html


def test_a_licence_is_picked_up_at_a_third_zone_and_the_proof_is_kept_by_the_one_that_decided(
    zones: Mapping[str, Node], agency: Program, branch_answers: dict[str, object]
) -> None:
    receipt = agency.hand_in(ITEM, "changzhou", branch_answers, "any-zone-pick-up")
    number = agency.wait_for(receipt["case_id"], is_concluded)["case_id"]
    with enter(zones["wuxi"], "wuxi-clerk") as clerk:
        form = clerk.open("/window/deliveries/elsewhere/")
        given = {"number": number, "deciding_zone": "changzhou", "party": story()["agency"],
                 "received_by": "顾远舟（示例）", "checked": "yes", "note": "纸质回证已签"}  # fmt: skip
        clerk.send(form, form.get_form("received_by"), given)
        agency.wait_for(number, lambda now: has_step(now, "Delivered"))
        sent = ask_until(lambda: clerk.open("/window/corrections/"), lambda page: "对方已办" in page.html)
    assert number in sent.html


def test_a_correction_notice_is_answered_at_a_third_zone(
    zones: Mapping[str, Node], agency: Program, branch_answers: dict[str, object]
) -> None:
    wrong = {**branch_answers, "branch_uscc": "91320205MB0000009K"}
    receipt = agency.hand_in(ITEM, "changzhou", wrong, "any-zone-correct")
    number = receipt["case_id"]
    agency.wait_for(number, lambda now: now["stage"] == "correcting")

    def answer(party: str) -> Page:
        page = clerk.open("/window/corrections/", number=number, deciding_zone="changzhou", item=ITEM)
        given = {"party": party, "branch_uscc": str(branch_answers["branch_uscc"])}
        return clerk.send(page, page.get_form("party", "branch_uscc"), given)

    with enter(zones["wuxi"], "wuxi-clerk") as clerk:
        assert number in answer(story()["food-shop"]).html
        ask_until(
            lambda: clerk.open("/window/corrections/"), lambda page: "来人的号码不是这件申请的" in page.html
        )
        assert agency.follow(number)["stage"] == "correcting"
        assert number in answer(story()["agency"]).html
    case = agency.wait_for(number, is_concluded)
    assert [step["name"] for step in case["steps"]].count("Corrected") == 1


def test_one_decision_is_made_of_the_parts_of_two_zones(
    zones: Mapping[str, Node], agency: Program, branch_answers: dict[str, object]
) -> None:
    wanted = {**branch_answers, "scope": ["domestic", "outbound"]}
    number = agency.hand_in(ITEM, "changzhou", wanted, "any-zone-joint")["case_id"]
    agency.wait_for(number, lambda now: has_step(now, "Referred"))
    with (
        enter(zones["changzhou"], "changzhou-officer") as lead,
        enter(zones["wuxi"], "wuxi-head") as other,
    ):
        opening = lead.open(f"/officer/cases/{number}/between/joint/")
        asked = {"parts": ["wuxi"], "words": "核实总社的出境资质（演示）"}
        joint = lead.send(opening, opening.get_form("parts", "words"), asked)
        path = joint.address.removeprefix(zones["changzhou"].url)
        part = ask_until(lambda: other.open(f"{path}part/"), lambda page: page.status == 200)
        given = other.send(
            part, part.get_form("outcome", "words"), {"outcome": "agreed", "words": "总社有相应资质"}
        )
        assert given.status == 200, given.html
        ask_until(lambda: lead.open(path), lambda page: "总社有相应资质" in page.html)
        act = lead.open(f"/officer/cases/{number}/grant/")
        why = {"reasons_zh": "两区意见一致（演示）", "agrees": "yes"}
        confirm = lead.send(act, act.get_form("reasons_zh"), why)
        lead.send(confirm, confirm.get_form("reasons_zh"), {"step": "act"})
    case = agency.wait_for(number, is_concluded)
    assert [step["name"] for step in case["steps"]].count("CredentialIssued") == 1
