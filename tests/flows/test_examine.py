"""An examination over two zones: asked for at one, held at the other, written down, and told back."""

from datetime import timedelta

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, TUESDAY, a_network, move_clock
from tests.domain.case.examining_cases import FIRST, HEAD, SECOND, THIRD, WHY
from tongban.domain.case import commands as c
from tongban.domain.case import examining as x
from tongban.domain.case.events import ApplicantRef
from tongban.domain.case.state import Case
from tongban.flows import be_heard, examine, make_decision
from tongban.flows.perform import perform
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.watch_clocks import wake_due
from tongban.flows.write_papers import write_papers
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, ItemId, LawKey
from tongban.kernel.text import Text

CASE = CaseId("SZ260303-HEAR0001")
TOBACCO, SIMPLE = ItemId("tobacco-retail-licence"), ItemId("publication-licence-change")
REASONS = Text("符合条件", "the conditions are met")
DAY = TUESDAY.date()


def hand_in(item: ItemId = SIMPLE) -> dict[str, Deps]:
    """Return zones in which a case was received in Suzhou and is examined in Changzhou."""
    network = a_network()
    applicant = ApplicantRef("firm", "91320214MB0000006B", "演示公司")
    submitted = c.Submit(item, CHANGZHOU, SUZHOU, applicant, "window", {})
    perform(CASE, submitted, AGENT, network[SUZHOU])
    settle(network)
    # What is missing a second time is a person's to accept.
    perform(CASE, c.Correct({"note": "再次提交"}, SUZHOU), AGENT, network[CHANGZHOU])
    make_decision.accept_by_hand(CASE, FIRST, network[CHANGZHOU])
    settle(network)
    return {str(zone): deps for zone, deps in network.items()}


def at(network: dict[str, Deps], days: int) -> None:
    move_clock(network, TUESDAY + timedelta(days=days))  # type: ignore[arg-type]


def case_in(network: dict[str, Deps], zone: str) -> Case:
    case = network[zone].cases.find(CASE)
    assert case is not None
    return case


def papers_in(network: dict[str, Deps], zone: str) -> list[str]:
    while write_papers(network[zone]):
        pass
    return [kept.paper.kind for kept in network[zone].papers.list_of([CASE])[CASE]]


def test_a_hearing_is_asked_for_where_it_was_received_and_held_where_it_is_decided() -> None:
    network = hand_in()
    examine.tell_hearing_right(CASE, FIRST, network[CHANGZHOU])
    settle(network)  # type: ignore[arg-type]
    assert case_in(network, SUZHOU).examination.hearing.may_be_asked_for(DAY)
    be_heard.request_hearing(CASE, "applicant", AGENT, network[SUZHOU])
    be_heard.make_statement(CASE, "applicant", "请考虑周边的需要", AGENT, network[SUZHOU])
    settle(network)  # type: ignore[arg-type]
    running = case_in(network, CHANGZHOU).examination.running
    assert running is not None
    assert running.kind == "hearing"
    place = Text("三楼会议室", "Room 3")
    held_on = DAY + timedelta(days=10)
    examine.schedule_hearing(CASE, held_on, "09:30", place, THIRD, FIRST, network[CHANGZHOU])
    at(network, 10)
    examine.record_hearing(CASE, WHY, ("演示主持人",), FIRST, network[CHANGZHOU])
    record = case_in(network, CHANGZHOU).examination.hearing.record_version
    examine.submit_for_approval(CASE, True, REASONS, FIRST, network[CHANGZHOU], record)
    examine.approve(CASE, Text("", ""), HEAD, network[CHANGZHOU])
    settle(network)  # type: ignore[arg-type]
    for zone in (CHANGZHOU, SUZHOU):
        assert case_in(network, zone).decision is not None
    assert papers_in(network, CHANGZHOU)[1:] == [
        "acceptance", "hearing-right", "special-procedure", "hearing-notice", "hearing-record", "grant",
    ]  # fmt: skip
    grant = network[CHANGZHOU].papers.list_of([CASE])[CASE][-1].paper
    assert any("听证的笔录" in words.zh for _, said in grant.sections for words in said)


