"""What a verified message from another zone causes here. One function a message type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case.plain import from_plain, recorded_from_plain
from tongban.domain.case.state import Case, apply
from tongban.flows.answer_evidence import answer_evidence, evidence_from_plain
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.flows.react import react
from tongban.kernel.errors import Fault, Problem, Refused
from tongban.kernel.ids import CaseId, MessageId, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message whose envelope has been opened and whose sender is certain."""

    from_zone: ZoneId
    message_id: MessageId
    type: str
    body: Mapping[str, Any]


Answer = tuple[str, dict[str, object]] | None
"""Type and body of the message that answers at once, or nothing."""


def receive(message: Incoming, deps: Deps) -> Answer:
    """Carry out what a message asks. The envelope has been opened and its sender is certain.

    Twice: nothing; every effect looks first at what is there.

    Raises:
        Refused: with code ``message.*`` when the message may not be carried out; it is logged and answered.
    """
    effect = EFFECTS.get(message.type)
    if effect is None:
        raise Refused(Problem("message.unknown-type", _UNKNOWN_TYPE.fill(type=message.type)))
    try:
        return effect(message, deps)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(Problem("message.malformed", _MALFORMED.fill(type=message.type))) from error


def receive_application(message: Incoming, deps: Deps) -> Answer:
    """``case.submit``: an application that another zone took in for this one."""
    recorded = recorded_from_plain(message.body["recorded"])
    submitted = recorded.event
    if not isinstance(submitted, e.Submitted) or recorded.version != 1:
        raise ValueError("not an application")
    if submitted.deciding_zone != deps.zone or submitted.receiving_zone != message.from_zone:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    with deps.unit():
        if deps.cases.find(recorded.case_id) is None:
            deps.catalogue.get_item(submitted.item_id, deps.zone)
            _keep(Case(recorded.case_id), (recorded,), deps)
    return None


def receive_progress(message: Incoming, deps: Deps) -> Answer:
    """``case.update``: what the deciding zone did; kept at the same versions as there."""
    events = tuple(recorded_from_plain(plain) for plain in message.body["events"])
    with deps.unit():
        case = get_case(CaseId(message.body["case"]), deps)
        if case.deciding_zone != message.from_zone:
            raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
        news = tuple(one for one in events if one.version > case.version and one.case_id == case.id)
        if news and news[0].version != case.version + 1:
            raise Fault("message.too-early", _TOO_EARLY)
        if news:
            _keep(case, news, deps)
    return None


def _keep(before: Case, events: tuple[e.Recorded, ...], deps: Deps) -> None:
    """Append events of another zone as they are, then let what follows them here follow."""
    after = before
    for one in events:
        after = apply(after, one)
    deps.cases.append(before, events, after)
    react(after, events, deps)


def receive_act(message: Incoming, deps: Deps) -> Answer:
    """``case.act``: the applicant corrected, withdrew or asked for a person at the receiving zone."""
    case = get_case(CaseId(message.body["case"]), deps)
    if case.receiving_zone != message.from_zone:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    actor = e.Actor("applicant", str(message.body["actor"]))
    match message.body["act"]:
        case "correct":
            command: c.Command = c.Correct(from_plain(message.body["answers"]), message.from_zone)
        case "withdraw":
            command = c.Withdraw(message.from_zone, str(message.body.get("reason", "")))
        case "ask-for-person":
            command = c.AskForPerson(message.from_zone)
        case _:
            raise ValueError("unknown act")
    perform(case.id, command, actor, deps)
    return None


def receive_question(message: Incoming, deps: Deps) -> Answer:
    """``evidence.request``: another zone asks what this zone's registers hold."""
    return answer_evidence(message.body, deps)


def receive_evidence(message: Incoming, deps: Deps) -> Answer:
    """``evidence.response`` and ``evidence.error``: what the zone that was asked holds, or why not."""
    case = get_case(CaseId(message.body["case"]), deps)
    asked = next((a.ask for kind, a in case.pending.items() if kind == message.body["kind"]), None)
    if asked is None:
        return None
    if asked.holder != message.from_zone or asked.subject != message.body["subject"]:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    actor = e.Actor("zone", message.from_zone)
    if "error" in message.body:
        nothing = c.NoteNothingHeld(
            asked.kind, message.from_zone, str(message.body["error"]), message.message_id
        )
        perform(case.id, nothing, actor, deps)
        return None
    evidence = evidence_from_plain(message.body["evidence"], message.from_zone)
    perform(case.id, c.AttachEvidence(evidence, message.message_id), actor, deps)
    return None


def receive_notice(message: Incoming, deps: Deps) -> Answer:
    """``zone.notice``: what another zone must tell this one; kept for the register's keeper."""
    if not isinstance(message.body["notice"], str) or deps.catalogue.law.find(message.body["ground"]) is None:
        raise Refused(Problem("message.no-ground", _NO_GROUND, "ground"))
    return None


EFFECTS: dict[str, Callable[[Incoming, Deps], Answer]] = {
    "case.submit": receive_application,
    "case.update": receive_progress,
    "case.act": receive_act,
    "evidence.request": receive_question,
    "evidence.response": receive_evidence,
    "evidence.error": receive_evidence,
    "zone.notice": receive_notice,
}
"""Every message type of the protocol and what it causes (docs/federation.md)."""

_UNKNOWN_TYPE = Text("不认识的消息类型：{type}", "Unknown message type: {type}")
_MALFORMED = Text(
    "{type} 消息的内容不完整或有误。", "The body of this {type} message is incomplete or wrong."
)
_WRONG_ROUTE = Text(
    "这条消息与办件的收件地、办理地不符。", "This message does not fit the zones of the case."
)
_TOO_EARLY = Text(
    "这条消息先于它所依据的消息到达。", "This message arrived before the one on which it rests."
)
_NO_GROUND = Text("消息没有写明有效的法律依据。", "The message names no ground in law.")
