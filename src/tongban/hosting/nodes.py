"""A zone's node: the keeper of its seal, its web process, its worker, and the environment of all three."""

import contextlib
import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from tongban.hosting.complaint import CannotRun
from tongban.hosting.kept import keep_secret
from tongban.hosting.ports import HERE
from tongban.hosting.processes import Child, Family, read_last_lines, run_to_end

SOCKET_PATH_MAX = 107
"""Bytes in the address of a socket (sun_path of unix(7), without its end)."""
HEALTH_SECONDS = 240
WEB_THREADS = 4
FROM_OUTSIDE = ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", "SSL_CERT_FILE")


@dataclass(frozen=True, slots=True)
class Node:
    """One zone's node on this machine.

    Args:
        zone: its name as in content/zones.
        port: where its web process listens, on 127.0.0.1 alone.
        checkout: the folder of the project, in which its processes work.
        state: the folder that holds its keys, files and logs.
        environment: everything its processes see.
    """

    zone: str
    port: int
    checkout: Path
    state: Path
    environment: Mapping[str, str]

    @property
    def url(self) -> str:
        """Where people and peers reach it."""
        return compose_url(self.port)

    def log(self, part: str) -> Path:
        """Where one of its processes writes."""
        return self.state / "logs" / f"{self.zone}-{part}.log"


def compose_url(port: int) -> str:
    """The address of a node on this machine."""
    return f"http://{HERE}:{port}"


def compose_nodes(
    ports: Mapping[str, int],
    databases: Mapping[str, str],
    checkout: Path,
    state: Path,
    settings: str = "tongban.site.settings.dev",
) -> list[Node]:
    """The nodes of several zones that know each other's addresses.

    Args:
        ports: each zone's web port.
        databases: each zone's database address (a secret).
        checkout: the folder of the project.
        state: where keys, files and logs are kept; made if need be, for the owner alone.
        settings: the settings module.
    """
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    peers = ",".join(f"{zone}={compose_url(port)}" for zone, port in ports.items())
    nodes = []
    for zone, port in ports.items():
        own = {
            "DJANGO_SETTINGS_MODULE": settings,
            "PYTHONPATH": str(checkout / "src"),
            "PYTHONUNBUFFERED": "1",
            "TONGBAN_ZONE": zone,
            "TONGBAN_DATABASE_URL": databases[zone],
            "TONGBAN_SECRET_KEY": keep_secret(state / "keys" / f"session-{zone}"),
            "TONGBAN_PUBLIC_URL": compose_url(port),
            "TONGBAN_ALLOWED_HOSTS": f"{HERE},localhost",
            "TONGBAN_PEERS": peers,
            "TONGBAN_KEYS_FOLDER": str(state / "keys" / zone),
            "TONGBAN_KEYS_PASSPHRASE_FILE": str(state / "keys" / f"passphrase-{zone}"),
            "TONGBAN_SEAL_SOCKET": str(_place_socket(state, zone)),
            "TONGBAN_DIRECTORY_FOLDER": str(state / "directory"),
            "TONGBAN_FILES_FOLDER": str(state / "files" / zone),
            "TONGBAN_STATIC_FOLDER": str(state / "static" / zone),
        }
        keep_secret(Path(own["TONGBAN_KEYS_PASSPHRASE_FILE"]))
        inherited = {name: os.environ[name] for name in FROM_OUTSIDE if name in os.environ}
        nodes.append(Node(zone, port, checkout, state, {**inherited, **own}))
    return nodes


