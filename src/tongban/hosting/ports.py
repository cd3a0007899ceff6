"""Which TCP ports on this machine are free, and one sentence about those that are not."""

import secrets
import socket
from collections.abc import Iterable

from tongban.hosting.complaint import CannotRun

HERE = "127.0.0.1"
FIRST_QUIET_PORT = 20_000
LAST_QUIET_PORT = 32_000


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HERE, port))
        except OSError:
            return False
    return True


def find_free_port() -> int:
    """A port nobody listens on now.

    It lies below those that the kernel gives to outgoing connections, so that no passing
    connection takes it before our server does.
    """
    start = secrets.randbelow(LAST_QUIET_PORT - FIRST_QUIET_PORT)
    for step in range(LAST_QUIET_PORT - FIRST_QUIET_PORT):
        port = FIRST_QUIET_PORT + (start + step) % (LAST_QUIET_PORT - FIRST_QUIET_PORT)
        if is_free(port):
            return port
    raise CannotRun(f"No port between {FIRST_QUIET_PORT} and {LAST_QUIET_PORT} is free on this machine.")


def require_free(ports: Iterable[int]) -> None:
    """Say which of the ports are taken, all at once.

    Raises:
        CannotRun: at least one is taken.
    """
    taken = [str(port) for port in ports if not is_free(port)]
    if taken:
        one = len(taken) == 1
        raise CannotRun(
            f"端口 {'、'.join(taken)} 已被占用。Port{'' if one else 's'} {', '.join(taken)} "
            f"{'is' if one else 'are'} in use by another program. Stop it, or choose other ports: "
            "make demo TONGBAN_PORTS=9001,9002,9003"
        )
