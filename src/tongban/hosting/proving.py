"""Check and prove the item packs once, and show it at every node of a running demonstration (make items)."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tongban.hosting.complaint import CannotRun
from tongban.hosting.demo import ZONES, read_ports
from tongban.hosting.nodes import Node, ask_command, compose_nodes
from tongban.hosting.postgres import find_running, use_cluster
from tongban.hosting.state import CHECKOUT, STATE, choose_database_folder
from tongban.hosting.zone_databases import ensure_zone_databases

IF_NEEDED = "--if-needed"
"""The demonstration's own: nothing is done where proofs of what runs are kept already."""
CHECK_ITEMS = ("manage.py", "check_items")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit as ``manage.py check_items`` does; its arguments are passed on."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    nodes = find_nodes()
    if given == [IF_NEEDED]:
        given = []
        if all(is_proved(node) for node in nodes):
            return 0
    if not nodes or "--keep" in given or "--content" in given:
        return subprocess.run([sys.executable, *CHECK_ITEMS, *given], cwd=CHECKOUT, check=False).returncode
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "checks.json"
        command = [sys.executable, *CHECK_ITEMS, *given, "--write-checks", str(file)]
        done = subprocess.run(command, cwd=CHECKOUT, env=dict(nodes[0].environment), check=False)
        if file.exists():
            try:
                keep(nodes, file)
            except CannotRun as trouble:
                print(trouble, file=sys.stderr)
                return 1
        return done.returncode


def keep(nodes: Sequence[Node], file: Path) -> None:
    """Keep at every node what was found; raises CannotRun."""
    for node in nodes:
        said = ask_command(node, "keepchecks", str(file))
        print(f"{node.zone}: kept for the steward's room ({said})", flush=True)


def is_proved(node: Node) -> bool:
    """Say whether a node keeps proofs of the content that it runs; raises CannotRun."""
    return ask_command(node, "keepchecks") == "proved"


def find_nodes() -> list[Node]:
    """Return the demonstration's nodes while its database runs; otherwise none, as nothing is started."""
    folder = choose_database_folder(CHECKOUT)
    if find_running(folder) is None:
        return []
    databases = ensure_zone_databases(use_cluster(folder), ZONES, STATE / "keys")
    ports = dict(zip(ZONES, read_ports(os.environ), strict=True))
    return compose_nodes(ports, databases, CHECKOUT, STATE)


if __name__ == "__main__":
    sys.exit(main())
