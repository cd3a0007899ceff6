"""The contract of the port for what people raise: kept, moved on, told to the head once, forgotten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON, ZONE
from tongban.domain.voice.voice import ANSWERED, FILED, About, Asker, Voice, VoiceStep
from tongban.flows.voice_store import PublishedAnswer
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId

ONE = Voice(
    "CZ-T260303-AAAA2222", "complaint", "CODE2222", ZONE, ZONE, NOON, FILED, date(2026, 3, 24),
    About(ItemId("travel-agency-branch-filing"), CaseId("CZ-1"), "officer", "3", "演示人员"),
    Asker("account:agent", "演示经办人", "13900000000", True), "等了很久。",
    (VoiceStep(NOON, "raised", "", "", ZONE),), ("changzhou-officer",), files={"a" * 64: "照片.png"},
)  # fmt: skip


def answered(voice: Voice) -> Voice:
    step = VoiceStep(NOON + timedelta(days=1), "answered", "head", "演示负责人", ZONE, "已核实。")
    return voice.with_step(step, state=ANSWERED, outcome="founded")


def test_it_comes_back_as_it_was_raised(rooms: Rooms) -> None:
    rooms.voices.add(ONE)
    assert rooms.voices.find(ONE.number) == ONE
    assert rooms.voices.find("CZ-T260303-ZZZZ2222") is None
    with pytest.raises(Conflict):
        rooms.voices.add(ONE)


def test_who_read_it_before_another_changed_it_changes_nothing(rooms: Rooms) -> None:
    rooms.voices.add(ONE)
    rooms.voices.save(ONE, answered(ONE))
    assert rooms.voices.find(ONE.number) == answered(ONE)
    with pytest.raises(Conflict):
        rooms.voices.save(ONE, answered(ONE))


def test_those_of_a_case_are_listed_in_their_order(rooms: Rooms) -> None:
    later = replace(ONE, number="CZ-Q260303-AAAA3333", filed_at=NOON + timedelta(hours=1))
    none = replace(ONE, number="CZ-Q260303-AAAA4444", about=About())
    for one in (later, ONE, none):
        rooms.voices.add(one)
    assert rooms.voices.list_of_case(CaseId("CZ-1")) == (ONE, later)
    assert rooms.voices.list_of_case(CaseId("")) == ()


def test_what_is_open_of_a_kind_is_listed_by_its_day(rooms: Rooms) -> None:
    sooner = replace(ONE, number="CZ-T260303-AAAA3333", due_on=date(2026, 3, 20))
    unknown = replace(ONE, number="CZ-T260303-AAAA1111", due_on=None)
    for one in (ONE, sooner, unknown, answered(replace(ONE, number="CZ-T260303-AAAA5555"))):
        rooms.voices.add(one)
    assert rooms.voices.list_open("complaint", 9) == (sooner, ONE, unknown)
    assert rooms.voices.list_open("complaint", 1) == (sooner,)
    assert rooms.voices.list_open("question", 9) == ()


def test_what_is_overdue_is_told_to_the_head_once(rooms: Rooms) -> None:
    rooms.voices.add(ONE)
    rooms.voices.add(replace(ONE, number="CZ-T260303-AAAA3333", due_on=None))
    rooms.voices.add(answered(replace(ONE, number="CZ-T260303-AAAA4444")))
    assert list(rooms.voices.escalate_due(date(2026, 3, 24), NOON, 9)) == []
    assert list(rooms.voices.escalate_due(date(2026, 3, 25), NOON, 9)) == [ONE.number]
    assert list(rooms.voices.escalate_due(date(2026, 4, 25), NOON, 9)) == []


def test_who_raised_it_and_how_to_reach_them_is_forgotten_after_the_end_and_nothing_else(
    rooms: Rooms,
) -> None:
    rooms.voices.add(ONE)
    assert rooms.voices.forget_contacts(NOON + timedelta(days=90), 9) == 0
    rooms.voices.save(ONE, answered(ONE))
    assert rooms.voices.forget_contacts(NOON + timedelta(days=1), 9) == 0
    assert rooms.voices.forget_contacts(NOON + timedelta(days=90), 9) == 1
    left = rooms.voices.find(ONE.number)
    assert left == replace(answered(ONE), asker=Asker("account:agent", may_publish=True))
    assert rooms.voices.forget_contacts(NOON + timedelta(days=90), 9) == 0


def test_a_name_without_a_way_to_reach_them_is_forgotten_too_but_not_that_of_a_review(rooms: Rooms) -> None:
    named = replace(ONE, asker=Asker(name="演示来访人"))
    review = replace(named, number="CZ-T260303-AAAA3333", kind="review", asker=Asker("", "演示申请人", "139"))
    for one in (named, review):
        rooms.voices.add(one)
        assert rooms.voices.find(one.number) == one
        rooms.voices.save(one, answered(one))
    assert rooms.voices.forget_contacts(NOON + timedelta(days=90), 9) == 2
    left = [rooms.voices.find(one.number) for one in (named, review)]
    assert [one and one.asker for one in left] == [Asker(), Asker(name="演示申请人")]


def test_an_answer_is_published_once(rooms: Rooms) -> None:
    one = PublishedAnswer(ONE.number, ONE.about.item_id, "要等多久？", "五个工作日。", NOON)
    rooms.voices.publish(one)
    assert rooms.voices.find_published(ONE.number) == one
    assert rooms.voices.find_published("CZ-T260303-ZZZZ2222") is None
    with pytest.raises(Conflict):
        rooms.voices.publish(one)
