"""A licence that needs all of it: two officers on site, tests, neighbours, a hearing, the head."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.builders import CHANGZHOU, TUESDAY, catalogue
from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case.decide import decide
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case, apply, fold
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

TOBACCO = catalogue().get_item(ItemId("tobacco-retail-licence"), CHANGZHOU)
SIMPLE = catalogue().get_item(ItemId("publication-licence-change"), CHANGZHOU)
LICENSING = catalogue().get_regime("licensing")
CALENDAR = catalogue().get_calendar(CHANGZHOU)
NUMBER = CaseId("CZ260303-HEAR0001")
WHY = Text("依法需要", "the law asks for it")
APPLICANT = e.Actor("applicant", "agent", "演示经办人")
CLERK = e.Actor("clerk", "clerk-1", "演示窗口人员")
FIRST = e.Actor("officer", "officer-1", "演示审批人员一")
SECOND = e.Actor("officer", "officer-2", "演示审批人员二")
THIRD = e.Actor("officer", "officer-3", "演示审批人员三")
HEAD = e.Actor("head", "head-1", "演示负责人")
MACHINE = e.Actor("machine", CHANGZHOU)
TIME = e.Actor("time", CHANGZHOU)


def a_setting(actor: e.Actor, days: int = 0, item: object = TOBACCO) -> Setting:
    """Return who acts so many days after Tuesday 3 March 2026, on an item of the licensing regime."""
    at = Moment(TUESDAY + timedelta(days=days))
    return Setting(item, LICENSING, catalogue().kinds, at, actor, CHANGZHOU, CALENDAR)  # type: ignore[arg-type]


def an_examined_case(item: object = TOBACCO, **changes: object) -> Case:
    """Return a case accepted on Tuesday that a person examines."""
    submitted = e.Submitted(
        item.id,
        1,
        CHANGZHOU,
        CHANGZHOU,
        e.ApplicantRef("firm", "1", "演示公司"),
        "online",
        {},  # type: ignore[attr-defined]
    )
    history = [submitted, e.Accepted(TUESDAY.date())]
    case = fold(
        NUMBER,
        [e.Recorded(NUMBER, n, TUESDAY, CHANGZHOU, MACHINE, event) for n, event in enumerate(history, 1)],
    )
    return replace(case, stage="assessed", needs_person=True, **changes)  # type: ignore[arg-type]


def do(case: Case, command: c.Command, actor: e.Actor, days: int = 0, item: object = TOBACCO) -> Case:
    """Carry a command out so many days after Tuesday, and return the case as it then stands."""
    at = datetime(2026, 3, 3, 2, tzinfo=UTC) + timedelta(days=days)
    for event in decide(case, command, a_setting(actor, days, item)):
        case = apply(case, e.Recorded(case.id, case.version + 1, at, CHANGZHOU, actor, event))
    return case


def do_all(case: Case, acts: Sequence[tuple[c.Command, e.Actor, int]], item: object = TOBACCO) -> Case:
    """Carry several out, one after the other."""
    for command, actor, days in acts:
        case = do(case, command, actor, days, item)
    return case
