"""What was granted and is not served yet, for officers and for clerks of the deciding zone."""

from dataclasses import replace

from tests.builders import a_branch_application
from tongban.domain.delivery import DeliveryWish


def test_what_was_granted_and_not_served_is_listed_for_clerks_and_officers(node, officer):
    granted = node.referred("CZ260303-GAAA2222", scope=("domestic",))
    clerk = node.log_in("clerk")
    for page in (clerk.get("/window/deliveries/"), officer.get("/officer/deliveries/")):
        assert granted in page.content.decode()
        assert "送达期限" in page.content.decode()
    assert granted not in officer.get("/officer/deliveries/?after=2030-01-01.X").content.decode()


def test_who_wishes_for_a_paper_copy_is_marked_and_the_case_says_where_it_goes(node, officer):
    node.keep_branch()
    wish = DeliveryWish("post", address="无锡市新吴区演示路8号")
    case_id = node.hand_in("CZ260303-GAAA2222", replace(a_branch_application(scope=["domestic"]), wish=wish))
    node.answer(case_id, "travel-agency-licence", status="active", licence_number="L-DEMO-0001",
                scope=["domestic", "inbound"])  # fmt: skip
    node.answer(case_id, "deposit-proof", paid=True, amount_fen=20_000_000)
    assert node.find(case_id).stage == "concluded"
    assert "要邮寄" in officer.get("/officer/deliveries/").content.decode()
    assert "另邮寄纸质件：无锡市新吴区演示路8号" in officer.get(f"/officer/cases/{case_id}/").content.decode()
    node.store.rebuild()
    assert "要邮寄" in officer.get("/officer/deliveries/").content.decode()
