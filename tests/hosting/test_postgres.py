"""Our own server: durable, closed to others, stopped cleanly, and never confused by what a crash left."""

import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tongban.hosting import postgres
from tongban.hosting.binaries import Binaries, list_binaries
from tongban.hosting.complaint import CannotRun
from tongban.hosting.zone_databases import ensure_zone_databases


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder that whoever runs the server can reach: as root, none below pytest's private folder."""
    folder = Path("/var/lib") / f"tongban-try-{os.getpid()}" if os.geteuid() == 0 else tmp_path / "home"
    yield folder
    postgres.stop_cluster(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(
    params=list_binaries(), ids=lambda each: f"{'wheel' if each.is_wheel else 'debian'}-{each.major}"
)
def binaries(request: pytest.FixtureRequest) -> Binaries:
    return request.param


def quick_start(home: Path, binaries: Binaries | None = None) -> postgres.Cluster:
    """Start without waiting for the disk: what is tested here is not how durable it is."""
    return postgres.start_cluster(home, durable=False, binaries=binaries)


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def test_a_server_keeps_its_data_over_a_stop_and_a_start(home: Path, binaries: Binaries) -> None:
    first = quick_start(home, binaries)
    with psycopg.connect(first.admin_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT '姑苏'::text AS word")
    assert postgres.stop_cluster(home)
    assert not postgres.stop_cluster(home)
    second = quick_start(home, binaries)
    assert second.admin_url == first.admin_url
    assert ask(second.admin_url, "SELECT word FROM kept") == "姑苏"


def test_a_running_server_is_used_and_not_started_twice(home: Path) -> None:
    first = quick_start(home)
    second = quick_start(home)
    assert (first.is_ours, second.is_ours) == (True, False)
    assert second.admin_url == first.admin_url


def test_commits_are_durable_and_only_this_machine_may_ask(home: Path) -> None:
    url = postgres.start_cluster(home).admin_url
    for name, value in {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "listen_addresses": "127.0.0.1",
        "server_encoding": "UTF8",
    }.items():
        assert ask(url, f"SHOW {name}") == value


def test_nobody_gets_in_without_the_password(home: Path) -> None:
    url = quick_start(home).admin_url
    running = postgres.find_running(home)
    assert running is not None
    for host in ["127.0.0.1", f"{home}/data"]:
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(
                host=host, port=running.port, user=postgres.ADMIN, password="guess", dbname="postgres"
            )
    assert ask(url, "SELECT 1") == 1
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_a_killed_server_comes_up_again_with_what_was_committed(home: Path) -> None:
    url = postgres.start_cluster(home).admin_url
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS number")
    running = postgres.find_running(home)
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)
    os.waitpid(running.pid, 0)
    assert (home / "data" / "postmaster.pid").exists()
    assert postgres.find_running(home) is None
    assert ask(postgres.start_cluster(home).admin_url, "SELECT number FROM kept") == 1


def test_a_pid_file_that_names_a_foreign_process_is_no_server(home: Path) -> None:
    quick_start(home)
    postgres.stop_cluster(home)
    (home / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{home}/data\n0\n5432\n")
    assert postgres.find_running(home) is None
    assert quick_start(home).is_ours


def test_half_made_data_are_made_again(home: Path) -> None:
    quick_start(home)
    postgres.stop_cluster(home)
    (home / "data").rename(home / "data.making")
    (home / "data.making" / "PG_VERSION").unlink()
    assert ask(quick_start(home).admin_url, "SELECT 1") == 1


def test_data_of_a_version_that_is_gone_are_refused_in_a_sentence(home: Path) -> None:
    quick_start(home)
    postgres.stop_cluster(home)
    (home / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotRun, match=r"made by PostgreSQL 9.*make demo-reset"):
        quick_start(home)


def test_each_zone_has_a_database_that_no_other_zone_may_enter(home: Path, tmp_path: Path) -> None:
    cluster = quick_start(home)
    addresses = ensure_zone_databases(cluster, ["suzhou", "wuxi"], tmp_path / "keys")
    assert ensure_zone_databases(cluster, ["suzhou", "wuxi"], tmp_path / "keys") == addresses
    assert ask(addresses["suzhou"], "SELECT current_database()") == "tongban_suzhou"
    assert ask(addresses["wuxi"], "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(addresses["suzhou"].rpartition("/")[0] + "/tongban_wuxi")


def test_a_server_that_is_given_is_used_and_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = quick_start(home).admin_url
    monkeypatch.setenv("TONGBAN_DATABASE_ADMIN_URL", url)
    cluster = postgres.use_cluster(home / "not-made")
    assert (cluster.admin_url, cluster.is_ours, cluster.folder) == (url, False, None)
    monkeypatch.setenv("TONGBAN_DATABASE_ADMIN_URL", "postgresql://nobody@127.0.0.1:1/postgres")
    with pytest.raises(CannotRun, match="TONGBAN_DATABASE_ADMIN_URL"):
        postgres.use_cluster(home / "not-made")
