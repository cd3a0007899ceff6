"""A node is three processes in its zone's environment; tried on a stand-in for the site."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tongban.hosting.complaint import CannotRun
from tongban.hosting.nodes import (
    Node,
    ask_command,
    compose_nodes,
    run_command,
    start_node,
    wait_until_healthy,
)
from tongban.hosting.ports import find_free_port
from tongban.hosting.processes import Family

SITE = """
import json, os
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps({k: v for k, v in os.environ.items() if k.startswith("TONGBAN_")}).encode()]
"""
COMMANDS = """
import os, signal, socket, sys
print("asked to", sys.argv[1:], flush=True)
if sys.argv[1] == "keepseal":
    door = socket.socket(socket.AF_UNIX)
    door.bind(os.environ["TONGBAN_SEAL_SOCKET"])
    door.listen()
    signal.pause()
if sys.argv[1] == "worker":
    signal.pause()
if sys.argv[1] == "fail":
    sys.exit("no such table")
"""


@pytest.fixture
def family() -> Iterator[Family]:
    held = Family()
    yield held
    held.stop()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A project with a site that only tells its environment."""
    folder = tmp_path / "checkout"
    site = folder / "src" / "tongban" / "site"
    site.mkdir(parents=True)
    (site.parent / "__init__.py").touch()
    (site / "__init__.py").touch()
    (site / "wsgi.py").write_text(SITE)
    (folder / "manage.py").write_text(COMMANDS)
    return folder


def compose(checkout: Path, *zones: str) -> list[Node]:
    ports = {zone: find_free_port() for zone in zones}
    databases = {zone: f"postgresql://tongban_{zone}@127.0.0.1/tongban_{zone}" for zone in zones}
    return compose_nodes(ports, databases, checkout, checkout / "var")


def test_each_zone_gets_its_own_environment_and_knows_its_peers(checkout: Path, family: Family) -> None:
    nodes = compose(checkout, "suzhou", "wuxi")
    for node in nodes:
        start_node(family, node)
    wait_until_healthy(family, nodes)
    told = [httpx.get(f"{node.url}/healthz", trust_env=False).json() for node in nodes]
    assert [each["TONGBAN_ZONE"] for each in told] == ["suzhou", "wuxi"]
    assert (
        told[0]["TONGBAN_PEERS"] == f"suzhou={nodes[0].url},wuxi={nodes[1].url}" == told[1]["TONGBAN_PEERS"]
    )
    for secret in (
        "TONGBAN_SECRET_KEY",
        "TONGBAN_DATABASE_URL",
        "TONGBAN_KEYS_FOLDER",
        "TONGBAN_FILES_FOLDER",
    ):
        assert told[0][secret] != told[1][secret]
    family.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{nodes[0].url}/healthz", trust_env=False)


def test_nothing_of_a_persons_shell_reaches_a_node(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGBAN_DEBUG", "1")
    monkeypatch.setenv("PGPORT", "1")
    assert {"TONGBAN_DEBUG", "PGPORT"} & set(compose(checkout, "wuxi")[0].environment) == set()


def test_secrets_stay_the_same_and_are_for_their_owner_alone(checkout: Path) -> None:
    first, second = compose(checkout, "wuxi")[0], compose(checkout, "wuxi")[0]
    name = "TONGBAN_SECRET_KEY"
    assert first.environment[name] == second.environment[name]
    assert len(first.environment[name]) >= 50
    for path in [checkout / "var", *(checkout / "var").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_node_that_cannot_start_says_why(checkout: Path, family: Family) -> None:
    (checkout / "src/tongban/site/wsgi.py").write_text("raise RuntimeError('the keyring is missing')")
    nodes = compose(checkout, "wuxi")
    start_node(family, nodes[0])
    with pytest.raises(CannotRun, match=r"wuxi web ended by itself(?s:.*)the keyring is missing"):
        wait_until_healthy(family, nodes)


def test_a_node_that_does_not_answer_in_time_is_named(checkout: Path, family: Family) -> None:
    nodes = compose(checkout, "wuxi")
    family.start(
        "idle", [sys.executable, "-c", "import signal; signal.pause()"], os.environ, checkout / "l", checkout
    )
    with pytest.raises(CannotRun, match=r"wuxi did not answer at http://127\.0\.0\.1"):
        wait_until_healthy(family, nodes, seconds=0)


def test_a_command_runs_in_the_zones_name_and_its_failure_is_told(checkout: Path) -> None:
    node = compose(checkout, "wuxi")[0]
    run_command(node, "migrate", "--noinput")
    assert "asked to ['migrate', '--noinput']" in node.log("commands").read_text()
    assert ask_command(node, "createtoken", "agent") == "asked to ['createtoken', 'agent']"
    assert "createtoken" not in node.log("commands").read_text()
    with pytest.raises(CannotRun, match="no such table"):
        ask_command(node, "fail")
    with pytest.raises(CannotRun, match=r"`manage.py fail` for wuxi(?s:.*)no such table"):
        run_command(node, "fail")
