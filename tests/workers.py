"""Which worker of pytest-xdist gets which tests: those of a file stay together, all on the three nodes too.

Three nodes take a minute to start. xdist's own mark for groups does nothing with this version of pytest: it
writes the group into a test's id, which can no longer be written.
"""

from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from xdist.remote import Producer

THREE_NODES = "three nodes"
WITH_THREE_NODES = (
    "tests/browser/",
    "tests/nodes/",
    "tests/hosting/test_bench.py",
    "tests/hosting/test_story.py",
)
"""Where the tests stand that need them; ``tests/three_nodes.py`` has the fixture."""


def share_of(nodeid: str) -> str:
    """Return what a test shares a worker with: its file, or the three nodes."""
    return THREE_NODES if nodeid.startswith(WITH_THREE_NODES) else nodeid.partition("::")[0]


class Together(LoadScopeScheduling):
    """Hands tests out by what they share."""

    def _split_scope(self, nodeid: str) -> str:
        return share_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> Together:
    """Hand tests out our way, whatever ``--dist`` says."""
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a test that would start the three nodes once more on the other worker."""
    for item in items:
        if "zone_family" in getattr(item, "fixturenames", ()) and share_of(item.nodeid) != THREE_NODES:
            raise pytest.UsageError(f"{item.nodeid} needs the three nodes: name it in tests/workers.py")
