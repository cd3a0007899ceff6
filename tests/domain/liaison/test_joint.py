"""Handled jointly: the decision waits for every zone's part, and a part that failed says why."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.liaison.told import CHANGZHOU, ITEM, SUZHOU, WUXI, ZONES, told
from tongban.domain.liaison.acts import (
    JointClosed,
    JointExtended,
    JointOpened,
    PartAsked,
    PartGiven,
    PartOpened,
    ZoneAct,
)
from tongban.domain.liaison.joint import (
    Joint,
    PartState,
    check_joint_decision,
    check_joint_opening,
    check_joint_step,
    read_joints,
)
from tongban.kernel.text import Text

NAMES = {zone: Text(zone, zone) for zone in ZONES}
BEGUN = told(
    "changzhou-1", JointOpened((SUZHOU, WUXI), ITEM, date(2026, 3, 17), date(2026, 5, 8), "各自部分")
)
IN_TIME, TOO_LATE = date(2026, 3, 17), date(2026, 3, 18)
parts = st.lists(
    st.tuples(
        st.sampled_from(ZONES), st.sampled_from(["agreed", "conditional", "failed"]), st.integers(0, 9)
    ),
    max_size=6,
)


def joint_after(*acts: ZoneAct) -> Joint:
    (one,) = read_joints([BEGUN, *acts])
    return one


def part(zone: str, outcome: str = "agreed", minute: int = 1, number: int = 0) -> ZoneAct:
    return told(f"{zone}-{number}p", PartGiven(outcome, "理由"), BEGUN, minute)


@given(parts)
def test_it_may_be_granted_exactly_when_every_zone_has_agreed(
    given_parts: list[tuple[str, str, int]],
) -> None:
    acts = [part(zone, outcome, minute, n) for n, (zone, outcome, minute) in enumerate(given_parts)]
    joint = joint_after(*acts)
    first: dict[str, str] = {}
    for one in sorted(acts, key=lambda act: (act.at, act.id)):
        first.setdefault(one.zone, one.act.outcome)  # type: ignore[union-attr]
    ours = {zone: first.get(zone) for zone in (SUZHOU, WUXI)}
    may_grant = not check_joint_decision(joint, NAMES, IN_TIME, granted=True)
    assert may_grant == (set(ours.values()) <= {"agreed", "conditional"})
    assert (not check_joint_decision(joint, NAMES, IN_TIME, granted=False)) == (None not in ours.values())


def test_a_missing_part_and_a_failed_one_are_named_with_the_reason() -> None:
    problems = check_joint_decision(joint_after(part("suzhou", "failed")), NAMES, IN_TIME, granted=True)
    assert [one.code for one in problems] == ["joint.waits", "joint.failed"]
    assert "wuxi" in problems[0].text.en
    assert "理由" in problems[1].text.en


def test_only_the_lead_lengthens_it_once() -> None:
    later = JointExtended(date(2026, 5, 29), "情况复杂")
    longer = joint_after(told("changzhou-2", later, BEGUN, 5))
    assert longer.decide_by == date(2026, 5, 29)
    assert joint_after(told("suzhou-2", later, BEGUN, 5)).decide_by == date(2026, 5, 8)
    assert check_joint_step(longer, later, CHANGZHOU)
    assert check_joint_step(joint_after(), later, CHANGZHOU) == ()


def test_everything_wrong_is_told() -> None:
    nobody = JointOpened((CHANGZHOU,), ITEM, date(2026, 3, 17), date(2026, 5, 8), " ")
    assert [one.code for one in check_joint_opening(nobody, CHANGZHOU, ZONES)] == [
        "joint.no-parts",
        "joint.no-words",
    ]
    wrong = check_joint_step(joint_after(part("suzhou")), PartGiven("maybe", ""), SUZHOU)
    assert [one.code for one in wrong] == ["joint.given", "joint.no-outcome", "joint.no-reasons"]
    assert [one.code for one in check_joint_step(joint_after(), PartGiven("agreed", "x"), CHANGZHOU)] == [
        "joint.no-part"
    ]


def test_a_part_that_is_silent_past_its_day_is_neither_yes_nor_no_and_nobody_waits_for_it() -> None:
    joint = joint_after(part("suzhou"))
    assert joint.state_of(WUXI, IN_TIME) is PartState.ASKED
    assert joint.state_of(WUXI, TOO_LATE) is PartState.SILENT
    assert [one.code for one in check_joint_decision(joint, NAMES, IN_TIME, granted=True)] == ["joint.waits"]
    for granted in (True, False):
        assert check_joint_decision(joint, NAMES, TOO_LATE, granted=granted) == ()
    late = part("wuxi", "failed", minute=99)
    assert joint_after(part("suzhou"), late).state_of(WUXI, TOO_LATE) is PartState.GIVEN


def test_a_sub_case_runs_on_its_own_day_and_only_its_own_zone_opens_it() -> None:
    opened = told("wuxi-8", PartOpened("WX260304-SUB", date(2026, 3, 19)), BEGUN, 5)
    forged = told("suzhou-8", PartOpened("SZ-FORGED", date(2026, 4, 1)), BEGUN, 4)
    joint = joint_after(opened)
    assert joint.sub_cases[WUXI].number == "WX260304-SUB"
    assert joint.answer_by(WUXI) == date(2026, 3, 19)
    assert joint.state_of(WUXI, TOO_LATE) is PartState.EXAMINED
    assert joint_after(opened, forged).answer_by(WUXI) == date(2026, 3, 19)


def test_the_leads_result_closes_what_is_open_and_nobody_elses_does() -> None:
    closed = told("changzhou-9", JointClosed("withdrawn"), BEGUN, 7)
    joint = joint_after(part("suzhou"), closed)
    assert joint.state_of(WUXI, TOO_LATE) is PartState.CLOSED
    assert joint.state_of(SUZHOU, TOO_LATE) is PartState.GIVEN
    assert [one.code for one in check_joint_step(joint, PartGiven("agreed", "x"), WUXI)] == ["joint.closed"]
    assert joint_after(told("wuxi-9", JointClosed("granted"), BEGUN, 7)).closing is None


def test_only_the_lead_asks_and_each_zone_once() -> None:
    ask = told("changzhou-5", PartAsked(WUXI, "核查", ("applicant.name", "演示店")), BEGUN, 1)
    forged = told("suzhou-5", PartAsked(WUXI, "别的", ()), BEGUN, 0)
    assert dict(joint_after(ask, forged).asked) == {WUXI: ask.act}
