"""The window's room is tried at Suzhou, which takes in for the other zones."""

from pathlib import Path

import pytest
from django.test import Client

from tests.builders import SUZHOU
from tests.web.one_node import OneNode, start_node


@pytest.fixture
def node(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneNode:
    """Suzhou's node, on an ordinary Tuesday."""
    return start_node(SUZHOU, tmp_path, monkeypatch)


@pytest.fixture
def clerk(node: OneNode) -> Client:
    """A browser with a clerk logged in."""
    return node.log_in("clerk", "虚构窗口甲")
