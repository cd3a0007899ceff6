"""Starting afresh: throws away the demo's state and nothing else (make demo-reset)."""

import shutil
import sys
from pathlib import Path

from tongban.hosting.complaint import CannotRun
from tongban.hosting.postgres import stop_cluster
from tongban.hosting.state import CHECKOUT, STATE, choose_database_folder, running_alone


def reset(state: Path, database_folder: Path) -> list[Path]:
    """Remove the state folder and the database's; returns what was removed.

    Raises:
        CannotRun: the demo is running, or the database folder does not look like one of ours.
    """
    found = [folder for folder in (database_folder, state) if folder.exists()]
    if database_folder in found and not _is_database_folder(database_folder):
        raise CannotRun(f"{database_folder} holds no database of ours; nothing was removed.")
    if found:
        with running_alone(state):
            stop_cluster(database_folder)
            for folder in (database_folder, state):
                shutil.rmtree(folder, ignore_errors=not folder.exists())
    return found


def _is_database_folder(folder: Path) -> bool:
    return not any(folder.iterdir()) or (folder / "password").exists()


def main() -> int:
    """Remove the demo's data; 1 with a sentence if that is not possible now."""
    try:
        removed = reset(STATE, choose_database_folder(CHECKOUT))
    except CannotRun as trouble:
        print(trouble, file=sys.stderr)
        return 1
    for folder in removed:
        print(f"removed {folder}")
    print("演示数据已清空。The next `make demo` starts afresh.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
