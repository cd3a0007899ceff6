"""What a verified message from another zone causes here. One function a message type."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from tongban.domain.case import commands as c
from tongban.domain.case import events as e
from tongban.domain.case.plain import from_plain, recorded_from_plain
from tongban.domain.case.state import Case, apply
from tongban.domain.evidence.requirement import kind_of, spread_key
from tongban.domain.pledge import SignedPledge
from tongban.domain.rating import check_rating
from tongban.flows.answer_evidence import answer_evidence, evidence_from_plain
from tongban.flows.answer_promise_question import answer_promise_question
from tongban.flows.check_application import check_application
from tongban.flows.correct_elsewhere import check_correction_of_any_zone
from tongban.flows.deliver_elsewhere import may_come_from_any_zone
from tongban.flows.hold_files import hold_files
from tongban.flows.notice_store import Entry, Notice
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.flows.rate import Opinion, compose_rating
from tongban.flows.react import react
from tongban.flows.read_ending_act import read_ending_act
from tongban.flows.read_heard_act import read_heard_act
from tongban.flows.receive_mandate import MANDATE_EFFECTS
from tongban.flows.receive_voice import take_in_news, take_in_voice
from tongban.flows.take_in_file import read_offer, want_file
from tongban.flows.take_in_zone_act import take_in_zone_act
from tongban.flows.tell_alliance import take_in_act
from tongban.kernel.errors import Fault, Problem, Refused
from tongban.kernel.ids import CaseId, EvidenceKindId, ItemId, LawKey, MessageId, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message whose envelope has been opened and whose sender is certain."""

    from_zone: ZoneId
    message_id: MessageId
    type: str
    body: Mapping[str, Any]


MAX_TEXT_CHARS = 500
"""Numbers, names, reasons and grounds in a message; answers and facts are bounded by the message itself."""

MAX_ITEMS = 30
"""Items that one question about promises may be for."""

_CASE_ID = re.compile(r"[A-Za-z0-9-]{1,40}")

Answer = tuple[str, dict[str, object]] | None
"""Type and body of the message that answers at once, or nothing."""


def receive(message: Incoming, deps: Deps) -> Answer:
    """Carry out what a message asks. The envelope has been opened and its sender is certain.

    Twice: nothing; every effect looks first at what is there.

    Raises:
        Refused: with code ``message.*`` when the message may not be carried out; it is logged and answered.
        NotFound: it is about a case that is not here; a message that brings the case may be on its way.
        Fault: it overtook the message on which it rests.
    """
    effect = EFFECTS.get(message.type)
    if effect is None:
        raise Refused(Problem("message.unknown-type", _UNKNOWN_TYPE.fill(type=message.type)))
    return effect(message, deps)


