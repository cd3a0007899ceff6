"""Three real nodes for tests that cross zones: web and worker each, a database each, as in the demo."""

from collections.abc import Iterator, Mapping

import psycopg
import pytest

from tests import database
from tongban.hosting.demo import ZONES, prepare
from tongban.hosting.nodes import Node, compose_nodes, start_node, wait_until_healthy
from tongban.hosting.ports import find_free_port
from tongban.hosting.postgres import Cluster
from tongban.hosting.processes import Family


@pytest.fixture(scope="session")
def zone_family() -> Iterator[Family]:
    """The processes of the three nodes, for tests that end one of them and start it again."""
    family = Family()
    try:
        yield family
    finally:
        family.stop()


@pytest.fixture(scope="session")
def zones(
    postgres_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory, zone_family: Family
) -> Mapping[str, Node]:
    """The nodes by zone, with keys, content and fictional data; started once, stopped at the end.

    Tests share them, so each works on cases of its own and looks at nothing but those.
    """
    with psycopg.connect(postgres_cluster.admin_url, autocommit=True) as connection:
        databases = {zone: database.make_fresh(connection, postgres_cluster) for zone in ZONES}
    state = tmp_path_factory.mktemp("zones")
    ports = {zone: find_free_port() for zone in ZONES}
    nodes = compose_nodes(ports, databases, database.CHECKOUT, state)
    prepare(nodes)
    for node in nodes:
        start_node(zone_family, node)
    wait_until_healthy(zone_family, nodes)
    return {node.zone: node for node in nodes}
