"""Who is given a case: never somebody incompetent, away or biased, always one of the least loaded."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tongban.domain.assignment import (
    REASON_CHARS,
    Absence,
    DeskOfficer,
    Team,
    check_reason,
    draw_officer,
    is_competent,
    list_candidates,
)
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text

ITEMS = tuple(ItemId(f"item-{number}") for number in range(5))
TEAMS = st.lists(st.frozensets(st.sampled_from(ITEMS)), min_size=1, max_size=4).map(
    lambda all_: tuple(Team(f"t{at}", Text("组", "team"), items) for at, items in enumerate(all_))
)
OFFICERS = st.lists(st.frozensets(st.sampled_from(["t0", "t1", "t2", "t3"])), max_size=8).map(
    lambda all_: tuple(DeskOfficer(f"o{at}", f"演示{at}", teams) for at, teams in enumerate(all_))
)
OUT = st.frozensets(st.sampled_from([f"o{at}" for at in range(8)]))


@given(st.sampled_from(ITEMS), TEAMS, OFFICERS, OUT)
def test_nobody_outside_their_competence_away_or_in_conflict_is_a_candidate(item, teams, officers, out):
    chosen = list_candidates(item, teams, officers, out)
    assert all(is_competent(one, item, teams) and one.username not in out for one in chosen)
    left = set(officers) - set(chosen)
    assert all(one.username in out or not is_competent(one, item, teams) for one in left)


@given(st.sampled_from(ITEMS), TEAMS, OFFICERS, OUT, st.randoms(), st.integers(1, 60))
def test_in_a_fresh_group_loads_differ_by_at_most_one(item, teams, officers, out, random, cases):
    candidates = list_candidates(item, teams, officers, out)
    loads: Counter[str] = Counter()
    for _ in range(cases):
        drawn = draw_officer(candidates, loads, random.randrange)
        if drawn is None:
            assert candidates == ()
            return
        loads[drawn.username] += 1
    counts = [loads[one.username] for one in candidates]
    assert max(counts) - min(counts) <= 1
    assert sum(counts) == cases


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_each_of_the_least_loaded_can_be_drawn_and_nobody_else(loads):
    candidates = tuple(DeskOfficer(f"o{at}", "", frozenset()) for at in range(len(loads)))
    by_name = {f"o{at}": load for at, load in enumerate(loads)}
    free = loads.count(min(loads))
    asked = []

    def draw(below: int, number: int) -> int:
        asked.append(below)
        return number

    drawn = {draw_officer(candidates, by_name, lambda below, n=n: draw(below, n)) for n in range(free)}
    assert {one.username for one in drawn if one} == {o for o, n in by_name.items() if n == min(loads)}
    assert set(asked) == {free}


def test_somebody_is_away_from_the_first_day_to_the_last_and_then_back():
    first = date(2026, 3, 2)
    away = Absence(
        "A", "o1", "o2", first, first + timedelta(days=2), "o1", "年休假", datetime(2026, 3, 1, tzinfo=UTC)
    )
    days = [first + timedelta(days=number) for number in range(-1, 4)]
    assert [away.covers(day) for day in days] == [False, True, True, True, False]


def test_a_reason_has_words_and_not_too_many():
    assert [one.code for one in check_reason("  ")] == ["desk.no-reason"]
    assert [one.code for one in check_reason("长" * (REASON_CHARS + 1))] == ["desk.long-reason"]
    assert check_reason("手头办件较多") == ()
