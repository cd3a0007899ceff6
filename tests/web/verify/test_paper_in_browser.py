"""The page that a written document's code leads to, in a browser: nothing on it keeps anybody out."""

import pytest
from django.test import Client

from tests.builders import CHANGZHOU
from tests.web.applicant.conftest import agent, log_in
from tests.web.applicant.test_case_papers import PAGE, refused
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults

__all__ = ["agent", "log_in", "refused"]


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


def test_no_answer_about_a_document_keeps_anybody_out(refused, agent, live_server, browser):
    data = agent.get(f"{PAGE}papers/cz-filing-refused-2026-1/data/").json()
    code = data["check"].rpartition("/")[2]
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert Client().get(f"/p/{code}").status_code == 200
    assert list_faults(browser, Client(), live_server.url, [f"/p/{code}", f"/p/{wrong}", "/p/x"]) == []
