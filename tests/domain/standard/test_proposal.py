"""A proposal is in force when every zone has ratified it, in whatever order the zones were heard."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.standard.acts import (
    CHANGZHOU,
    ITEM,
    NOON,
    SUZHOU,
    WUXI,
    ZONES,
    an_act,
    files,
    histories,
    proposed,
    ratified,
    ratified_by_all,
)
from tongban.domain.standard.acts import Commented, RecordedAct, Retracted, hash_files
from tongban.domain.standard.proposal import Proposal, ProposalState, read_proposals, read_standards


def read(*acts: RecordedAct) -> Proposal:
    (one,) = read_proposals(acts, ZONES)
    return one


def test_two_of_three_zones_put_nothing_into_force() -> None:
    one = read(proposed(), ratified(SUZHOU, 1), ratified(CHANGZHOU, 2))
    assert (one.state, one.effective_at) == (ProposalState.OPEN, None)
    assert one.waits_for(ZONES) == (WUXI,)
    assert read_standards([one]) == {}


def test_the_last_zone_puts_it_into_force() -> None:
    one = read(proposed(), *ratified_by_all())
    assert (one.state, one.effective_at) == (ProposalState.IN_FORCE, NOON + timedelta(minutes=12))
    standard = read_standards([one])[ITEM]
    assert (standard.version, standard.content_hash) == (2, hash_files(files(2)))


def test_ratifying_other_content_counts_for_nothing() -> None:
    one = read(proposed(), ratified(SUZHOU, 1), ratified(CHANGZHOU, 2), ratified(WUXI, 3, version=3))
    assert one.waits_for(ZONES) == (WUXI,)


def test_what_was_taken_back_can_no_longer_be_ratified() -> None:
    back = an_act("suzhou-x", Retracted("有误"), "suzhou-p", 11)
    one = read(proposed(), *ratified_by_all(minute=10), back)
    assert one.state is ProposalState.RETRACTED
    assert set(one.ratified) == {SUZHOU}


def test_only_the_zone_that_proposed_takes_it_back() -> None:
    one = read(proposed(), *ratified_by_all(), an_act("wuxi-x", Retracted("不同意"), "suzhou-p", 1))
    assert one.state is ProposalState.IN_FORCE


def test_what_is_in_force_cannot_be_taken_back_any_more() -> None:
    one = read(proposed(), *ratified_by_all(), an_act("suzhou-x", Retracted("太晚"), "suzhou-p", 30))
    assert one.state is ProposalState.IN_FORCE


def test_a_higher_version_supersedes_a_lower_one_whenever_it_was_ratified() -> None:
    acts = [
        proposed("suzhou-p", 2),
        *ratified_by_all("suzhou-p", 2, 30),
        proposed("wuxi-q", 3),
        *ratified_by_all("wuxi-q", 3, 10),
    ]
    by_id = {one.id: one for one in read_proposals(acts, ZONES)}
    assert by_id["wuxi-q"].state is ProposalState.IN_FORCE
    assert by_id["suzhou-p"].state is ProposalState.SUPERSEDED
    assert read_standards(by_id.values())[ITEM].version == 3


def test_comments_stand_in_the_history_and_change_nothing() -> None:
    one = read(proposed(), an_act("wuxi-c", Commented("请改"), "suzhou-p", 5))
    assert [act.id for act in one.comments] == ["wuxi-c"]
    assert one.state is ProposalState.OPEN


def test_a_zone_that_joins_has_to_ratify_too() -> None:
    (one,) = read_proposals([proposed(), *ratified_by_all()], (*ZONES, "kunshan"))
    assert one.state is ProposalState.OPEN


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_in_which_zones_are_heard_makes_no_difference(
    acts: list[RecordedAct], chance: object
) -> None:
    shuffled = list(acts)
    chance.shuffle(shuffled)
    assert read_proposals(shuffled, ZONES) == read_proposals(acts, ZONES)


@given(histories())
def test_nothing_is_in_force_that_a_zone_has_not_ratified(acts: list[RecordedAct]) -> None:
    for one in read_proposals(acts, ZONES):
        if one.state in (ProposalState.IN_FORCE, ProposalState.SUPERSEDED):
            assert set(one.ratified) == set(ZONES)
    standards = read_standards(read_proposals(acts, ZONES))
    in_force = [one for one in read_proposals(acts, ZONES) if one.state is ProposalState.IN_FORCE]
    assert len(in_force) == len(standards)


@given(histories(), st.sampled_from(ZONES))
def test_what_is_in_force_stays_so_whatever_else_is_heard_later(acts: list[RecordedAct], zone: str) -> None:
    later = [an_act(f"{zone}-late", Retracted("晚"), "suzhou-p", 600)]
    before = {one.id for one in read_proposals(acts, ZONES) if one.effective_at}
    after = {one.id for one in read_proposals([*acts, *later], ZONES) if one.effective_at}
    assert before == after


@pytest.mark.parametrize("missing", range(4))
def test_a_ratification_that_comes_before_its_proposal_counts_once_that_is_there(missing: int) -> None:
    acts = [proposed(), *ratified_by_all()]
    late = acts.pop(missing)
    read_proposals(acts, ZONES)
    assert read(*acts, late).state is ProposalState.IN_FORCE
