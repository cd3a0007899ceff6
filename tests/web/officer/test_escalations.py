"""What the head was told of: on the head's page, on the officer's worklist, until it is settled."""

from datetime import timedelta

import pytest

from tongban.flows.keep_time import catch_up

CASE = "CZ260303-AAAA2222"


@pytest.fixture
def late(node):
    """A case with an officer, forty days later, when the worker has been by."""
    case_id = node.referred(CASE)
    node.clock.at += timedelta(days=40)
    catch_up(node.deps)
    return case_id


def test_a_case_that_ran_out_of_time_stands_on_the_heads_page_with_its_article(node, late):
    page = node.log_in("head").get("/officer/escalations/").content.decode()
    assert f"/officer/cases/{late}/" in page
    assert "已超期，上报负责人" in page
    assert "期限已于" in page
    assert "第36条" in page or "三十六" in page
    english = node.log_in("head").get("/officer/escalations/?lang=en").content.decode()
    assert "Overdue, told to the head" in english


def test_the_worklist_says_what_was_told_and_the_head_is_led_to_the_page(node, late, officer):
    page = officer.get("/officer/").content.decode()
    assert "已超期，上报负责人" in page
    assert "即将到期" not in page  # what was told to the head needs no reminder beside it
    assert "/officer/escalations/" in node.log_in("head").get("/officer/").content.decode()


def test_when_nothing_is_late_the_page_says_so(node, officer):
    assert "没有超期的" in officer.get("/officer/escalations/").content.decode()
    assert officer.get("/officer/escalations/?after=%00~~x").status_code == 200


def test_the_case_page_shows_the_users_clock_beside_those_of_the_law(node, late, officer):
    page = officer.get(f"/officer/cases/{late}/").content.decode()
    assert "已用时（自首次收件）" in page
    assert "40天" in page
    assert "最迟作出决定（法定期限）" in page
