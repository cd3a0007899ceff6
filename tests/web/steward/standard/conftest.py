"""A node of Suzhou with its steward logged in."""

import pytest

from tests.builders import SUZHOU
from tests.web.one_node import OneNode, start_node


@pytest.fixture
def node(db, tmp_path, monkeypatch) -> OneNode:
    return start_node(SUZHOU, tmp_path, monkeypatch)


@pytest.fixture
def steward(node):
    return node.log_in("steward", "事项管理员丁（演示）")
