"""The contract of the port for the desk: groups, whose a case is, declared conflicts, hand-overs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON, OTHER, SUBMITTED, ZONE, add
from tongban.domain.assignment import (
    DRAWN,
    GIVEN,
    OF_APPLICANT,
    OF_CASE,
    Absence,
    Assignment,
    DeclaredConflict,
    DeskDraft,
    DeskOfficer,
    Team,
)
from tongban.flows.liaison_port import Matter
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

CASE = CaseId("CZ260303-00000001")
DAY = timedelta(days=1)
FIRST = Assignment(CASE, "o1", "演示甲", "t1", DRAWN, "changzhou", "", "", NOON)
AWAY = Absence("A1", "o1", "o2", NOON.date(), NOON.date() + 3 * DAY, "o1", "年休假", NOON)


def test_groups_and_officers_are_kept_in_place_of_the_earlier_ones(rooms: Rooms) -> None:
    team = Team("t1", Text("登记组", "Registrations"), frozenset({ItemId("food-licence-new")}))
    officer = DeskOfficer("o1", "演示甲", frozenset({"t1"}))
    with rooms.unit():
        rooms.desk.keep_team(replace(team, items=frozenset()))
        rooms.desk.keep_team(team)
        rooms.desk.keep_officer(DeskOfficer("o2", "演示乙", frozenset()))
        rooms.desk.keep_officer(replace(officer, teams=frozenset()))
        rooms.desk.keep_officer(officer)
    assert rooms.desk.list_teams() == (team,)
    assert rooms.desk.list_officers() == (officer, DeskOfficer("o2", "演示乙", frozenset()))


def test_the_last_assignment_counts_and_the_earlier_ones_are_kept(rooms: Rooms) -> None:
    assert rooms.desk.find(CASE) is None
    given = replace(FIRST, officer="o2", way=GIVEN, reason="均衡工作量", at=NOON + DAY)
    with rooms.unit():
        rooms.desk.assign(FIRST)
    with rooms.unit():
        rooms.desk.assign(given)
    assert rooms.desk.find(CASE) == given
    assert rooms.desk.history(CASE) == (FIRST, given)
    assert rooms.desk.find_all([CASE, CaseId("CZ260303-00000099")]) == {CASE: given}
    assert rooms.desk.find_all([]) == {}
    assert rooms.desk.count_loads(["o1", "o2"]) == {"o1": 0, "o2": 0}


def test_open_sub_cases_are_part_of_a_load_until_the_part_is_given(rooms: Rooms) -> None:
    part = Matter(
        "wuxi-1", "part", CaseId("WX260303-00000001"), ItemId("food-licence-new"), CASE, OTHER, ZONE, "asked",
        is_open=True, due_on=NOON.date(), at=NOON,
    )  # fmt: skip
    with rooms.unit():
        rooms.liaison.save_matter(part)
        rooms.desk.assign(FIRST)
    assert rooms.desk.count_loads(["o1", "o2"]) == {"o1": 1, "o2": 0}
    assert rooms.desk.list_parts("o1", 5) == ("wuxi-1",)
    with rooms.unit():
        rooms.desk.assign(replace(FIRST, officer="o2", way=GIVEN, at=NOON + DAY))
        rooms.liaison.save_matter(replace(part, due_on=NOON.date() + DAY))
    assert rooms.desk.count_loads(["o1", "o2"]) == {"o1": 0, "o2": 1}
    assert rooms.desk.list_parts("o2", 0) == ()
    with rooms.unit():
        rooms.liaison.save_matter(replace(part, state="given", is_open=False))
    assert rooms.desk.count_loads(["o1", "o2"]) == {"o1": 0, "o2": 0}
    assert rooms.desk.list_parts("o2", 5) == ()


def test_a_conflict_touches_its_case_or_every_case_of_its_applicant(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.desk.declare(DeclaredConflict("o1", OF_CASE, CASE, CASE, "亲属", NOON))
        rooms.desk.declare(DeclaredConflict("o1", OF_CASE, CASE, CASE, "再说一次", NOON))
        rooms.desk.declare(DeclaredConflict("o2", OF_APPLICANT, "firm-1", CASE, "持股", NOON))
    assert rooms.desk.list_conflicted(CASE, "firm-1") == {"o1", "o2"}
    assert rooms.desk.list_conflicted(CASE, "firm-2") == {"o1"}
    assert rooms.desk.list_conflicted(CaseId("CZ260303-00000002"), "firm-1") == {"o2"}


def test_a_hand_over_stands_until_its_last_day_or_until_it_is_ended(rooms: Rooms) -> None:
    with rooms.unit():
        rooms.desk.keep_absence(AWAY)
        rooms.desk.keep_absence(replace(AWAY, id="A2", from_on=AWAY.from_on - DAY))
    assert [one.id for one in rooms.desk.list_absences(AWAY.until_on)] == ["A2", "A1"]
    assert rooms.desk.list_absences(AWAY.until_on + DAY) == ()
    with rooms.unit():
        rooms.desk.end_absence("A2", NOON)
    assert rooms.desk.list_absences(AWAY.from_on) == (AWAY,)
    for gone in ("A2", "A9"):
        with pytest.raises(Conflict), rooms.unit():
            rooms.desk.end_absence(gone, NOON)


def test_a_case_has_one_draft_that_is_replaced_found_by_its_officer_and_thrown_away(rooms: Rooms) -> None:
    first = DeskDraft(CASE, "refuse", "o1", "演示甲", {"reasons_zh": "超出范围", "agrees": "yes"}, NOON)
    add(rooms.cases, CASE, SUBMITTED)
    assert rooms.desk.find_draft(CASE) is None
    with rooms.unit():
        rooms.desk.keep_draft(first)
    assert rooms.desk.find_draft(CASE) == first
    assert rooms.desk.list_drafts("o1", 5) == ((CASE, "refuse", NOON),)
    second = replace(first, act="grant", by="o2", values={"reasons_zh": "符合条件"}, at=NOON + DAY)
    with rooms.unit():
        rooms.desk.keep_draft(second)
    assert rooms.desk.find_draft(CASE) == second
    assert rooms.desk.list_drafts("o1", 5) == ()
    with rooms.unit():
        rooms.desk.drop_draft(CASE)
    with rooms.unit():
        rooms.desk.drop_draft(CASE)
    assert rooms.desk.find_draft(CASE) is None
