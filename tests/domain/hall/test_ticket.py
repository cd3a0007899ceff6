"""Tickets: who is called before whom, and what may follow what."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import TUESDAY
from tongban.domain.hall import ticket as t
from tongban.domain.hall.parse import parse_hall
from tongban.domain.hall.ticket import QueueTicket, rank
from tongban.kernel.errors import Refused
from tongban.kernel.moment import civil_date

RAW = yaml.safe_load((Path(__file__).parents[3] / "content" / "hall.yaml").read_text("utf-8"))
BOOK = parse_hall(RAW, "hall.yaml")
LONGEST = max(one.lead for one in BOOK.priorities)
minutes = st.integers(0, 600).map(lambda n: TUESDAY + timedelta(minutes=n))
priorities = st.sampled_from(["", *(one.id for one in BOOK.priorities)])


def a_ticket(**changes) -> QueueTicket:
    return QueueTicket(
        **{
            "on": civil_date(TUESDAY), "business": "firms", "serial": 1, "label": "A001",
            "taken_at": TUESDAY, "rank_at": TUESDAY,
        }
        | changes
    )  # fmt: skip


@given(minutes, minutes, priorities)
def test_of_two_with_the_same_priority_who_came_first_is_called_first(
    one: datetime, other: datetime, priority: str
) -> None:
    assert (one <= other) == (rank(one, priority, BOOK) <= rank(other, priority, BOOK))


@given(minutes, priorities, minutes, priorities)
def test_nobody_is_overtaken_by_who_comes_later_than_the_longest_lead(
    came: datetime, mine: str, later: datetime, theirs: str
) -> None:
    if later > came + LONGEST:
        assert rank(came, mine, BOOK) < rank(later, theirs, BOOK)


@given(minutes, priorities)
def test_a_priority_never_puts_anybody_back(came: datetime, priority: str) -> None:
    assert rank(came, priority, BOOK) <= rank(came, "", BOOK)


def test_a_client_is_called_recalled_and_finished_at_one_window() -> None:
    called = t.call(a_ticket(), "1", TUESDAY)
    assert (called.state, called.window, called.calls) == ("called", "1", 1)
    assert t.recall(called, "1", TUESDAY).calls == 2
    assert t.finish(called, "1", TUESDAY).state == "finished"


def test_who_did_not_come_may_be_called_again() -> None:
    passed = t.pass_over(t.call(a_ticket(), "1", TUESDAY), "1", TUESDAY)
    again = t.call(passed, "2", TUESDAY)
    assert (again.state, again.window, again.calls, again.ended_at) == ("called", "2", 2, None)


@pytest.mark.parametrize("act", [t.recall, t.pass_over, t.finish])
@pytest.mark.parametrize("state", ["waiting", "passed", "finished"])
def test_only_who_is_at_a_window_is_served_there(act, state: str) -> None:
    with pytest.raises(Refused) as refused:
        act(a_ticket(state=state, window="1"), "1", TUESDAY)
    assert [one.code for one in refused.value.problems] == ["ticket.state"]


@pytest.mark.parametrize("act", [t.recall, t.pass_over, t.finish])
def test_another_window_does_nothing_to_it(act) -> None:
    with pytest.raises(Refused) as refused:
        act(t.call(a_ticket(), "1", TUESDAY), "2", TUESDAY)
    assert [one.code for one in refused.value.problems] == ["ticket.elsewhere"]


def test_a_client_who_is_sent_on_keeps_the_place() -> None:
    sent = t.transfer(t.call(a_ticket(), "1", TUESDAY), "1", "people", "")
    assert (sent.state, sent.business, sent.window) == ("waiting", "people", "")
    assert sent.order == a_ticket().order


def test_nobody_is_sent_to_where_they_are() -> None:
    with pytest.raises(Refused):
        t.transfer(t.call(a_ticket(), "1", TUESDAY), "1", "firms", "1")


@pytest.mark.parametrize("state", ["called", "finished"])
def test_who_is_served_or_was_is_not_called_again(state: str) -> None:
    with pytest.raises(Refused):
        t.call(a_ticket(state=state), "2", TUESDAY)
