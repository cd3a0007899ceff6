"""The contract of the port for ratings: given once, put right once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON, OTHER, ZONE
from tongban.flows.rating_store import Rating, Rectified
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId

CASE = CaseId("CZ-1")
BAD = Rating(
    CASE, "deciding", ZONE, ItemId("travel-agency-branch-filing"), "dissatisfied", ("too-slow",), "等了很久",
    True, NOON, date(2026, 3, 24),
)  # fmt: skip
DONE = Rectified(NOON + timedelta(days=1), "changzhou-head", "演示负责人", "已核实并改进。", True)


def test_a_rating_comes_back_as_it_was_given(rooms: Rooms) -> None:
    rooms.ratings.keep(BAD)
    assert rooms.ratings.find(CASE, "deciding") == BAD
    assert rooms.ratings.find(CASE, "receiving") is None


def test_a_side_of_a_case_is_rated_once(rooms: Rooms) -> None:
    rooms.ratings.keep(BAD)
    with pytest.raises(Conflict):
        rooms.ratings.keep(replace(BAD, level="satisfied", is_bad=False))
    rooms.ratings.keep(replace(BAD, part="receiving", zone=OTHER))
    assert rooms.ratings.find(CASE, "deciding").level == "dissatisfied"


def test_a_bad_rating_is_put_right_once(rooms: Rooms) -> None:
    rooms.ratings.keep(BAD)
    rooms.ratings.rectify(CASE, "deciding", DONE)
    assert rooms.ratings.find(CASE, "deciding").rectified == DONE
    with pytest.raises(Conflict):
        rooms.ratings.rectify(CASE, "deciding", DONE)


def test_a_good_rating_has_nothing_to_put_right(rooms: Rooms) -> None:
    rooms.ratings.keep(replace(BAD, level="satisfied", is_bad=False, rectify_by=None))
    with pytest.raises(Conflict):
        rooms.ratings.rectify(CASE, "deciding", DONE)
