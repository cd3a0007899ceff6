"""The tests' own PostgreSQL: its address is fixed before Django starts, the server only when a test needs it.

Loaded by ``-p tests.database`` (pyproject.toml), because pytest-django reads the settings before any
conftest. With pytest-xdist the controller fixes the address, the first worker in need starts the server,
and the controller stops it. Floors 0 to 3 never start it.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from tongban.hosting import ports, postgres, zone_databases

ROLE = "tongban_test"
CHECKOUT = Path(__file__).resolve().parents[1]
PREFIX = "tongban-test-"
WITHOUT_DJANGO = {
    *("kernel", "crypto", "domain", "flows"),
    *("packs", "federation", "notify", "paper", "fiction", "hosting", "house", "items", "tools"),
}
FOLDER_VARIABLE = "TONGBAN_TEST_CLUSTER"


def _base() -> Path:
    """As root the service user must reach the folder, so it does not lie in a private TMPDIR."""
    return Path("/var/lib") if os.geteuid() == 0 else Path(tempfile.gettempdir())


def _fix_address() -> None:
    """Choose folder, port and password for this run, once, in the process that was started first."""
    os.environ[FOLDER_VARIABLE] = str(_base() / f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}")
    os.environ["TONGBAN_TEST_ROLE_PASSWORD"] = secrets.token_urlsafe(16)
    os.environ["TONGBAN_TEST_PORT"] = str(ports.find_free_port())
    given = os.environ.get("TONGBAN_DATABASE_ADMIN_URL")
    admin = given or f"postgresql://x@{ports.HERE}:{os.environ['TONGBAN_TEST_PORT']}/postgres"
    os.environ["TONGBAN_DATABASE_URL"] = url_of(postgres.Cluster(admin, None, is_ours=False), "tongban")


def url_of(cluster: postgres.Cluster, name: str) -> str:
    """The address of one of the run's databases for the tests' role, which is no superuser."""
    return cluster.url_for(name, ROLE, os.environ["TONGBAN_TEST_ROLE_PASSWORD"])


def make_fresh(connection: psycopg.Connection, cluster: postgres.Cluster) -> str:
    """Make an empty database with a name of its own and return its address."""
    name = f"fresh_{secrets.token_hex(6)}"
    zone_databases.ensure_database(connection, name, ROLE)
    return url_of(cluster, name)


def start() -> postgres.Cluster:
    """The server of this run, started by whoever comes first; safe for several workers at once."""
    folder = Path(os.environ[FOLDER_VARIABLE])
    with _lock(folder):
        cluster = postgres.use_cluster(folder, port=int(os.environ["TONGBAN_TEST_PORT"]), durable=False)
        with psycopg.connect(cluster.admin_url, autocommit=True) as connection:
            password = os.environ["TONGBAN_TEST_ROLE_PASSWORD"]
            zone_databases.ensure_role(connection, ROLE, password, may_make_databases=True)
    return cluster


@contextlib.contextmanager
def _lock(folder: Path):
    with open(f"{folder}.lock", "w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _throw_away(folder: Path) -> None:
    postgres.stop_cluster(folder)
    shutil.rmtree(folder, ignore_errors=True)
    Path(f"{folder}.lock").unlink(missing_ok=True)


def _sweep() -> None:
    """Throw away what earlier runs left that were killed before they could."""
    for path in _base().glob(f"{PREFIX}*"):
        pid = path.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not Path("/proc", pid).exists() and os.access(path, os.W_OK):
            _throw_away(path.with_suffix(""))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server when the run ends, in the process that fixed its address."""
    if hasattr(config, "workerinput"):
        return
    folder = Path(os.environ[FOLDER_VARIABLE])
    if folder.exists():
        _throw_away(folder)
    _sweep()


def _is_without_django(arguments: list[str]) -> bool:
    """Whether only rooms that know no Django were asked for; their tests then run without it, and faster."""
    here = Path(__file__).parent
    asked = [Path(each.split("::")[0]).resolve() for each in arguments if Path(each.split("::")[0]).exists()]
    return bool(asked) and all(
        path.is_relative_to(here) and path != here and path.relative_to(here).parts[0] in WITHOUT_DJANGO
        for path in asked
    )


def _choose_settings() -> None:
    if not _is_without_django(sys.argv[1:]):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings.test")


if FOLDER_VARIABLE not in os.environ:  # not in an xdist worker, which inherits all of it
    _fix_address()
    _choose_settings()
