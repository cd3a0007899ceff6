"""Authorisation of agents and helpers (帮办代办): which items and acts, until when; it can be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tongban.kernel.errors import Problem
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text

SOURCE = "all-2019#29.2"
MOST_ITEMS = 60
ACTS = {
    "apply": Text("提出申请", "apply"),
    "correct": Text("补正", "correct"),
    "withdraw": Text("撤回申请", "withdraw"),
    "be-heard": Text("陈述、申辩和申请听证", "state their case and ask for a hearing"),
    "collect": Text("领取结果", "collect the result"),
}
"""What somebody may be authorised to do."""
CONSENTS = {
    "paper": Text("窗口看过委托人签名的授权书", "signed paper seen at a window"),
    "zone": Text(
        "在另一高新区登记，当日经签名答复核实", "on record in another zone, which vouched for it today"
    ),
    "account": Text("委托人在自己的空间里授权", "given by the principal in their own space"),
}
"""How the principal's consent is shown."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a principal has let somebody do.

    Args:
        principal_id: citizen number or unified social credit code of who is acted for.
        helper_id: citizen number of who acts.
        items, acts: the scope; neither is ever empty, so that nothing is covered by silence.
        from_on, until_on: civil dates, both included.
        consent: a key of ``CONSENTS``.
        recorded_by: account of the clerk who saw the paper, or of the principal.
    """

    id: str
    principal_id: str
    principal_name: str
    helper_id: str
    helper_name: str
    items: tuple[ItemId, ...]
    acts: tuple[str, ...]
    from_on: date
    until_on: date
    consent: str
    recorded_by: str
    recorded_at: datetime
    revoked_at: datetime | None = None

    def find_problem(self, item: ItemId, act: str, on: date) -> Problem | None:
        """Return why it does not cover an act on a day, or None when it does."""
        if self.revoked_at is not None:
            return Problem("mandate.revoked", _REVOKED, "mandate", SOURCE, _NEW_ONE)
        if on > self.until_on:
            return Problem(
                "mandate.expired", _EXPIRED.fill(on=str(self.until_on)), "mandate", SOURCE, _NEW_ONE
            )
        if on < self.from_on:
            return Problem("mandate.not-yet", _NOT_YET.fill(on=str(self.from_on)), "mandate", SOURCE)
        if item not in self.items:
            return Problem("mandate.other-item", _OTHER_ITEM, "mandate", SOURCE, _NEW_ONE)
        if act not in self.acts:
            words = _OTHER_ACT.fill(zh=ACTS[act].zh, en=ACTS[act].en)
            return Problem("mandate.other-act", words, "mandate", SOURCE, _NEW_ONE)
        return None


def check_mandates(mandates: Sequence[Mandate], item: ItemId, act: str, on: date) -> tuple[Problem, ...]:
    """Return why nothing covers an act; empty when one of the authorisations does.

    Source of law: all-2019#29.2 (an applicant may let an agent apply; the agent acts within what was given).
    """
    if not mandates:
        return (Problem("mandate.none", _NONE, "mandate", SOURCE, _NEW_ONE),)
    problems = [one.find_problem(item, act, on) for one in mandates]
    if None in problems:
        return ()
    return tuple({one.code: one for one in problems if one is not None}.values())


def check_new_mandate(mandate: Mandate, today: date) -> tuple[Problem, ...]:
    """Return everything that is wrong with an authorisation as it is given, at once."""
    problems = []
    if not mandate.items or len(mandate.items) > MOST_ITEMS:
        problems.append(Problem("mandate.no-items", _NO_ITEMS, "items", SOURCE))
    if not mandate.acts or set(mandate.acts) - ACTS.keys():
        problems.append(Problem("mandate.no-acts", _NO_ACTS, "acts", SOURCE))
    if mandate.until_on < max(today, mandate.from_on):
        problems.append(Problem("mandate.ended", _ENDED, "until", SOURCE))
    if mandate.helper_id == mandate.principal_id:
        problems.append(Problem("mandate.self", _SELF, "helper_id", SOURCE))
    return tuple(problems)


_NONE = Text("没有这位代理人的授权记录", "No authorisation of this agent is on record")
_REVOKED = Text("委托人已经收回授权", "The principal has taken the authorisation back")
_EXPIRED = Text("授权已于 {on} 到期", "The authorisation ended on {on}")
_NOT_YET = Text("授权从 {on} 开始", "The authorisation begins on {on}")
_OTHER_ITEM = Text("授权不包括这个事项", "The authorisation does not cover this item")
_OTHER_ACT = Text("授权不包括：{zh}", "The authorisation does not cover: {en}")
_NEW_ONE = Text(
    "请委托人另行授权，或者由委托人本人办理；授权登记在别的高新区的，先向那里核实。",
    "Ask the principal for another authorisation, or let them do it in person; if another zone has it on"
    " record, ask there first.",
)
_NO_ITEMS = Text("请写明授权办理哪些事项", "Say which items it covers")
_NO_ACTS = Text("请写明授权办理哪些手续", "Say which acts it covers")
_ENDED = Text("授权的截止日期已经过去", "The authorisation has ended already")
_SELF = Text("代理人不能是申请人本人", "The agent cannot be the applicant")
