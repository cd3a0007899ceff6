"""Child processes end when we do, cleanly if they can and at last by force."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS, ask_until
from tongban.hosting import processes
from tongban.hosting.complaint import CannotRun
from tongban.hosting.processes import Family, run_to_end

CALM = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye', flush=True)))"
READY_THEN_WAIT = "print('ready', flush=True); signal.pause()"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)"


@pytest.fixture
def family() -> Iterator[Family]:
    held = Family()
    yield held
    held.stop()


def start(family: Family, tmp_path: Path, name: str, code: str) -> processes.Child:
    """Start a child and wait until it says that it is ready."""
    log = tmp_path / "logs" / f"{name}.log"
    child = family.start(name, [sys.executable, "-c", code], os.environ, log, tmp_path)
    ask_until(lambda: "ready" in log.read_text() or child.has_ended(), tell=log.read_text)
    assert not child.has_ended(), log.read_text()
    return child


def has_gone(watched: int) -> bool:
    """Whether the process behind a pidfd ends while we are patient."""
    ended, _, _ = select.select([watched], [], [], PATIENCE_SECONDS)
    os.close(watched)
    return bool(ended)


def test_a_child_is_asked_to_stop_and_says_goodbye(family: Family, tmp_path: Path) -> None:
    child = start(family, tmp_path, "calm", f"{CALM}; {READY_THEN_WAIT}")
    family.stop()
    assert child.process.returncode == 0
    assert child.log.read_text().split() == ["ready", "bye"]
    assert family.children == []


def test_a_child_that_does_not_listen_is_ended_with_all_it_started(
    family: Family, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.2)
    code = (
        f"{DEAF}; import os; child = os.fork(); child and print(child, 'ready', flush=True); signal.pause()"
    )
    deaf = start(family, tmp_path, "deaf", code)
    grandchild = os.pidfd_open(next(int(word) for word in deaf.log.read_text().split() if word.isdigit()))
    family.stop()
    assert deaf.process.returncode == -signal.SIGKILL
    grandchild = next(int(word) for word in deaf.log.read_text().split() if word.isdigit())
    assert (
        not Path(f"/proc/{grandchild}/cmdline").exists()
        or not Path(f"/proc/{grandchild}/cmdline").read_text()
    )


def test_a_child_that_ends_by_itself_is_noticed(family: Family, tmp_path: Path) -> None:
    start(family, tmp_path, "calm", f"{CALM}; {READY_THEN_WAIT}")
    assert family.find_ended() is None
    short_lived = family.start(
        "brief", [sys.executable, "-c", "raise SystemExit(3)"], {}, tmp_path / "b", tmp_path
    )
    short_lived.process.wait()
    assert family.find_ended() is short_lived


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    calm = f"{CALM}; {READY_THEN_WAIT}"
    code = f"""
import os, sys, signal
from pathlib import Path
from tongban.hosting.processes import Family
log = Path({str(tmp_path / "log")!r})
child = Family().start("calm", [sys.executable, "-c", {calm!r}], os.environ, log, Path("/"))
print(child.process.pid, flush=True)
signal.pause()
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    watched = os.pidfd_open(child)
    ask_until(lambda: "ready" in (tmp_path / "log").read_text() or parent.poll() is not None)
    assert parent.poll() is None
    parent.kill()
    parent.wait()
    assert has_gone(watched)


def test_a_command_that_fails_shows_the_end_of_its_log(tmp_path: Path) -> None:
    code = "print('line one'); raise SystemExit('the table is missing')"
    with pytest.raises(CannotRun, match=r"Migrating did not succeed(?s:.*)the table is missing"):
        run_to_end("Migrating", [sys.executable, "-c", code], os.environ, tmp_path / "log", tmp_path)


def test_what_a_killed_child_had_started_ends_with_it(family: Family, tmp_path: Path) -> None:
    code = "import os, signal; child = os.fork(); child and print(child, 'ready', flush=True); signal.pause()"
    child = start(family, tmp_path, "master", code)
    grandchild = os.pidfd_open(int(child.log.read_text().split()[0]))
    os.kill(child.process.pid, signal.SIGKILL)
    ask_until(child.has_ended)
    family.stop()
    assert has_gone(grandchild)


def test_a_power_cut_ends_one_and_leaves_the_others(family: Family, tmp_path: Path) -> None:
    one = start(family, tmp_path, "one", READY_THEN_WAIT.replace("signal", "__import__('signal')"))
    two = start(family, tmp_path, "two", READY_THEN_WAIT.replace("signal", "__import__('signal')"))
    family.kill(one)
    assert (one.has_ended(), two.has_ended(), family.children) == (True, False, [two])
