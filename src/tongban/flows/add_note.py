"""Write an internal note on a case; it is never changed and never leaves the zone."""

from tongban.domain.assignment import REASON_CHARS, CaseNote
from tongban.domain.case.events import Actor
from tongban.flows.move_case import get_own
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

_ID_CHARS = 16
NOTES_MAX = 200
"""Most notes that one case keeps."""


def add_note(case_id: CaseId, words: str, actor: Actor, deps: Deps) -> CaseNote:
    """Keep a note on a case decided here.

    Raises:
        Refused: no words, too many words, or too many notes.
    """
    case, problems = get_own(case_id, deps), []
    if not words.strip():
        problems.append(Problem("note.empty", _EMPTY, "words"))
    if len(words) > REASON_CHARS:
        problems.append(Problem("note.long", _LONG.fill(most=REASON_CHARS), "words"))
    if len(deps.desk.list_notes(case.id, NOTES_MAX)) >= NOTES_MAX:
        problems.append(Problem("note.many", _MANY, "words"))
    if problems:
        raise Refused(*problems)
    note = CaseNote(
        deps.chance.token(_ID_CHARS), case.id, actor.id, actor.name, words.strip(), deps.clock.now()
    )
    with deps.unit():
        deps.desk.add_note(note)
    return note


_EMPTY = Text("备注没有内容。", "The note is empty.")
_LONG = Text("备注最多{most}个字。", "A note has at most {most} characters.")
_MANY = Text("这个办件的备注已经太多。", "This case has too many notes already.")
