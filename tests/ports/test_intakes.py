"""The contract of the port for what was taken in without the node: kept once, whoever brings it how often."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON
from tongban.crypto.dropbox import lock_for
from tongban.domain.hall.provisional import Intake, IntakeConflict
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CaseId

ONE = Intake("P-SZ-000001", CaseId("SZ-1"), "a" * 64, "clerk", NOON, NOON, {"name": "演示甲"})


def test_ranges_never_overlap(rooms: Rooms) -> None:
    given = [rooms.hall.intakes.give_range("1", "clerk", 50, NOON) for _ in range(3)]
    assert [(one.first, one.last) for one in given] == [(1, 50), (51, 100), (101, 150)]
    assert rooms.hall.intakes.find_range(100) == given[1]
    assert rooms.hall.intakes.find_range(0) is None
    assert rooms.hall.intakes.find_range(151) is None


def test_an_intake_is_kept_once_and_the_second_is_told_the_first(rooms: Rooms) -> None:
    assert rooms.hall.intakes.keep(ONE) == ONE
    again = replace(ONE, case_id=CaseId("SZ-2"), digest="b" * 64)
    assert rooms.hall.intakes.keep(again) == ONE
    assert rooms.hall.intakes.find(ONE.number) == ONE
    assert rooms.hall.intakes.find("P-SZ-000002") is None
    assert rooms.hall.intakes.find_of_case(CaseId("SZ-1")) == ONE
    assert rooms.hall.intakes.find_of_case(CaseId("SZ-2")) is None


def test_what_was_handed_in_is_no_longer_to_be_completed(rooms: Rooms) -> None:
    earlier = replace(ONE, number="P-SZ-000002", case_id=CaseId("SZ-2"), taken_at=NOON - timedelta(hours=1))
    rooms.hall.intakes.keep(ONE)
    rooms.hall.intakes.keep(earlier)
    assert rooms.hall.intakes.list_open(9) == (earlier, ONE)
    rooms.hall.intakes.complete(CaseId("SZ-2"))
    rooms.hall.intakes.complete(CaseId("SZ-2"))
    rooms.hall.intakes.complete(CaseId("SZ-nobody"))
    assert rooms.hall.intakes.list_open(9) == (ONE,)


def test_a_conflict_is_kept_once_until_somebody_has_looked(rooms: Rooms) -> None:
    conflict = IntakeConflict(ONE.number, "b" * 64, "clerk", NOON, {"name": "演示乙"})
    rooms.hall.intakes.keep_conflict(conflict)
    rooms.hall.intakes.keep_conflict(conflict)
    assert rooms.hall.intakes.list_conflicts(9) == (conflict,)
    rooms.hall.intakes.settle(ONE.number, "b" * 64, "clerk", NOON)
    rooms.hall.intakes.keep_conflict(conflict)
    assert rooms.hall.intakes.list_conflicts(9) == ()


def test_only_the_node_opens_what_a_browser_locked_and_only_under_its_number(rooms: Rooms) -> None:
    box = lock_for(rooms.hall.intakes.public_point(), b"words", b"P-SZ-000001")
    assert rooms.hall.intakes.open_box(box, "P-SZ-000001") == b"words"
    for changed, number in ((box, "P-SZ-000002"), (box[:-1], "P-SZ-000001"), (b"", "P-SZ-000001")):
        with pytest.raises(Fault):
            rooms.hall.intakes.open_box(changed, number)


def test_an_intake_brought_at_one_instant_by_many_is_kept_once(rooms: Rooms) -> None:
    if not rooms.is_store:
        pytest.skip("memory knows no two at once")
    begin, kept = threading.Barrier(6), []

    def work(number: int) -> None:
        begin.wait()
        kept.append(rooms.hall.intakes.keep(replace(ONE, case_id=CaseId(f"SZ-{number}"))).case_id)
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 6
    assert len(set(kept)) == 1
