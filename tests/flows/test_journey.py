"""One application through the flows: what is asked of whom, what a machine may do, and what it may not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import (
    AGENT,
    BRANCH,
    BRANCH_FILING,
    CHANGZHOU,
    PARENT,
    SUZHOU,
    TUESDAY,
    WUXI,
    a_branch_application,
    a_network,
    branch_answers,
    keep,
    keep_branch_records,
    move_clock,
)
from tongban.crypto.jws import open_jws
from tongban.domain.case import events as e
from tongban.domain.evidence.exchange import HoldingFault, Trust
from tongban.flows.advance import advance_group
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.correct import correct
from tongban.flows.make_decision import grant, refuse
from tongban.flows.memory import MemoryExchange
from tongban.flows.memory_files import MemoryFiles
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.submit import new_case_id, submit
from tongban.flows.watch_clocks import deem_accepted
from tongban.flows.withdraw import withdraw
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

CASE = CaseId("SZ260303-JOURNEY1")
OFFICER = e.Actor("officer", "changzhou-officer", "演示审批人员")
Network = dict[ZoneId, Deps]


@pytest.fixture
def network() -> Network:
    zones = a_network()
    keep_branch_records(zones)
    return zones


def hand_in(network: Network, at: ZoneId = SUZHOU, **changes: object) -> None:
    submit(CASE, a_branch_application(**changes), AGENT, network[at])
    settle(network)


def names(deps: Deps) -> list[str]:
    return [type(one.event).__name__ for one in deps.cases.history(CASE)]


def case_at(deps: Deps):
    case = deps.cases.find(CASE)
    assert case is not None
    return case


def test_a_branch_filed_at_suzhou_is_decided_at_changzhou_with_wuxis_answer(network: Network) -> None:
    hand_in(network)
    case = case_at(network[CHANGZHOU])
    assert case.stage == "concluded"
    assert {evidence.holder for evidence in case.evidence.values()} == {WUXI, CHANGZHOU}


def test_the_receiving_zone_tells_the_same_story(network: Network) -> None:
    hand_in(network)
    assert names(network[SUZHOU]) == names(network[CHANGZHOU])
    assert case_at(network[SUZHOU]).credential_id == case_at(network[CHANGZHOU]).credential_id


def test_the_receiving_zone_learns_that_a_register_answered_but_not_what(network: Network) -> None:
    hand_in(network)
    for evidence in case_at(network[SUZHOU]).evidence.values():
        assert evidence.facts == {}
    assert all(evidence.facts for evidence in case_at(network[CHANGZHOU]).evidence.values())
    seen = [one.event for one in network[SUZHOU].cases.history(CASE) if isinstance(one.event, e.Assessed)]
    assert set(map(str, seen[0].record["facts"].values())) == {"{'unknown': 'not_provided'}"}  # type: ignore[attr-defined]


def test_nothing_is_written_when_the_form_has_faults(network: Network) -> None:
    with pytest.raises(Refused) as refused:
        hand_in(network, scope=[], branch_name="🏮", parent_uscc="x")
    assert {p.pointer for p in refused.value.problems} == {
        "answers.scope",
        "answers.branch_name",
        "answers.parent_uscc",
    }
    assert network[SUZHOU].cases.find(CASE) is None


def test_the_same_number_twice_is_one_application(network: Network) -> None:
    hand_in(network)
    hand_in(network, branch_name="另一个名字")
    assert case_at(network[CHANGZHOU]).answers["branch_name"] == branch_answers()["branch_name"]


def test_a_zone_that_is_away_delays_the_case_and_loses_nothing() -> None:
    zones = a_network()
    keep_branch_records(zones)
    wuxi = zones.pop(WUXI)
    hand_in(zones)
    case = case_at(zones[CHANGZHOU])
    assert {asked.ask.holder for asked in case.pending.values()} == {WUXI}
    waiting = zones[CHANGZHOU].exchange.outgoing(CASE)
    assert all(message.attempts >= 1 for message in waiting if message.to_zone == WUXI)
    zones[WUXI] = wuxi
    settle(zones)
    assert case_at(zones[CHANGZHOU]).stage == "concluded"
    assert case_at(zones[SUZHOU]).stage == "concluded"


def test_what_no_register_holds_is_asked_for_once_and_completely(network: Network) -> None:
    other = "91320214MB00000035"
    hand_in(network, parent_uscc=PARENT, branch_uscc=PARENT)
    case = case_at(network[CHANGZHOU])
    assert case.stage == "correcting"
    assert [problem.code for problem in case.correction] == ["evidence.not-held"]
    assert other not in case.answers.values()


def test_a_correction_is_answered_at_any_zone(network: Network) -> None:
    hand_in(network, branch_uscc=PARENT)
    assert case_at(network[SUZHOU]).stage == "correcting"
    correct(CASE, {"branch_uscc": BRANCH}, AGENT, network[SUZHOU])
    settle(network)
    assert case_at(network[CHANGZHOU]).stage == "concluded"
    assert "Corrected" in names(network[SUZHOU])


def test_a_correction_that_changes_nothing_is_refused(network: Network) -> None:
    hand_in(network, branch_uscc=PARENT)
    with pytest.raises(Refused) as refused:
        correct(CASE, {}, AGENT, network[CHANGZHOU])
    assert refused.value.problems[0].code == "correction.unchanged"


def test_a_criterion_that_is_not_met_goes_to_a_person_and_is_not_refused(network: Network) -> None:
    hand_in(network, scope=["domestic", "outbound"])
    case = case_at(network[CHANGZHOU])
    assert case.stage == "assessed"
    assert case.needs_person
    assert case.decision is None


def test_an_officer_decides_and_says_why(network: Network) -> None:
    hand_in(network, scope=["outbound"])
    refuse(
        CASE,
        Text("总社未获准经营出境旅游。", "The parent may not do outbound travel."),
        OFFICER,
        network[CHANGZHOU],
    )
    settle(network)
    refusal = network[SUZHOU].cases.history(CASE)[-1].event
    assert isinstance(refusal, e.GrantRefused)
    assert "60日" in refusal.remedies.zh
    assert case_at(network[SUZHOU]).stage == "refused"


def test_an_officers_grant_is_issued_like_the_machines(network: Network) -> None:
    hand_in(network, scope=["outbound"])
    grant(
        CASE, Text("经核实，总社已取得出境资质。", "Checked: the parent has it."), OFFICER, network[CHANGZHOU]
    )
    settle(network)
    assert case_at(network[CHANGZHOU]).stage == "concluded"


def test_whoever_asks_for_a_person_gets_one(network: Network) -> None:
    wuxi = network.pop(WUXI)
    hand_in(network)
    ask_for_person(CASE, AGENT, network[SUZHOU])
    settle(network)
    network[WUXI] = wuxi
    settle(network)
    case = case_at(network[CHANGZHOU])
    assert (case.stage, case.needs_person) == ("assessed", True)
    assert "Granted" not in names(network[CHANGZHOU])


def test_an_application_can_be_taken_back_from_the_receiving_zone(network: Network) -> None:
    network.pop(WUXI)
    hand_in(network)
    withdraw(CASE, "不办了", AGENT, network[SUZHOU])
    settle(network)
    assert case_at(network[CHANGZHOU]).stage == "withdrawn"
    assert case_at(network[SUZHOU]).stage == "withdrawn"


def test_an_answer_that_comes_after_the_withdrawal_changes_nothing(network: Network) -> None:
    wuxi = network.pop(WUXI)
    hand_in(network)
    withdraw(CASE, "", AGENT, network[CHANGZHOU])
    network[WUXI] = wuxi
    settle(network)
    assert case_at(network[CHANGZHOU]).stage == "withdrawn"


def test_silence_accepts_after_the_fifth_working_day_and_not_before() -> None:
    zones = a_network(zones=(SUZHOU, CHANGZHOU))
    hand_in(zones)
    move_clock(zones, TUESDAY + timedelta(days=7))
    assert deem_accepted(zones[CHANGZHOU]) == 0
    move_clock(zones, TUESDAY + timedelta(days=8))
    assert deem_accepted(zones[CHANGZHOU]) == 1
    case = case_at(zones[CHANGZHOU])
    assert case.accepted_by_silence
    assert case.accepted_on == TUESDAY.date()
    assert case.needs_person
    assert deem_accepted(zones[CHANGZHOU]) == 0


def test_a_stale_register_leaves_its_facts_unknown(network: Network) -> None:
    old = replace(
        network[WUXI].registers._shelf.records["travel-agency-licence", PARENT],  # type: ignore[attr-defined]
        as_of=TUESDAY - timedelta(days=400),
        trust=Trust.ISSUED,
    )
    network[WUXI].registers.keep(old)  # type: ignore[attr-defined]
    hand_in(network)
    assert case_at(network[CHANGZHOU]).needs_person


def test_the_token_is_signed_by_the_deciding_zones_key(network: Network) -> None:
    hand_in(network)
    case = case_at(network[CHANGZHOU])
    keys = network[SUZHOU].directory.keys("issue")
    opened = open_jws(case.token.split("~", 1)[0], "dc+sd-jwt", keys, "issue", 100_000)
    assert opened.key.zone == CHANGZHOU
    assert opened.payload["jti"] == case.credential_id


def test_the_ledger_holds_salted_hashes_and_no_names(network: Network) -> None:
    hand_in(network)
    leaves = b"".join(network[CHANGZHOU].ledger._shelf.leaves.values())  # type: ignore[attr-defined]
    for secret in (PARENT, BRANCH, "云帆", "示例", "19900000001"):
        assert secret.encode() not in leaves


def test_a_message_names_case_item_and_ground(network: Network) -> None:
    hand_in(network)
    exchange = network[CHANGZHOU].exchange
    assert isinstance(exchange, MemoryExchange)
    questions = [body for m, body, _ in exchange._shelf.messages if m.type == "evidence.request"]
    assert questions
    for body in questions:
        assert body["case"] == CASE
        assert body["item"] == BRANCH_FILING
        assert body["ground"] == "travel-agencies-2020#10.1"


def test_without_a_proper_ground_nothing_is_told(network: Network) -> None:
    from tongban.flows.answer_evidence import answer_evidence

    question = {"case": CASE, "kind": "travel-agency-licence", "subject": PARENT, "ground": "all-2019#1"}
    type_, body = answer_evidence(question, network[WUXI])
    assert (type_, body["error"]) == ("evidence.error", HoldingFault.NOT_AUTHORISED.value)
    assert "evidence" not in body


def test_a_group_is_decided_as_each_alone_would_be(network: Network) -> None:
    deps = network[CHANGZHOU]
    keep(network[CHANGZHOU], "travel-agency-licence", PARENT, status="active", scope=["domestic"])
    ids = [new_case_id(deps) for _ in range(5)]
    for case_id in ids:
        submit(case_id, a_branch_application(), AGENT, deps)
    assert advance_group(ids, deps) == 5
    settle(network)
    stages = {deps.cases.find(case_id).stage for case_id in ids}  # type: ignore[union-attr]
    assert stages == {"concluded"}
    numbers = {deps.cases.find(case_id).credential_id for case_id in ids}  # type: ignore[union-attr]
    assert len(numbers) == 5


def test_an_unknown_item_is_not_found(network: Network) -> None:
    with pytest.raises(NotFound):
        submit(CASE, replace(a_branch_application(), item_id="no-such-item"), AGENT, network[SUZHOU])  # type: ignore[arg-type]


def test_the_sealed_document_is_kept_by_its_digest(network: Network) -> None:
    hand_in(network)
    digest = case_at(network[CHANGZHOU]).document_digest
    assert isinstance(network[CHANGZHOU].files, MemoryFiles)
    assert network[CHANGZHOU].files.find(digest)


def test_a_case_number_carries_the_civil_date_even_in_the_small_hours(network: Network) -> None:
    move_clock(network, TUESDAY.replace(hour=17))
    assert new_case_id(network[SUZHOU]).startswith("SZ260304-")


def test_a_clerks_act_at_the_receiving_zone_is_told_as_a_clerks(network: Network) -> None:
    network.pop(WUXI)
    hand_in(network)
    clerk = e.Actor("clerk", "suzhou-clerk", "窗口人员甲（演示）")
    withdraw(CASE, "申请人当面要求", clerk, network[SUZHOU])
    settle(network)
    last = network[CHANGZHOU].cases.history(CASE)[-1]
    assert (type(last.event), last.actor) == (e.Withdrawn, clerk)
