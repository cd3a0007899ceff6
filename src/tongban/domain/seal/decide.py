"""Who may do what with the seal: an act leads to an event, or is refused with every reason at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tongban.domain.seal.book import SealBook, SealRule
from tongban.domain.seal.events import ActivationProposed, Custodian, SealActivated, SealSuspended
from tongban.domain.seal.state import Seal
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

REASONS_MAX = 1000
"""Characters of the reasons for suspending, in one language."""
_HOUR = timedelta(hours=1)


def propose_activation(
    by: Custodian, role: str, hours: int, now: datetime, book: SealBook, rule: SealRule
) -> ActivationProposed:
    """Return the proposal of a shift that begins now.

    Args:
        role: of whoever proposes.
        hours: how long it is to last.

    Raises:
        Refused: not a custodian, or longer than this zone allows; both at once.
    """
    problems = _check_role(role, book)
    if not 1 <= hours <= rule.shift_hours:
        says = _HOURS.fill(most=rule.shift_hours)
        problems.append(Problem("seal.hours", says, "hours", book.ground))
    if problems:
        raise Refused(*problems)
    return ActivationProposed(by, now, now + hours * _HOUR)


def confirm_activation(
    seal: Seal, by: Custodian, role: str, now: datetime, book: SealBook, rule: SealRule
) -> SealActivated:
    """Return the activation that a second custodian brings about.

    Raises:
        Refused: nothing is proposed, it waited too long, it is the proposer who confirms, or no custodian.
    """
    problems = _check_role(role, book)
    proposed = seal.proposed
    if proposed is None or not isinstance(proposed.event, ActivationProposed):
        raise Refused(*problems, Problem("seal.nothing-proposed", _NOTHING, "", book.ground))
    event = proposed.event
    if event.by.id == by.id:
        problems.append(Problem("seal.same-person", _SAME_PERSON, "", book.ground, _ASK_OTHER))
    if now > proposed.at + rule.patience or now >= event.ends_at:
        says = _TOO_LATE.fill(minutes=rule.confirm_minutes)
        problems.append(Problem("seal.proposal-lapsed", says, "", book.ground, _PROPOSE_AGAIN))
    if problems:
        raise Refused(*problems)
    return SealActivated(event.by, by, now, event.ends_at)


def suspend(by: Custodian, role: str, reasons: Text, book: SealBook) -> SealSuspended:
    """Return the suspension that either custodian brings about alone.

    Raises:
        Refused: no custodian, no reasons, or too many; all at once.
    """
    problems = _check_role(role, book)
    if not reasons.zh.strip():
        problems.append(Problem("seal.no-reasons", _NO_REASONS, "reasons_zh"))
    if max(len(reasons.zh), len(reasons.en)) > REASONS_MAX:
        problems.append(Problem("seal.long-reasons", _LONG, "reasons_zh"))
    if problems:
        raise Refused(*problems)
    return SealSuspended(by, reasons)


def take_over(rota: Sequence[Custodian], now: datetime, rule: SealRule) -> SealActivated:
    """Return the shift that a demonstration begins by itself; it says that it does."""
    first, second = rota
    return SealActivated(first, second, now, now + rule.shift, is_by_rota=True)


def may_take_over(seal: Seal, rota: Sequence[Custodian], now: datetime) -> bool:
    """Say whether a demonstration may begin a shift by itself: nobody suspended the seal, and it rests."""
    return len({one.id for one in rota}) == 2 and seal.suspended is None and not seal.is_active(now)


def may_reopen(seal: Seal, rota: Sequence[Custodian], now: datetime) -> bool:
    """Say whether a demonstration may open the key by itself: for a shift that it began by itself."""
    shift = seal.find_shift(now)
    return len({one.id for one in rota}) == 2 and shift is not None and shift.is_by_rota


def check_ready(
    seal: Seal, used: int, now: datetime, book: SealBook, rule: SealRule, *, is_open: bool
) -> Problem | None:
    """Return why the seal may not move now, or None when it may. Waiting helps against all of these.

    Args:
        used: how often it moved in this hour of the clock.
        is_open: whether two custodians' secrets opened its key, and it still lies in memory.
    """
    if seal.suspended is not None and isinstance(seal.suspended.event, SealSuspended):
        return Problem("seal.suspended", _SUSPENDED, "", book.ground, _WAITS)
    if not seal.is_active(now):
        return Problem("seal.not-active", _NOT_ACTIVE, "", book.ground, _WAITS)
    if not is_open:
        return Problem("seal.key-closed", _KEY_CLOSED, "", book.ground, _WAITS)
    if used >= rule.uses_per_hour:
        says = _LIMIT.fill(most=rule.uses_per_hour)
        return Problem("seal.limit", says, "", book.ground, _NEXT_HOUR)
    return None


def hour_of(at: datetime) -> datetime:
    """Return the beginning of the hour of the clock in which an instant lies."""
    return at.replace(minute=0, second=0, microsecond=0)


def _check_role(role: str, book: SealBook) -> list[Problem]:
    return [] if role == book.role else [Problem("seal.not-you", _NOT_YOU, "", book.ground)]


_NOT_YOU = Text("只有印章保管员可以这样做。", "Only a custodian of the seal may do this.")
_HOURS = Text("一班为 1 至 {most} 小时。", "A shift lasts from 1 to {most} hours.")
_NOTHING = Text("没有等待确认的启用申请。", "No activation waits for a confirmation.")
_SAME_PERSON = Text(
    "提出启用的人不能自己确认，须由另一名保管员确认。",
    "Whoever proposed cannot confirm; the other custodian has to.",
)
_ASK_OTHER = Text("请另一名保管员登录后确认。", "Ask the other custodian to log in and confirm.")
_TOO_LATE = Text(
    "启用申请须在 {minutes} 分钟内确认，现已失效。",
    "A proposal is confirmed within {minutes} minutes; this one has lapsed.",
)
_PROPOSE_AGAIN = Text("请重新提出。", "Propose it again.")
_NO_REASONS = Text("请写明停用的理由。", "State why the seal is suspended.")
_LONG = Text(f"理由不超过 {REASONS_MAX} 字。", f"Reasons have at most {REASONS_MAX} characters.")
_SUSPENDED = Text("印章已被保管员停用。", "A custodian has suspended the seal.")
_NOT_ACTIVE = Text(
    "印章现在没有启用：须由两名保管员共同启用。",
    "The seal is not in use now: two custodians have to put it to use together.",
)
_KEY_CLOSED = Text(
    "印章密钥没有打开：保管它的程序重新启动过，须由两名保管员重新启用。",
    "The seal's key is closed: the program that keeps it was started anew, and two custodians have to put "
    "the seal to use again.",
)
_LIMIT = Text(
    "本小时用印已达上限（{most} 次）。",
    "The seal has been used {most} times in this hour, which is its limit.",
)
_WAITS = Text(
    "决定不受影响；文件等印章启用后自动盖章。",
    "Decisions go on; the document is sealed by itself once the seal is in use.",
)
_NEXT_HOUR = Text(
    "决定不受影响；文件到下一小时自动盖章。",
    "Decisions go on; the document is sealed by itself in the next hour.",
)
