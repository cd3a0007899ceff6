"""The demonstration: database, three zones, one application played through them, open doors (make demo)."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType

from tongban.hosting import standard, story
from tongban.hosting.complaint import CannotRun
from tongban.hosting.logins import read_logins
from tongban.hosting.nodes import (
    Node,
    ask_command,
    compose_nodes,
    require_all_running,
    run_command,
    start_node,
    wait_until_healthy,
)
from tongban.hosting.ports import require_free
from tongban.hosting.postgres import stop_cluster, use_cluster
from tongban.hosting.processes import Family
from tongban.hosting.state import CHECKOUT, STATE, choose_database_folder, running_alone
from tongban.hosting.zone_databases import ensure_zone_databases

ZONES = ("suzhou", "wuxi", "changzhou")
PORTS = (8001, 8002, 8003)
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until Ctrl-C; 0 when all was stopped cleanly, 1 with a sentence when something is in the way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-story", action="store_true", help="start the zones and play nothing")
    asked = parser.parse_args(arguments)
    for name in STOPPING:  # SIGINT too: a shell that starts us in the background has it ignored
        signal.signal(name, _interrupt)
    try:
        with running_alone(STATE), running_nodes(CHECKOUT, STATE, read_ports(os.environ)) as (family, nodes):
            agree_on_standard(nodes)
            if not asked.without_story:
                play_story(nodes)
            say_where(nodes)
            with proving_beside():
                while True:
                    require_all_running(family)
                    time.sleep(1)
    except KeyboardInterrupt:
        print("\n全部停止，数据保留。Everything is stopped; the data are kept for the next `make demo`.")
        return 0
    except CannotRun as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1


@contextlib.contextmanager
def running_nodes(checkout: Path, state: Path, ports: Sequence[int]) -> Iterator[tuple[Family, list[Node]]]:
    """Database and nodes, prepared and well; all of them are stopped when the block is left.

    Raises:
        CannotRun: something is missing or in the way.
    """
    require_free(ports)
    folder = choose_database_folder(checkout)
    family = Family()
    try:
        with step("启动数据库 PostgreSQL"):
            cluster = use_cluster(folder)
            databases = ensure_zone_databases(cluster, ZONES, state / "keys")
        nodes = compose_nodes(dict(zip(ZONES, ports, strict=True)), databases, checkout, state)
        with step("建表、密钥、事项与虚构数据 tables, keys, content, fictional data"):
            prepare(nodes)
        with step("启动三个区 starting three zones"):
            for node in nodes:
                start_node(family, node)
            wait_until_healthy(family, nodes)
        yield family, nodes
    finally:
        with no_interrupt():
            family.stop()
            stop_cluster(folder)


def prepare(nodes: Sequence[Node], *options: str) -> None:
    """Migrate, make keys and load data: all zones at once."""
    with ThreadPoolExecutor(len(nodes)) as pool:
        list(pool.map(lambda node: run_command(node, "prepare", *options), nodes))


def agree_on_standard(nodes: Sequence[Node]) -> None:
    """Let the stewards agree on a standard, once; a demonstration runs without it too, and says so."""
    with step("共同标准：提出、批准、意见、上会 the common standard, by messages"):
        is_done = standard.agree(nodes)
    if not is_done:
        print(
            "  消息还在路上，标准页面稍后才齐全。Messages are on their way; the standard is complete later."
        )


def play_story(nodes: Sequence[Node]) -> None:
    """Play one application through the zones over HTTP; it prints each step as it happens."""
    told = story.read_story(story.FOLDER)
    receiving = next(node for node in nodes if node.zone == told["received_in"])
    token = ask_command(receiving, "createtoken", told["account"], "--label", "make demo", "--days", "1")
    print()
    story.play({node.zone: node.url for node in nodes}, token)


@contextlib.contextmanager
def proving_beside() -> Iterator[None]:
    """Check and prove the packs beside the running demonstration, unless that was done; stopped with it.

    Nobody waits for it, and without the solver (``make setup-dev``) the pages go on saying what is missing.
    """
    log = STATE / "logs" / "proving.log"
    command = ["nice", "-n", "15", sys.executable, "-m", "tongban.hosting.proving", "--if-needed"]
    with log.open("ab") as stream:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, stdin=subprocess.DEVNULL, stdout=stream, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    try:
        yield
    finally:
        with no_interrupt(), contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def say_where(nodes: Sequence[Node]) -> None:
    """Print the addresses and the demo logins."""
    print("\n三个区已就绪 Three zones are open:\n")
    logins = read_logins(CHECKOUT)
    for node in nodes:
        staff = ", ".join(logins.staff_of(node.zone))
        print(f"  {node.zone:<10} {node.url}/    核验 verify: {node.url}/verify/    {staff}")
    print(f"\n  申请人 Applicants, at any zone: {', '.join(logins.everywhere)}")
    print(f"  密码 Password of all: {logins.password}")
    print(f"  日志 Logs: {nodes[0].log('web').parent}")
    print("\n按 Ctrl-C 停止。Press Ctrl-C to stop; `make demo-reset` starts afresh.", flush=True)


def read_ports(environment: os._Environ[str] | dict[str, str]) -> tuple[int, ...]:
    """The nodes' ports: those of TONGBAN_PORTS, else 8001 to 8003.

    Raises:
        CannotRun: the variable does not hold three different ports.
    """
    given = environment.get("TONGBAN_PORTS", "").strip()
    if not given:
        return PORTS
    parts = [part.strip() for part in given.split(",")]
    if len(set(parts)) != len(ZONES) or not all(
        part.isdigit() and 1024 <= int(part) < 65536 for part in parts
    ):
        raise CannotRun(f"TONGBAN_PORTS={given} must be three different ports, as in 9001,9002,9003.")
    return tuple(int(part) for part in parts)


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """Print what is being done, and how long it took."""
    print(f"  {what} …", end="", flush=True)
    began = time.monotonic()
    yield
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def _interrupt(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    raise KeyboardInterrupt


@contextlib.contextmanager
def no_interrupt() -> Iterator[None]:
    """While all is being stopped, a second Ctrl-C does not leave half of it running."""
    before: list[tuple[signal.Signals, Callable[[int, FrameType | None], object] | int | None]] = [
        (name, signal.signal(name, signal.SIG_IGN)) for name in STOPPING
    ]
    try:
        yield
    finally:
        for name, handler in before:
            signal.signal(name, handler)


if __name__ == "__main__":
    sys.exit(main())
