"""Disputes between zones: who answers, who takes it further, whose view stands."""

from datetime import date, timedelta

import pytest

from tests.domain.liaison.told import CHANGZHOU, DUE, ITEM, SUZHOU, WUXI, told
from tongban.domain.liaison.acts import (
    Act,
    DisputeAnswered,
    DisputeClosed,
    DisputeEscalated,
    DisputeOpened,
    ZoneAct,
)
from tongban.domain.liaison.dispute import (
    ESCALATES_TO,
    Dispute,
    DisputeKind,
    DisputeState,
    check_next,
    check_opening,
    read_disputes,
)
from tongban.kernel.errors import Problem
from tongban.kernel.ids import ZoneId

CITES = "example@1:licence"
ANSWER = DisputeAnswered("清单第二项", CITES)
FURTHER = DisputeEscalated("table", DUE + timedelta(days=7), "仍不一致")


def opened(kind: str = "completeness", **changes: str) -> ZoneAct:
    return told("suzhou-1", DisputeOpened(kind, CHANGZHOU, ITEM, DUE, "材料已经齐全", **changes))


def after(*acts: tuple[str, Act], kind: str = "completeness") -> Dispute:
    begun = opened(kind)
    history = [begun, *(told(f"{zone}-{n}", act, begun, n) for n, (zone, act) in enumerate(acts, 2))]
    (dispute,) = read_disputes(history)
    return dispute


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_it_goes_from_open_to_answered_to_escalated_to_closed() -> None:
    steps = (("changzhou", ANSWER), ("suzhou", FURTHER), ("changzhou", DisputeClosed(CHANGZHOU, "按标准")))
    states = [after(*steps[:n]).state for n in range(4)]
    assert states == [DisputeState.OPEN, DisputeState.ANSWERED, DisputeState.ESCALATED, DisputeState.CLOSED]


def test_each_state_has_its_own_last_day() -> None:
    assert after().due_on == DUE
    assert after().is_late(DUE + timedelta(days=1))
    assert after(("changzhou", ANSWER)).due_on is None
    assert after(("suzhou", FURTHER)).due_on == DUE + timedelta(days=7)
    closed = after(("changzhou", ANSWER), ("suzhou", DisputeClosed(CHANGZHOU, "接受")))
    assert not closed.is_late(date(2027, 1, 1))


def test_the_deciding_zones_list_stands_but_it_must_cite_what_it_published() -> None:
    dispute = after()
    assert codes(check_next(dispute, DisputeAnswered("缺一份"), CHANGZHOU, CHANGZHOU)) == [
        "dispute.no-standard"
    ]
    assert check_next(dispute, ANSWER, CHANGZHOU, CHANGZHOU) == ()
    mine = DisputeOpened("completeness", SUZHOU, ITEM, DUE, "缺一份")
    assert codes(check_opening(mine, CHANGZHOU, CHANGZHOU)) == ["dispute.no-standard"]
    yielding = DisputeClosed(SUZHOU, "收件区有理")
    assert codes(check_next(dispute, yielding, SUZHOU, CHANGZHOU)) == ["dispute.deciding-prevails"]


def test_the_table_may_find_otherwise_than_the_deciding_zone() -> None:
    dispute = after(("suzhou", FURTHER))
    assert check_next(dispute, DisputeClosed(SUZHOU, "标准未公布"), CHANGZHOU, CHANGZHOU) == ()


def test_only_the_other_zone_answers_and_only_who_opened_it_closes_it() -> None:
    assert codes(check_next(after(), ANSWER, SUZHOU, CHANGZHOU)) == ["dispute.not-yours-to-answer"]
    assert codes(check_next(after(), ANSWER, WUXI, CHANGZHOU)) == ["dispute.not-ours"]
    mine = DisputeClosed(CHANGZHOU, "以清单为准")
    assert codes(check_next(after(), mine, CHANGZHOU, CHANGZHOU)) == ["dispute.opener-closes"]
    assert check_next(after(), mine, SUZHOU, CHANGZHOU) == ()


def test_an_act_of_a_third_zone_or_a_close_of_the_wrong_one_counts_for_nothing() -> None:
    assert after(("wuxi", ANSWER)).state is DisputeState.OPEN
    assert after(("changzhou", DisputeClosed(CHANGZHOU, "自行销号"))).state is DisputeState.OPEN


def test_competence_goes_to_the_common_superior_and_is_not_closed_unheard() -> None:
    assert ESCALATES_TO[DisputeKind.COMPETENCE] == "superior"
    closing = DisputeClosed(SUZHOU, "本区有权")
    assert codes(check_next(after(kind="competence"), closing, SUZHOU, CHANGZHOU)) == ["dispute.unheard"]


def test_lost_post_names_the_original_and_nothing_happens_after_the_end() -> None:
    lost = DisputeOpened("lost-post", CHANGZHOU, ITEM, DUE, "至今未到")
    assert codes(check_opening(lost, SUZHOU, CHANGZHOU)) == ["dispute.no-original"]
    over = after(("suzhou", DisputeClosed(CHANGZHOU, "接受")))
    assert codes(check_next(over, FURTHER, SUZHOU, CHANGZHOU)) == ["dispute.closed"]


@pytest.mark.parametrize("against", [SUZHOU, CHANGZHOU])
def test_everything_wrong_with_an_opening_is_told_at_once(against: ZoneId) -> None:
    wrong = DisputeOpened("weather", against, ITEM, DUE, " ")
    wanted = ["dispute.no-words", "dispute.no-kind"] + (["dispute.with-itself"] if against == SUZHOU else [])
    assert codes(check_opening(wrong, SUZHOU, CHANGZHOU)) == wanted
