"""What a holder does after the grant, and who may act for somebody, in a browser."""

import pytest

from tests.builders import CHANGZHOU
from tests.domain.case.examining_cases import FIRST
from tests.web.applicant.test_be_heard import NUMBER, hand_in, set_hearing
from tests.web.officer.test_ending_pages import CASE, SHOP, permit, send
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults
from tongban.flows import examine
from tongban.flows.talk import write_to_applicant


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_of_a_holder_s_acts_keeps_anybody_out(node, log_in, live_server, browser):
    permit(node)
    holder = log_in(party_id=SHOP.id, party_name=SHOP.name, agent_id="", agent_name="")
    own = (f"/cases/{CASE}/", f"/cases/{CASE}/received/", "/my/mandates/", "/my/mandates/give/")
    assert all(holder.get(address).status_code == 200 for address in own)
    assert list_faults(browser, holder, live_server.url, own) == []


def test_no_page_on_which_a_party_speaks_keeps_anybody_out(node, log_in, live_server, browser):
    permit(node)
    words = {"proposal": "VoidLicence:not-eligible", "reasons_zh": "面积不实。"}
    assert send(node.log_in("officer"), node, "propose", "act", **words).status_code == 302
    holder = log_in(party_id=SHOP.id, party_name=SHOP.name, agent_id="", agent_name="")
    assert holder.get(f"/cases/{CASE}/reply/").status_code == 200
    assert list_faults(browser, holder, live_server.url, [f"/cases/{CASE}/reply/"]) == []
    hand_in(node)
    examine.tell_hearing_right(NUMBER, FIRST, node.deps)
    write_to_applicant(NUMBER, "门牌是几号？", "核对场所", FIRST, node.deps)
    agent = log_in()
    heard = (
        f"/cases/{NUMBER}/statement/",
        f"/cases/{NUMBER}/hearing/",
        f"/cases/{NUMBER}/answer/",
        f"/cases/{NUMBER}/",
    )
    assert [agent.get(address).status_code for address in heard] == [200] * 4
    assert list_faults(browser, agent, live_server.url, heard) == []


def test_no_page_on_which_a_hearing_is_changed_keeps_anybody_out(node, log_in, live_server, browser):
    hand_in(node)
    set_hearing(node)
    pages = (f"/cases/{NUMBER}/hearing/waive/", f"/cases/{NUMBER}/hearing/chair/")
    agent = log_in()
    assert [agent.get(address).status_code for address in pages] == [200, 200]
    assert list_faults(browser, agent, live_server.url, pages) == []
