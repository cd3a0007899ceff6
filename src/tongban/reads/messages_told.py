"""What applicants were told, as pages show it: my messages, and what went out about a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.case.state import Case
from tongban.domain.notification import EMAIL, IN_APP, SMS
from tongban.flows.notification_store import FAILED, QUEUED, SENDING, SENT, UNKNOWN, KeptMessage
from tongban.flows.ports import Deps
from tongban.flows.send_notifications import say
from tongban.kernel.text import Text

MESSAGES_A_PAGE = 20
UNREAD_MOST = 100
"""Counting stops here; more is shown as 99 and a plus."""
_NUMBER_DIGITS = 18

CHANNEL_WORDS = {
    IN_APP: Text("站内消息", "In your space"),
    EMAIL: Text("电子邮件", "E-mail"),
    SMS: Text("短信", "Short message"),
}
STATE_WORDS = {
    QUEUED: Text("等待发出", "waiting to be sent"),
    SENDING: Text("正在发出", "being sent"),
    SENT: Text("已交付发送，是否送达无法得知", "handed over; whether it arrived is not known"),
    UNKNOWN: Text(
        "可能已发出：线路在确认之前中断，不再重发",
        "may have been sent: the line broke before the answer; it is not sent again",
    ),
    FAILED: Text("没有发出", "not sent"),
}  # fmt: skip
_INSIDE = Text("可在“我的消息”中查看", "stands among your messages")
_WHY = {
    "broken-off": Text("发送时系统中断", "the system stopped while it was sent"),
    "switched-off": Text("这个渠道已关闭", "the channel was switched off"),
    "no-carrier": Text("本区没有开通这种渠道", "this zone has no such channel"),
}


@dataclass(frozen=True, slots=True)
class MessageLine:
    """A message in the house.

    Args:
        case_id: empty where it is about an appointment.
    """

    number: int
    says: Text
    case_id: str
    at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One page of messages, newest first; ``before`` begins the next page, None on the last."""

    lines: tuple[MessageLine, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class SentLine:
    """A message that went out about a case, on one channel, and what became of it."""

    says: Text
    channel: Text
    state: Text
    why: Text | str
    colour: str
    at: datetime
    attempts: int


def read_messages(recipients: Sequence[str], before: str, deps: Deps) -> MessagePage:
    """Return one page of somebody's messages, with one question.

    Args:
        before: ``MessagePage.before`` of the page before; anything that is none begins at the front.
    """
    is_number = before.isascii() and before.isdecimal() and len(before) <= _NUMBER_DIGITS
    place = int(before) if is_number else None
    rows = deps.notifications.list_inside(recipients, place, MESSAGES_A_PAGE + 1)
    shown = rows[:MESSAGES_A_PAGE]
    lines = tuple(
        MessageLine(row.number, _say(row, deps), row.case_id, row.at, row.read_at is None) for row in shown
    )
    return MessagePage(lines, shown[-1].number if len(rows) > MESSAGES_A_PAGE else None)


def count_unread(recipients: Sequence[str], deps: Deps) -> str:
    """Return how many messages were not read, as written on a page; empty for none."""
    count = deps.notifications.count_unread(recipients, UNREAD_MOST)
    return f"{UNREAD_MOST - 1}+" if count >= UNREAD_MOST else str(count or "")


def read_sent(case: Case, recipients: Sequence[str] | None, deps: Deps) -> tuple[SentLine, ...]:
    """Return what went out about a case, oldest first; None shows everybody's, to who handles the case."""
    return tuple(_sent(row, deps) for row in deps.notifications.list_of_case(case.id, recipients))


def _sent(row: KeptMessage, deps: Deps) -> SentLine:
    colours = {SENT: "green", FAILED: "red", UNKNOWN: "yellow"}
    state = _INSIDE if row.channel == IN_APP else STATE_WORDS[row.state]
    return SentLine(
        _say(row, deps), CHANNEL_WORDS[row.channel], state, _WHY.get(row.why, row.why),
        colours.get(row.state, "grey"), row.ended_at or row.at, row.attempts,
    )  # fmt: skip


def _say(row: KeptMessage, deps: Deps) -> Text:
    return say(row.kind, row.case_id, row.item_id, row.zone, row.about_on.isoformat(), deps)
