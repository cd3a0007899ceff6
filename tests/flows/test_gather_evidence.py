"""Gathering: evidence is about what the applicant says now, not about what a correction has replaced."""

import pytest

from tests.builders import AGENT, BRANCH, CHANGZHOU, PARENT, WUXI, a_branch_application, a_network, keep
from tests.builders import keep_branch_records as keep_records
from tongban.domain.case import events as e
from tongban.domain.case.state import Case
from tongban.flows.correct import correct
from tongban.flows.make_decision import request_correction
from tongban.flows.memory import MemoryRegisters
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.flows.submit import submit
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, EvidenceKindId, MessageId, ZoneId
from tongban.kernel.text import Text

CASE = CaseId("CZ260303-GATHERED")
OTHER_FIRM = "92320505YY9900014X"
LICENCE, DEPOSIT = EvidenceKindId("business-licence"), EvidenceKindId("deposit-proof")
OFFICER = e.Actor("officer", "changzhou-officer", "演示审批人员")
WRONG = Problem("correction.requested", Text("请核对编号", "check the number"), "answers.parent_uscc")
Network = dict[ZoneId, Deps]


@pytest.fixture
def network() -> Network:
    zones = a_network()
    keep_records(zones)
    return zones


def case_of(network: Network) -> Case:
    case = network[CHANGZHOU].cases.find(CASE)
    assert case is not None
    return case


def forget(deps: Deps, kind: EvidenceKindId, subject: str) -> None:
    registers = deps.registers
    assert isinstance(registers, MemoryRegisters)
    records = registers._shelf.records
    registers._shelf.records = {key: held for key, held in records.items() if key != (kind, subject)}


def test_what_a_register_said_of_one_firm_does_not_stand_for_another(network: Network) -> None:
    forget(network[WUXI], DEPOSIT, PARENT)
    submit(CASE, a_branch_application(), AGENT, network[CHANGZHOU])
    settle(network)
    assert case_of(network).stage == "correcting"
    assert case_of(network).evidence[LICENCE].subject == BRANCH
    keep(network[WUXI], DEPOSIT, PARENT, paid=True, amount_fen=20_000_000)
    correct(CASE, {"branch_uscc": OTHER_FIRM}, AGENT, network[CHANGZHOU])
    settle(network)
    case = case_of(network)
    assert LICENCE not in case.evidence
    assert (case.stage, case.needs_person) == ("received", True)


def test_a_question_about_a_number_that_was_corrected_is_asked_anew(network: Network) -> None:
    submit(CASE, a_branch_application(parent_uscc="91320214MB00000045"), AGENT, network[CHANGZHOU])
    request_correction(CASE, (WRONG,), OFFICER, network[CHANGZHOU])
    correct(CASE, {"parent_uscc": PARENT}, AGENT, network[CHANGZHOU])
    assert {asked.ask.subject for asked in case_of(network).pending.values()} == {PARENT}
    settle(network)
    case = case_of(network)
    assert {held.subject for held in case.evidence.values()} == {BRANCH, PARENT}
    assert case.stage == "concluded"


def test_the_answer_to_a_question_that_is_no_longer_asked_changes_nothing(network: Network) -> None:
    submit(CASE, a_branch_application(), AGENT, network[CHANGZHOU])
    before = case_of(network)
    body = {"case": CASE, "kind": DEPOSIT, "subject": OTHER_FIRM, "error": "NO_MATCH"}
    assert receive(Incoming(WUXI, MessageId("old"), "evidence.error", body), network[CHANGZHOU]) is None
    assert case_of(network) == before
