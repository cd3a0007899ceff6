"""The contract of the ports for messages: kept once for a cause, recipient and channel, sent at most once."""

from dataclasses import replace
from datetime import date, timedelta

from tests.ports.conftest import Rooms
from tests.ports.histories import NOON, ZONE
from tongban.domain.notification import EMAIL, IN_APP, SMS
from tongban.flows.notification_store import (
    FAILED,
    QUEUED,
    SENDING,
    SENT,
    UNKNOWN,
    Channel,
    Notification,
)
from tongban.kernel.ids import CaseId, ItemId

CASE = CaseId("CZ-1")
PARTY, ACCOUNT = "person:demo:", "account:demo"
TOLD = Notification(
    "case:CZ-1:1", PARTY, "Accepted", CASE, ItemId("travel-agency-branch-filing"), ZONE, date(2026, 3, 3),
    NOON, goes_outside=True, not_before=NOON,
)  # fmt: skip
MAIL = Channel(EMAIL, "demo@example.cn", is_proved=True)
LEASE = NOON + timedelta(minutes=10)


def queue(rooms: Rooms, *told: Notification) -> None:
    with rooms.unit():
        for one in told:
            rooms.notifications.queue(one)


def choose(rooms: Rooms, channel: Channel = MAIL) -> None:
    with rooms.unit():
        rooms.channels.save(ACCOUNT, PARTY, channel)


def claim(rooms: Rooms, at=NOON):
    with rooms.unit():
        return rooms.notifications.claim(at, at + timedelta(minutes=10), 10)


def states(rooms: Rooms) -> list[tuple[str, str]]:
    return [(one.channel, one.state) for one in rooms.notifications.list_of_case(CASE, None)]


def test_without_a_choice_a_message_stays_in_the_house(rooms: Rooms) -> None:
    queue(rooms, TOLD)
    assert states(rooms) == [(IN_APP, SENT)]
    assert claim(rooms) == ()


def test_the_same_message_is_kept_once_whatever_happens(rooms: Rooms) -> None:
    choose(rooms)
    queue(rooms, TOLD, TOLD)
    queue(rooms, replace(TOLD, at=NOON + timedelta(days=1)))
    assert sorted(states(rooms)) == [(EMAIL, QUEUED), (IN_APP, SENT)]


def test_a_channel_counts_only_once_it_was_proved(rooms: Rooms) -> None:
    choose(rooms, replace(MAIL, is_proved=False))
    queue(rooms, TOLD)
    assert states(rooms) == [(IN_APP, SENT)]


def test_what_does_not_go_outside_does_not_although_a_channel_was_chosen(rooms: Rooms) -> None:
    choose(rooms)
    queue(rooms, replace(TOLD, goes_outside=False))
    assert states(rooms) == [(IN_APP, SENT)]


def test_a_letter_is_given_to_one_worker_with_the_address_of_now(rooms: Rooms) -> None:
    choose(rooms)
    queue(rooms, TOLD)
    choose(rooms, replace(MAIL, address="new@example.cn"))
    (letter,) = claim(rooms)
    assert (letter.address, letter.attempts, letter.kind) == ("new@example.cn", 1, "Accepted")
    assert claim(rooms) == ()


def test_a_letter_for_a_channel_that_was_switched_off_has_no_address(rooms: Rooms) -> None:
    choose(rooms)
    queue(rooms, TOLD)
    with rooms.unit():
        rooms.channels.remove(ACCOUNT, EMAIL)
    assert claim(rooms)[0].address == ""


def test_a_letter_does_not_leave_before_its_hour(rooms: Rooms) -> None:
    choose(rooms)
    queue(rooms, replace(TOLD, not_before=LEASE))
    assert claim(rooms) == ()
    assert len(claim(rooms, LEASE)) == 1


