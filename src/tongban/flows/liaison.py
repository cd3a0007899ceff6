"""An act between zones is kept here and told to the other zones it concerns; theirs are kept as told."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.law import Article
from tongban.domain.liaison.acts import (
    Act,
    ActedInName,
    CopyCertified,
    DelegationEnded,
    DelegationProposed,
    DelegationPublished,
    DisputeAnswered,
    DisputeClosed,
    DisputeEscalated,
    DisputeOpened,
    JointClosed,
    JointExtended,
    JointOpened,
    OriginalGiven,
    OriginalReceived,
    OriginalSent,
    OriginalTaken,
    PartAsked,
    PartGiven,
    PartOpened,
    ReceiptConfirmed,
    ZoneAct,
)
from tongban.domain.liaison.plain import BEGINNERS, WORDS_CHARS, zone_act_from_plain, zone_act_plain
from tongban.flows.matters import compose_matter
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.flows.tell_alliance import CLOCKS_DIFFER, OLDEST
from tongban.kernel.errors import Conflict, NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, LawKey, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

ZONE_ACT = "zone.act"
"""The type of the message that tells an act."""
ORIGINALS = "demonstration-rules-2025#originals"
_ID_CHARS = 12
_REGISTER_OF: dict[type, str] = {
    OriginalTaken: "original",
    OriginalSent: "original",
    OriginalReceived: "original",
    OriginalGiven: "original",
    CopyCertified: "copy",
    ReceiptConfirmed: "receipt",
    DelegationProposed: "delegation",
    DelegationPublished: "delegation",
    DelegationEnded: "delegation",
    ActedInName: "delegation",
    DisputeOpened: "dispute",
    DisputeAnswered: "dispute",
    DisputeEscalated: "dispute",
    DisputeClosed: "dispute",
    JointOpened: "joint",
    PartAsked: "joint",
    PartOpened: "joint",
    PartGiven: "joint",
    JointExtended: "joint",
    JointClosed: "joint",
}


def tell_zone_act(
    act: Act, about: ZoneAct | None, case_id: CaseId, to_zones: Iterable[ZoneId], actor: Actor, deps: Deps,
    *, in_order: bool = False, identity: str = "",
) -> ZoneAct:  # fmt: skip
    """Keep an act and queue it for other zones.

    Args:
        about: the newest act of the subject that counts; None for an act that begins one.
        in_order: whether only one act may stand behind ``about``.
        identity: the act's id where it must be the same however often it is tried; else it is drawn.

    Causes: the act, the line of its subject, and one message to each zone; what waited for it waits no more.

    Raises:
        Conflict: somebody else took the next step first.
    """
    identity = identity or f"{deps.zone}-{deps.chance.token(_ID_CHARS)}"
    subject, follows = (about.subject, about.id if in_order else "") if about else (identity, "")
    now = deps.clock.now()
    told = ZoneAct(identity, subject, follows, case_id, deps.zone, actor.id, actor.name, now, act)
    with deps.unit():
        if not deps.liaison.keep(told, _REGISTER_OF[type(act)]):
            raise Conflict(f"{subject}: somebody took the next step first")
        _note(told, deps)
        for zone in sorted(set(to_zones) - {deps.zone}):
            deps.exchange.post(zone, ZONE_ACT, zone_act_plain(told), case_id or CaseId(subject))
    return told


def _note(told: ZoneAct, deps: Deps) -> None:
    """Keep what an act that was just kept changes here: the line of its subject, what waited for it."""
    if isinstance(told.act, ReceiptConfirmed):
        deps.agenda.settle_receipt(told.case_id)
    case = deps.cases.find(told.case_id) if told.case_id else None
    matter = compose_matter(deps.liaison.list_about(told.subject), case, deps)
    if matter is not None:
        deps.liaison.save_matter(matter)


def read_told(body: Mapping[str, Any], from_zone: ZoneId, deps: Deps) -> ZoneAct:
    """Return another zone's act, if it may be kept here.

    Raises:
        Refused: it cannot be read, is told by another zone than it is of, is not of a zone of the case, or
            its time is not likely.
        NotFound: the case or the subject is not here; what brings it may be on its way.
    """
    try:
        told = zone_act_from_plain(body)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refused(Problem("message.malformed", _MALFORMED)) from error
    now = deps.clock.now()
    if not now - OLDEST <= told.at <= now + CLOCKS_DIFFER:
        raise Refused(Problem("message.stale", _UNLIKELY, "at"))
    if told.zone != from_zone:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    if _REGISTER_OF[type(told.act)] == "joint":
        _check_joint_parties(told, deps)
    elif told.case_id:
        _check_parties(get_case(told.case_id, deps), told, deps)
    elif _REGISTER_OF[type(told.act)] != "delegation":
        raise Refused(Problem("message.malformed", _MALFORMED, "case"))
    if not isinstance(told.act, BEGINNERS):
        known = deps.liaison.list_about(told.subject)
        if not known:
            raise NotFound(told.subject)
        if _REGISTER_OF[type(known[0].act)] != _REGISTER_OF[type(told.act)]:
            raise Refused(Problem("message.malformed", _MALFORMED, "subject"))
    return told


def _check_parties(case: Case, told: ZoneAct, deps: Deps) -> None:
    parties = zones_of(case)
    if told.zone not in parties or deps.zone not in parties:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    if isinstance(told.act, ReceiptConfirmed) and told.zone != case.deciding_zone:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))


def _check_joint_parties(told: ZoneAct, deps: Deps) -> None:
    """Refuse what is not told between the lead, the zones that take part, and the one that received it."""
    case = deps.cases.find(told.case_id)
    known = deps.liaison.list_about(told.subject)
    begun = told.act if isinstance(told.act, JointOpened) else known[0].act if known else None
    if isinstance(begun, JointOpened):
        lead = told.zone if isinstance(told.act, JointOpened) else known[0].zone
        parties = {lead, *begun.parts}
        is_leads = case is None or case.deciding_zone == lead
        is_for_us = deps.zone in parties or (case is not None and deps.zone in zones_of(case))
        if not (is_leads and is_for_us and told.zone in parties):
            raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))


def keep_told(told: ZoneAct, deps: Deps) -> bool:
    """Keep another zone's act; False when it is here already.

    Causes: the act, the line of its subject; a hand-over that was confirmed is late no more.
    """
    with deps.unit():
        if not deps.liaison.keep(told, _REGISTER_OF[type(told.act)]):
            return False
        _note(told, deps)
    return True


def zones_of(case: Case) -> frozenset[ZoneId]:
    """Return the zones that have to do with a case."""
    return frozenset((case.receiving_zone, case.deciding_zone))


def find_matter_day(article: str, name: str, zone: ZoneId, deps: Deps) -> date:
    """Return the last day of a limit that begins today, planned with a zone's calendar."""
    limit = get_rule(article, deps).limits[name]
    today = civil_date(deps.clock.now())
    if limit.unit == "calendar_day":
        return today + timedelta(days=limit.amount)
    return deps.catalogue.get_calendar(zone).plan_working_days(today, limit.amount)


def get_rule(article: str, deps: Deps) -> Article:
    """Return an article of the zones' rules."""
    return deps.catalogue.law.get(LawKey(article))


def check_length(words: str, pointer: str) -> tuple[Problem, ...]:
    """Return what is wrong with the length of words that somebody wrote."""
    if len(words) > WORDS_CHARS or "\x00" in words:
        return (Problem("liaison.too-many-words", _TOO_MANY.fill(most=WORDS_CHARS), pointer),)
    return ()


_TOO_MANY = Text("最多 {most} 个字。", "At most {most} characters.")
_MALFORMED = Text("这条消息的内容不完整或有误。", "The body of this message is incomplete or wrong.")
_WRONG_ROUTE = Text(
    "一个区只能通报本区在共同办件中的行为。", "A zone may only tell what it did itself, in a case of both."
)
_UNLIKELY = Text("这条消息所写的时间不合情理。", "The time in this message is not likely.")
