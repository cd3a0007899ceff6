"""Files: encrypted on disk, whole or not there, and gone when erased."""

from pathlib import Path

import pytest

from tongban.kernel.errors import Fault, Refused
from tongban.store import files as files_room
from tongban.store.models import StoredFile
from tongban.store.store import Store

CONTENT = "演示文件 demo".encode() * 10


def on_disk(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_what_lies_on_the_disk_is_locked_and_nobody_elses(store: Store, tmp_path: Path) -> None:
    store.files.put(CONTENT, "text/plain", "a.txt")
    [path] = on_disk(tmp_path)
    assert CONTENT[:20] not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_row_says_what_the_file_is(store: Store) -> None:
    digest = store.files.put(CONTENT, "text/plain" + "x" * 200, "长" * 300)
    row = StoredFile.objects.get(digest=digest)
    assert (row.size_bytes, len(row.media_type), len(row.name)) == (len(CONTENT), 100, 255)


@pytest.mark.parametrize("change", [b"", b"\x01nothing", b"\x01" + bytes(100)])
def test_a_changed_file_is_a_fault_and_not_an_answer(store: Store, tmp_path: Path, change: bytes) -> None:
    digest = store.files.put(CONTENT, "text/plain", "a.txt")
    on_disk(tmp_path)[0].write_bytes(change)
    with pytest.raises(Fault):
        store.files.find(digest)


def test_a_lost_file_is_a_fault(store: Store, tmp_path: Path) -> None:
    digest = store.files.put(CONTENT, "text/plain", "a.txt")
    on_disk(tmp_path)[0].unlink()
    with pytest.raises(Fault, match=r"file\.lost"):
        store.files.find(digest)
    assert store.files.put(CONTENT, "text/plain", "a.txt") == digest
    assert store.files.find(digest) == CONTENT


def test_an_erased_file_is_gone(store: Store, tmp_path: Path) -> None:
    digest = store.files.put(CONTENT, "text/plain", "a.txt")
    store.files.erase(digest)
    store.files.erase(digest)
    store.files.erase("../../etc/passwd")
    assert store.files.find(digest) is None
    assert on_disk(tmp_path) == []


def test_a_file_that_is_too_large_is_refused_and_not_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_room, "MAX_FILE_BYTES", 10)
    with pytest.raises(Refused, match=r"file\.too-big"):
        store.files.put(b"x" * 11, "text/plain", "a.txt")
    assert store.files.put(b"x" * 10, "text/plain", "a.txt")
    assert len(on_disk(tmp_path)) == 1
