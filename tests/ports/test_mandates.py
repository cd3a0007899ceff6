"""The contract of the port for authorisations: kept as given, taken back once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON
from tongban.domain.mandate import Mandate
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import ItemId

ONE = Mandate(
    "M1", "principal", "演示企业", "helper", "演示帮办", (ItemId("food-licence-new"),), ("apply", "correct"),
    date(2026, 3, 1), date(2026, 4, 1), "paper", "clerk", NOON,
)  # fmt: skip


def test_an_authorisation_comes_back_as_it_was_given(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.hall.mandates.keep(ONE)
    assert rooms.hall.mandates.find("M1") == ONE
    assert rooms.hall.mandates.find("M2") is None
    with pytest.raises(Conflict):
        rooms.hall.mandates.keep(ONE)


def test_they_are_listed_by_who_gave_them_and_to_whom_the_newest_first(rooms: Rooms) -> None:
    later = replace(ONE, id="M2", recorded_at=NOON + timedelta(hours=1))
    other = replace(ONE, id="M3", helper_id="another")
    for one in (ONE, later, other):
        rooms.hall.mandates.keep(one)
    assert rooms.hall.mandates.list_between("principal", "helper", 9) == (later, ONE)
    assert rooms.hall.mandates.list_of_principal("principal", 1) == (later,)
    assert rooms.hall.mandates.list_of_principal("nobody", 9) == ()


def test_it_is_taken_back_once(rooms: Rooms) -> None:
    rooms.hall.mandates.keep(ONE)
    rooms.hall.mandates.revoke("M1", NOON)
    assert rooms.hall.mandates.find("M1") == replace(ONE, revoked_at=NOON)
    for gone in ("M1", "M2"):
        with pytest.raises(Conflict):
            rooms.hall.mandates.revoke(gone, NOON)
