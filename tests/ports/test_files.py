"""The contract of the port that keeps files: what something names stays, what nobody wants any more goes."""

from datetime import timedelta

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON

PDF = b"%PDF-1.7 one"
DAY = timedelta(days=1)


def upload(rooms: Rooms, content: bytes = PDF, days: int = 0) -> str:
    return rooms.files.put(content, "application/pdf", "a.pdf", loose_since=NOON + days * DAY)


def test_an_upload_that_nothing_names_is_thrown_away_once_it_is_old(rooms: Rooms) -> None:
    digest = upload(rooms)
    assert rooms.files.forget_loose(NOON, 10) == 0
    assert rooms.files.find(digest) == PDF
    assert rooms.files.forget_loose(NOON + DAY, 10) == 1
    assert rooms.files.find(digest) is None
    assert rooms.files.find_name(digest) == ""
    assert rooms.files.forget_loose(NOON + DAY, 10) == 0


def test_what_is_held_stays_for_good_and_stays_so_when_it_is_sent_again(rooms: Rooms) -> None:
    digest = upload(rooms)
    with rooms.unit():
        rooms.files.hold([digest, "0" * 64])
    upload(rooms)
    assert rooms.files.forget_loose(NOON + DAY, 10) == 0
    assert rooms.files.find(digest) == PDF


def test_it_may_be_held_in_the_unit_that_keeps_it_and_before_it_is_kept_there(rooms: Rooms) -> None:
    with rooms.unit():
        first = upload(rooms)
        rooms.files.hold([first])
    second = upload(rooms, b"%PDF-1.7 two")
    with rooms.unit():
        rooms.files.hold([second])
        upload(rooms, b"%PDF-1.7 two", days=1)
    assert rooms.files.forget_loose(NOON + 9 * DAY, 10) == 0


def test_a_draft_that_still_refers_to_it_keeps_it(rooms: Rooms) -> None:
    digest = upload(rooms)
    rooms.files.touch([digest, "0" * 64], NOON + 2 * DAY)
    assert rooms.files.forget_loose(NOON + 2 * DAY, 10) == 0
    upload(rooms, days=3)
    assert rooms.files.forget_loose(NOON + 3 * DAY, 10) == 0
    assert rooms.files.forget_loose(NOON + 4 * DAY, 10) == 1


def test_what_was_thrown_away_can_be_sent_again(rooms: Rooms) -> None:
    digest = upload(rooms)
    rooms.files.forget_loose(NOON + DAY, 10)
    assert upload(rooms, days=2) == digest
    assert rooms.files.find(digest) == PDF


def test_a_document_of_the_zones_own_is_never_loose(rooms: Rooms) -> None:
    digest = upload(rooms)
    rooms.files.put(PDF, "application/pdf", "b.pdf")
    other = rooms.files.put(b"%PDF-1.7 two", "application/pdf", "b.pdf")
    assert rooms.files.forget_loose(NOON + 9 * DAY, 10) == 0
    assert (rooms.files.find(digest), rooms.files.find(other)) == (PDF, b"%PDF-1.7 two")


def test_only_so_many_go_at_once_the_oldest_first(rooms: Rooms) -> None:
    old, new = upload(rooms), upload(rooms, b"%PDF-1.7 two", days=1)
    assert rooms.files.forget_loose(NOON + 9 * DAY, 1) == 1
    assert (rooms.files.find(old), rooms.files.find(new)) == (None, b"%PDF-1.7 two")


def test_a_unit_that_fails_neither_holds_nor_touches(rooms: Rooms) -> None:
    digest = upload(rooms)
    try:
        with rooms.unit():
            rooms.files.hold([digest])
            rooms.files.touch([digest], NOON + 5 * DAY)
            raise ValueError("no")
    except ValueError:
        pass
    assert rooms.files.forget_loose(NOON + DAY, 10) == 1