def test_another_chair_is_asked_for_and_a_hearing_done_without_at_the_zone_that_received() -> None:
    network = hand_in()
    here, there = network[CHANGZHOU], network[SUZHOU]
    examine.tell_hearing_right(CASE, FIRST, here)
    settle(network)  # type: ignore[arg-type]
    be_heard.request_hearing(CASE, "applicant", AGENT, there)
    settle(network)  # type: ignore[arg-type]
    place = Text("三楼会议室", "Room 3")
    examine.schedule_hearing(CASE, DAY + timedelta(days=10), "09:30", place, THIRD, FIRST, here)
    settle(network)  # type: ignore[arg-type]
    be_heard.challenge_chair(CASE, "applicant", "主持人是竞争对手的亲属", AGENT, there)
    settle(network)  # type: ignore[arg-type]
    challenge = case_in(network, CHANGZHOU).examination.hearing.challenge
    assert challenge is not None
    assert challenge.at_zone == SUZHOU
    examine.decide_challenge(CASE, True, WHY, HEAD, here)
    decided = iter_papers(network)[-1].paper
    assert decided.kind == "chair-decision"
    assert "主持人回避" in "".join(words.zh for _, said in decided.sections for words in said)
    settle(network)  # type: ignore[arg-type]
    be_heard.waive_hearing(CASE, "applicant", AGENT, there)
    settle(network)  # type: ignore[arg-type]
    for zone in (CHANGZHOU, SUZHOU):
        assert not case_in(network, zone).examination.hearing.is_awaited
        assert case_in(network, zone).examination.running is None
    make_decision.grant(CASE, REASONS, FIRST, here)
    assert case_in(network, CHANGZHOU).decision is not None


def test_a_head_grants_after_a_hearing_only_on_its_record() -> None:
    network = hand_in()
    here = network[CHANGZHOU]
    examine.tell_hearing_right(CASE, FIRST, here)
    be_heard.request_hearing(CASE, "applicant", FIRST, here)
    place = Text("三楼会议室", "Room 3")
    examine.schedule_hearing(CASE, DAY + timedelta(days=10), "09:30", place, THIRD, FIRST, here)
    at(network, 10)
    examine.record_hearing(CASE, WHY, ("演示主持人",), FIRST, here)
    with pytest.raises(Refused):
        make_decision.grant(CASE, REASONS, HEAD, here)
    record = case_in(network, CHANGZHOU).examination.hearing.record_version
    make_decision.grant(CASE, REASONS, HEAD, here, rests_on=record)
    grant = next(kept.paper for kept in iter_papers(network) if kept.paper.kind == "grant")
    assert any("听证的笔录" in words.zh for _, said in grant.sections for words in said)


def test_what_a_party_says_of_the_chair_stays_in_the_deciding_zone() -> None:
    network = hand_in()
    here = network[CHANGZHOU]
    examine.tell_party(CASE, "欧阳邻居", WHY, FIRST, here)
    examine.tell_hearing_right(CASE, FIRST, here)
    be_heard.request_hearing(CASE, "party-1", FIRST, here)
    place = Text("三楼会议室", "Room 3")
    examine.schedule_hearing(CASE, DAY + timedelta(days=10), "09:30", place, THIRD, FIRST, here)
    be_heard.challenge_chair(CASE, "party-1", "主持人欠我钱", FIRST, here)
    settle(network)  # type: ignore[arg-type]
    told = [one.event for one in network[SUZHOU].cases.history(CASE)]
    [challenge] = [one for one in told if isinstance(one, x.ChairChallenged)]
    assert challenge.words == ""


def test_a_right_that_nobody_used_lapses_while_nobody_works() -> None:
    network = hand_in()
    examine.tell_hearing_right(CASE, FIRST, network[CHANGZHOU])
    at(network, 7)
    assert wake_due(network[CHANGZHOU]) == 0
    at(network, 30)
    assert wake_due(network[CHANGZHOU]) == 1
    assert wake_due(network[CHANGZHOU]) == 0
    assert case_in(network, CHANGZHOU).examination.hearing.is_lapsed


