"""What a newcomer meets when something is in the way of the demonstration, and how it starts afresh."""

import os
import socket
from pathlib import Path

import pytest

from tongban.hosting import demo, reset
from tongban.hosting.complaint import CannotRun
from tongban.hosting.logins import read_logins
from tongban.hosting.ports import find_free_port, is_free, require_free
from tongban.hosting.state import CHECKOUT, choose_database_folder, running_alone


def test_ports_in_use_are_named_in_one_sentence_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", find_free_port()))
        other.listen()
        port = other.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(CannotRun, match=rf"Port {port} is in use.*make demo TONGBAN_PORTS="):
            require_free([port])


def test_the_ports_can_be_chosen() -> None:
    assert demo.read_ports({}) == (8001, 8002, 8003)
    assert demo.read_ports({"TONGBAN_PORTS": "9001, 9002,9003"}) == (9001, 9002, 9003)


@pytest.mark.parametrize("given", ["9001", "9001,9001,9002", "a,b,c", "80,81,82", "9001,9002,70000"])
def test_ports_that_make_no_sense_are_refused(given: str) -> None:
    with pytest.raises(CannotRun, match="three different ports"):
        demo.read_ports({"TONGBAN_PORTS": given})


def test_only_one_demo_runs_in_a_folder_and_it_is_not_reset_meanwhile(tmp_path: Path) -> None:
    (tmp_path / "state" / "keys").mkdir(parents=True)
    with running_alone(tmp_path / "state"):
        with pytest.raises(CannotRun, match="already running"), running_alone(tmp_path / "state"):
            pass
        with pytest.raises(CannotRun, match="already running"):
            reset.reset(tmp_path / "state", tmp_path / "database")
    assert (tmp_path / "state" / "keys").exists()


def test_a_reset_removes_the_state_and_nothing_else(tmp_path: Path) -> None:
    for folder in ("state/keys", "database", "other"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "database" / "password").touch()
    removed = reset.reset(tmp_path / "state", tmp_path / "database")
    assert removed == [tmp_path / "database", tmp_path / "state"]
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
    assert reset.reset(tmp_path / "state", tmp_path / "database") == []


def test_a_reset_refuses_a_database_folder_that_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.png").touch()
    with pytest.raises(CannotRun, match="nothing was removed"):
        reset.reset(tmp_path / "state", tmp_path / "photos")
    assert (tmp_path / "photos" / "cat.png").exists()


def test_each_checkout_has_a_database_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TONGBAN_DATABASE_FOLDER", raising=False)
    one, two = (choose_database_folder(tmp_path / name) for name in ("one", "two"))
    assert one != two
    assert one.is_relative_to("/var/lib" if os.geteuid() == 0 else tmp_path / "one" / "var")
    monkeypatch.setenv("TONGBAN_DATABASE_FOLDER", str(tmp_path / "chosen"))
    assert choose_database_folder(tmp_path / "one") == tmp_path / "chosen"


def test_the_logins_on_the_screen_are_those_of_the_content() -> None:
    logins = read_logins(CHECKOUT)
    staff = ["clerk", "officer", "officer-2", "officer-3", "head", "steward", "custodian-1", "custodian-2"]
    assert sorted(logins.staff_of("wuxi")) == sorted(f"wuxi-{one}" for one in staff)
    assert logins.password
    assert logins.everywhere
