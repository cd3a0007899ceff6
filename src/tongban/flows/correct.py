"""Hand in corrections, at the deciding zone or at any other."""

from collections.abc import Mapping

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import parse_answers
from tongban.domain.pledge import SignedPledge
from tongban.flows.acts_under_way import CORRECT, check_not_held_back
from tongban.flows.mandates import require_mandate
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def correct(
    case_id: CaseId,
    raw_answers: Mapping[str, object],
    actor: Actor,
    deps: Deps,
    pledges: tuple[SignedPledge, ...] = (),
    helper_id: str = "",
) -> Case:
    """Hand in the whole form again; only what changed is recorded.

    Args:
        helper_id: citizen number of who came for the applicant; held to what the applicant gave.

    Causes: ``Corrected`` in the deciding zone, then evidence is gathered and acceptance tried again; in
        another zone a ``case.act`` message.

    Raises:
        Refused: every problem at once, or nothing was changed.

    Source of law: all-2019#32.4; state-council-office-2020-35 (answered at any zone).
    """
    case = get_case(case_id, deps)
    require_mandate(case.applicant, helper_id, case.item_id, CORRECT, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    answers = parse_answers(item.form, {**case.answers, **raw_answers})
    if answers.problems:
        raise Refused(*answers.problems)
    changed = {name: value for name, value in answers.values.items() if case.answers.get(name) != value}
    if not changed and not pledges:
        raise Refused(Problem("correction.unchanged", UNCHANGED, source="all-2019#32.4"))
    if case.deciding_zone == deps.zone:
        return perform(case_id, c.Correct(changed, deps.zone, pledges), actor, deps)
    body = {"case": case_id, "act": CORRECT, "actor": to_plain(actor), "answers": to_plain(changed),
            "pledges": to_plain(pledges)}  # fmt: skip
    with deps.unit():
        check_not_held_back(CORRECT, case_id, deps)
        deps.exchange.post(case.deciding_zone, "case.act", body, case_id)
    return case


UNCHANGED = Text(
    "您还没有改动任何内容。请按通知更正后再提交。",
    "Nothing has been changed. Correct what the notice lists, then hand it in.",
)
