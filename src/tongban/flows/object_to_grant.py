"""A holder objects to what a machine granted: a person looks again; until then the licence is valid."""

from tongban.domain.case.state import Case
from tongban.domain.voice.book import OBJECTION
from tongban.domain.voice.voice import Voice
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.flows.raise_voice import Said, raise_voice
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text


def was_granted_by_machine(case: Case, deps: Deps) -> bool:
    """Say whether a machine granted a case, as its history tells."""
    history = deps.cases.history(case.id)
    return any(type(one.event).__name__ == "Granted" and one.actor.kind == "machine" for one in history)


def object_to_grant(said: Said, deps: Deps) -> Voice:
    """Keep an objection, once while one is open; nothing of the licence changes by it.

    Raises:
        Refused: it was not a machine, another zone decided, or an objection is open already.

    Source of law: pipl-2021#24.3.
    """
    case = get_case(said.about.case_id, deps)
    problems = []
    if case.deciding_zone != deps.zone:
        problems.append(Problem("objection.elsewhere", _ELSEWHERE))
    elif not was_granted_by_machine(case, deps):
        problems.append(Problem("objection.by-person", _BY_PERSON, "", "pipl-2021#24.3"))
    if any(one.kind == OBJECTION and one.is_open for one in deps.voices.list_of_case(case.id)):
        problems.append(Problem("objection.open", _OPEN))
    if problems:
        raise Refused(*problems)
    return raise_voice(said, deps)


_ELSEWHERE = Text("作出决定的是另一个高新区，请在该区的页面提出", "Another zone decided; object on its page")
_BY_PERSON = Text("这件不是由机器准予的", "No machine granted this case")
_OPEN = Text("已有一件异议正在复核", "An objection is being looked at already")
