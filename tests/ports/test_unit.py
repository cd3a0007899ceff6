"""The contract of ``Unit``: all of it or nothing, over every port that writes."""

import contextlib

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import ACCEPTED, ISSUED, OTHER, SUBMITTED, add
from tongban.crypto.digest import hex_digest
from tongban.flows.ports import Issued
from tongban.kernel.errors import Conflict, Problem, Refused
from tongban.kernel.ids import CaseId, CredentialId
from tongban.kernel.text import Text

CASE = CaseId("CZ-1")
FILE = b"a file"
LICENCE = CredentialId(ISSUED.credential_id)


class Stop(Exception):
    """Something that goes wrong in the middle."""


def write_everything(rooms: Rooms) -> None:
    add(rooms.cases, CASE, SUBMITTED, ACCEPTED)
    rooms.ledger.append("credential:demo", {"t": "credential.issue/1"})
    rooms.credentials.save(Issued(LICENCE, CASE, "a.b.c~d~", "credential:demo", "01"))
    rooms.jobs.defer("seal_document", case_id=CASE)
    rooms.exchange.post(OTHER, "zone.notice", {"case": CASE}, CASE, reported_version=2)
    rooms.files.put(FILE, "text/plain", "a.txt")


def count_everything(rooms: Rooms) -> list[int]:
    kept = rooms.files.find(hex_digest(FILE))
    return [
        len(rooms.cases.history(CASE)),
        len(rooms.leaves()),
        int(rooms.credentials.find(LICENCE) is not None),
        sum(job["flow"] == "seal_document" for job in rooms.jobs_waiting()),
        len(rooms.exchange.outgoing(CASE)),
        int(kept is not None),
    ]


def test_a_unit_keeps_everything_that_was_written_in_it(rooms: Rooms) -> None:
    with rooms.unit():
        write_everything(rooms)
    assert count_everything(rooms) == [2, 1, 1, 1, 1, 1]


def write_and_fail(rooms: Rooms, error: BaseException) -> None:
    with rooms.unit():
        write_everything(rooms)
        raise error


@pytest.mark.parametrize("error", [Stop(), KeyboardInterrupt()], ids=["an error", "a person"])
def test_a_unit_that_fails_keeps_nothing(rooms: Rooms, error: BaseException) -> None:
    with pytest.raises(type(error)):
        write_and_fail(rooms, error)
    assert count_everything(rooms) == [0] * 6


def test_a_unit_inside_a_unit_is_the_same_unit(rooms: Rooms) -> None:
    def fail_after_an_inner_unit() -> None:
        with rooms.unit():
            with rooms.unit():
                write_everything(rooms)
            raise Stop

    with pytest.raises(Stop):
        fail_after_an_inner_unit()
    assert count_everything(rooms) == [0] * 6


def test_after_a_unit_that_failed_the_next_one_works(rooms: Rooms) -> None:
    with pytest.raises(Stop):
        write_and_fail(rooms, Stop())
    with rooms.unit():
        write_everything(rooms)
    assert count_everything(rooms) == [2, 1, 1, 1, 1, 1]


def test_one_conflict_takes_the_whole_unit_with_it(rooms: Rooms) -> None:
    seen = add(rooms.cases, "CZ-2", SUBMITTED)
    add(rooms.cases, seen, ACCEPTED)

    def write_too_late() -> None:
        with rooms.unit():
            write_everything(rooms)
            add(rooms.cases, seen, ACCEPTED)

    with pytest.raises(Conflict):
        write_too_late()
    assert count_everything(rooms) == [0] * 6


def test_a_refusal_inside_that_wrote_nothing_may_be_caught(rooms: Rooms) -> None:
    def refuse() -> None:
        with rooms.unit():
            raise Refused(Problem("no", Text("不", "no")))

    with rooms.unit():
        with contextlib.suppress(Refused):
            refuse()
        add(rooms.cases, CASE, SUBMITTED)
    assert len(rooms.cases.history(CASE)) == 1
