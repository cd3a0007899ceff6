"""Events as plain values: what is written is what is read back, whatever the answers hold."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.case.test_state import EXAMINING, HISTORY
from tongban.crypto.canonical import canonical
from tongban.domain.case import events as e
from tongban.domain.case.plain import (
    EVENT_TYPES,
    event_from_plain,
    event_to_plain,
    recorded_from_plain,
    recorded_to_plain,
)

ANSWERS = st.dictionaries(
    st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True),
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        st.integers(-(2**40), 2**40),
        st.booleans(),
        st.dates(),
        st.datetimes(timezones=st.just(UTC)),
        st.lists(st.sampled_from(["domestic", "inbound"]), max_size=3),
    ),
    max_size=5,
)


@pytest.mark.parametrize("recorded", HISTORY, ids=lambda one: type(one.event).__name__)
def test_a_recorded_event_survives_the_way_to_another_zone(recorded: e.Recorded) -> None:
    plain = json.loads(canonical(recorded_to_plain(recorded)))
    again = recorded_from_plain(plain)
    assert recorded_to_plain(again) == plain
    assert type(again.event) is type(recorded.event)


@given(ANSWERS)
def test_answers_of_every_type_come_back_as_they_were(answers: dict[str, object]) -> None:
    event = e.Corrected(answers, "suzhou")  # type: ignore[arg-type]
    name, plain = event_to_plain(event)
    assert event_from_plain(name, json.loads(json.dumps(plain))) == event


@pytest.mark.parametrize("event", EXAMINING.values(), ids=lambda one: type(one).__name__)
def test_an_event_of_the_examination_is_read_back_as_it_was(event: e.Event) -> None:
    name, plain = event_to_plain(event)
    assert event_from_plain(name, json.loads(canonical(plain))) == event


def test_every_event_has_a_name_of_its_own() -> None:
    assert len(EVENT_TYPES) == len(e.Event.__args__)


def test_a_later_field_with_a_default_may_be_missing_in_an_old_event() -> None:
    name, plain = event_to_plain(e.Accepted(date(2026, 3, 3), deemed=False))
    del plain["deemed"]
    assert event_from_plain(name, plain) == e.Accepted(date(2026, 3, 3))


def test_a_field_that_must_be_there_is_missed() -> None:
    name, plain = event_to_plain(e.Accepted(date(2026, 3, 3)))
    del plain["accepted_on"]
    with pytest.raises(KeyError):
        event_from_plain(name, plain)


def test_an_event_that_no_version_wrote_is_not_read() -> None:
    with pytest.raises(KeyError):
        event_from_plain("Invented", {})


def test_an_instant_keeps_its_zone_of_time() -> None:
    event = e.Corrected({"at": datetime(2026, 3, 3, 2, tzinfo=UTC)}, "suzhou")  # type: ignore[arg-type]
    assert event_from_plain(*event_to_plain(event)) == event