def _place_socket(state: Path, zone: str) -> Path:
    """Where a zone's keeper of the seal listens: beside its keys, unless that is too long for a socket."""
    beside = state / "keys" / f"seal-{zone}.sock"
    if len(os.fsencode(beside)) <= SOCKET_PATH_MAX:
        return beside
    short = hashlib.sha256(os.fsencode(beside)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tongban-{os.getuid()}" / f"{short}.sock"


def run_command(node: Node, *arguments: str) -> None:
    """Run one of the project's commands for this zone, to its end.

    Raises:
        CannotRun: it failed.
    """
    what = f"`manage.py {' '.join(arguments)}` for {node.zone}"
    command = [sys.executable, "manage.py", *arguments]
    run_to_end(what, command, node.environment, node.log("commands"), node.checkout)


def ask_command(node: Node, *arguments: str) -> str:
    """Return the last line that one of the project's commands prints; it may be a secret and is not logged.

    Raises:
        CannotRun: it failed.
    """
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=node.checkout, env=dict(node.environment), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        what = f"`manage.py {' '.join(arguments)}` for {node.zone}"
        raise CannotRun(f"{what} did not succeed:\n{done.stderr[-2000:]}")
    return done.stdout.strip().rpartition("\n")[2]


def start_node(family: Family, node: Node, *, web_workers: int = 1, has_worker: bool = True) -> None:
    """Start the keeper of the zone's seal, its web process and its worker; see ``wait_until_healthy``."""
    start_seal(family, node)
    start_web(family, node, web_workers)
    if has_worker:
        start_worker(family, node)


def start_seal(family: Family, node: Node) -> Child:
    """Start the process that keeps the key of the zone's seal."""
    keeper = [sys.executable, "manage.py", "keepseal"]
    return family.start(f"{node.zone} seal", keeper, node.environment, node.log("seal"), node.checkout)


def start_web(family: Family, node: Node, web_workers: int = 1) -> Child:
    """Start the zone's web process."""
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HERE, "--port", str(node.port)),
        *("--workers", str(web_workers), "--blocking-threads", str(WEB_THREADS), "--no-ws"),
        *("--workers-kill-timeout", "10", "--log-level", "warning", "tongban.site.wsgi:application"),
    ]
    return family.start(f"{node.zone} web", web, node.environment, node.log("web"), node.checkout)


def start_worker(family: Family, node: Node) -> Child:
    """Start the zone's worker."""
    worker = [sys.executable, "manage.py", "worker"]
    return family.start(f"{node.zone} worker", worker, node.environment, node.log("worker"), node.checkout)


def wait_until_healthy(family: Family, nodes: Sequence[Node], seconds: float = HEALTH_SECONDS) -> None:
    """Return when every node answers ``GET /healthz`` with 200, and somebody keeps its seal.

    Raises:
        CannotRun: a process ended, or a node did not answer in time.
    """
    deadline = time.monotonic() + seconds
    waiting = list(nodes)
    while waiting:
        require_all_running(family)
        waiting = [node for node in waiting if not (is_healthy(node) and has_keeper(node))]
        if waiting and time.monotonic() > deadline:
            node = waiting[0]
            raise CannotRun(
                f"{node.zone} did not answer at {node.url}/healthz within {seconds:.0f} s. "
                f"Its log {node.log('web')} ends:\n{read_last_lines(node.log('web'))}"
            )
        time.sleep(0.1 if waiting else 0)


def require_all_running(family: Family) -> None:
    """Raises CannotRun, with the end of its log, if a process ended by itself."""
    ended = family.find_ended()
    if ended is not None:
        raise CannotRun(
            f"{ended.name} ended by itself (code {ended.bury()}). "
            f"Its log {ended.log} ends:\n{read_last_lines(ended.log)}"
        )


def is_healthy(node: Node) -> bool:
    """Whether the node answers that it and its database are well."""
    try:
        return httpx.get(f"{node.url}/healthz", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def has_keeper(node: Node) -> bool:
    """Whether a process of the node listens for what is to be done with its seal."""
    with socket.socket(socket.AF_UNIX) as knock, contextlib.suppress(OSError):
        knock.settimeout(5)
        knock.connect(node.environment["TONGBAN_SEAL_SOCKET"])
        return True
    return False
