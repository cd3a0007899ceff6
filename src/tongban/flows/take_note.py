"""An officer takes note of what another zone has told this one, and marks the register's entry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tongban.domain.case.events import Actor
from tongban.domain.catalogue.item import Announcement
from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.rules.table import plain_value
from tongban.flows.attest_register import keep_row
from tongban.flows.notice_store import Notice, Taken
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text

WORDS_CHARS = 500
"""What may be written with it; the same as other words that are kept beside an act."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """The entry that a notice concerns, as the register holds it now.

    Args:
        marks: what taking note will change of it; empty when nothing.
        differs: names of facts in which the entry is not what the notice says of it: then nothing is changed.
    """

    record: HeldRecord
    marks: Mapping[str, object]
    differs: tuple[str, ...]


def take_note(number: int, words: str, actor: Actor, deps: Deps) -> None:
    """Record that a person has taken note; the entry it concerns is marked as the item's pack says.

    Causes: the notice names who, when and with which words; the register's entry carries the marks, so that
        whoever asks next is answered truly.
    Twice:  Refused; one person takes note, and it stays so.

    Raises:
        NotFound: there is no such notice here.
        Conflict: somebody was first.
    """
    if actor.kind not in ("officer", "head"):
        raise Refused(Problem("notice.wrong-role", _WRONG_ROLE))
    if len(words) > WORDS_CHARS:
        raise Refused(Problem("notice.too-long", _TOO_LONG.fill(most=WORDS_CHARS), "words"))
    now = deps.clock.now()
    with deps.unit():
        notice = deps.notices.find(number)
        if notice is None:
            raise NotFound(str(number))
        if notice.taken is not None:
            raise Refused(Problem("notice.taken", _TAKEN.fill(name=notice.taken.name)))
        concerned = find_concerned(notice, deps)
        is_marked = concerned is not None and bool(concerned.marks)
        if concerned is not None and is_marked:
            record = concerned.record
            facts = {**record.facts, **concerned.marks}
            keep_row(record, replace(record, facts=facts, as_of=now, cause=notice.case_id), deps)
        deps.notices.take(number, Taken(now, actor.id, actor.name, words, is_marked))


def find_concerned(notice: Notice, deps: Deps) -> Concerned | None:
    """Return the register's entry with what would change of it, or None when no entry is concerned.

    The marks come from this zone's own copy of the item's pack, not from the message.
    """
    if notice.entry is None:
        return None
    record = deps.registers.find(notice.entry.kind, notice.entry.subject)
    if record is None:
        return None
    prefix = f"evidence.{notice.entry.kind}."
    told = {
        name.removeprefix(prefix): value for name, value in notice.facts.items() if name.startswith(prefix)
    }
    differs = tuple(name for name, value in told.items() if plain_value(record.facts.get(name)) != value)
    announcement = find_announcement(notice, deps)
    marks: Mapping[str, object] = {}
    if announcement is not None and announcement.concerns == notice.entry.kind and not differs:
        marks = {k: v for k, v in announcement.marks.items() if record.facts.get(k) != v}
    return Concerned(record, marks, differs)


def find_announcement(notice: Notice, deps: Deps) -> Announcement | None:
    """Return what this zone's own pack says of such a notice, or None when it knows none."""
    try:
        item = deps.catalogue.get_item(notice.item_id, notice.from_zone)
    except NotFound:
        return None
    return next((each for each in item.announcements if each.notice == notice.notice), None)


_WRONG_ROLE = Text(
    "只有审批人员或审批负责人可以记录阅知。", "Only a case officer or a head of approvals may take note."
)
_TOO_LONG = Text("最多 {most} 个字。", "At most {most} characters.")
_TAKEN = Text("{name} 已经记录阅知。", "{name} has taken note already.")
