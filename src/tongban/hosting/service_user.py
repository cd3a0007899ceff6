"""Who runs the database server: PostgreSQL refuses to run as root, so root lends it to a service user."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongban.hosting.complaint import CannotRun

OWN_NAME = "tongban-pg"
DEBIAN_NAME = "postgres"


@dataclass(frozen=True, slots=True)
class ServiceUser:
    """The account a server runs under: its name and numbers, and whether we must change to it."""

    name: str
    uid: int
    gid: int
    is_us: bool


def choose_service_user(folder: Path) -> ServiceUser:
    """The user that runs the server whose files lie in ``folder``.

    An ordinary person runs the server as herself. Root lends it to the owner of the folder if it
    exists already, else to ``tongban-pg`` or Debian's ``postgres``, whichever exists, else makes
    ``tongban-pg``: a system account without a home, a password or a shell.

    Raises:
        CannotRun: we are root and no account could be made.
    """
    if os.geteuid() != 0:
        return _from_record(pwd.getpwuid(os.geteuid()), is_us=True)
    found = _find_owner(folder) or _find_account(OWN_NAME) or _find_account(DEBIAN_NAME)
    if found is None:
        _make_account()
        found = _find_account(OWN_NAME)
    if found is None:
        raise CannotRun(f"The account {OWN_NAME} was made but cannot be seen; try again in a new shell.")
    return found


def own_folder(folder: Path, user: ServiceUser) -> None:
    """Make ``folder`` if need be and close it to everybody but ``user``; parents are left as they are.

    Raises:
        CannotRun: the user may not pass through one of the parent folders.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    if not user.is_us:
        os.chown(folder, user.uid, user.gid)
    folder.chmod(0o700)
    if not user.is_us and run_as(user, ["test", "-x", str(folder)], cwd=Path("/")).returncode != 0:
        raise CannotRun(
            f"The account {user.name} cannot reach {folder}: a folder above it is closed to others, "
            "and Tongban opens no folder to the world. Choose another with TONGBAN_DATABASE_FOLDER."
        )


def write_private(path: Path, text: str, user: ServiceUser) -> None:
    """Write a file that only ``user`` (and root) may read."""
    handle = _open_private(path, os.O_TRUNC, user)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)


def _open_private(path: Path, mode: int, user: ServiceUser) -> int:
    """Open for writing; never through a link, since ``user`` could lay one in the way of root."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | mode, 0o600)
    os.fchmod(handle, 0o600)
    if not user.is_us:
        os.fchown(handle, user.uid, user.gid)
    return handle


def run_as(user: ServiceUser, command: Sequence[str], *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end as ``user`` with a bare environment; output comes back as text."""
    return subprocess.run(  # the command is ours, not a person's
        command,
        cwd=cwd,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        user=_uid(user),
        group=_gid(user),
        extra_groups=_groups(user),
    )


def start_as(user: ServiceUser, command: Sequence[str], *, cwd: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start a server as ``user`` in a session of its own, so that our Ctrl-C is not its Ctrl-C."""
    with os.fdopen(_open_private(log, os.O_APPEND, user), "ab") as stream:
        return subprocess.Popen(
            command,
            cwd=cwd,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
            user=_uid(user),
            group=_gid(user),
            extra_groups=_groups(user),
        )


def _uid(user: ServiceUser) -> int | None:
    return None if user.is_us else user.uid


def _gid(user: ServiceUser) -> int | None:
    return None if user.is_us else user.gid


def _groups(user: ServiceUser) -> list[int] | None:
    """None of root's other groups go along."""
    return None if user.is_us else []


def _environment() -> Mapping[str, str]:
    """Nothing of ours: a PGPORT or PGDATA in a person's shell must not reach the server."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _find_owner(folder: Path) -> ServiceUser | None:
    if not folder.exists() or folder.stat().st_uid == 0:
        return None
    try:
        return _from_record(pwd.getpwuid(folder.stat().st_uid), is_us=False)
    except KeyError:
        return None


def _find_account(name: str) -> ServiceUser | None:
    try:
        return _from_record(pwd.getpwnam(name), is_us=False)
    except KeyError:
        return None


def _from_record(record: pwd.struct_passwd, *, is_us: bool) -> ServiceUser:
    return ServiceUser(record.pw_name, record.pw_uid, record.pw_gid, is_us)


def _make_account() -> None:
    tool = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if tool is None:
        raise CannotRun(
            f"PostgreSQL does not run as root, and there is no useradd to make the account {OWN_NAME}. "
            "Run this as an ordinary user, or install Debian's package passwd."
        )
    command = [
        tool,
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        OWN_NAME,
    ]
    made = subprocess.run(command, check=False, capture_output=True, text=True)
    if made.returncode != 0:
        raise CannotRun(f"The account {OWN_NAME} for PostgreSQL could not be made: {made.stderr.strip()}")
