"""The applicant's room is tried at Changzhou (decided here) and at Suzhou (handed over)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.builders import CHANGZHOU, PARENT, SUZHOU
from tests.web.one_node import OneNode, start_node


@pytest.fixture
def node(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneNode:
    """Changzhou's node, on an ordinary Tuesday."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


@pytest.fixture
def portal(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneNode:
    """Suzhou's node, which hands cases over to Changzhou."""
    return start_node(SUZHOU, tmp_path, monkeypatch)


LogIn = Callable[..., Client]


@pytest.fixture
def log_in(db: None) -> LogIn:
    """Log an applicant in: the agent of the Wuxi agency, with changes."""

    def as_somebody(**changes: str) -> Client:
        account = {
            "display_name": "演示经办人", "role": "applicant", "party_kind": "firm", "party_id": PARENT,
            "party_name": "无锡示例旅行社有限公司（演示）", "mobile": "19900000001",
            "agent_id": "agent", "agent_name": "演示经办人", **changes,
        }  # fmt: skip
        name = f"applicant-{get_user_model().objects.count()}"
        client = Client()
        client.force_login(
            get_user_model().objects.create_user(name, "x", **account),
            "django.contrib.auth.backends.ModelBackend",
        )
        return client

    return as_somebody


@pytest.fixture
def agent(log_in: LogIn) -> Client:
    """A browser with the agency's agent logged in."""
    return log_in()
