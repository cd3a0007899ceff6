"""Takes up groups of waiting cases until none is left for it; prints how many. Run by test_two_workers."""

import sys
from pathlib import Path


def tell(line: str) -> None:
    """Say a line to the test at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(folder: Path, group: int) -> None:
    from tests.store.food_shops import deps_on
    from tongban.flows.watch_clocks import take_up

    deps = deps_on(folder)
    taken = []
    tell("ready")
    sys.stdin.readline()
    while took := take_up(deps, group):
        taken.append(took)
    tell(str(sum(taken)))


if __name__ == "__main__":
    import django

    django.setup()
    run(Path(sys.argv[1]), int(sys.argv[2]))
