"""Take in what other zones send: open, carry out in one unit with inbox, ledger and receipt, answer.

A message is carried out whole or not at all. A repeat is told what it was told before.
Protocol: TB-FED 5.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog

from tongban.federation.codes import REFUSED_BY_THE_RULES, STATUS, code_of, problem, refused
from tongban.federation.envelope import Envelope, check_fresh, open_message
from tongban.federation.leaf import log_received
from tongban.federation.limits import ANSWER_RECEIPT_WAIT, CONFLICT_TRIES, PATIENCE
from tongban.federation.receipt import Arrival, read_arrival
from tongban.federation.station import Station
from tongban.flows.message_store import Received
from tongban.flows.receive import Incoming, receive
from tongban.kernel.errors import Conflict, Fault, NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, MessageId

log = structlog.get_logger("tongban.federation")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a message that was carried out: the receipt, and the sealed answer or nothing."""

    receipt: str
    answer: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back over HTTP: a status and a JSON body."""

    status: int
    body: bytes


def accept_message(raw: bytes, station: Station) -> Response:
    """Take in one message as it came over the wire; never raises for what a peer can send.

    Causes: what the message asks, an inbox row, a ledger leaf, a signed receipt, an answer if there is one.
    Twice:  nothing; the same receipt and the same answer.
    """
    try:
        envelope = open_message(raw, station.deps.directory.keys("msg"), station.zone)
        known = station.messages.find_received(envelope.from_zone, envelope.message_id)
        if known is not None:
            return _repeat(envelope, known, station)
        check_fresh(envelope, station.deps.clock.now())
    except Refused as error:
        log.warning("message_refused", code=code_of(error), size_bytes=len(raw))
        return tell_unsigned(error.problems[0])
    except Fault as fault:
        return _failed(fault)
    return _take_in(envelope, station)


def _take_in(envelope: Envelope, station: Station) -> Response:
    """Carry out a new message; try anew when somebody else wrote to the same case meanwhile."""
    for _ in range(CONFLICT_TRIES):
        try:
            taken = carry_out(envelope, station)
            return tell_accepted(taken)
        except Refused as error:
            return _settle(envelope, station, partial(_refuse, envelope, code_of(error), station))
        except NotFound:
            return _settle(envelope, station, partial(_refuse_unless_early, envelope, station))
        except Fault as fault:
            return _failed(fault)
        except Conflict:
            known = station.messages.find_received(envelope.from_zone, envelope.message_id)
            if known is not None:
                return _repeat(envelope, known, station)
    return tell_unsigned(problem("node.busy"))


def carry_out(envelope: Envelope, station: Station) -> Taken:
    """Do what a message asks, in one unit with everything that is kept of it.

    Raises:
        Refused, NotFound, Conflict, Fault: nothing was kept.
    """
    message = Incoming(envelope.from_zone, envelope.message_id, envelope.type, envelope.body)
    with station.deps.unit():
        answer = receive(message, station.deps)
        arrival = _arrive(envelope, station)
        receipt = station.receipt(envelope.from_zone, (envelope.message_id, envelope.hash), arrival)
        answer_id, sealed = MessageId(""), b""
        if answer is not None:
            type_, body = answer
            answer_id, sealed = station.messages.seal_answer(
                envelope.from_zone,
                type_,
                body,
                CaseId(envelope.case),
                station.seal_answer(envelope.from_zone, envelope.message_id, type_, body),
                station.deps.clock.now() + ANSWER_RECEIPT_WAIT,
            )
        _keep(envelope, receipt, station, answer_id, sealed)
    log.info("message_accepted", type=envelope.type, peer=envelope.from_zone, message=envelope.message_id)
    return Taken(receipt, sealed)


def _refuse(envelope: Envelope, code: str, station: Station) -> Response:
    """Keep that a message was refused, and why. Only this is kept; what it asked has left no trace."""
    with station.deps.unit():
        arrival = _arrive(envelope, station)
        receipt = station.receipt(envelope.from_zone, (envelope.message_id, envelope.hash), arrival, code)
        _keep(envelope, receipt, station)
    log.warning("message_refused", code=code, peer=envelope.from_zone, message=envelope.message_id)
    return _signed(REFUSED_BY_THE_RULES, receipt)


def _refuse_unless_early(envelope: Envelope, station: Station) -> Response:
    """Refuse what is about an unknown case, unless it is young: what brings the case may be on its way."""
    if station.deps.clock.now() < envelope.header.issued_at + PATIENCE:
        raise refused("message.too-early")
    return _refuse(envelope, "message.not-here", station)


def _settle(envelope: Envelope, station: Station, refuse: Callable[[], Response]) -> Response:
    """Keep a refusal; when another worker has kept the same message first, tell what that one told."""
    try:
        return refuse()
    except Refused as early:
        log.info("message_early", peer=envelope.from_zone, message=envelope.message_id)
        return tell_unsigned(early.problems[0])
    except Fault as fault:
        return _failed(fault)
    except Conflict:
        known = station.messages.find_received(envelope.from_zone, envelope.message_id)
        return tell_unsigned(problem("node.busy")) if known is None else _repeat(envelope, known, station)


def _repeat(envelope: Envelope, known: Received, station: Station) -> Response:
    """Tell a repeat the same again; another content under the same id is refused, and nothing kept."""
    if known.hash == envelope.hash:
        return _signed(200, known.receipt, known.answer)
    code = "message.id-reused"
    log.warning("message_refused", code=code, peer=envelope.from_zone, message=envelope.message_id)
    arrival = Arrival(seq_seen=known.seq)
    message = (envelope.message_id, envelope.hash)
    return _signed(STATUS[code], station.receipt(envelope.from_zone, message, arrival, code))


def _arrive(envelope: Envelope, station: Station) -> Arrival:
    """Take the channel and compare; from here to the end of the unit nobody else moves it."""
    head = station.messages.lock_incoming(envelope.from_zone)
    arrival = read_arrival(head, envelope.seq, envelope.prev_hash)
    if arrival.gap_after is not None:
        log.info("message_gap", peer=envelope.from_zone, gap_after=arrival.gap_after, seq=envelope.seq)
    if arrival.is_fork:
        log.error("message_fork", peer=envelope.from_zone, seq=envelope.seq)
    return arrival


def _keep(
    envelope: Envelope,
    receipt: str,
    station: Station,
    answer_id: MessageId = MessageId(""),  # noqa: B008 - a NewType of text
    answer: bytes = b"",
) -> None:
    received = Received(
        from_zone=envelope.from_zone,
        message_id=envelope.message_id,
        type=envelope.type,
        case_id=CaseId(envelope.case),
        seq=envelope.seq,
        hash=envelope.hash,
        received_at=station.deps.clock.now(),
        receipt=receipt,
        answer_id=answer_id,
        answer=answer,
    )
    station.messages.record_received(received)
    log_received(envelope.from_zone, envelope.message_id, envelope.raw, receipt, station.deps)


def tell_accepted(taken: Taken) -> Response:
    """Return what the sender of a message is told that was carried out just now."""
    return _signed(201, taken.receipt, taken.answer)


def _signed(status: int, receipt: str, answer: bytes = b"") -> Response:
    body = {"receipt": receipt, "answer": answer.decode("ascii") if answer else None}
    return Response(status, json.dumps(body, separators=(",", ":")).encode("ascii"))


def tell_unsigned(why: Problem) -> Response:
    """A refusal that anybody could have sent, so that the peer does not take it for final."""
    status = STATUS.get(why.code, REFUSED_BY_THE_RULES)
    body = {"receipt": None, "answer": None, "code": why.code, "zh": why.text.zh, "en": why.text.en}
    return Response(status, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def _failed(fault: Fault) -> Response:
    log.warning("message_not_taken", code=fault.code)
    return tell_unsigned(problem("node.busy"))
