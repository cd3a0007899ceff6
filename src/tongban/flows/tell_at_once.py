"""What is told or put right at once when an application comes in: not needed, not ours, a slip of the pen."""

from collections.abc import Mapping

from tongban.domain.case import ending_commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.plain import to_plain
from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import parse_answers
from tongban.flows.make_decision import tell_remedies
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

ACT = "correct-at-once"
"""What it is called in a ``case.act`` message."""
WHAT_MAX = 300


def tell_not_needed(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Tell that nothing needs to be applied for. Causes ``NotNeededDeclared``. Source: all-2019#32.1."""
    told = tell_remedies(get_case(case_id, deps), deps)
    return perform(case_id, c.TellNotNeeded(reasons, told), actor, deps)


def tell_not_competent(case_id: CaseId, authority: Text, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Do not accept, and name the competent authority. Causes ``NotCompetentDeclared``.

    Source of law: all-2019#32.2.
    """
    told = tell_remedies(get_case(case_id, deps), deps)
    return perform(case_id, c.TellNotCompetent(authority, reasons, told), actor, deps)


def correct_at_once(
    case_id: CaseId, what: str, raw_answers: Mapping[str, object], actor: Actor, deps: Deps
) -> Case:
    """Put an error right on the spot, at the deciding zone or at the one that received.

    Causes: ``ErrorCorrected``, then evidence is gathered and acceptance tried again; in the other zone a
        ``case.act`` message. No round of correction is used for it.

    Raises:
        Refused: every problem with the answers at once; or nothing was changed, or what is not said.

    Source of law: all-2019#32.3.
    """
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    answers = parse_answers(item.form, {**case.answers, **raw_answers})
    problems = list(answers.problems)
    if not what.strip():
        problems.append(Problem("at-once.what", _SAY_WHAT, "what", "all-2019#32.3"))
    if len(what) > WHAT_MAX:
        problems.append(Problem("at-once.long", _TOO_LONG.fill(most=WHAT_MAX), "what"))
    changed = {name: value for name, value in answers.values.items() if case.answers.get(name) != value}
    if not changed and not problems:
        problems.append(Problem("correction.unchanged", _UNCHANGED, source="all-2019#32.3"))
    if problems:
        raise Refused(*problems)
    if case.deciding_zone == deps.zone:
        return perform(case_id, c.CorrectAtOnce(what, changed, deps.zone), actor, deps)
    body = {"case": case_id, "act": ACT, "actor": to_plain(actor), "what": what,
            "answers": to_plain(changed)}  # fmt: skip
    with deps.unit():
        deps.exchange.post(case.deciding_zone, "case.act", body, case_id)
    return case


_SAY_WHAT = Text("请写明当场更正了什么。", "Say what was corrected on the spot.")
_TOO_LONG = Text("最多 {most} 个字。", "At most {most} characters.")
_UNCHANGED = Text("没有改动任何内容。", "Nothing was changed.")
