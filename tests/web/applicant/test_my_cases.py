"""My cases and licences: mine alone, newest first, page by page, with one question a list."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongban.reads.my_space import CASES_A_PAGE


def test_empty_lists_say_what_to_do(node, agent):
    page = agent.get("/my/").content.decode()
    assert "还没有办件" in page
    assert "去找要办的事" in page
    assert "还没有证照" in page


def test_cases_stand_newest_first_on_pages_that_lose_and_repeat_none(node, agent):
    numbers = [f"CZ260303-AAAA{n:04d}" for n in range(CASES_A_PAGE + 5)]
    for number in numbers:
        node.hand_in(number)
        node.clock.at += timedelta(seconds=1)
    first = agent.get("/my/")
    second = agent.get(first.context["next_url"])
    shown = [row[0].note for page in (first, second) for row in page.context["rows"]]
    assert shown == numbers[::-1]
    assert second.context["next_url"] == ""


def test_other_peoples_cases_are_not_among_them(node, agent, log_in):
    node.hand_in("CZ260303-AAAA2222")
    assert "CZ260303-AAAA2222" in agent.get("/my/").content.decode()
    assert "CZ260303-AAAA2222" in log_in(agent_id="").get("/my/").content.decode()
    for other in ({"agent_id": "another"}, {"party_id": "91320411MB0000007D"}, {"party_kind": "person"}):
        assert "CZ260303-AAAA2222" not in log_in(**other).get("/my/").content.decode()


def test_a_licence_is_listed_with_its_state(node, agent):
    case_id = node.referred("CZ260303-AAAA2222", scope=("domestic",))
    page = agent.get("/my/").content.decode()
    assert node.find(case_id).credential_id in page
    assert "有效" in page


def test_a_case_that_waits_for_me_says_so(node, agent):
    node.hand_in("CZ260303-AAAA2222", parent_uscc="91320205MB0000009K")
    assert "等您补正" in agent.get("/my/").content.decode()


def test_a_made_up_page_begins_at_the_front(node, agent):
    node.hand_in("CZ260303-AAAA2222")
    for after in ("x", "~", "2026-03-03~x", "2026-03-03T00:00:00+08:00~", "\x00", "9" * 1000):
        assert "CZ260303-AAAA2222" in agent.get("/my/", {"after": after}).content.decode()


def test_a_list_is_one_question_whatever_its_length(node, agent, django_assert_max_num_queries):
    node.referred("CZ260303-AAAA0000", scope=("domestic",))
    with CaptureQueriesContext(connection) as for_one:
        agent.get("/my/")
    for n in range(1, 7):
        node.referred(f"CZ260303-AAAA{n:04d}", scope=("domestic",))
    # The session, the account, the cases, what is due later, receipts, licences, notices: one question each.
    with django_assert_max_num_queries(9):
        assert agent.get("/my/").status_code == 200
    with CaptureQueriesContext(connection) as for_many:
        agent.get("/my/")
    assert len(for_many) == len(for_one)
