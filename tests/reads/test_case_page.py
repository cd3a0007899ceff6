"""A case as its page tells it: in the deciding zone with the facts, in the receiving zone without."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import (
    AGENT,
    BRANCH_FILING,
    CHANGZHOU,
    SUZHOU,
    TUESDAY,
    WUXI,
    a_branch_application,
    a_network,
    keep_branch_records,
    move_clock,
)
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import Form, Question, Section
from tongban.domain.rules.table import Mark
from tongban.flows.make_decision import grant
from tongban.flows.post_office import settle
from tongban.flows.submit import submit
from tongban.flows.withdraw import withdraw
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.case_next import read_next
from tongban.reads.case_page import read_answers, read_case_page

NUMBER = CaseId("SZ260303-AAAA2222")


def played(zones=(SUZHOU, WUXI, CHANGZHOU), **answers):
    """Zones in which the branch filing was handed in at Suzhou, and everything settled that can be."""
    network = a_network(zones=zones)
    keep_branch_records(network)
    submit(NUMBER, a_branch_application(**answers), AGENT, network[SUZHOU])
    settle(network)
    return network


def test_both_zones_tell_the_same_steps_and_only_the_deciding_one_has_the_facts():
    network = played()
    here, there = (read_case_page(NUMBER, network[zone]) for zone in (SUZHOU, CHANGZHOU))
    assert [step.title for step in here.steps] == [step.title for step in there.steps]
    assert [line.mark for line in here.explanation.lines] == [line.mark for line in there.explanation.lines]
    assert (here.facts_withheld, there.facts_withheld) == (True, False)
    assert here.licence.state is None
    assert there.licence.state_words.en == "Valid"


def test_every_step_has_its_article_its_authority_and_its_actor():
    page = read_case_page(NUMBER, played()[CHANGZHOU])
    law = page.steps and [step.law for step in page.steps]
    assert all(law)
    assert all(step.authority.zh and step.who.zh for step in page.steps)
    assert [step.name for step in page.steps] == [
        "Submitted", "EvidenceRequested", "EvidenceAttached", "EvidenceAttached", "Accepted", "Assessed",
        "Granted", "CredentialIssued", "DocumentSealed",
    ]  # fmt: skip


def test_a_step_says_by_when_the_next_one_had_to_come():
    steps = {step.name: step for step in read_case_page(NUMBER, played()[CHANGZHOU]).steps}
    assert steps["Submitted"].due.on == date(2026, 3, 10)
    assert steps["Submitted"].due.law == "all-2019#32.4"
    assert steps["Accepted"].due.at == TUESDAY + timedelta(minutes=30)
    assert steps["Granted"].due.on == date(2026, 3, 17)
    assert steps["Granted"].due.law == "all-2019#44"


def test_a_zone_that_is_away_is_named_with_the_tries_and_the_rest_goes_on():
    network = played(zones=(SUZHOU, CHANGZHOU))
    settle(network)
    page = read_case_page(NUMBER, network[CHANGZHOU])
    assert [(one.zone.id, one.state) for one in page.asked] == [(WUXI, "waiting"), (WUXI, "waiting")]
    assert all(one.tries >= 1 and one.fault == "peer.away" for one in page.asked)
    assert page.is_moving
    assert read_next(page).title.zh == "正在等无锡高新区答复"
    assert [line.evidence is not None for line in page.evidence] == [True, False, False]


def test_an_answer_shows_how_long_it_took():
    network = played(zones=(SUZHOU, CHANGZHOU))
    move_clock(network, TUESDAY + timedelta(minutes=5))
    network[WUXI] = a_network(TUESDAY)[WUXI]
    keep_branch_records({WUXI: network[WUXI]})
    settle(network)
    page = read_case_page(NUMBER, network[CHANGZHOU])
    assert {one.state for one in page.asked} == {"answered"}
    assert all(one.answered_at - one.asked_at == timedelta(minutes=5) for one in page.asked)


def test_a_case_on_its_way_says_where_it_goes_and_how_often_that_was_tried():
    network = played(zones=(SUZHOU,))
    page = read_case_page(NUMBER, network[SUZHOU])
    assert page.hand_over.delivered_at is None
    assert page.hand_over.tries >= 1
    assert "正在把申请转交常州高新区" in read_next(page).title.zh


def test_an_act_that_was_sent_and_not_yet_confirmed_is_shown_as_such():
    network = played(zones=(SUZHOU,))
    withdraw(NUMBER, "", AGENT, network[SUZHOU])
    page = read_case_page(NUMBER, network[SUZHOU])
    assert len(page.hand_over.acts_waiting) == 1
    assert page.is_moving


def test_an_act_that_was_refused_for_good_says_why_and_what_to_do():
    network = played(scope=["domestic", "outbound"])
    withdraw(NUMBER, "", AGENT, network[SUZHOU])
    assert read_case_page(NUMBER, network[SUZHOU]).held_back == {
        "Withdraw", "Correct", "AskForPerson", "RecordStatement", "RequestHearing", "AnswerOfficer",
        "WaiveHearing", "ChallengeChair",
    }  # fmt: skip
    assert "Withdraw" not in read_case_page(NUMBER, network[SUZHOU]).may
    grant(NUMBER, Text("同意。", "Agreed."), Actor("officer", "o", "虚构审批员"), network[CHANGZHOU])
    settle(network)
    page = read_case_page(NUMBER, network[SUZHOU])
    [refused] = page.hand_over.acts_refused
    assert refused.name.zh == "撤回申请"
    assert "已经进入下一阶段" in refused.why.zh
    assert "had moved on" in refused.why.en
    assert "已经办结" in refused.then.zh
    assert (page.hand_over.acts_waiting, page.hand_over.acts_unseen, page.held_back) == (
        (),
        False,
        frozenset(),
    )


def test_an_application_that_nobody_takes_is_not_shown_as_on_its_way_for_ever():
    network = played(zones=(SUZHOU,))
    [sent] = network[SUZHOU].exchange.outgoing(NUMBER)
    network[SUZHOU].exchange.mark_failed(sent.message_id, "message.expired", is_final=True)
    page = read_case_page(NUMBER, network[SUZHOU])
    assert not page.is_moving
    assert "没有接收" in read_next(page).title.zh
    assert "did not take" in read_next(page).title.en


def test_a_referred_case_has_both_clocks_their_reasons_and_advice():
    page = read_case_page(NUMBER, played(scope=["domestic", "outbound"])[CHANGZHOU])
    assert [clock.due.what.en for clock in page.clocks] == [
        "Decided, as the zone promises",
        "Decided at the latest (statutory limit)",
    ]
    assert all(clock.reasons for clock in page.clocks)
    unmet = [line for line in page.explanation.lines if line.mark is Mark.UNMET]
    assert len(unmet) == 1
    assert unmet[0].advice is not None
    assert page.may == {"Withdraw"}


def test_a_year_without_published_holidays_has_no_date_and_says_why():
    network = a_network(TUESDAY.replace(month=12, day=30))
    keep_branch_records(network)
    submit(NUMBER, a_branch_application(), AGENT, network[SUZHOU])
    due = read_case_page(NUMBER, network[SUZHOU]).steps[0].due
    assert due.on is None
    assert due.note is not None


def test_a_correction_lists_everything_and_waits_for_the_applicant():
    page = read_case_page(NUMBER, played(parent_uscc="91310115MB0000008N")[CHANGZHOU])
    step = page.steps[-1]
    assert step.name == "CorrectionRequested"
    assert len(step.details) == 1 + len(page.case.correction)
    assert read_next(page).is_yours
    assert "Correct" in page.may
    assert [line.why_missing is not None for line in page.evidence] == [False, True, True]


def test_an_unknown_number_is_not_found():
    with pytest.raises(NotFound):
        read_case_page(NUMBER, a_network()[SUZHOU])


def test_a_citizen_number_among_the_answers_is_masked():
    item = a_network()[CHANGZHOU].catalogue.get_item(BRANCH_FILING, CHANGZHOU)
    asks = Question("holder", "citizen_number", Text("身份证号", "Citizen number"), "all-2019#31.1")
    item = replace(item, form=Form((Section("a", Text("甲", "A"), (asks,)),)))
    (line,) = read_answers(Case(NUMBER, answers={"holder": "11010519491231002X"}), item)
    assert line.values[0].zh == "110*************2X"
