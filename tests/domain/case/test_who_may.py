"""Who may do what, when: every role, act and stage of every regime is allowed by an arrow or refused."""

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest

from tests.builders import catalogue
from tests.domain.case.examining_cases import FIRST, WHY, a_setting, an_examined_case
from tongban.domain.case import commands as c
from tongban.domain.case.decide import decide
from tongban.domain.procedure import ACTOR_KINDS, STAGES, Regime
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text

ACTS = {kind.__name__: kind for kind in get_args(c.Command)}
REGIMES = tuple(catalogue().regimes.values())
MACHINES = ("machine", "zone", "time", "authority")
PERSONS_ACTS = {
    "Refuse", "Decline", "RequestCorrection", "TellInterestedParty", "NoteNoParty", "TellHearingRight",
    "DecideChallenge", "ScheduleHearing",
    "RecordHearing", "RecordExamination", "StartSpecialProcedure", "EndSpecialProcedure", "SubmitForApproval",
    "Approve", "SendBack", "Extend", "Void", "EndBenefit", "RecordCheck", "Object",
}  # fmt: skip
"""What no machine may do, in any regime."""


def list_all(regime: Regime) -> Iterator[tuple[str, str, str]]:
    """Yield every stage, act and role."""
    for stage in STAGES:
        for act in ACTS:
            for role in ACTOR_KINDS:
                yield stage, act, role


@pytest.mark.parametrize("regime", REGIMES, ids=lambda one: one.id)
def test_every_act_in_every_stage_by_every_role_is_an_arrow_or_is_refused_with_its_reason(
    regime: Regime,
) -> None:
    declared = {(stage, arrow.command): arrow for arrow in regime.arrows for stage in arrow.from_stages}
    for stage, act, role in list_all(regime):
        arrow = declared.get((stage, act))
        if arrow is not None and role in arrow.who:
            assert regime.get_arrow(stage, act, role) == arrow
            continue
        with pytest.raises(Refused) as refused:
            regime.get_arrow(stage, act, role)
        (problem,) = refused.value.problems
        assert problem.code == ("procedure.not-now" if arrow is None else "procedure.not-you")
        says = next((one.says for one in regime.arrows if one.command == act), Text(act, act))
        assert says.zh in problem.text.zh
        assert says.en in problem.text.en
        assert (problem.source, problem.next_step is not None) == (
            (arrow.source, False) if arrow else ("", True)
        )


@pytest.mark.parametrize("regime", REGIMES, ids=lambda one: one.id)
def test_an_arrow_is_declared_once_and_names_an_act_that_exists_and_an_article(regime: Regime) -> None:
    pairs = [(stage, arrow.command) for arrow in regime.arrows for stage in arrow.from_stages]
    assert len(pairs) == len(set(pairs))
    for arrow in regime.arrows:
        assert arrow.command in ACTS
        assert "#" in arrow.source
        assert arrow.who
        assert arrow.says.zh != arrow.says.en


@pytest.mark.parametrize("regime", REGIMES, ids=lambda one: one.id)
def test_what_only_a_person_may_do_no_machine_may(regime: Regime) -> None:
    for arrow in regime.arrows:
        if arrow.command in PERSONS_ACTS and (regime.id, arrow.command) != ("registration", "Object"):
            assert not set(arrow.who) & set(MACHINES), arrow.command


def test_every_act_has_an_arrow_in_some_regime() -> None:
    used = {arrow.command for regime in REGIMES for arrow in regime.arrows}
    assert set(ACTS) == used


@pytest.mark.parametrize("role", ACTOR_KINDS)
def test_decide_asks_the_arrows_before_it_looks_at_anything_else(role: str) -> None:
    """An act that would be refused for ten reasons is refused for who asks, and for nothing else."""
    setting = a_setting(replace(FIRST, kind=role))
    command = c.Refuse(WHY, WHY)
    case = an_examined_case()
    if role in ("officer", "head"):
        assert setting.regime.find_arrow(case.stage, "Refuse") is not None
        return
    with pytest.raises(Refused) as refused:
        decide(case, command, setting)
    assert [problem.code for problem in refused.value.problems] == ["procedure.not-you"]


def test_the_hearing_and_what_stops_the_clock_are_the_licensing_laws_alone() -> None:
    middle = {"StartSpecialProcedure", "RequestHearing", "RecordExamination", "Approve"}
    for regime in REGIMES:
        has = {act for act in middle if regime.has_act(act)}
        assert has == (middle if regime.id == "licensing" else set()), regime.id
        assert bool(regime.scrutiny.special) == (regime.id == "licensing")