def test_a_letter_waits_for_its_next_try_and_then_ends(rooms: Rooms) -> None:
    choose(rooms)
    queue(rooms, TOLD)
    (letter,) = claim(rooms)
    with rooms.unit():
        rooms.notifications.settle(letter.number, QUEUED, NOON, "451 later", LEASE)
    assert claim(rooms) == ()
    (again,) = claim(rooms, LEASE)
    assert again.attempts == 2
    with rooms.unit():
        rooms.notifications.settle(letter.number, FAILED, LEASE, "550 no such mailbox", None)
    last = rooms.notifications.list_of_case(CASE, None)[-1]
    assert (last.state, last.why, last.ended_at) == (FAILED, "550 no such mailbox", LEASE)


def test_what_was_broken_off_is_unknown_and_never_sent_again(rooms: Rooms) -> None:
    choose(rooms)
    queue(rooms, TOLD)
    (letter,) = claim(rooms)
    with rooms.unit():
        assert rooms.notifications.give_up_lost(LEASE - timedelta(seconds=1), "broken-off") == 0
        assert rooms.notifications.give_up_lost(LEASE, "broken-off") == 1
    assert (EMAIL, UNKNOWN) in states(rooms)
    with rooms.unit():  # The worker comes back after all: what it says is too late.
        rooms.notifications.settle(letter.number, QUEUED, LEASE, "", LEASE)
    assert claim(rooms, LEASE + timedelta(days=1)) == ()


def test_a_number_given_for_one_message_is_forgotten_once_it_was_sent(rooms: Rooms) -> None:
    reminder = replace(TOLD, cause="appointment:1", recipient=ACCOUNT, mobile="19900000001")
    queue(rooms, reminder)
    (letter,) = claim(rooms)
    assert (letter.channel, letter.address) == (SMS, "19900000001")
    with rooms.unit():
        rooms.notifications.settle(letter.number, SENT, NOON, "", None)
    assert (SMS, SENT) in states(rooms)


def test_messages_are_read_newest_first_by_their_recipient_alone(rooms: Rooms) -> None:
    for version in range(1, 4):
        queue(rooms, replace(TOLD, cause=f"case:CZ-1:{version}"))
    queue(rooms, replace(TOLD, recipient="person:another:"))
    mine = rooms.notifications.list_inside((PARTY,), None, 2)
    rest = rooms.notifications.list_inside((PARTY,), mine[-1].number, 2)
    assert [one.number for one in (*mine, *rest)] == sorted(
        (one.number for one in (*mine, *rest)), reverse=True
    )
    assert (len(mine), len(rest)) == (2, 1)
    assert rooms.notifications.count_unread((PARTY,), 2) == 2
    with rooms.unit():
        rooms.notifications.mark_read((PARTY,), mine[-1].number, NOON)
    assert rooms.notifications.count_unread((PARTY,), 9) == 1
    assert rooms.notifications.count_unread(("person:another:",), 9) == 1


def test_old_messages_are_forgotten(rooms: Rooms) -> None:
    queue(rooms, TOLD, replace(TOLD, cause="case:CZ-1:2", at=LEASE))
    with rooms.unit():
        assert rooms.notifications.forget_before(LEASE, 10) == 1
    assert len(states(rooms)) == 1


def test_a_channel_comes_back_as_it_was_kept_and_goes_at_once(rooms: Rooms) -> None:
    waiting = Channel(SMS, "19900000001", False, "a digest", NOON, 2, 3, NOON)
    choose(rooms, waiting)
    choose(rooms)
    assert rooms.channels.find(ACCOUNT, SMS) == waiting
    assert rooms.channels.list_of(ACCOUNT) == (MAIL, waiting)
    assert rooms.channels.list_of("account:another") == ()
    with rooms.unit():
        rooms.channels.remove(ACCOUNT, EMAIL)
        rooms.channels.remove(ACCOUNT, EMAIL)
    assert rooms.channels.find(ACCOUNT, EMAIL) is None


def test_a_claim_changes_nothing_when_its_unit_fails(rooms: Rooms) -> None:
    choose(rooms)
    queue(rooms, TOLD)
    try:
        with rooms.unit():
            rooms.notifications.claim(NOON, LEASE, 10)
            raise RuntimeError
    except RuntimeError:
        pass
    assert (EMAIL, SENDING) not in states(rooms)
