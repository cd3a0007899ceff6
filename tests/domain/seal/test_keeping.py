"""Two put the seal to use, either takes it out, and it moves only inside a shift and below its limit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CHANGZHOU, catalogue
from tongban.domain.seal.book import parse_seal
from tongban.domain.seal.decide import (
    check_ready,
    confirm_activation,
    hour_of,
    may_take_over,
    propose_activation,
    suspend,
    take_over,
)
from tongban.domain.seal.events import ActivationProposed, Custodian, SealAct, SealActivated, SealSuspended
from tongban.domain.seal.state import Seal, apply_act, fold_seal
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text

NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
A, B = Custodian("custodian-1", "保管员甲"), Custodian("custodian-2", "保管员乙")
BOOK = catalogue().seal
RULE = BOOK.get_rule(CHANGZHOU)
WHY = Text("演示：钥匙丢了", "Demonstration: a key is lost")


def codes(refused: Refused) -> list[str]:
    return [problem.code for problem in refused.problems]


def proposed(by: Custodian = A, at: datetime = NOON, hours: int = 4) -> Seal:
    event = propose_activation(by, BOOK.role, hours, at, BOOK, RULE)
    return apply_act(Seal(), SealAct(event, at, 1))


def active(at: datetime = NOON, hours: int = 4) -> Seal:
    seal = proposed(at=at, hours=hours)
    return apply_act(seal, SealAct(confirm_activation(seal, B, BOOK.role, at, BOOK, RULE), at, 2))


def test_one_custodian_alone_moves_nothing() -> None:
    assert not proposed().is_active(NOON)
    with pytest.raises(Refused) as refused:
        confirm_activation(proposed(), A, BOOK.role, NOON, BOOK, RULE)
    assert codes(refused.value) == ["seal.same-person"]


def test_two_custodians_put_it_to_use_for_the_shift_and_no_longer() -> None:
    seal = active(hours=4)
    assert seal.is_active(NOON)
    assert seal.is_active(NOON + timedelta(hours=4, seconds=-1))
    assert not seal.is_active(NOON + timedelta(hours=4))
    assert not seal.is_active(NOON - timedelta(seconds=1))


def test_either_custodian_suspends_it_at_once_and_two_are_needed_again() -> None:
    for who in (A, B):
        seal = apply_act(active(), SealAct(suspend(who, BOOK.role, WHY, BOOK), NOON, 3))
        assert not seal.is_active(NOON)
        assert check_ready(seal, 0, NOON, BOOK, RULE, is_open=True).code == "seal.suspended"
        with pytest.raises(Refused):
            confirm_activation(seal, B, BOOK.role, NOON, BOOK, RULE)


def test_a_demonstration_never_takes_a_suspended_seal_over() -> None:
    rota = BOOK.rota_of(CHANGZHOU)
    assert may_take_over(Seal(), rota, NOON)
    assert not may_take_over(active(), rota, NOON)
    seal = apply_act(active(), SealAct(suspend(A, BOOK.role, WHY, BOOK), NOON, 3))
    assert not may_take_over(seal, rota, NOON + timedelta(days=30))
    assert not may_take_over(Seal(), (), NOON)
    assert take_over(rota, NOON, RULE).is_by_rota


@pytest.mark.parametrize("role", ["clerk", "officer", "head", "steward", "applicant", "zone"])
def test_nobody_but_a_custodian_touches_it(role: str) -> None:
    for act in (
        lambda: propose_activation(A, role, 1, NOON, BOOK, RULE),
        lambda: confirm_activation(proposed(), B, role, NOON, BOOK, RULE),
        lambda: suspend(B, role, WHY, BOOK),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused.value) == ["seal.not-you"]


def test_a_proposal_that_waited_too_long_is_confirmed_no_more() -> None:
    late = NOON + RULE.patience
    confirm_activation(proposed(), B, BOOK.role, late, BOOK, RULE)
    with pytest.raises(Refused) as refused:
        confirm_activation(proposed(), B, BOOK.role, late + timedelta(seconds=1), BOOK, RULE)
    assert codes(refused.value) == ["seal.proposal-lapsed"]


@pytest.mark.parametrize("hours", [0, -1, RULE.shift_hours + 1, 1000])
def test_a_shift_is_no_longer_than_the_zone_has_arranged(hours: int) -> None:
    with pytest.raises(Refused) as refused:
        propose_activation(A, BOOK.role, hours, NOON, BOOK, RULE)
    assert codes(refused.value) == ["seal.hours"]


def test_reasons_are_wanted_for_a_suspension_and_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        suspend(A, "head", Text(" ", ""), BOOK)
    assert codes(refused.value) == ["seal.not-you", "seal.no-reasons"]
    with pytest.raises(Refused) as refused:
        suspend(A, BOOK.role, Text("长" * 1001, ""), BOOK)
    assert codes(refused.value) == ["seal.long-reasons"]


def test_the_limit_of_an_hour_is_reached_and_not_passed() -> None:
    seal = active()
    assert check_ready(seal, RULE.uses_per_hour - 1, NOON, BOOK, RULE, is_open=True) is None
    assert check_ready(seal, RULE.uses_per_hour, NOON, BOOK, RULE, is_open=True).code == "seal.limit"
    assert check_ready(seal, 0, NOON, BOOK, RULE, is_open=False).code == "seal.key-closed"


MOMENTS = st.integers(0, 60 * 24 * 3).map(lambda minutes: NOON + timedelta(minutes=minutes))
EVENTS = st.one_of(
    st.builds(
        lambda by, at, hours: ActivationProposed(by, at, at + timedelta(hours=hours)),
        st.sampled_from([A, B]), MOMENTS, st.integers(1, 12),
    ),
    st.builds(
        lambda at, hours: SealActivated(A, B, at, at + timedelta(hours=hours)), MOMENTS, st.integers(1, 12)
    ),
    st.builds(SealSuspended, st.sampled_from([A, B]), st.just(WHY)),
)  # fmt: skip
ACTS = st.lists(st.builds(SealAct, EVENTS, MOMENTS), max_size=12).map(
    lambda acts: [SealAct(one.event, one.at, number) for number, one in enumerate(acts, start=1)]
)


@given(ACTS, MOMENTS)
def test_it_moves_only_in_a_shift_that_two_agreed_on_after_the_last_suspension(acts, at) -> None:
    seal = fold_seal(acts)
    last = max((n for n, one in enumerate(acts) if isinstance(one.event, SealSuspended)), default=-1)
    agreed = [one.event for one in acts[last + 1 :] if isinstance(one.event, SealActivated)]
    assert seal.is_active(at) == bool(agreed and agreed[-1].begins_at <= at < agreed[-1].ends_at)


@given(ACTS)
def test_what_lies_before_the_last_act_that_settles_something_does_not_count(acts) -> None:
    settling = [n for n, one in enumerate(acts) if not isinstance(one.event, ActivationProposed)]
    assert fold_seal(acts[settling[-1] if settling else 0 :]) == fold_seal(acts)


@given(ACTS, MOMENTS)
def test_nobody_ever_confirms_what_they_proposed_themselves(acts, at) -> None:
    seal = fold_seal(acts)
    for who in (A, B):
        try:
            event = confirm_activation(seal, who, BOOK.role, at, BOOK, RULE)
        except Refused:
            continue
        assert event.first.id != event.second.id


@given(MOMENTS, MOMENTS)
def test_two_instants_share_an_hour_when_the_clock_says_so(one, other) -> None:
    assert hour_of(one) <= one < hour_of(one) + timedelta(hours=1)
    assert (hour_of(one) == hour_of(other)) == (one.strftime("%F %H") == other.strftime("%F %H"))


GOOD = {
    "is_made_up": True, "source": "order-716-2019#9.1", "ground": "demonstration-seal-rules-2026#use",
    "role": "custodian", "licences": "CredentialIssued",
    "zones": {"suzhou": {"shift_hours": 8, "confirm_minutes": 30, "uses_per_hour": 10}},
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"zones": {}}, "zones"),
        ({"zones": {"suzhou": {"shift_hours": 0, "confirm_minutes": 1, "uses_per_hour": 1}}},
         "zones.suzhou.shift_hours"),
        ({"zones": {"suzhou": {"shift_hours": 1, "confirm_minutes": 1}}}, "zones.suzhou.uses_per_hour"),
        ({"licences": "no event"}, "licences"),
        ({"source": "nowhere"}, "source"),
        ({"rota": [{"id": "a", "name": "甲"}]}, "rota"),
        ({"rota": [{"id": "a", "name": "甲"}, {"id": "a", "name": "乙"}]}, "rota"),
        ({"rota": [{"id": "a", "name": ""}, {"id": "b", "name": "乙"}]}, "rota[0]"),
    ],
)  # fmt: skip
def test_a_broken_arrangement_is_told_with_its_place(change, pointer) -> None:
    assert parse_seal(GOOD, "seal.yaml").rules
    with pytest.raises(Refused) as refused:
        parse_seal(GOOD | change, "seal.yaml")
    assert f"seal.yaml:{pointer}" in [problem.pointer for problem in refused.value.problems]
