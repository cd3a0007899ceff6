"""What people raise, in a browser: nothing keeps anybody out of its pages."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.builders import CHANGZHOU
from tests.web.applicant.test_case import NUMBER, granted
from tests.web.applicant.test_voices import ASK, number_of
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_page_of_what_people_raise_keeps_anybody_out(node, live_server, browser, log_in):
    granted(node)
    agent, anybody = log_in(), Client()
    asked = number_of(anybody.post("/voices/new/question/", ASK | {"contact": "13900000000"}))
    said = {"zone": "changzhou", "subject": "window", "place": "3号窗口", "words": "等了很久"}
    complained = number_of(anybody.post("/voices/new/complaint/", said))
    review = {"subject": "law", "words": "适用错误", "known_on": "2026-03-03"}
    reviewed = number_of(agent.post(f"/cases/{NUMBER}/review/", review))
    officer, head = node.log_in("officer"), node.log_in("head", "另一位负责人")
    officer.post(f"/officer/voices/at/{asked}/", {"act": "answer", "words": "可以，三个区都能收件。"})
    published = {"act": "publish", "question": "外地分社能备案吗？", "answer": "可以。"}
    officer.post(f"/officer/voices/at/{asked}/", published)
    node.clock.at = node.clock.now() + timedelta(days=40)
    desk = ("/officer/voices/complaint/", "/officer/voices/question/?show=done",
            f"/officer/voices/at/{complained}/")  # fmt: skip
    mine = (f"/cases/{NUMBER}/", f"/cases/{NUMBER}/review/", f"/cases/{NUMBER}/objection/",
            f"/voices/at/{reviewed}/")  # fmt: skip
    open_to_all = ("/help/", f"/help/?from=/cases/{NUMBER}/")
    open_to_all += ("/voices/", "/voices/new/question/", "/voices/new/complaint/", "/voices/answers/",
                   f"/voices/at/{asked}/")  # fmt: skip
    faults = list_faults(browser, anybody, live_server.url, open_to_all)
    faults += list_faults(browser, agent, live_server.url, mine)
    assert faults + list_faults(browser, head, live_server.url, desk) == []
