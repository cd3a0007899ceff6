"""The seal's room is tried at Changzhou, where nobody begins a shift by itself."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.builders import CHANGZHOU
from tests.web.one_node import OneNode, start_node
from tongban.flows.memory_seals import MemorySealKey

SECRETS = {login: f"secret of {login}" for login in ("cz-1", "cz-2", "custodian-0", "custodian-1")}
"""Of those in whose names the tests act, and of the first two who log in."""


@pytest.fixture
def node(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OneNode:
    """Changzhou's node, found by the pages."""
    return without_rota(start_node(CHANGZHOU, tmp_path, monkeypatch), monkeypatch)


def without_rota(node: OneNode, monkeypatch: pytest.MonkeyPatch) -> OneNode:
    """The node as it is outside a demonstration."""
    key = MemorySealKey(SECRETS, node.clock.now)
    node = replace(node, deps=replace(node.deps, rota=(), seal_key=key))
    found = SimpleNamespace(deps=node.deps, store=node.store)
    monkeypatch.setattr("tongban.wiring.node.get_node", lambda: found)
    return node


@pytest.fixture
def first(node: OneNode) -> Client:
    """A browser with one custodian logged in."""
    return node.log_in("custodian", "印章保管员庚（示例）")


@pytest.fixture
def second(node: OneNode) -> Client:
    """A browser with the other custodian logged in."""
    return node.log_in("custodian", "印章保管员辛（示例）")
