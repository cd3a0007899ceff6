"""The steward's room is tried at Changzhou, with three decisions of its machine."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.builders import CHANGZHOU
from tests.web.one_node import OneNode, start_node


@pytest.fixture
def node(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneNode:
    """Changzhou's node, found by the pages."""
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    for page in ("item_pages", "alarm_pages", "example_pages", "proposal_pages"):
        found = SimpleNamespace(deps=node.deps, store=node.store)
        monkeypatch.setattr(f"tongban.web.steward.{page}.get_node", lambda found=found: found)
    return node


@pytest.fixture
def steward(node: OneNode) -> Client:
    """A browser with a steward logged in."""
    return node.log_in("steward", "演示管理员")
