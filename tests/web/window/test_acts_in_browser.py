"""The window's acts for a licence that was granted, and its small pages, in a browser."""

import pytest

from tests.builders import CHANGZHOU
from tests.domain.case.examining_cases import FIRST
from tests.web.applicant.test_be_heard import NUMBER, hand_in, set_hearing
from tests.web.officer.test_ending_pages import CASE, SHOP, permit, send
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults
from tests.web.window.desk import AGENT_NUMBER, open_case
from tongban.flows import examine


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_of_the_window_s_acts_keeps_anybody_out(node, live_server, browser):
    permit(node)
    clerk = node.log_in("clerk", "虚构窗口甲")
    open_case(clerk, CASE, SHOP.id)
    acts = (f"/window/cases/{CASE}/deliver/", f"/window/cases/{CASE}/mandate/")
    assert all(clerk.get(address).status_code == 200 for address in acts)
    lists = (
        "/window/deliveries/",
        "/window/deliveries/elsewhere/",
        "/window/pickups/",
        "/window/keys/",
        "/window/mandates/",
    )
    wanted = {"principal": SHOP.id, "helper": AGENT_NUMBER, "item": "hairdresser-hygiene-permit"}
    answers = clerk.post("/window/mandates/", wanted)["Location"]
    assert list_faults(browser, clerk, live_server.url, (*acts, *lists, answers)) == []


def test_no_page_on_which_a_client_speaks_keeps_anybody_out(node, live_server, browser):
    permit(node)
    words = {"proposal": "VoidLicence:not-eligible", "reasons_zh": "面积不实。"}
    assert send(node.log_in("officer"), node, "propose", "act", **words).status_code == 302
    hand_in(node)
    examine.tell_hearing_right(NUMBER, FIRST, node.deps)
    clerk = node.log_in("clerk", "虚构窗口甲")
    open_case(clerk, CASE, SHOP.id)
    open_case(clerk, NUMBER)
    pages = (
        f"/window/cases/{CASE}/reply/",
        f"/window/cases/{NUMBER}/statement/",
        f"/window/cases/{NUMBER}/hearing/",
    )
    assert [clerk.get(address).status_code for address in pages] == [200, 200, 200]
    assert list_faults(browser, clerk, live_server.url, pages) == []


def test_no_page_on_which_a_hearing_is_changed_keeps_anybody_out(node, live_server, browser):
    hand_in(node)
    set_hearing(node)
    clerk = node.log_in("clerk", "虚构窗口甲")
    open_case(clerk, NUMBER)
    pages = (f"/window/cases/{NUMBER}/hearing/waive/", f"/window/cases/{NUMBER}/hearing/chair/")
    assert [clerk.get(address).status_code for address in pages] == [200, 200]
    assert list_faults(browser, clerk, live_server.url, pages) == []


def test_no_page_that_puts_something_right_keeps_anybody_out(node, live_server, browser):
    case_id = node.hand_in("CZ260303-CAAA2222", parent_uscc="91320205MB0000009K")
    received = node.hand_in("CZ260303-BBBB2222")
    clerk = node.log_in("clerk", "虚构窗口甲")
    open_case(clerk, case_id)
    open_case(clerk, received)
    pages = (f"/window/cases/{case_id}/correct/", f"/window/cases/{received}/at-once/")
    assert [clerk.get(address).status_code for address in pages] == [200, 200]
    assert list_faults(browser, clerk, live_server.url, pages) == []
