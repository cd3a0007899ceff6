"""The contract of the port that keeps notices of other zones."""

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON, OTHER
from tongban.flows.notice_store import Entry, Notice, Taken
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, EvidenceKindId, ItemId, LawKey, MessageId

TAKEN = Taken(NOON, "officer", "虚构审批员", "已核对", is_marked=True)


def a_notice(message: str = "m-1") -> Notice:
    return Notice(
        OTHER, MessageId(message), "nurse-registration-moved", LawKey("nurses-2020#9"),
        ItemId("nurse-change-of-practice"), CaseId("CZ-1"),
        {"answers.starts_on": "2026-03-16", "evidence.nurse-certificate.name": "演示丁（示例）"},
        Entry(EvidenceKindId("nurse-certificate"), "320214199001010003"), NOON,
    )  # fmt: skip


def test_a_notice_is_kept_once_and_given_back_as_it_came(rooms: Rooms) -> None:
    for _ in range(2):
        with rooms.unit():
            rooms.notices.keep(a_notice())
    [number] = rooms.notice_numbers()
    kept = rooms.notices.find(number)
    assert (kept.facts, kept.entry, kept.taken) == (a_notice().facts, a_notice().entry, None)
    assert (kept.from_zone, kept.ground, kept.received_at) == (OTHER, "nurses-2020#9", NOON)


def test_a_notice_without_an_entry_has_none(rooms: Rooms) -> None:
    notice = a_notice()
    rooms.notices.keep(
        Notice(notice.from_zone, notice.message_id, notice.notice, notice.ground, notice.item_id,
               notice.case_id, {}, None, NOON)
    )  # fmt: skip
    [number] = rooms.notice_numbers()
    assert rooms.notices.find(number).entry is None


def test_note_is_taken_once(rooms: Rooms) -> None:
    rooms.notices.keep(a_notice())
    rooms.notices.keep(a_notice("m-2"))
    first, second = rooms.notice_numbers()
    with rooms.unit():
        rooms.notices.take(first, TAKEN)
    assert rooms.notices.find(first).taken == TAKEN
    assert rooms.notices.find(second).taken is None
    with pytest.raises(Conflict), rooms.unit():
        rooms.notices.take(first, Taken(NOON, "head", "另一人"))
    assert rooms.notices.find(first).taken == TAKEN
    with pytest.raises(Conflict), rooms.unit():
        rooms.notices.take(second + 100, TAKEN)
