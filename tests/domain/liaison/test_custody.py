"""An original is always in exactly one zone's hands, and every hand has signed for it."""

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.liaison.told import CHANGZHOU, DUE, SUZHOU, WUXI, a_journey, histories, told
from tongban.domain.liaison.acts import OriginalGiven, OriginalReceived, OriginalSent, ZoneAct
from tongban.domain.liaison.custody import Place, check_custody, read_custodies


def test_the_log_runs_from_hand_to_hand_and_ends_in_the_archive() -> None:
    (log,) = read_custodies(a_journey())
    assert [one.by for one in log.steps] == [
        "suzhou-clerk",
        "suzhou-clerk",
        "changzhou-clerk",
        "changzhou-clerk",
    ]
    assert (log.zone, log.place, log.holder) == (CHANGZHOU, Place.ARCHIVED, "演示档案员")
    assert not log.is_open


def test_while_a_carrier_has_it_the_zone_that_sent_it_answers() -> None:
    (log,) = read_custodies(a_journey()[:2])
    assert (log.zone, log.place, log.holder) == (SUZHOU, Place.ON_THE_WAY, "演示快递")
    assert log.sent is not None
    assert log.sent.waybill == "YS-0001"
    assert not log.is_late(DUE)
    assert log.is_late(DUE + timedelta(days=1))


def test_what_arrived_is_not_late_any_more_and_damage_is_remembered() -> None:
    taken, sent = a_journey()[:2]
    there = told("changzhou-3", OriginalReceived("damaged"), sent, 90, in_order=True)
    (log,) = read_custodies([taken, sent, there])
    assert log.is_damaged
    assert not log.is_late(DUE + timedelta(days=9))


def test_only_the_zone_to_which_it_was_sent_receives_it() -> None:
    (log,) = read_custodies(a_journey()[:2])
    assert check_custody(log, OriginalReceived("intact"), CHANGZHOU) == ()
    assert [p.code for p in check_custody(log, OriginalReceived("intact"), WUXI)] == ["original.not-coming"]
    assert [p.code for p in check_custody(log, OriginalReceived("dry"), CHANGZHOU)] == [
        "original.no-condition"
    ]


def test_nobody_hands_on_what_is_not_in_their_hands_and_nothing_travels_without_a_waybill() -> None:
    (log,) = read_custodies(a_journey()[:1])
    assert [p.code for p in check_custody(log, OriginalGiven("applicant", "演示人"), CHANGZHOU)] == [
        "original.not-in-hand"
    ]
    bare = OriginalSent(SUZHOU, " ", "", DUE)
    assert [p.code for p in check_custody(log, bare, SUZHOU)] == [
        "original.same-zone", "original.no-carrier", "original.no-waybill",
    ]  # fmt: skip
    assert {p.code for p in check_custody(log, OriginalGiven("nobody", ""), SUZHOU)} == {
        "original.no-taker", "original.no-name",
    }  # fmt: skip


def test_of_two_that_follow_the_same_hand_the_earlier_counts() -> None:
    taken, sent, *_ = a_journey()
    rival = told("suzhou-9", OriginalGiven("applicant", "演示人"), taken, 3, in_order=True)
    (log,) = read_custodies([taken, sent, rival])
    assert log.place is Place.RETURNED


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(acts: list[ZoneAct], chance: random.Random) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)
    assert read_custodies(shuffled) == read_custodies(acts)


@given(histories())
def test_every_step_that_counts_follows_the_one_before_and_was_open_to_its_zone(acts: list[ZoneAct]) -> None:
    (log,) = read_custodies(acts)
    for before, after in zip(log.steps, log.steps[1:], strict=False):
        assert after.follows == before.id
        (then,) = read_custodies(log.steps[: log.steps.index(after)])
        assert check_custody(then, after.act, after.zone) == ()
        if after.zone != before.zone:  # it changes zones only by the other one's signature
            assert isinstance(after.act, OriginalReceived)
            assert isinstance(before.act, OriginalSent)
            assert before.act.to_zone == after.zone
