"""A network of three zones for each test."""

from pathlib import Path

import pytest

from tests.federation.network import Network, a_network


@pytest.fixture
def network(tmp_path: Path) -> Network:
    """Three zones in memory that speak the real protocol."""
    return a_network(tmp_path)
