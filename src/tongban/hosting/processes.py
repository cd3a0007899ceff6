"""Child processes that end with us: started with a log each, watched, and stopped cleanly."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tongban.hosting.complaint import CannotRun

STOP_SECONDS = 20
TELL_CHILD_ON_PARENT_DEATH = 1  # PR_SET_PDEATHSIG of prctl(2)
LOG_LINES = 15


@dataclass(frozen=True, slots=True)
class Child:
    """One process of ours: what people call it, the process, and where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def has_ended(self) -> bool:
        """Whether it runs no more; its number stays its own until it is buried."""
        if self.process.returncode is not None:
            return True
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def bury(self) -> int:
        """End what is left of it and of all it started, and return its exit code.

        They share a session that began with it, and as long as it is not buried no other process
        can have been given its number.
        """
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        return self.process.wait()


@dataclass(slots=True)
class Family:
    """All processes that we started, in the order of their start."""

    children: list[Child] = field(default_factory=list)

    def start(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path, cwd: Path
    ) -> Child:
        """Start a process in a session of its own: our Ctrl-C is told to it by us, once."""
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with log.open("ab") as stream:
            process = subprocess.Popen(  # one thread starts them all, so preexec_fn is safe
                command, cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=stream,
                stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=_end_with_parent,
            )  # fmt: skip
        child = Child(name, process, log)
        self.children.append(child)
        return child

    def find_ended(self) -> Child | None:
        """The first process that ended without being asked to."""
        return next((child for child in self.children if child.has_ended()), None)

    def stop(self) -> None:
        """Ask all to stop, the last started first; end those that do not within 20 seconds."""
        for child in reversed(self.children):
            if not child.has_ended():
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and not all(child.has_ended() for child in self.children):
            time.sleep(0.02)
        for child in self.children:
            child.bury()
        self.children.clear()

    def kill(self, child: Child) -> None:
        """End one and all it started without a word, as a power cut would."""
        child.bury()
        self.children.remove(child)


def run_to_end(
    what: str, command: Sequence[str], environment: Mapping[str, str], log: Path, cwd: Path
) -> None:
    """Run a command that has to succeed; all it says goes to the log.

    Raises:
        CannotRun: it failed; its last lines are in the sentence.
    """
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with log.open("ab") as stream:
        done = subprocess.run(
            command, cwd=cwd, env=dict(environment), stdin=subprocess.DEVNULL, stdout=stream,
            stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if done.returncode != 0:
        raise CannotRun(f"{what} did not succeed. Its log {log} ends:\n{read_last_lines(log)}")


def read_last_lines(log: Path, lines: int = LOG_LINES) -> str:
    """The end of a log, for a person."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return "(nothing was written)"


def _end_with_parent() -> None:
    """In the child, before it becomes the program: be told to stop when the parent is killed."""
    ctypes.CDLL(None).prctl(TELL_CHILD_ON_PARENT_DEATH, signal.SIGTERM)
