"""The contract of the port that keeps acts between zones, and the lines that lists show."""

from dataclasses import replace
from datetime import date, timedelta

from tests.domain.liaison.told import CASE, CHANGZHOU, ITEM, NOON, SUZHOU, a_journey, told
from tests.ports.conftest import Rooms
from tongban.domain.liaison.acts import DelegationProposed, OriginalGiven
from tongban.flows.liaison_port import Matter
from tongban.kernel.ids import CaseId, ItemId

LINE = Matter(
    "suzhou-1",
    "original",
    CASE,
    ITEM,
    "演示材料",
    SUZHOU,
    CHANGZHOU,
    "on-the-way",
    True,
    date(2026, 3, 6),
    NOON,
)


def test_an_act_is_kept_once_and_given_back_as_it_was(rooms: Rooms) -> None:
    for act in a_journey():
        with rooms.unit():
            assert rooms.liaison.keep(act, "original")
            assert not rooms.liaison.keep(act, "original")
    assert rooms.liaison.list_about("suzhou-1") == tuple(a_journey())
    assert rooms.liaison.list_of_case(CASE) == tuple(a_journey())
    assert rooms.liaison.list_of_case(CaseId("another")) == ()


def test_only_one_act_stands_behind_another_where_order_counts(rooms: Rooms) -> None:
    taken, sent, *_ = a_journey()
    rival = told("suzhou-9", OriginalGiven("applicant", "演示人"), taken, 9, in_order=True)
    with rooms.unit():
        assert rooms.liaison.keep(taken, "original")
        assert rooms.liaison.keep(sent, "original")
        assert not rooms.liaison.keep(rival, "original")
    assert rooms.liaison.list_about("suzhou-1") == (taken, sent)


def test_a_small_register_is_read_whole(rooms: Rooms) -> None:
    act = DelegationProposed(SUZHOU, (ITEM,), ("Accept",), date(2026, 3, 1), date(2026, 6, 1), "演示")
    one = replace(told("changzhou-1", act), case_id=CaseId(""))
    rooms.liaison.keep(one, "delegation")
    rooms.liaison.keep(a_journey()[0], "original")
    assert rooms.liaison.list_register("delegation") == (one,)


def test_open_lines_come_by_their_day_and_closed_ones_newest_first_page_by_page(rooms: Rooms) -> None:
    lines = [
        replace(LINE, subject="suzhou-c", due_on=None),
        replace(LINE, subject="suzhou-b", due_on=date(2026, 3, 9)),
        LINE,
        replace(LINE, subject="suzhou-d", is_open=False),
        replace(LINE, subject="suzhou-e", is_open=False, at=NOON + timedelta(hours=1)),
        replace(LINE, subject="suzhou-f", register="dispute"),
    ]
    for line in lines:
        rooms.liaison.save_matter(line)

    def page(**asked: object) -> list[str]:
        return [one.subject for one in rooms.liaison.list_matters("original", 2, **asked)]

    assert page() == ["suzhou-1", "suzhou-b"]
    assert page(after="suzhou-b") == ["suzhou-c"]
    assert page(is_open=False) == ["suzhou-e", "suzhou-d"]
    assert page(is_open=False, after="suzhou-e") == ["suzhou-d"]
    assert rooms.liaison.list_matters("original", 1)[0] == LINE


def test_a_line_is_replaced_by_what_it_became(rooms: Rooms) -> None:
    rooms.liaison.save_matter(LINE)
    became = replace(LINE, state="archived", is_open=False, due_on=None, zone=CHANGZHOU)
    rooms.liaison.save_matter(became)
    assert rooms.liaison.list_matters("original", 9) == ()
    assert rooms.liaison.list_matters("original", 9, is_open=False) == (became,)


def test_a_line_is_found_by_what_it_is_about_the_newest_first(rooms: Rooms) -> None:
    part = replace(LINE, register="part", about="WX260303-SUB")
    newer = replace(part, subject="suzhou-2", at=NOON + timedelta(hours=1))
    for line in (newer, part, replace(LINE, subject="suzhou-3", about="WX260303-SUB")):
        rooms.liaison.save_matter(line)
    assert rooms.liaison.find_matter("part", "WX260303-SUB") == newer
    assert rooms.liaison.find_matter("part", "WX260303-OTHER") is None
    named = replace(newer, about="WX260303-NAMED")
    rooms.liaison.save_matter(named)
    assert rooms.liaison.find_matter("part", "WX260303-NAMED") == named


def test_what_recurs_for_an_item_is_counted(rooms: Rooms) -> None:
    for number in range(3):
        rooms.liaison.save_matter(replace(LINE, subject=f"suzhou-{number}", register="dispute", about="data"))
    assert rooms.liaison.count_matters("dispute", "data", ITEM) == 3
    assert rooms.liaison.count_matters("dispute", "data", ItemId("other")) == 0
