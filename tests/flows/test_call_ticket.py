"""A day's queue in memory: whatever is pressed, nobody is lost, doubled, or called out of turn."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    CHANGZHOU,
    TUESDAY,
    ZONES,
    DirectoryForTests,
    SealerForTests,
    catalogue,
    issue_signer,
    key_record,
)
from tongban.flows import call_ticket as flow
from tongban.flows.memory import MemoryClock, memory_deps
from tongban.flows.ports import Deps
from tongban.flows.take_ticket import take_ticket
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.moment import civil_date

ON = civil_date(TUESDAY)
BUSINESSES = [one.id for one in catalogue().hall.businesses]
PRIORITIES = ["", *(one.id for one in catalogue().hall.priorities if not one.by_code)]
WINDOWS = list(catalogue().hall.windows[CHANGZHOU])
steps = st.one_of(
    st.tuples(st.just("take"), st.sampled_from(BUSINESSES), st.sampled_from(PRIORITIES)),
    st.tuples(st.sampled_from(["next", "pass", "finish", "recall"]), st.sampled_from(WINDOWS)),
    st.tuples(st.just("send"), st.sampled_from(WINDOWS), st.sampled_from(BUSINESSES)),
)


def a_hall() -> Deps:
    directory = DirectoryForTests(key_record(each) for each in ZONES)
    sealer = SealerForTests(issue_signer(CHANGZHOU))
    return memory_deps(CHANGZHOU, catalogue(), MemoryClock(TUESDAY), sealer, directory)


def do(step: tuple[str, ...], given_out: list[str], deps: Deps) -> None:
    verb, where, *rest = step
    if verb == "take":
        given_out.append(take_ticket(where, rest[0], deps).label)
        return
    if verb == "next":
        flow.call_next(where, deps)
        return
    current = deps.hall.tickets.find_current(ON, where)
    label = current.label if current else "A001"
    if verb == "send":
        flow.transfer(where, label, rest[0], "", deps)
    else:
        {"pass": flow.pass_over, "finish": flow.finish, "recall": flow.recall}[verb](where, label, deps)


@settings(max_examples=60, deadline=None)
@given(st.lists(steps, max_size=40))
def test_nobody_is_lost_or_doubled_and_a_window_has_one_client(pressed: list[tuple[str, ...]]) -> None:
    deps, given_out = a_hall(), []
    for step in pressed:
        before = len(given_out)
        with suppress(Refused, NotFound):  # what is refused changes nothing; anything else is a fault
            do(step, given_out, deps)
            before = len(given_out)
        assert len(given_out) == before
    assert len(set(given_out)) == len(given_out)
    tickets = [deps.hall.tickets.find(ON, label) for label in given_out]
    called = [one.window for one in tickets if one.state == "called"]
    assert len(set(called)) == len(called)
    assert {one.label for one in tickets} == set(given_out)
    waiting = sum(deps.hall.tickets.count_waiting(ON).values())
    assert waiting == sum(one.state == "waiting" for one in tickets)


def test_a_passed_number_is_not_called_while_another_is_served() -> None:
    deps = a_hall()
    first, second = (take_ticket("firms", "", deps).label for _ in range(2))
    flow.call_next("1", deps)
    flow.pass_over("1", first, deps)
    assert flow.call_next("1", deps).label == second
    with pytest.raises(Refused) as refused:
        flow.call_passed("1", first, deps)
    assert [one.code for one in refused.value.problems] == ["ticket.busy"]


def test_a_queue_that_is_too_long_gives_no_more_numbers() -> None:
    deps = a_hall()
    for _ in range(catalogue().hall.most_waiting):
        take_ticket("people", "", deps)
    with pytest.raises(Refused) as refused:
        take_ticket("people", "", deps)
    assert [one.code for one in refused.value.problems] == ["ticket.full"]
    take_ticket("firms", "", deps)
