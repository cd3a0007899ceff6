"""A steward's act is kept here and told to every other zone; another zone's act is kept as it was told."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tongban.domain.case.events import Actor
from tongban.domain.standard.acts import Act, RecordedAct, TicketClosed, TicketOpened
from tongban.domain.standard.plain import act_from_plain, act_message
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.text import Text

STANDARD_ACT, TABLE_ACT = "standard.act", "table.act"
CLOCKS_DIFFER = timedelta(minutes=5)
OLDEST = timedelta(days=31)
"""A message lives thirty days; an act that says it is older was back-dated."""
_ID_CHARS = 12


def tell_alliance(act: Act, subject: str, actor: Actor, deps: Deps) -> RecordedAct:
    """Keep an act and queue it for every other zone.

    Args:
        subject: the proposal or ticket it is about; empty for an act that begins one.

    Causes: one message to each other zone.
    """
    if actor.kind != "steward":
        raise Refused(Problem("standard.wrong-role", _WRONG_ROLE))
    return keep_and_tell(act, subject, actor.name, deps)


def keep_and_tell(act: Act, subject: str, by: str, deps: Deps) -> RecordedAct:
    """Keep an act and tell it, whoever it is by: a rule makes a ticket of what recurs."""
    identity = f"{deps.zone}-{deps.chance.token(_ID_CHARS)}"
    now = deps.clock.now()
    recorded = RecordedAct(identity, subject or identity, deps.zone, by, now, act)
    about_table = isinstance(act, TicketOpened | TicketClosed) or _is_of_table(subject, deps)
    with deps.unit():
        deps.alliance.keep(recorded)
        body = act_message(recorded)
        for zone in sorted(deps.catalogue.zones):
            if zone != deps.zone:
                type_ = TABLE_ACT if about_table else STANDARD_ACT
                deps.exchange.post(ZoneId(zone), type_, body, CaseId(recorded.subject))
    return recorded


def _is_of_table(subject: str, deps: Deps) -> bool:
    return any(isinstance(one.act, TicketOpened) for one in deps.alliance.list_about(subject))


def take_in_act(body: Mapping[str, Any], from_zone: ZoneId, deps: Deps) -> None:
    """Keep another zone's act, whatever it is about: what has not arrived yet may be on its way.

    Twice: nothing.

    Raises:
        Refused: it cannot be read, is told by another zone than it is of, or its time is not likely.
    """
    try:
        recorded = act_from_plain(body)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refused(Problem("message.malformed", _MALFORMED)) from error
    if recorded.zone != from_zone:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    now = deps.clock.now()
    if not now - OLDEST <= recorded.at <= now + CLOCKS_DIFFER:
        raise Refused(Problem("message.stale", _UNLIKELY, "at"))
    deps.alliance.keep(recorded)


_WRONG_ROLE = Text("只有事项管理员可以这样做。", "Only a steward may do this.")
_MALFORMED = Text("这条消息的内容不完整或有误。", "The body of this message is incomplete or wrong.")
_WRONG_ROUTE = Text("一个区只能通报本区的行为。", "A zone may only tell what it has done itself.")
_UNLIKELY = Text("这条消息所写的时间不合情理。", "The time in this message is not likely.")
