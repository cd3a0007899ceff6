"""The contract of authorities outside the alliance: in memory and simulated alike."""

from collections.abc import Callable, Collection
from dataclasses import replace

import pytest

from tests.ports.histories import NOON
from tongban.authorities.simulated import SimulatedAuthorities
from tongban.flows.authority_port import Authorities, AuthorityQuestion
from tongban.flows.memory import MemoryClock
from tongban.flows.memory_authorities import MemoryAuthorities
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

CENTRE = "medical-insurance-centre"
QUESTION = AuthorityQuestion(
    CaseId("CZ-1"), ItemId("care-elsewhere-filing"), CENTRE, "320214195809030009", {"kind": "long"}, (), True
)
Make = Callable[[Collection[str]], Authorities]


def _in_memory(away: Collection[str]) -> Authorities:
    authorities = MemoryAuthorities(MemoryClock(NOON))
    authorities.away.update(away)
    return authorities


@pytest.fixture(params=[_in_memory, lambda away: SimulatedAuthorities(MemoryClock(NOON), away)],
                ids=["memory", "simulated"])  # fmt: skip
def make(request: pytest.FixtureRequest) -> Make:
    return request.param


def test_a_certain_and_complete_case_is_granted_and_says_that_it_was_simulated(make: Make) -> None:
    answer = make(()).ask(QUESTION)
    assert answer is not None
    assert (answer.granted, answer.is_simulated) == (True, True)
    assert answer.reference.startswith("SIM-")


def test_what_is_certainly_not_met_is_refused_with_the_reason(make: Make) -> None:
    answer = make(()).ask(replace(QUESTION, unmet=("not-in-arrears",)))
    assert answer is not None
    assert not answer.granted
    assert "not-in-arrears" in answer.reasons.en


def test_the_reason_is_told_in_words_where_the_zone_gave_any(make: Make) -> None:
    words = (Text("没有欠费", "Nothing is owed"),)
    answer = make(()).ask(replace(QUESTION, unmet=("not-in-arrears",), unmet_words=words))
    assert answer is not None
    assert "没有欠费" in answer.reasons.zh
    assert "Nothing is owed" in answer.reasons.en
    assert "not-in-arrears" not in answer.reasons.zh + answer.reasons.en


def test_what_is_not_certain_waits(make: Make) -> None:
    assert make(()).ask(replace(QUESTION, is_certain=False)) is None


def test_the_same_case_has_the_same_answer_and_another_another_number(make: Make) -> None:
    authorities = make(())
    first, other = authorities.ask(QUESTION), authorities.ask(replace(QUESTION, case_id=CaseId("CZ-2")))
    assert authorities.ask(QUESTION) == first
    assert first is not None
    assert other is not None
    assert first.reference != other.reference


def test_one_that_is_away_is_a_fault_and_no_refusal(make: Make) -> None:
    with pytest.raises(Fault):
        make((CENTRE,)).ask(QUESTION)
    assert make(("housing-fund-centre",)).ask(QUESTION) is not None
