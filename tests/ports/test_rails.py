"""The contracts of the rails and of the kept rule tables."""

import contextlib
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, catalogue
from tests.ports.conftest import Rooms
from tests.ports.histories import NOON
from tongban.domain.case.events import Actor
from tongban.domain.rules.table import table_plain
from tongban.flows.guard_ports import LaterCheck, Rail, RailAct
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

ITEM, OTHER_ITEM = ItemId("travel-agency-branch-filing"), ItemId("nurse-change-of-practice")
STEWARD = Actor("steward", "changzhou-steward", "演示管理员")
WHY = Text("演示：规则有误。", "Demonstration: a rule is wrong.")
CHECK = LaterCheck(CaseId("CZ-1"), ITEM, "a" * 64, NOON)


class Stop(Exception):
    """Something that goes wrong in the middle."""


def fail_after(rooms: Rooms, write: Callable[[], None]) -> None:
    """Write in a unit that then fails."""
    with contextlib.suppress(Stop), rooms.unit():
        write()
        raise Stop


def act(kind: str, minutes: int = 0, ppm: int | None = None, item: ItemId = ITEM) -> RailAct:
    return RailAct(item, kind, WHY, STEWARD, NOON + timedelta(minutes=minutes), ppm)


def test_a_machine_that_nobody_touched_is_held_by_nothing(rooms: Rooms) -> None:
    assert rooms.rails.read(ITEM) == Rail()
    assert list(rooms.rails.acts(ITEM)) == []


def test_a_switch_holds_until_it_is_lifted_and_holds_no_other_item(rooms: Rooms) -> None:
    rooms.rails.turn(act("stop"))
    assert rooms.rails.read(ITEM).stopped == WHY
    assert rooms.rails.read(OTHER_ITEM).stopped is None
    rooms.rails.turn(act("lift", 1))
    assert rooms.rails.read(ITEM).stopped is None


def test_a_rate_stays_when_the_switch_is_turned(rooms: Rooms) -> None:
    rooms.rails.turn(act("rate", 0, 200_000))
    rooms.rails.turn(act("stop", 1))
    assert rooms.rails.read(ITEM) == Rail(WHY, 200_000)
    rooms.rails.turn(act("rate", 2, 0))
    assert rooms.rails.read(ITEM) == Rail(WHY, 0)


def test_acts_are_told_newest_first(rooms: Rooms) -> None:
    acts = [act("stop"), act("lift", 1), act("rate", 2, 10)]
    for each in (*acts, act("stop", 3, item=OTHER_ITEM)):
        rooms.rails.turn(each)
    assert list(rooms.rails.acts(ITEM)) == acts[::-1]


def test_an_act_of_a_unit_that_fails_never_was(rooms: Rooms) -> None:
    fail_after(rooms, lambda: rooms.rails.turn(act("stop")))
    assert rooms.rails.read(ITEM) == Rail()


def test_a_chosen_case_waits_for_a_verdict_and_is_chosen_once(rooms: Rooms) -> None:
    assert rooms.rails.find_check(CHECK.case_id) is None
    with rooms.unit():
        rooms.rails.choose(CHECK)
    rooms.rails.choose(LaterCheck(CHECK.case_id, ITEM, "b" * 64, NOON))
    assert rooms.rails.find_check(CHECK.case_id) == CHECK


def test_a_verdict_is_kept_and_a_newer_one_takes_its_place(rooms: Rooms) -> None:
    rooms.rails.choose(CHECK)
    for verdict in ("false", "correct"):
        judged = LaterCheck(CHECK.case_id, ITEM, CHECK.rules_hash, NOON, verdict, WHY, STEWARD, NOON)
        rooms.rails.judge(judged)
        assert rooms.rails.find_check(CHECK.case_id) == judged


def test_nobody_judges_a_case_that_chance_did_not_choose(rooms: Rooms) -> None:
    with pytest.raises(Conflict):
        rooms.rails.judge(CHECK)


def test_a_table_is_kept_once_and_given_back_as_it_was(rooms: Rooms) -> None:
    item = catalogue().get_item(BRANCH_FILING, CHANGZHOU)
    assert rooms.rule_tables.find(item.rules_hash) is None
    for _ in range(3):
        with rooms.unit():
            rooms.rule_tables.keep(item.rules_hash, item.rules)
    assert table_plain(rooms.rule_tables.find(item.rules_hash)) == table_plain(item.rules)


def test_a_table_of_a_unit_that_failed_is_kept_the_next_time(rooms: Rooms) -> None:
    item = catalogue().get_item(BRANCH_FILING, CHANGZHOU)
    fail_after(rooms, lambda: rooms.rule_tables.keep(item.rules_hash, item.rules))
    assert rooms.rule_tables.find(item.rules_hash) is None
    rooms.rule_tables.keep(item.rules_hash, item.rules)
    assert rooms.rule_tables.find(item.rules_hash) is not None
