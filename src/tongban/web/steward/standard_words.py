"""What the steward's pages call states and acts, and in which colour."""

from collections.abc import Iterable, Mapping

from tongban.domain.standard.acts import (
    Commented,
    Proposed,
    Ratified,
    RecordedAct,
    Retracted,
    TicketClosed,
    TicketOpened,
)
from tongban.domain.standard.proposal import ProposalState
from tongban.kernel.text import Text
from tongban.reads.standard import DiffLine, Place
from tongban.web.shared.parts import Tag

PLACES: Mapping[Place, Tag] = {
    Place.AS_RATIFIED: Tag(Text("与标准一致", "As ratified"), "green"),
    Place.OTHERWISE: Tag(Text("与标准不一致", "Not as ratified"), "red"),
    Place.NOTHING_RATIFIED: Tag(Text("尚无标准", "Nothing ratified yet"), "grey"),
}
STATES: Mapping[ProposalState, Tag] = {
    ProposalState.OPEN: Tag(Text("待各区批准", "Waits for zones"), "yellow"),
    ProposalState.IN_FORCE: Tag(Text("现行标准", "In force"), "green"),
    ProposalState.SUPERSEDED: Tag(Text("已被替代", "Superseded"), "grey"),
    ProposalState.RETRACTED: Tag(Text("已撤回", "Taken back"), "grey"),
}
TICKET_OPEN = Tag(Text("待处理", "Open"), "yellow")
TICKET_OVERDUE = Tag(Text("已逾期", "Overdue"), "red")
TICKET_CLOSED = Tag(Text("已销号", "Closed"), "green")

_FILES: Mapping[str, Text] = {
    "item.yaml": Text("事项", "The item"),
    "form.yaml": Text("表单", "The form"),
    "rules.yaml": Text("条件", "The criteria"),
    "credential.yaml": Text("证照", "The licence"),
    "articles.txt": Text("引用的条文和期限", "The articles and limits it cites"),
    "evidence.txt": Text("使用的证据种类", "The kinds of evidence it uses"),
    "procedure.txt": Text("办理流程和自动办理条件", "Its procedure, and the gate of the machine"),
    "calendars.txt": Text("工作日历", "The working calendars"),
}


def say_file(name: str) -> Text:
    """Return what a file of a proposal holds, with its name."""
    words = _FILES.get(name, Text("文件", "File"))
    return Text(f"{words.zh}（{name}）", f"{words.en} ({name})")


def say_lines(lines: Iterable[DiffLine]) -> list[tuple[DiffLine, Text | None]]:
    """Return the lines of a diff, with words where a file begins."""
    return [(line, say_file(line.text) if line.kind == "file" else None) for line in lines]


_DID: Mapping[type, Text] = {
    Proposed: Text("提出", "proposed it"),
    Commented: Text("意见", "commented"),
    Ratified: Text("批准", "ratified it"),
    Retracted: Text("撤回", "took it back"),
    TicketOpened: Text("提交联席会议", "brought it to the table"),
    TicketClosed: Text("销号", "closed it"),
}


def say_act(recorded: RecordedAct) -> Text:
    """Return what somebody did, as a word."""
    return _DID[type(recorded.act)]


def words_of(recorded: RecordedAct) -> str:
    """Return what somebody wrote with an act, or nothing."""
    match recorded.act:
        case Proposed(reason=words) | Retracted(reason=words) | Commented(words=words):
            return words
        case TicketOpened(words=words) | TicketClosed(note=words):
            return words
        case _:
            return ""
