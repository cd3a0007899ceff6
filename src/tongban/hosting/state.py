"""Where a checkout keeps what it makes while it runs, and who is running it now."""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from tongban.hosting.complaint import CannotRun

CHECKOUT = Path(__file__).resolve().parents[3]
STATE = CHECKOUT / "var"


def choose_database_folder(checkout: Path) -> Path:
    """Where the demo's PostgreSQL keeps its files.

    An ordinary person's lie in ``var/postgres``. Root's server runs under a service user who may not
    be able to enter the checkout, so its files lie in ``/var/lib/tongban-`` and a digest of the
    checkout's path. ``TONGBAN_DATABASE_FOLDER`` says otherwise.
    """
    given = os.environ.get("TONGBAN_DATABASE_FOLDER")
    if given:
        return Path(given).absolute()
    if os.geteuid() != 0:
        return checkout / "var" / "postgres"
    digest = hashlib.sha256(str(checkout.resolve()).encode()).hexdigest()[:12]
    return Path("/var/lib") / f"tongban-{digest}"


@contextlib.contextmanager
def running_alone(state: Path) -> Iterator[None]:
    """Hold the state folder while the nodes run; nobody else may start or reset it meanwhile.

    Raises:
        CannotRun: somebody holds it.
    """
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (state / "running.lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(
                "演示正在运行。The demo is already running from this folder. "
                "Stop it with Ctrl-C in its window first."
            ) from None
        yield
