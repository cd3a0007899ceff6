"""A worker that loses the database begins again, until it is told to stop."""

import threading

import psycopg
import pytest
from procrastinate.exceptions import ConnectorException

from tongban.commands.management.commands import worker


@pytest.mark.parametrize(
    "lost", [ConnectorException(), psycopg.OperationalError("server closed the connection")]
)
def test_a_worker_that_lost_the_database_begins_again_and_ends_when_it_is_told(
    lost: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "AGAIN_SECONDS", 0.01)
    begun: list[int] = []

    def take() -> None:
        begun.append(1)
        if len(begun) < 3:
            raise lost

    worker.keep_at(take, threading.Event())
    assert len(begun) == 3


def test_a_worker_that_is_told_to_stop_meanwhile_does_not_begin_again() -> None:
    stop, begun = threading.Event(), []

    def take() -> None:
        begun.append(1)
        stop.set()
        raise ConnectorException

    worker.keep_at(take, stop)
    assert len(begun) == 1


def test_any_other_fault_ends_the_worker_and_is_seen() -> None:
    def take() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        worker.keep_at(take, threading.Event())
