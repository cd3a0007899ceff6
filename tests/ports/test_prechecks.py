"""The contract of the port for drafts in pre-check: kept, answered once, listed, forgotten."""

from dataclasses import replace
from datetime import date, timedelta

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.precheck import Advice, DraftFile, Precheck
from tongban.kernel.ids import CaseId, ItemId, ZoneId

NUMBER = CaseId("CZ260303-7K3M9QXD")
WHO = ApplicantRef("firm", "91320411MB0000007D", "演示公司", agent_id="agent", agent_name="演示经办人")
ASKED = Precheck(
    NUMBER, ItemId("food-licence-new"), ZoneId("changzhou"), WHO, {"name": "演示", "kinds": ["a", "b"]},
    (DraftFile("plan", "ab" * 32, "图.pdf", 12),), NOON, date(2026, 3, 5),
)  # fmt: skip
LATER = NOON + timedelta(hours=1)
ADVICE = Advice(LATER, Actor("officer", "o-1", "虚构审批员"), False, "请改地址", {"address": "写到门牌"})


def test_a_draft_comes_back_as_it_was_put(rooms: Rooms) -> None:
    rooms.prechecks.keep(ASKED)
    assert rooms.prechecks.find(NUMBER) == ASKED
    assert rooms.prechecks.find(CaseId("CZ-2")) is None


def test_an_answer_is_kept_once_and_only_for_the_very_draft_it_was_given_to(rooms: Rooms) -> None:
    rooms.prechecks.keep(ASKED)
    assert not rooms.prechecks.answer(NUMBER, LATER, ADVICE)
    assert rooms.prechecks.answer(NUMBER, NOON, ADVICE)
    assert not rooms.prechecks.answer(NUMBER, NOON, replace(ADVICE, is_fit=True))
    assert not rooms.prechecks.answer(CaseId("CZ-2"), NOON, ADVICE)
    assert rooms.prechecks.find(NUMBER) == replace(ASKED, advice=ADVICE)


def test_a_draft_put_anew_waits_again(rooms: Rooms) -> None:
    rooms.prechecks.keep(replace(ASKED, advice=ADVICE))
    again = replace(ASKED, asked_at=LATER, answers={"name": "演示二"})
    rooms.prechecks.keep(again)
    assert rooms.prechecks.find(NUMBER) == again


def test_those_that_wait_come_first_and_the_most_urgent_before_all(rooms: Rooms) -> None:
    urgent = replace(ASKED, number=CaseId("CZ-2"), until_on=date(2026, 3, 4))
    answered = replace(ASKED, number=CaseId("CZ-1"), until_on=date(2026, 3, 1), advice=ADVICE)
    for one in (answered, ASKED, urgent):
        rooms.prechecks.keep(one)
    assert rooms.prechecks.list_all(9) == (urgent, ASKED, answered)
    assert rooms.prechecks.list_all(1) == (urgent,)


def test_an_applicant_finds_its_own_and_the_newest_first(rooms: Rooms) -> None:
    newer = replace(ASKED, number=CaseId("CZ-2"), asked_at=LATER)
    other = replace(ASKED, number=CaseId("CZ-3"), applicant=replace(WHO, id="91320505YY9901017H"))
    for one in (ASKED, newer, other):
        rooms.prechecks.keep(one)
    assert rooms.prechecks.list_of(WHO.id, 9) == (newer, ASKED)
    assert rooms.prechecks.list_of(WHO.id, 1) == (newer,)


def test_what_is_handed_in_or_old_is_forgotten(rooms: Rooms) -> None:
    young = replace(ASKED, number=CaseId("CZ-2"), asked_at=LATER)
    rooms.prechecks.keep(ASKED)
    rooms.prechecks.keep(young)
    assert rooms.prechecks.forget_before(LATER) == 1
    assert rooms.prechecks.find(NUMBER) is None
    rooms.prechecks.drop(young.number)
    rooms.prechecks.drop(young.number)
    assert rooms.prechecks.list_all(9) == ()
