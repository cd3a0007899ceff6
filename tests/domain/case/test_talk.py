"""Officer and applicant write to each other; nothing else of the case changes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CHANGZHOU, TUESDAY
from tests.domain.case.examining_cases import (
    APPLICANT,
    FIRST,
    MACHINE,
    a_setting,
    an_examined_case,
    do,
)
from tongban.domain.case import commands as c
from tongban.domain.case.conversation import OFFICE, Said
from tongban.domain.case.decide import decide
from tongban.domain.case.decide_talk import MESSAGES_MAX, WORDS_CHARS
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.case.talk_commands import AnswerOfficer, WriteToApplicant
from tongban.kernel.errors import Refused

ASK = WriteToApplicant("门牌是几号？", "需要核对经营场所")
WORDS = st.text("演示abc？", min_size=1, max_size=20)


def codes(case: Case, command: c.Command, actor: Actor) -> set[str]:
    with pytest.raises(Refused) as refused:
        decide(case, command, a_setting(actor))
    return {problem.code for problem in refused.value.problems}


@given(WORDS, WORDS, WORDS)
def test_a_message_and_its_answer_are_kept_and_change_nothing_else(
    words: str, reason: str, said: str
) -> None:
    before = replace(an_examined_case(), needs_person=False)
    asked = do(before, WriteToApplicant(words, reason), FIRST)
    answered = do(asked, AnswerOfficer(said, CHANGZHOU), APPLICANT)
    assert [(one.by, one.words, one.reason) for one in answered.talk] == [
        ("office", words, reason), ("applicant", said, ""),
    ]  # fmt: skip
    assert answered.talk[0].name == FIRST.name
    assert replace(answered, talk=(), version=before.version) == before


def test_the_same_said_twice_is_said_once_but_may_be_said_again_later() -> None:
    asked = do(an_examined_case(), ASK, FIRST)
    assert do(asked, ASK, FIRST) == asked
    answer = AnswerOfficer("三号", CHANGZHOU)
    answered = do(do(asked, answer, APPLICANT), answer, APPLICANT)
    assert len(answered.talk) == 2
    assert len(do(answered, ASK, FIRST).talk) == 3


def test_everything_wrong_with_a_message_is_told_at_once() -> None:
    assert codes(an_examined_case(), WriteToApplicant(" ", " "), FIRST) == {"talk.empty"}
    long = WriteToApplicant("字" * (WORDS_CHARS + 1), "")
    assert codes(an_examined_case(), long, FIRST) == {"talk.too-long", "talk.empty"}


def test_nobody_answers_what_was_not_asked_and_no_machine_writes() -> None:
    assert codes(an_examined_case(), AnswerOfficer("三号", CHANGZHOU), APPLICANT) == {"talk.nothing-asked"}
    assert codes(an_examined_case(), ASK, MACHINE) == {"procedure.not-you"}


def test_a_case_keeps_so_many_messages_and_no_more() -> None:
    said = Said(OFFICE, "演示", "问", "因", TUESDAY)
    full = an_examined_case(talk=(said,) * MESSAGES_MAX)
    assert codes(full, ASK, FIRST) == {"talk.too-many"}
