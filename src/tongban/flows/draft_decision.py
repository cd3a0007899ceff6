"""Keep, discard and use an officer's draft of a decision; the case itself does not know of it."""

from collections.abc import Mapping

from tongban.domain.assignment import DRAFT_CHARS, DeskDraft
from tongban.domain.case.events import Actor
from tongban.flows.belonging import find_obstacle
from tongban.flows.move_case import get_own
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def keep_draft(case_id: CaseId, act: str, values: Mapping[str, str], actor: Actor, deps: Deps) -> DeskDraft:
    """Keep a draft in place of the case's earlier one; only who may act on the case does.

    Raises:
        Refused: the case is somebody else's, or a part is too long.
    """
    case = get_own(case_id, deps)
    problems = [
        Problem("draft.long", _LONG.fill(most=DRAFT_CHARS), name)
        for name, value in values.items()
        if len(value) > DRAFT_CHARS
    ]
    if obstacle := find_obstacle(case, actor, deps):
        problems.append(obstacle)
    if problems:
        raise Refused(*problems)
    draft = DeskDraft(case.id, act, actor.id, actor.name, dict(values), deps.clock.now())
    with deps.unit():
        deps.desk.keep_draft(draft)
    return draft


def discard_draft(case_id: CaseId, actor: Actor, deps: Deps) -> None:
    """Throw the draft of a case away; nothing when there is none. Raises Refused as ``keep_draft``."""
    case = get_own(case_id, deps)
    if obstacle := find_obstacle(case, actor, deps):
        raise Refused(obstacle)
    with deps.unit():
        deps.desk.drop_draft(case.id)


_LONG = Text("最多{most}个字。", "At most {most} characters.")
