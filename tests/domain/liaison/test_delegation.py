"""A delegation covers what it names, between its two zones, from first to last day, once published."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.liaison.told import CHANGZHOU, SUZHOU, WUXI, ZONES, told
from tongban.domain.liaison.acts import DelegationEnded, DelegationProposed, DelegationPublished, ZoneAct
from tongban.domain.liaison.delegation import (
    COMMANDS,
    Delegation,
    DelegationState,
    check_proposal,
    get_covering,
    read_delegations,
)
from tongban.kernel.errors import Refused
from tongban.kernel.ids import ItemId

FROM, UNTIL = date(2026, 3, 1), date(2026, 6, 30)
ITEMS = tuple(ItemId(one) for one in ("one", "two", "three"))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def proposed(items: tuple[ItemId, ...] = ITEMS[:1], commands: tuple[str, ...] = ("Accept",)) -> ZoneAct:
    return told("changzhou-1", DelegationProposed(SUZHOU, items, commands, FROM, UNTIL, "演示公告"))


def a_delegation(begun: ZoneAct, published_by: tuple[str, ...] = ("changzhou", "suzhou")) -> Delegation:
    notices = [told(f"{z}-p", DelegationPublished("演示公告〔2026〕1号"), begun, 5) for z in published_by]
    (one,) = read_delegations([begun, *notices])
    return one


def why_not(delegations: list[Delegation], item: ItemId, command: str, on: date, who: object = SUZHOU) -> str:
    with pytest.raises(Refused) as refused:
        get_covering(delegations, (CHANGZHOU, who), item, command, on)  # type: ignore[arg-type]
    (problem,) = refused.value.problems
    assert (problem.code, problem.source) == ("delegation.none", "all-2019#24")
    assert problem.next_step is not None
    return problem.text.en


@given(
    st.lists(st.sampled_from(ITEMS), min_size=1, unique=True),
    st.lists(st.sampled_from(COMMANDS), min_size=1, unique=True),
    st.sampled_from(ITEMS),
    st.sampled_from(COMMANDS),
    days,
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_it_covers_exactly_its_items_acts_days_and_zones(
    items: list[ItemId], commands: list[str], item: ItemId, command: str, on: date, gives: str, acts: str
) -> None:
    one = a_delegation(proposed(tuple(items), tuple(commands)))
    is_covered = (
        item in items and command in commands and FROM <= on <= UNTIL and (gives, acts) == (CHANGZHOU, SUZHOU)
    )
    try:
        found = get_covering([one], (gives, acts), item, command, on)  # type: ignore[arg-type]
    except Refused:
        assert not is_covered
    else:
        assert is_covered
        assert found == one


def test_what_is_missing_is_said() -> None:
    begun = proposed()
    item, on = ITEMS[0], FROM
    assert "no delegation to this zone" in why_not([], item, "Accept", on)
    assert "not published" in why_not([a_delegation(begun, ("changzhou",))], item, "Accept", on)
    whole = a_delegation(begun)
    assert "has not begun" in why_not([whole], item, "Accept", FROM - timedelta(days=1))
    assert "run out" in why_not([whole], item, "Accept", UNTIL + timedelta(days=1))
    assert "other items" in why_not([whole], ITEMS[1], "Accept", on)
    assert "other acts" in why_not([whole], item, "Refuse", on)
    ended = read_delegations([*whole.history, told("changzhou-e", DelegationEnded("收回"), begun, 9)])
    assert "was ended" in why_not(list(ended), item, "Accept", on)


def test_a_delegate_cannot_pass_on_what_it_was_given() -> None:
    """Suzhou may act for Changzhou; a delegation that Suzhou gives to Wuxi is none of Changzhou's."""
    further = told("suzhou-9", DelegationProposed(WUXI, ITEMS[:1], ("Accept",), FROM, UNTIL, "转托"))
    notices = [told(f"{z}-q", DelegationPublished("n"), further, 5) for z in ("suzhou", "wuxi")]
    both = [a_delegation(proposed()), *read_delegations([further, *notices])]
    assert "no delegation to this zone" in why_not(both, ITEMS[0], "Accept", FROM, WUXI)
    problems = check_proposal(further.act, SUZHOU, [ITEMS[1]], FROM)  # type: ignore[arg-type]
    assert [(p.code, p.source) for p in problems] == [("delegation.not-own", "all-2019#24.1")]


def test_only_the_two_zones_publish_and_only_the_one_that_gave_it_ends_it() -> None:
    begun = proposed()
    one = a_delegation(begun, ("changzhou", "wuxi"))
    assert one.state_on(FROM) is DelegationState.UNPUBLISHED
    (still,) = read_delegations(
        [*a_delegation(begun).history, told("suzhou-e", DelegationEnded("x"), begun, 9)]
    )
    assert still.state_on(FROM) is DelegationState.IN_FORCE


def test_everything_that_is_wrong_with_a_proposal_is_told_at_once() -> None:
    wrong = DelegationProposed(SUZHOU, (), ("Correct",), UNTIL, FROM, "")
    assert [p.code for p in check_proposal(wrong, SUZHOU, [], FROM)] == [
        "delegation.to-itself", "delegation.no-items", "delegation.no-acts", "delegation.no-time",
        "delegation.no-words",
    ]  # fmt: skip
