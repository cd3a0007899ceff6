"""An alarm comes soon after a drift and hardly ever without one; what is counted names nobody."""

import random
from itertools import count

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, catalogue
from tongban.domain.guard.drift import Shift, find_shifts, fisher
from tongban.domain.guard.tally import Counts, add, merge, tally
from tongban.domain.rules.evaluate import evaluate

BLOCK, REFERENCE_BLOCKS = 100, 4
FALSE_ALARM = 0.001


@pytest.mark.parametrize(
    ("hits", "cases", "other_hits", "other_cases", "published"),
    [
        (3, 4, 1, 4, 0.4857),  # the lady tasting tea, two-sided
        (1, 10, 11, 14, 0.002759),  # a worked example of the encyclopaedias: men, women and studying
        (0, 5, 5, 5, 2 / 252),
        (7, 9, 7, 9, 1.0),
    ],
)
def test_fishers_test_agrees_with_published_values(
    hits: int, cases: int, other_hits: int, other_cases: int, published: float
) -> None:
    assert fisher(hits, cases, other_hits, other_cases) == pytest.approx(published, rel=2e-2)
    assert fisher(other_hits, other_cases, hits, cases) == pytest.approx(published, rel=2e-2)


def test_nobody_or_everybody_differs_from_nothing() -> None:
    assert fisher(0, 10, 0, 20) == 1.0
    assert fisher(10, 10, 20, 20) == 1.0


def a_block(chance: random.Random, grants: float, online: float) -> Counts:
    """A block of made-up decisions with these shares."""
    counts: Counts = {}
    for _ in range(BLOCK):
        outcome = "grant" if chance.random() < grants else "refer"
        channel = "online" if chance.random() < online else "window"
        colour = chance.choice(["red", "green", "blue"])
        add(counts, iter([("outcome", outcome), ("fact:channel", channel), ("fact:colour", colour)]))
    return counts


def watch(chance: random.Random, grants: float, online: float, blocks: int) -> tuple[int, tuple[Shift, ...]]:
    """Return after how many cases an alarm came, and what it said; blocks × 100 when none came."""
    reference = merge(a_block(chance, 0.9, 0.7) for _ in range(REFERENCE_BLOCKS))
    for number in range(1, blocks + 1):
        block = a_block(chance, grants, online)
        shifts = find_shifts(reference, BLOCK * REFERENCE_BLOCKS, block, BLOCK, FALSE_ALARM)
        if shifts:
            return number * BLOCK, shifts
    return blocks * BLOCK, ()


def test_a_grant_rate_that_falls_by_a_quarter_alarms_within_one_block() -> None:
    """Measured: 100 runs, the drift injected at the beginning of a block; k is in cases."""
    delays = [watch(random.Random(seed), 0.675, 0.7, 10)[0] for seed in range(100)]
    assert sorted(delays)[94] == BLOCK  # in 95 of 100 runs the first full block tells
    assert max(delays) <= 2 * BLOCK


def test_a_smaller_drift_takes_more_blocks_and_is_found_too() -> None:
    """Measured: from 90 to 75 grants in a hundred, half of the runs know after 200 cases, 95 % after 800."""
    delays = sorted(watch(random.Random(seed), 0.75, 0.7, 20)[0] for seed in range(100))
    assert delays[49] <= 3 * BLOCK
    assert delays[94] <= 10 * BLOCK
    assert delays[-1] < 20 * BLOCK


def test_a_drift_of_the_inputs_is_told_though_the_grant_rate_stands() -> None:
    k, shifts = watch(random.Random(7), 0.9, 0.35, 10)
    assert k == BLOCK
    assert {shift.feature for shift in shifts} == {"fact:channel"}
    assert "fact channel: online: was" in " ".join(shift.says.en for shift in shifts)


def test_without_a_drift_there_is_hardly_ever_an_alarm() -> None:
    alarms = sum(bool(watch(random.Random(seed), 0.9, 0.7, 5)[1]) for seed in range(400))
    # 2,000 blocks at 1 in 1,000 allow two on average; the exact test stays below it
    assert alarms <= 5


def test_a_value_never_seen_before_is_a_shift() -> None:
    before = {"fact:kind": {"branch": 400}}
    (other, usual) = find_shifts(before, 400, {"fact:kind": {"branch": 60, "shop": 40}}, 100, FALSE_ALARM)
    assert {other.value, usual.value} == {"shop", "branch"}


def test_what_is_counted_of_a_decision_names_nobody_and_gives_no_number() -> None:
    table = catalogue().get_item(BRANCH_FILING, CHANGZHOU).rules
    facts = {
        "applicant.id": "91320214MB0000006B", "answers.parent_uscc": "91320214MB0000006B",
        "evidence.travel-agency-licence.licence_number": "L-DEMO-0001",
        "answers.scope": ["domestic", "inbound"], "evidence.deposit-proof.paid": True,
    }  # fmt: skip
    counted = dict(tally(evaluate(table, facts), table))
    assert counted["outcome"] == "refer"
    assert counted["fact:answers.scope=domestic"] == "yes"
    assert counted["fact:evidence.deposit-proof.paid"] == "yes"
    assert counted["fact:evidence.business-licence.status"] == "not_provided"
    assert counted["fact:applicant.id"] == "known"
    assert not {"91320214MB0000006B", "L-DEMO-0001"} & {*counted.values()}


def test_numbers_and_days_fall_into_powers_of_two() -> None:
    from datetime import date

    from tongban.domain.guard.tally import _coarse
    from tongban.domain.rules.facts import Kind

    today = date(2026, 3, 3)
    assert [_coarse(n, Kind.WHOLE_NUMBER, today) for n in (0, 1, 7, 8, -3)] == [
        "<1",
        "<2",
        "<8",
        "<16",
        "-<4",
    ]
    assert _coarse(date(2026, 3, 13), Kind.DATE, today) == "<16 days from today"


def test_blocks_are_put_together_value_by_value() -> None:
    counts: Counts = {}
    steps = count()
    for _ in range(3):
        add(counts, iter([("a", str(next(steps) % 2))]))
    assert merge(iter([counts, counts])) == {"a": {"0": 4, "1": 2}}
