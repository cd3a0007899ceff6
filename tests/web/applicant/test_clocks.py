"""The clocks on an applicant's pages: the user's own, a step's, and the end of a licence."""

from datetime import datetime, timedelta

from tests.builders import TUESDAY
from tests.web.officer.test_due_checks import SHOP, permit
from tongban.flows.keep_time import catch_up

__all__ = ["permit"]


def test_the_users_own_clock_counts_from_the_receipt_and_says_how(node, agent):
    case_id = node.referred("CZ260303-AAAA2222")
    node.clock.at = TUESDAY + timedelta(days=9, hours=1)
    page = agent.get(f"/cases/{case_id}/").content.decode()
    assert "已用时（自首次收件）" in page
    assert "9天（其中7个工作日）" in page
    assert "补正、停止计算的时间和休息日都算在内" in page
    assert "9 days (7 working days of them)" in agent.get(f"/cases/{case_id}/?lang=en").content.decode()


def test_a_case_keeps_its_time_once_its_licence_has_reached_the_holder(node, agent):
    case_id = node.referred("CZ260303-AAAA2222", scope=("domestic",))
    node.clock.at = TUESDAY + timedelta(days=2)
    assert "已用时（自首次收件）" in agent.get(f"/cases/{case_id}/").content.decode()
    assert agent.post(f"/cases/{case_id}/received/").status_code == 302
    node.clock.at = TUESDAY + timedelta(days=30)
    page = agent.get(f"/cases/{case_id}/").content.decode()
    assert "总用时（收件到送达）" in page
    assert "2天" in page


def test_where_it_was_handed_in_for_another_zone_the_step_has_its_own_clock(portal, agent):
    case_id = portal.hand_in("SZ260303-AAAA2222")
    page = agent.get(f"/cases/{case_id}/").content.decode()
    assert "最迟送达办理区（环节时限）" in page
    assert "办理区最迟确认收到（环节时限）" in page
    portal.clock.at = TUESDAY + timedelta(days=3)
    assert "已超" in agent.get(f"/cases/{case_id}/").content.decode()


def test_a_holder_is_told_in_my_licences_before_one_ends(node, log_in, permit):
    holder = log_in(party_id=SHOP.id, party_name=SHOP.name, agent_id="", agent_name="")
    assert "证照有效期至" not in holder.get("/my/").content.decode()
    end = node.find(permit).issued.valid_until
    noon = datetime.combine(end, TUESDAY.timetz())
    node.clock.at = noon - timedelta(days=61)
    catch_up(node.deps)
    assert "证照有效期至" not in holder.get("/my/").content.decode()
    node.clock.at = noon - timedelta(days=60)
    catch_up(node.deps)
    assert f"证照有效期至{end.year}年{end.month}月{end.day}日" in holder.get("/my/").content.decode()
    node.clock.at = noon + timedelta(days=1)
    catch_up(node.deps)
    assert "证照有效期已于" in holder.get("/my/").content.decode()
