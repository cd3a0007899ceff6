"""Reads are tried on PostgreSQL, with the store's own writes."""

from pathlib import Path

import pytest

from tests.builders import CHANGZHOU
from tests.web.one_node import OneNode, start_node


@pytest.fixture
def node(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneNode:
    """Changzhou's node, on an ordinary Tuesday."""
    return start_node(CHANGZHOU, tmp_path, monkeypatch)
