"""The deadline of a bundle is the longest way through its members' limits, and never before any of them."""

from datetime import UTC, date, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import SUZHOU, TUESDAY, catalogue
from tests.domain.bundle.bundles import LAW
from tongban.domain.bundle.path import Stretch, find_longest_path
from tongban.domain.clock.reading import read_clock
from tongban.domain.clock.statute import TimeLimit, Unit
from tongban.kernel.moment import civil_date

CALENDAR = catalogue().get_calendar(SUZHOU)


def days(amount: int) -> TimeLimit:
    return TimeLimit(amount, Unit.WORKING_DAY, LAW)


def a_stretch(amount: int | None, *needs: str, **changes: object) -> Stretch:
    return Stretch(needs, None if amount is None else days(amount), CALENDAR, **changes)


def test_members_side_by_side_end_with_the_slowest() -> None:
    path = find_longest_path({"a": a_stretch(3), "b": a_stretch(5)}, TUESDAY)
    assert path.chain == ("b",)
    assert civil_date(path.ends_at) == date(2026, 3, 10)


def test_what_waits_begins_when_all_it_needs_has_ended() -> None:
    path = find_longest_path({"a": a_stretch(3), "b": a_stretch(5), "c": a_stretch(1, "a", "b")}, TUESDAY)
    assert path.chain == ("b", "c")
    assert civil_date(path.ends_at) == date(2026, 3, 11)
    assert path.legs["c"].after == "b"


def test_a_time_for_objections_comes_before_the_limit() -> None:
    objections = TimeLimit(10, Unit.CALENDAR_DAY, LAW)
    path = find_longest_path({"a": a_stretch(1, wait=objections), "b": a_stretch(3)}, TUESDAY)
    assert path.chain == ("a",)
    assert civil_date(path.ends_at) == date(2026, 3, 16)
    assert path.legs["a"].wait == objections


def test_what_ended_early_brings_the_deadline_forward() -> None:
    done = a_stretch(5, done_at=datetime(2026, 3, 4, 2, tzinfo=UTC))
    path = find_longest_path({"a": done, "b": a_stretch(2, "a")}, TUESDAY)
    assert path.legs["a"].is_done
    assert civil_date(path.ends_at) == date(2026, 3, 6)


def test_a_clock_that_runs_is_counted_from_its_own_beginning() -> None:
    since = datetime(2026, 3, 9, 2, tzinfo=UTC)
    path = find_longest_path({"a": a_stretch(5), "b": a_stretch(2, "a", since=since)}, TUESDAY)
    assert civil_date(path.legs["b"].ends_at) == date(2026, 3, 11)


def test_a_time_that_nobody_says_is_not_made_up() -> None:
    path = find_longest_path({"a": a_stretch(None), "b": a_stretch(2, "a"), "c": a_stretch(1)}, TUESDAY)
    assert path.open_ended == ("a", "b")
    assert path.chain == ("c",)


def test_a_time_past_the_published_holidays_is_not_said_to_be_stated_nowhere() -> None:
    december = datetime(2026, 12, 21, 2, tzinfo=UTC)
    stretches = {
        "a": a_stretch(20),
        "b": a_stretch(2, "a"),
        "c": a_stretch(None),
        "d": a_stretch(2, "a", "c"),
    }
    path = find_longest_path(stretches, december)
    assert path.unpublished == ("a", "b")
    assert path.open_ended == ("c", "d")
    assert path.ends_at is None


def test_with_nothing_known_there_is_no_deadline() -> None:
    path = find_longest_path({"a": a_stretch(None)}, TUESDAY)
    assert (path.chain, path.ends_at) == ((), None)


@given(st.lists(st.tuples(st.integers(1, 8), st.sets(st.integers(0, 6))), min_size=1, max_size=7))
def test_it_is_the_longest_of_all_ways_counted_one_by_one(drawn: list[tuple[int, set[int]]]) -> None:
    stretches = {
        str(at): a_stretch(amount, *(str(one) for one in sorted(needs) if one < at))
        for at, (amount, needs) in enumerate(drawn)
    }
    path = find_longest_path(stretches, TUESDAY)

    def ends_on(member: str) -> date:
        """The last day by every way that leads here, tried one after the other."""
        ways = [ends_on(need) for need in stretches[member].needs] or [civil_date(TUESDAY)]
        limit = stretches[member].limit
        return max(read_clock(begun, limit, (), CALENDAR, begun).due_on for begun in ways)

    assert civil_date(path.ends_at) == max(map(ends_on, stretches))
    assert all(civil_date(leg.ends_at) == ends_on(member) for member, leg in path.legs.items())
    for before, after in pairwise(path.chain):
        assert before in stretches[after].needs
