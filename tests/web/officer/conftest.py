"""The officer's room is tried at Changzhou, the zone that decides the cases of these tests."""

from pathlib import Path

import pytest
from django.test import Client

from tests.builders import CHANGZHOU
from tests.web.one_node import OneNode, start_node


@pytest.fixture
def node(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneNode:
    """Changzhou's node, on an ordinary Tuesday."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)


@pytest.fixture
def officer(node: OneNode) -> Client:
    """A browser with an officer logged in."""
    return node.log_in("officer", "虚构审批员")
