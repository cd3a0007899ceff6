"""The store on the test database, with real transactions."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.ports.conftest import NODE_KEY, due_on, plan
from tests.ports.histories import NOON, ZONE
from tongban.flows.memory import MemoryClock
from tongban.store.store import Store, open_store


def note_for_tests(size: int, root: bytes) -> str:
    """What stands for a signed note where no key is needed."""
    return f"test.example/log\n{size}\n{root.hex()}\n"


@pytest.fixture
def clock() -> MemoryClock:
    return MemoryClock(NOON)


@pytest.fixture
def store(transactional_db: None, tmp_path: Path, clock: MemoryClock) -> Iterator[Store]:
    """The store of one zone."""
    yield open_store(ZONE, clock, NODE_KEY, tmp_path / "files", due_on, note_for_tests, plan=plan)
    connection.close()
