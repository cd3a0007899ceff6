"""The contracts of the kept checks of item packs."""

import contextlib
from dataclasses import replace
from datetime import timedelta

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON
from tongban.flows.item_check_store import ItemCheck, Proved
from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text

ITEM, OTHER_ITEM = ItemId("travel-agency-branch-filing"), ItemId("nurse-change-of-practice")
SAYS = Text("演示：有人能获准。", "Demonstration: somebody is granted.")
FAULT = Problem("pack.strange", SAYS, "items/x/item.yaml:18 vists", "all-2019#30", SAYS)
NOTE = Problem("proof.redundant", SAYS, "rules.yaml:criteria[2]")
CHECK = ItemCheck(ITEM, 3, "a" * 64, NOON, (FAULT, NOTE), 8, Proved(41, 3, 2, (SAYS,), (NOTE,)))
UNPROVED = ItemCheck(OTHER_ITEM, 1, "b" * 64, NOON, (), 5, None, SAYS)


def test_what_nobody_checked_is_not_known(rooms: Rooms) -> None:
    assert rooms.item_checks.find(ITEM) is None
    assert rooms.item_checks.hashes() == {}


def test_a_check_comes_back_as_it_was_with_its_proofs_or_why_there_are_none(rooms: Rooms) -> None:
    rooms.item_checks.keep([CHECK, UNPROVED])
    assert rooms.item_checks.find(ITEM) == CHECK
    assert rooms.item_checks.find(OTHER_ITEM) == UNPROVED
    assert rooms.item_checks.hashes() == {ITEM: "a" * 64, OTHER_ITEM: "b" * 64}


def test_the_next_check_takes_the_place_of_its_item_alone(rooms: Rooms) -> None:
    rooms.item_checks.keep([CHECK, UNPROVED])
    later = replace(CHECK, content_hash="c" * 64, checked_at=NOON + timedelta(days=1), problems=(), version=4)
    rooms.item_checks.keep([later])
    assert rooms.item_checks.find(ITEM) == later
    assert rooms.item_checks.find(OTHER_ITEM) == UNPROVED


def test_checks_of_a_unit_that_fails_never_were(rooms: Rooms) -> None:
    with contextlib.suppress(KeyError), rooms.unit():
        rooms.item_checks.keep([CHECK])
        raise KeyError
    assert rooms.item_checks.find(ITEM) is None


def test_keeping_nothing_is_nothing(rooms: Rooms) -> None:
    rooms.item_checks.keep([])
    assert rooms.item_checks.hashes() == {}
