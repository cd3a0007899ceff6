"""The directory of zones: files that count as soon as they change, and speak for their own zone only."""

import os
from pathlib import Path

import pytest

from tests.builders import CHANGZHOU, SUZHOU, WUXI, ZONES
from tests.federation.network import log_signer, message_key, message_signer, write_directory
from tongban.federation.directory import MAX_FILE_BYTES, FileDirectory, compose_key_file, log_origin
from tongban.kernel.errors import Fault
from tongban.kernel.ids import ZoneId


def put(path: Path, content: bytes) -> None:
    """Write a file so that its time differs from before, even on a coarse clock."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_bytes(content)
    os.utime(path, ns=(before + 1_000_000_000, before + 1_000_000_000))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_directory(tmp_path)
    return tmp_path


@pytest.fixture
def directory(folder: Path) -> FileDirectory:
    return FileDirectory(folder, {SUZHOU: "http://127.0.0.1:8001/", WUXI: "http://127.0.0.1:8002"})


def test_keys_of_all_zones_are_found_by_their_use(directory: FileDirectory) -> None:
    assert set(directory.keys("msg")) == {f"{zone}#msg1" for zone in ZONES}
    assert set(directory.keys("issue")) == {f"{zone}#issue1" for zone in ZONES}
    assert directory.keys("council") == {}


def test_a_ledger_key_carries_its_origin_as_name(directory: FileDirectory) -> None:
    key = directory.log_key(WUXI)
    assert key is not None
    assert key.name == log_origin(WUXI) == "wuxi.tongban.example/log"
    assert directory.log_key(ZoneId("lingang")) is None


def test_addresses_have_no_slash_at_their_end(directory: FileDirectory) -> None:
    assert directory.address(SUZHOU) == "http://127.0.0.1:8001"
    assert directory.address(CHANGZHOU) is None


def test_a_new_key_counts_without_a_restart(directory: FileDirectory, folder: Path) -> None:
    second = message_signer(WUXI, 2)
    records = [message_key(message_signer(WUXI), WUXI), message_key(second, WUXI)]
    put(folder / "wuxi.json", compose_key_file(records))
    assert "wuxi#msg2" in directory.keys("msg")
    assert "wuxi#issue1" not in directory.keys("issue")


def test_a_zone_that_joins_is_a_file_and_one_that_leaves_is_none(
    directory: FileDirectory, folder: Path
) -> None:
    lingang = ZoneId("lingang")
    signer = type(message_signer(SUZHOU))("lingang#msg1", bytes([7]) * 32)
    (folder / "lingang.json").write_bytes(compose_key_file([message_key(signer, lingang)]))
    assert "lingang#msg1" in directory.keys("msg")
    (folder / "lingang.json").unlink()
    assert "lingang#msg1" not in directory.keys("msg")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"keys": []}', b'{"keys": [1]}', b"x" * (MAX_FILE_BYTES + 1), b"\xff"]
)
def test_a_file_that_becomes_unreadable_changes_nothing(
    directory: FileDirectory, folder: Path, content: bytes
) -> None:
    put(folder / "wuxi.json", content)
    assert "wuxi#msg1" in directory.keys("msg")
    put(folder / "suzhou.json", compose_key_file([message_key(message_signer(SUZHOU, 2), SUZHOU)]))
    assert {"wuxi#msg1", "suzhou#msg2"} <= set(directory.keys("msg"))
    assert "suzhou#msg1" not in directory.keys("msg")


def test_a_folder_that_is_gone_changes_nothing_until_it_is_back(
    directory: FileDirectory, folder: Path
) -> None:
    folder.rename(folder.with_name("elsewhere"))
    assert set(directory.keys("msg")) == {f"{zone}#msg1" for zone in ZONES}
    assert "wuxi#msg1" in directory.keys("msg")
    folder.with_name("elsewhere").rename(folder)
    (folder / "wuxi.json").unlink()
    assert "wuxi#msg1" not in directory.keys("msg")


def test_a_file_that_is_being_written_is_not_read(directory: FileDirectory, folder: Path) -> None:
    (folder / ".wuxi.json").write_bytes(b"half")
    (folder / "wuxi.json.new").write_bytes(b"half")
    assert set(directory.keys("msg")) == {f"{zone}#msg1" for zone in ZONES}


def test_a_folder_that_cannot_be_read_at_the_start_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"directory\.damaged"):
        FileDirectory(tmp_path / "nowhere", {})
    (tmp_path / "wuxi.json").write_bytes(b"{}")
    with pytest.raises(Fault, match=r"directory\.damaged"):
        FileDirectory(tmp_path, {})


def test_a_file_cannot_bring_keys_of_another_zone(folder: Path) -> None:
    for record in (
        message_key(message_signer(SUZHOU), SUZHOU),
        message_key(message_signer(SUZHOU), WUXI),
        message_key(log_signer(SUZHOU), SUZHOU, "log"),
    ):
        (folder / "wuxi.json").write_bytes(compose_key_file([record]))
        with pytest.raises(Fault, match=r"directory\.damaged"):
            FileDirectory(folder, {})


def test_a_private_key_in_a_file_is_refused(folder: Path) -> None:
    text = (folder / "wuxi.json").read_text().replace('"crv"', '"d":"x","crv"', 1)
    (folder / "wuxi.json").write_text(text)
    with pytest.raises(Fault, match=r"directory\.damaged"):
        FileDirectory(folder, {})
