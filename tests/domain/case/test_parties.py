"""Others whose major interest is touched: told before the decision, or it is said that there are none."""

import pytest

from tests.builders import CHANGZHOU
from tests.domain.case.examining_cases import (
    CLERK,
    FIRST,
    HEAD,
    MACHINE,
    SECOND,
    SIMPLE,
    TOBACCO,
    WHY,
    an_examined_case,
    do,
    do_all,
)
from tests.domain.case.test_examining import REASONS, codes
from tongban.domain.case import commands as c
from tongban.domain.case import examining_commands as xc
from tongban.domain.case.may_decide import touches_others
from tongban.domain.case.state import Case
from tongban.kernel.text import Text

TELL = xc.TellInterestedParty("演示邻居", WHY)
NONE = xc.NoteNoParty(
    Text("向周边三家商户查询，均不在间距以内", "asked the three shops nearby; none is near enough")
)


def signed() -> Case:
    """Return a case in which all is done but telling others."""
    acts = [(xc.RecordExamination(WHY), FIRST, 0), (xc.RecordExamination(WHY), SECOND, 0)]
    return do_all(an_examined_case(), acts)


def test_the_item_says_whether_a_decision_touches_others() -> None:
    assert touches_others(TOBACCO)
    assert not touches_others(SIMPLE)


@pytest.mark.parametrize(
    "act",
    [
        c.Grant("officer", REASONS),
        c.Refuse(REASONS, REASONS),
        xc.SubmitForApproval(True, REASONS),
        xc.SubmitForApproval(False, REASONS, WHY),
    ],
    ids=["grant", "refuse", "draft-grant", "draft-refuse"],
)
def test_a_case_that_touches_others_is_not_decided_before_they_were_told(act: c.Command) -> None:
    who = FIRST if isinstance(act, xc.SubmitForApproval) else HEAD
    assert codes(signed(), act, who) == {"party.not-told"}


def test_no_machine_decides_it_either() -> None:
    assert "party.not-told" in codes(signed(), c.Grant("rules"), MACHINE)


def test_an_item_that_touches_nobody_is_decided_without_it() -> None:
    assert do(an_examined_case(SIMPLE), c.Grant("officer", REASONS), FIRST, item=SIMPLE).stage == "granted"


def test_who_was_told_is_waited_for_and_told_of_the_hearing_before_the_decision() -> None:
    case = do(signed(), TELL, FIRST)
    grant = c.Grant("officer", REASONS)
    assert codes(case, grant, HEAD, 7) == {"party.unheard", "hearing.not-told"}
    case = do(case, xc.RecordStatement("party-1", "没有意见", CHANGZHOU), CLERK, 1)
    case = do(case, xc.TellHearingRight(), FIRST, 1)
    assert codes(case, grant, HEAD, 2) == {"hearing.right-open"}
    assert do(case, grant, HEAD, 9).stage == "granted"


def test_an_officer_who_found_nobody_says_how_and_answers_for_it() -> None:
    assert codes(signed(), xc.NoteNoParty(Text(" ", "")), FIRST) == {"decision.no-reasons"}
    case = do(signed(), NONE, FIRST)
    assert do(case, NONE, FIRST) == case
    assert do(case, c.Grant("officer", REASONS), HEAD).stage == "granted"


def test_where_somebody_was_told_nobody_says_that_there_is_none() -> None:
    case = do(signed(), TELL, FIRST)
    assert codes(case, NONE, FIRST) == {"party.is-told"}
    later = do(do(signed(), NONE, FIRST), TELL, FIRST)
    assert later.examination.no_party is None
    assert "party.unheard" in codes(later, c.Grant("officer", REASONS), HEAD)