@contextmanager
def _reading(message: Incoming) -> Iterator[None]:
    """Refuse a body that cannot be read. What goes wrong after the reading is no fault of the sender's."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError, OverflowError) as error:
        raise Refused(Problem("message.malformed", _MALFORMED.fill(type=message.type))) from error


def _read_text(value: object) -> str:
    """Return a text of at most ``MAX_TEXT_CHARS``; raises ValueError."""
    if not isinstance(value, str) or len(value) > MAX_TEXT_CHARS:
        raise ValueError("no text, or too long")
    return value


def _read_case_id(value: object) -> CaseId:
    """Return a case number; raises ValueError for what can be none."""
    if not isinstance(value, str) or not _CASE_ID.fullmatch(value):
        raise ValueError("no case number")
    return CaseId(value)


def _read_actor(plain: Any) -> e.Actor:
    """Return who acted at the receiving zone: the applicant, or a clerk there, and nobody else."""
    actor = e.Actor(_read_text(plain["kind"]), _read_text(plain["id"]), _read_text(plain.get("name", "")))
    if actor.kind not in ("applicant", "clerk"):
        raise ValueError("not an act of an applicant or a clerk")
    return actor


def _read_recorded(plain: Any) -> e.Recorded:
    """Return an event that another zone recorded; raises what ``_reading`` catches."""
    recorded = recorded_from_plain(plain)
    _read_case_id(recorded.case_id)
    if not isinstance(recorded.at, datetime) or recorded.at.tzinfo is None:
        raise ValueError("no instant")
    return recorded


def receive_application(message: Incoming, deps: Deps) -> Answer:
    """``case.submit``: an application that another zone took in for this one."""
    with _reading(message):
        recorded = _read_recorded(message.body["recorded"])
        submitted = recorded.event
        if not isinstance(submitted, e.Submitted) or recorded.version != 1:
            raise ValueError("not an application")
    check_application(recorded, submitted, message.from_zone, deps)
    with deps.unit():
        if deps.cases.find(recorded.case_id) is None:
            deps.catalogue.get_item(submitted.item_id, deps.zone)
            _keep(Case(recorded.case_id), (recorded,), deps)
    return None


def receive_progress(message: Incoming, deps: Deps) -> Answer:
    """``case.update``: what the deciding zone did; kept at the same versions as there."""
    with _reading(message):
        case_id = _read_case_id(message.body["case"])
        events = tuple(_read_recorded(plain) for plain in message.body["events"])
    with deps.unit():
        case = get_case(case_id, deps)
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
    hold_files(events, deps)
    react(after, events, deps)


def receive_act(message: Incoming, deps: Deps) -> Answer:
    """``case.act``: the applicant corrected, withdrew or asked for a person at the receiving zone.

    A correction or a pick-up may be of any zone, with the number of who came.
    """
    with _reading(message):
        case_id = _read_case_id(message.body["case"])
        actor = _read_actor(message.body["actor"])
        command = _read_act(message)
    case = get_case(case_id, deps)
    if case.receiving_zone != message.from_zone:
        corrected = check_correction_of_any_zone(command, message.body, case, deps)
        if corrected is None and not may_come_from_any_zone(command, message.body, case, deps):
            raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
        command = corrected or command
    perform(case.id, command, actor, deps)
    return None


def _read_pledge(plain: Any) -> SignedPledge:
    """Return a promise signed at the receiving zone; whether its text is in force is looked at later."""
    texts = (_read_text(plain[name]) for name in ("pledge", "text_hash", "signed_by"))
    pledge, text_hash, signed_by = texts
    return SignedPledge(pledge, int(plain["version"]), text_hash, signed_by)


def _read_act(message: Incoming) -> c.Command:
    """Return the applicant's act as a command; raises what ``_reading`` catches."""
    match message.body["act"]:
        case "correct":
            answers = from_plain(message.body["answers"])
            if not isinstance(answers, dict):
                raise TypeError("answers are no mapping")
            pledges = tuple(_read_pledge(one) for one in message.body.get("pledges", ()))
            return c.Correct(answers, message.from_zone, pledges)
        case "answer-check":
            answers = from_plain(message.body["answers"])
            if not isinstance(answers, dict):
                raise TypeError("answers are no mapping")
            return c.AnswerCheck(_read_text(message.body["check"]), "applicant", message.from_zone, answers)
        case "withdraw":
            return c.Withdraw(message.from_zone, _read_text(message.body.get("reason", "")))
        case "ask-for-person":
            return c.AskForPerson(message.from_zone)
    heard = read_heard_act(message.body, message.from_zone)
    return heard or read_ending_act(message.body, message.from_zone)


def receive_question(message: Incoming, deps: Deps) -> Answer:
    """``evidence.request``: another zone asks what this zone's registers hold."""
    with _reading(message):
        asked = {name: _read_text(message.body[name]) for name in ("case", "kind", "subject", "ground")}
    return answer_evidence(asked, deps)


def receive_evidence(message: Incoming, deps: Deps) -> Answer:
    """``evidence.response`` and ``evidence.error``: what the zone that was asked holds, or why not."""
    with _reading(message):
        case_id = _read_case_id(message.body["case"])
        kind, subject = (_read_text(message.body[name]) for name in ("kind", "subject"))
        error = _read_text(message.body["error"]) if "error" in message.body else ""
        evidence = None if error else evidence_from_plain(message.body["evidence"], message.from_zone)
    case = get_case(case_id, deps)
    open_ = [a.ask for key, a in case.pending.items() if kind_of(key) == kind and a.ask.subject == subject]
    if not open_ or not case.is_open:
        # Answered before, asked anew about another number, or withdrawn: nobody needs it any more.
        return None
    asked = next((ask for ask in open_ if ask.holder == message.from_zone), None)
    has_answered = spread_key(EvidenceKindId(kind), message.from_zone) in case.gathered
    if asked is None and (len(open_) > 1 or has_answered):
        return None  # several zones were asked, and this one has answered before
    if asked is None:
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    if evidence is None:
        nothing = c.NoteNothingHeld(asked.kind, message.from_zone, error, message.message_id)
        perform(case.id, nothing, e.Actor("zone", message.from_zone), deps)
        return None
    if (evidence.kind, evidence.subject) != (kind_of(asked.kind), asked.subject):
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    attach = c.AttachEvidence(replace(evidence, kind=asked.kind), message.message_id)
    perform(case.id, attach, e.Actor("zone", message.from_zone), deps)
    return None


def receive_promise_question(message: Incoming, deps: Deps) -> Answer:
    """``promise.question``: another zone asks whether this zone's list of broken promises holds somebody."""
    with _reading(message):
        asked = {name: _read_text(message.body[name]) for name in ("subject", "ground", "token")}
        asked["case"] = _read_case_id(message.body["case"])
        items = [ItemId(_read_text(one)) for one in message.body["items"]]
        if len(items) > MAX_ITEMS:
            raise ValueError("too many items")
    return answer_promise_question(asked, items, deps)


