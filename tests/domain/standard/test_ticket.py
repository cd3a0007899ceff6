"""A ticket is closed by its owner, once, with a note; until then it has a day by which it should be."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.standard.acts import an_act, histories, opened
from tongban.domain.standard.acts import RecordedAct, TicketClosed
from tongban.domain.standard.ticket import read_tickets


def test_only_the_owner_closes_a_ticket_and_the_first_note_counts() -> None:
    acts = [
        opened(),
        an_act("wuxi-x", TicketClosed("不是负责的区"), "wuxi-t", 1),
        an_act("suzhou-y", TicketClosed("已统一为10分钟"), "wuxi-t", 2),
        an_act("suzhou-z", TicketClosed("又一次"), "wuxi-t", 3),
    ]
    (ticket,) = read_tickets(acts)
    assert ticket.closing == acts[2]
    assert len(ticket.history) == 4


def test_a_ticket_is_overdue_after_its_day_while_it_is_open() -> None:
    (ticket,) = read_tickets([opened(due_on=date(2026, 4, 1))])
    assert not ticket.is_overdue(date(2026, 4, 1))
    assert ticket.is_overdue(date(2026, 4, 2))
    closing = an_act("suzhou-y", TicketClosed("已统一"), "wuxi-t", 2)
    (ticket,) = read_tickets([opened(due_on=date(2026, 4, 1)), closing])
    assert not ticket.is_overdue(date(2026, 4, 2))


def test_open_tickets_come_first_by_their_day_and_closed_ones_after() -> None:
    acts = [
        opened("wuxi-1", date(2026, 5, 1)),
        opened("wuxi-2", date(2026, 4, 1)),
        opened("wuxi-3", date(2026, 3, 9)),
        an_act("suzhou-y", TicketClosed("已统一"), "wuxi-3", 2),
    ]
    assert [one.id for one in read_tickets(acts)] == ["wuxi-2", "wuxi-1", "wuxi-3"]


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_zones_are_heard_makes_no_difference(
    acts: list[RecordedAct], chance: object
) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)
    assert read_tickets(shuffled) == read_tickets(acts)
