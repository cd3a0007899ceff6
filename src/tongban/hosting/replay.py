"""Run the demonstration's past decisions again, zone by zone (make replay); the demo may be running."""

import contextlib
import os
import sys
from collections.abc import Iterator

from tongban.hosting.complaint import CannotRun
from tongban.hosting.demo import ZONES, read_ports
from tongban.hosting.nodes import Node, ask_command, compose_nodes
from tongban.hosting.postgres import stop_cluster, use_cluster
from tongban.hosting.state import CHECKOUT, STATE, choose_database_folder
from tongban.hosting.zone_databases import ensure_zone_databases


def main() -> int:
    """0 when nothing drifted in any zone; every zone is run, whatever another brought."""
    drifted = False
    try:
        with _zones() as nodes:
            for node in nodes:
                try:
                    print(f"  {ask_command(node, 'replay')}", flush=True)
                except CannotRun as trouble:
                    print(f"  {node.zone}: {trouble}", file=sys.stderr)
                    drifted = True
    except CannotRun as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    return int(drifted)


@contextlib.contextmanager
def _zones() -> Iterator[list[Node]]:
    """The zones' data as the demo left them; a database that runs already goes on running."""
    folder = choose_database_folder(CHECKOUT)
    if not folder.exists() and "TONGBAN_DATABASE_ADMIN_URL" not in os.environ:
        raise CannotRun("没有演示数据。There are no decisions yet: run `make demo` first.")
    cluster = use_cluster(folder)
    try:
        databases = ensure_zone_databases(cluster, ZONES, STATE / "keys")
        yield compose_nodes(dict(zip(ZONES, read_ports(os.environ), strict=True)), databases, CHECKOUT, STATE)
    finally:
        if cluster.is_ours:
            stop_cluster(folder)


if __name__ == "__main__":
    sys.exit(main())