def test_who_a_party_is_and_what_a_draft_says_stays_in_the_deciding_zone() -> None:
    network = hand_in(TOBACCO)
    here = network[CHANGZHOU]
    examine.tell_party(CASE, "欧阳邻居", WHY, FIRST, here)
    be_heard.make_statement(CASE, "party-1", "影响我的生意", FIRST, here)
    examine.tell_hearing_right(CASE, FIRST, here)
    at(network, 30)
    examine.sign_finding(CASE, WHY, FIRST, here)
    examine.sign_finding(CASE, WHY, SECOND, here)
    examine.submit_for_approval(CASE, False, REASONS, FIRST, here)
    examine.send_back(CASE, WHY, HEAD, here)
    settle(network)  # type: ignore[arg-type]
    told = {type(one.event): one.event for one in network[SUZHOU].cases.history(CASE)}
    assert "邻居" not in told[x.InterestedPartyInformed].name  # type: ignore[union-attr]
    assert told[x.StatementRecorded].words == ""  # type: ignore[union-attr]
    assert told[x.ApprovalRequested].reasons == Text("", "")  # type: ignore[union-attr]
    assert told[x.DraftReturned].reasons == Text("", "")  # type: ignore[union-attr]
    party = next(kept.paper for kept in [*iter_papers(network)] if kept.paper.kind == "third-party")
    assert party.addressee == "欧阳邻居"


def iter_papers(network: dict[str, Deps]) -> tuple:  # type: ignore[type-arg]
    papers_in(network, CHANGZHOU)
    return network[CHANGZHOU].papers.list_of([CASE])[CASE]


def test_a_refusal_that_the_head_approves_tells_the_remedies() -> None:
    network = hand_in(TOBACCO)
    here = network[CHANGZHOU]
    examine.note_no_party(CASE, WHY, FIRST, here)
    examine.sign_finding(CASE, WHY, FIRST, here)
    examine.sign_finding(CASE, WHY, SECOND, here)
    examine.submit_for_approval(CASE, False, REASONS, FIRST, here)
    examine.approve(CASE, WHY, HEAD, here)
    refused = here.cases.history(CASE)[-1].event
    assert "人民政府" in refused.remedies.zh  # type: ignore[union-attr]
    assert "refusal" in papers_in(network, CHANGZHOU)


def test_a_test_is_told_in_writing_with_its_kind_its_basis_and_its_time() -> None:
    network = hand_in(TOBACCO)
    until_on = DAY + timedelta(days=9)
    examine.start_special_procedure(
        CASE, "testing", LawKey("all-2019#55.1"), WHY, until_on, FIRST, network[CHANGZHOU]
    )
    paper = iter_papers(network)[-1].paper
    assert paper.number == "常高新审演特〔2026〕1号"
    said = "".join(words.zh for _, paragraphs in paper.sections for words in paragraphs)
    assert "检测" in said
    assert "行政许可法第五十五条" in said
    assert "2026年3月12日" in said


def test_a_statement_too_long_or_empty_never_leaves_the_zone() -> None:
    network = hand_in()
    for words in (" ", "很" * (be_heard.WORDS_CHARS + 1)):
        with pytest.raises(Refused):
            be_heard.make_statement(CASE, "applicant", words, AGENT, network[SUZHOU])
    assert not [one for one in network[SUZHOU].exchange.outgoing(CASE) if one.type == "case.act"]


def test_no_message_lets_an_officer_of_another_zone_act() -> None:
    network = hand_in()
    body = {"case": CASE, "act": "request-hearing", "actor": {"kind": "applicant", "id": "x", "name": ""},
            "by": "party-1"}  # fmt: skip
    examine.tell_hearing_right(CASE, FIRST, network[CHANGZHOU])
    with network[SUZHOU].unit():
        network[SUZHOU].exchange.post(CHANGZHOU, "case.act", body, CASE)
    settle(network)  # type: ignore[arg-type]
    assert case_in(network, CHANGZHOU).examination.hearing.asked_by == ()
