"""An officer writes and the applicant answers at the zone that received, as if it were one desk."""

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU
from tests.domain.case.examining_cases import FIRST
from tests.flows.test_examine import CASE, case_in, hand_in
from tongban.domain.case.decide_talk import WORDS_CHARS
from tongban.domain.case.talk import ApplicantAnswered
from tongban.flows import be_heard, examine
from tongban.flows.post_office import settle
from tongban.flows.talk import answer_officer, write_to_applicant
from tongban.kernel.errors import Refused


def test_a_message_reaches_the_receiving_zone_and_its_answer_comes_back() -> None:
    network = hand_in()
    before = case_in(network, CHANGZHOU)
    write_to_applicant(CASE, "门牌是几号？", "需要核对经营场所", FIRST, network[CHANGZHOU])
    settle(network)  # type: ignore[arg-type]
    [asked] = case_in(network, SUZHOU).talk
    assert (asked.words, asked.reason, asked.name) == ("门牌是几号？", "需要核对经营场所", FIRST.name)
    answer_officer(CASE, "字" * WORDS_CHARS, AGENT, network[SUZHOU])
    settle(network)  # type: ignore[arg-type]
    for zone in (CHANGZHOU, SUZHOU):
        assert [one.by for one in case_in(network, zone).talk] == ["office", "applicant"]
    told = network[CHANGZHOU].cases.history(CASE)[-1]
    assert isinstance(told.event, ApplicantAnswered)
    assert told.event.at_zone == SUZHOU
    assert case_in(network, CHANGZHOU).stage == before.stage


def test_an_answer_that_is_empty_or_too_long_never_leaves_the_zone() -> None:
    network = hand_in()
    for words in (" ", "字" * (WORDS_CHARS + 1)):
        with pytest.raises(Refused):
            answer_officer(CASE, words, AGENT, network[SUZHOU])
    assert not [one for one in network[SUZHOU].exchange.outgoing(CASE) if one.act == "answer-officer"]


def test_a_long_statement_at_the_receiving_zone_is_heard_where_it_is_decided() -> None:
    network = hand_in()
    examine.tell_hearing_right(CASE, FIRST, network[CHANGZHOU])
    settle(network)  # type: ignore[arg-type]
    be_heard.make_statement(CASE, "applicant", "请" * be_heard.WORDS_CHARS, AGENT, network[SUZHOU])
    settle(network)  # type: ignore[arg-type]
    [said] = case_in(network, CHANGZHOU).examination.statements
    assert len(said.words) == be_heard.WORDS_CHARS
