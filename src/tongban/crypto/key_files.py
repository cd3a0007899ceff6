"""The files of a keyring: written with exact rights, read with limits, and what is said when they fail."""

import json
import os
import stat
from pathlib import Path

from tongban.kernel.errors import Fault
from tongban.kernel.text import Text

_MAX_FILE_BYTES = 65_536


def write_text(path: Path, text: str, mode: int) -> None:
    """Create a file with exactly this mode, whatever the umask is, and see it on disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(descriptor, mode)
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def check_mode(path: Path) -> None:
    """Refuse a key file that others than its owner may open.

    Raises:
        Fault: ``keys.loose``.
    """
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Fault(
            "keys.loose",
            Text(
                f"密钥文件 {path} 对其他用户开放，请先执行 chmod 600。",
                f"Key file {path} is open to other users; run chmod 600 on it first.",
            ),
        )


def read_text(path: Path) -> str:
    """Read a small text file.

    Raises:
        Fault: ``keys.missing``, ``keys.unreadable`` or ``keys.damaged`` (not text, or far too long).
    """
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(_MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise missing(str(path)) from error
    except UnicodeError as error:
        raise damaged(path) from error
    except OSError as error:
        raise Fault(
            "keys.unreadable", Text(f"无法读取 {path}：{error}。", f"{path} cannot be read: {error}.")
        ) from error
    if len(text) > _MAX_FILE_BYTES:
        raise damaged(path)
    return text


def read_json(path: Path) -> dict[str, object]:
    """Read a small file that holds one JSON object.

    Raises:
        Fault: as ``read_text``, and ``keys.damaged`` when it holds something else.
    """
    try:
        value = json.loads(read_text(path))
    except ValueError as error:
        raise damaged(path) from error
    if not isinstance(value, dict):
        raise damaged(path)
    return value


def compose_json(value: object) -> str:
    """Return a value as JSON that a person can read."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def missing(path: str) -> Fault:
    """The fault of a key file that is not there."""
    return Fault(
        "keys.missing",
        Text(f"找不到密钥文件 {path}，请先生成密钥。", f"There is no key file {path}; make the keys first."),
    )


def exist(path: Path) -> Fault:
    """The fault of making keys where there are some."""
    return Fault(
        "keys.exist",
        Text(
            f"{path} 中已有密钥，不会覆盖。", f"There are keys in {path} already; they are not overwritten."
        ),
    )


def damaged(path: Path) -> Fault:
    """The fault of a file in another form."""
    return Fault(
        "keys.damaged",
        Text(f"{path} 格式不对，可能已损坏。", f"{path} is not in its form; it may be damaged."),
    )