def receive_promise_answer(message: Incoming, deps: Deps) -> Answer:
    """``promise.answer``: yes or no, noted with the question it names; else nobody needs it any more."""
    with _reading(message):
        number, token = _read_case_id(message.body["case"]), _read_text(message.body["token"])
        is_listed = message.body["is_listed"]
        if not isinstance(is_listed, bool):
            raise TypeError("neither yes nor no")
    deps.inquiries.note(number, message.from_zone, token, deps.clock.now(), is_listed)
    return None


def receive_notice(message: Incoming, deps: Deps) -> Answer:
    """``zone.notice``: what another zone must tell this one; kept for the register's keeper."""
    with _reading(message):
        name, ground = (_read_text(message.body[name]) for name in ("notice", "ground"))
    if deps.catalogue.law.find(LawKey(ground)) is None:
        raise Refused(Problem("message.no-ground", _NO_GROUND, "ground"))
    with _reading(message):
        notice = Notice(
            from_zone=message.from_zone,
            message_id=message.message_id,
            notice=name,
            ground=LawKey(ground),
            item_id=ItemId(_read_text(message.body.get("item", ""))),
            case_id=_read_case_id(message.body["case"]),
            facts=_read_facts(message.body.get("facts", {})),
            entry=_read_entry(message.body["entry"], deps) if "entry" in message.body else None,
            received_at=deps.clock.now(),
        )
    deps.notices.keep(notice)
    return None


def _read_facts(plain: Any) -> dict[str, object]:
    """Return facts by name: plain values, lists of them, or a date as the rules write it."""
    facts = {_read_text(name): value for name, value in plain.items()}
    for value in facts.values():
        if isinstance(value, dict) and value.keys() == {"date"}:
            date.fromisoformat(value["date"])
        elif not isinstance(value, (str, int, list)):
            raise ValueError("no plain value")
    return facts


def _read_entry(plain: Any, deps: Deps) -> Entry:
    """Return which entry of a register here a notice concerns."""
    kind = EvidenceKindId(_read_text(plain["kind"]))
    if kind not in deps.catalogue.kinds:
        raise ValueError("no such register")
    return Entry(kind, _read_text(plain["subject"]))


def receive_offer(message: Incoming, deps: Deps) -> Answer:
    """``file.offer``: a file that the case names lies in the other zone, and this one may fetch it."""
    with _reading(message):
        case_id = _read_case_id(message.body["case"])
        offer = read_offer(message.body, case_id, message.from_zone, deps)
    want_file(offer, deps)
    return None


def receive_rating(message: Incoming, deps: Deps) -> Answer:
    """``case.rating``: an applicant rated this zone's side of a handling at the other zone of the case."""
    with _reading(message):
        case_id, part = _read_case_id(message.body["case"]), _read_text(message.body["part"])
        details = tuple(_read_text(detail) for detail in message.body["details"])
        words = _read_text(message.body["words"])
        opinion = Opinion(_read_text(message.body["level"]), details, words)
    case = get_case(case_id, deps)
    zones = {"receiving": case.receiving_zone, "deciding": case.deciding_zone}
    if zones.get(part) != deps.zone or message.from_zone not in zones.values():
        raise Refused(Problem("message.wrong-route", _WRONG_ROUTE))
    problems = check_rating(opinion.level, opinion.details, opinion.words, deps.catalogue.ratings)
    if problems:
        raise Refused(Problem("message.malformed", _MALFORMED.fill(type=message.type)), *problems)
    if deps.ratings.find(case_id, part) is None:
        deps.ratings.keep(compose_rating(case, part, deps.zone, opinion, deps))
    return None


def receive_alliance_act(message: Incoming, deps: Deps) -> Answer:
    """``standard.act`` and ``table.act``: what a steward of another zone did."""
    take_in_act(message.body, message.from_zone, deps)
    return None


def receive_zone_act(message: Incoming, deps: Deps) -> Answer:
    """``zone.act``: what a person of another zone did about a case of both, or about a delegation."""
    take_in_zone_act(message.body, message.from_zone, deps)
    return None


def receive_voice(message: Incoming, deps: Deps) -> Answer:
    """``voice.forward`` and ``voice.told``: something raised that is answered here, or news of ours."""
    with _reading(message):
        take = take_in_voice if message.type == "voice.forward" else take_in_news
        take(message.body, message.from_zone, deps)
    return None


EFFECTS: dict[str, Callable[[Incoming, Deps], Answer]] = {
    "case.submit": receive_application,
    "case.update": receive_progress,
    "case.act": receive_act,
    "evidence.request": receive_question,
    "evidence.response": receive_evidence,
    "evidence.error": receive_evidence,
    "promise.question": receive_promise_question,
    "promise.answer": receive_promise_answer,
    **MANDATE_EFFECTS,
    "file.offer": receive_offer,
    "standard.act": receive_alliance_act,
    "table.act": receive_alliance_act,
    "zone.notice": receive_notice,
    "case.rating": receive_rating,
    "zone.act": receive_zone_act,
    "voice.forward": receive_voice,
    "voice.told": receive_voice,
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
