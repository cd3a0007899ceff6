"""Our own PostgreSQL server: made, started and stopped in a folder of ours, for the demo and the tests."""

import os
import secrets
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

from tongban.hosting import ports
from tongban.hosting.binaries import Binaries, bring_within_reach, choose_binaries
from tongban.hosting.complaint import CannotRun
from tongban.hosting.service_user import (
    ServiceUser,
    choose_service_user,
    own_folder,
    run_as,
    start_as,
    write_private,
)

ADMIN = "tongban_admin"
START_SECONDS = 60
STOP_SECONDS = 60
LONGEST_SOCKET_PATH = 90  # the kernel keeps 107 bytes, of which the socket's own name takes 16

SETTINGS = {
    "listen_addresses": ports.HERE,
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "2s",
    "log_checkpoints": "off",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
# Only for a cluster that is thrown away: a crash of the machine may lose everything in it.
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL server.

    Args:
        admin_url: ``postgresql://…`` of a role that may make databases and roles. A secret.
        folder: where its files are; None when the server is somebody else's.
        is_ours: whether this process started it, and so has to stop it.
    """

    admin_url: str
    folder: Path | None
    is_ours: bool

    def url_for(self, database: str, role: str, password: str) -> str:
        """The address of one database on this server for one role. A secret."""
        admin = urlsplit(self.admin_url)
        host = admin.netloc.rpartition("@")[2]
        address = f"postgresql://{quote(role)}:{quote(password, safe='')}@{host}/{quote(database)}"
        return f"{address}?{admin.query}" if admin.query else address


def use_cluster(folder: Path, *, port: int | None = None, durable: bool = True) -> Cluster:
    """The server named in ``TONGBAN_DATABASE_ADMIN_URL``, if any; else our own, started in ``folder``."""
    given = os.environ.get("TONGBAN_DATABASE_ADMIN_URL")
    if given:
        _require_answer(given)
        return Cluster(given, folder=None, is_ours=False)
    return start_cluster(folder, port=port, durable=durable)


def start_cluster(
    folder: Path,
    *,
    port: int | None = None,
    password: str | None = None,
    durable: bool = True,
    binaries: Binaries | None = None,
) -> Cluster:
    """Start our own server, making its data first if there are none; one already running there is used.

    Listens on 127.0.0.1 alone, asks everybody for a password (scram), keeps the one of its
    administrator in ``folder/password`` (0600). Twice: the second call finds the running server.

    Args:
        folder: owned by the user that runs the server; as root, by a service user (see service_user).
        port: the port wanted; by default the one used last, or any free one.
        password: of the administrator, when the data are made now; by default a random one.
        durable: False only for a cluster that is thrown away.
        binaries: by default the best ones here that fit the data.

    Raises:
        CannotRun: no PostgreSQL, the folder cannot be reached, or the server did not come up.
    """
    user = choose_service_user(folder)
    own_folder(folder, user)
    data = folder / "data"
    running = find_running(folder)
    if running is not None:
        return Cluster(_admin_url(folder, running.port), folder, is_ours=False)
    chosen = bring_within_reach(binaries or choose_binaries(_read_major(data)), folder, user)
    if not data.exists():
        _make_data(folder, chosen, user, password or secrets.token_urlsafe(24), durable=durable)
    return _launch(folder, chosen, user, port or _choose_port(folder), durable=durable)


def stop_cluster(folder: Path) -> bool:
    """Stop our server in ``folder`` at once but cleanly: open transactions are rolled back, nothing is lost.

    Returns whether one was running.

    Raises:
        CannotRun: it did not stop within a minute.
    """
    running = find_running(folder)
    if running is None:
        return False
    os.kill(running.pid, signal.SIGINT)
    if not _wait_until(lambda: find_running(folder) is None, STOP_SECONDS):
        raise CannotRun(
            f"PostgreSQL (process {running.pid}) has not stopped; its log is {folder / 'log'}. "
            f"Look there, then end it with: kill -QUIT {running.pid}"
        )
    return True


@dataclass(frozen=True, slots=True)
class Running:
    """A server that is up: its first process and its port."""

    pid: int
    port: int


def find_running(folder: Path) -> Running | None:
    """The server that runs on the data in ``folder``; a pid file left by a crash counts as none.

    PostgreSQL's first process works in its data folder, so a foreign process that was given
    the same number later is not mistaken for it.
    """
    data = folder / "data"
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid, port = int(lines[0]), int(lines[3])
        is_it = Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
    except (OSError, ValueError, IndexError):
        return None
    return Running(pid, port) if is_it and not _is_zombie(pid) else None


def _make_data(folder: Path, binaries: Binaries, user: ServiceUser, password: str, *, durable: bool) -> None:
    """Run initdb beside the final place and move the result there, so that half-made data are never used."""
    making = folder / "data.making"
    if making.exists():
        run_as(user, ["rm", "-rf", str(making)], cwd=folder)
    write_private(folder / "password", password, user)
    done = run_as(
        user,
        [
            binaries.path("initdb"),
            "--pgdata",
            str(making),
            "--username",
            ADMIN,
            "--encoding",
            "UTF8",
            "--lc-collate",
            "C",
            "--lc-ctype",
            "C.UTF-8",
            "--locale",
            "C.UTF-8",
            "--auth",
            "scram-sha-256",
            "--pwfile",
            str(folder / "password"),
            *([] if durable else ["--no-sync"]),
        ],
        cwd=folder,
    )
    if done.returncode != 0:
        raise CannotRun(f"PostgreSQL could not make its data folder {making}:\n{_tail(done.stdout)}")
    making.rename(folder / "data")


def _launch(folder: Path, binaries: Binaries, user: ServiceUser, port: int, *, durable: bool) -> Cluster:
    log = folder / "log"
    settings = {
        **SETTINGS,
        **(DURABLE if durable else THROWAWAY),
        "port": str(port),
        "unix_socket_directories": _socket_folder(folder),
    }
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    (folder / "data" / "postmaster.pid").unlink(missing_ok=True)  # nobody runs here: see start_cluster
    process = start_as(
        user, [binaries.path("postgres"), "-D", str(folder / "data"), *flags], cwd=folder, log=log
    )
    write_private(folder / "port", str(port), user)
    url = _admin_url(folder, port)
    if not _wait_until(lambda: process.poll() is not None or _answers(url), START_SECONDS):
        process.send_signal(signal.SIGQUIT)
        raise CannotRun(
            f"PostgreSQL did not answer within {START_SECONDS} s. Its log {log} ends:\n{_read_tail(log)}"
        )
    if process.poll() is not None:
        raise CannotRun(
            f"PostgreSQL stopped as soon as it was started. Its log {log} ends:\n{_read_tail(log)}"
        )
    return Cluster(url, folder, is_ours=True)


def _socket_folder(folder: Path) -> str:
    """Sockets lie in the data folder, or nowhere if its path is longer than the kernel takes."""
    path = str(folder / "data")
    return path if len(path.encode()) <= LONGEST_SOCKET_PATH else ""


def _choose_port(folder: Path) -> int:
    try:
        last = int((folder / "port").read_text())
    except (OSError, ValueError):
        return ports.find_free_port()
    return last if ports.is_free(last) else ports.find_free_port()


def _admin_url(folder: Path, port: int) -> str:
    password = (folder / "password").read_text().strip()
    return f"postgresql://{ADMIN}:{quote(password, safe='')}@{ports.HERE}:{port}/postgres"


def _read_major(data: Path) -> int | None:
    try:
        return int((data / "PG_VERSION").read_text())
    except (OSError, ValueError):
        return None


def _require_answer(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        host = urlsplit(url).netloc.rpartition("@")[2]
        raise CannotRun(
            f"The server named in TONGBAN_DATABASE_ADMIN_URL ({host}) does not let us in: {error}. "
            "Mend the address, or unset the variable and a server of our own is used."
        ) from error


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _is_zombie(pid: int) -> bool:
    """Whether a process has ended and only waits for its parent (us) to notice."""
    try:
        ended, _ = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        ended = 0
    if ended == pid:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def _wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _tail(text: str, lines: int = 12) -> str:
    return "\n".join(text.splitlines()[-lines:])


def _read_tail(path: Path) -> str:
    return _tail(path.read_text(errors="replace"))
