"""Draw the conclusion from one attempt to send: delivered, refused for good, or to be tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import structlog

from tongban.crypto.jws import BadSignature, parse_object
from tongban.domain.evidence.exchange import HoldingFault
from tongban.federation.codes import code_of
from tongban.federation.envelope import Envelope, open_message
from tongban.federation.inbound import Taken, accept_message, carry_out
from tongban.federation.leaf import log_sent
from tongban.federation.receipt import Receipt, check_receipt, open_receipt
from tongban.federation.retry import next_attempt
from tongban.federation.station import Station
from tongban.federation.transport import Answered
from tongban.flows.give_up import give_up
from tongban.flows.message_store import DueMessage
from tongban.kernel.errors import Conflict, NotFound, Refused

log = structlog.get_logger("tongban.federation")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message with the bytes that go out."""

    due: DueMessage
    sealed: bytes


class Outcome(StrEnum):
    """What came of an attempt."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Concluded:
    """What came of an attempt, and the receipt that the peer is still owed for its answer, or empty."""

    outcome: Outcome
    owed: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What a peer answered, read but not believed yet. Any of these may be empty."""

    receipt: str
    answer: str
    code: str


@dataclass(frozen=True, slots=True)
class Believed:
    """A peer's acceptance that was opened and fits: its receipt, and its answer if it gave one."""

    parcel: Parcel
    receipt: str
    answer: Envelope | None = None


def keep_together(all_: Sequence[Believed], station: Station) -> list[Concluded]:
    """Keep several acceptances and carry out their answers, all in one unit.

    Raises:
        Refused, NotFound, Conflict, Fault: one of them did not go well, and nothing was kept of any.
    """
    with station.deps.unit():
        station.deps.cases.preload(dict.fromkeys(one.parcel.due.case_id for one in all_))
        return [Concluded(Outcome.DELIVERED, _keep(one, station)) for one in all_]


def keep_alone(one: Believed, station: Station) -> Concluded:
    """Keep an acceptance and carry out its answer; what is wrong with an answer is kept too.

    Raises:
        Conflict, Fault: nothing was kept; the message is sent again when its claim lapses.
    """
    return Concluded(Outcome.DELIVERED, _deliver_answered(one, station))


def believe(parcel: Parcel, answered: Answered, station: Station) -> Believed | Concluded:
    """Open what a peer answered; anything but a sound acceptance is concluded at once.

    Raises:
        Conflict, Fault: nothing was kept; the message is sent again when its claim lapses.
    """
    told = _read(answered)
    if not told.receipt:
        return wait(parcel.due, told.code, station)
    due, keys = parcel.due, station.deps.directory.keys("msg")
    try:
        receipt = open_receipt(told.receipt, keys, station.zone)
        check_receipt(receipt, due.to_zone, due.message_id, parcel.sealed)
    except Refused as error:
        log.warning("receipt_refused", peer=due.to_zone, message=due.message_id, code=code_of(error))
        return wait(due, "peer.bad-receipt", station)
    _tell_gap(receipt)
    if not receipt.is_accepted:
        return _give_up_refused(parcel, told.receipt, receipt.code, station)
    if not told.answer:
        return Believed(parcel, told.receipt)
    try:
        answer = open_message(told.answer.encode("utf-8"), keys, station.zone)
    except Refused as error:
        log.warning("answer_refused", peer=due.to_zone, message=due.message_id, code=code_of(error))
        return wait(due, "peer.bad-answer", station)
    if answer.from_zone != due.to_zone or answer.header.answers != due.message_id:
        return wait(due, "peer.bad-answer", station)
    return Believed(parcel, told.receipt, answer)


def wait(due: DueMessage, fault: str, station: Station) -> Concluded:
    """Note an attempt in vain and when to try again."""
    now = station.deps.clock.now()
    at = next_attempt(due.attempts + 1, now, f"{station.zone}>{due.to_zone}")
    station.messages.record_failure(due.message_id, fault, now, at)
    return Concluded(Outcome.WAITING)


def abandon(due: DueMessage, fault: str, reason: HoldingFault, station: Station) -> Concluded:
    """Stop sending a message that nobody will take, and let its case go on without an answer."""
    give_up(due.to_zone, due.message_id, due.type, due.body, reason, station.deps)
    station.messages.record_failure(due.message_id, fault, station.deps.clock.now(), None)
    log.warning("message_given_up", peer=due.to_zone, message=due.message_id, code=fault)
    return Concluded(Outcome.REFUSED)


def _give_up_refused(parcel: Parcel, receipt: str, code: str, station: Station) -> Concluded:
    """The peer's signed refusal is final and is kept like an acceptance: it is evidence too."""
    due, deps = parcel.due, station.deps
    give_up(due.to_zone, due.message_id, due.type, due.body, HoldingFault.NOT_AUTHORISED, deps)
    with deps.unit():
        station.messages.record_failure(due.message_id, code, deps.clock.now(), None, receipt)
        log_sent(due.message_id, parcel.sealed, receipt, deps)
    log.warning("message_given_up", peer=due.to_zone, message=due.message_id, code=code)
    return Concluded(Outcome.REFUSED)


def _deliver(parcel: Parcel, receipt: str, station: Station) -> None:
    station.messages.record_delivery(parcel.due.message_id, receipt, station.deps.clock.now())
    log_sent(parcel.due.message_id, parcel.sealed, receipt, station.deps)


def _keep(one: Believed, station: Station) -> str:
    """Keep the delivery and carry out the answer; return the receipt owed for it, or empty. In a unit."""
    _deliver(one.parcel, one.receipt, station)
    if one.answer is None:
        return ""
    taken = carry_out(one.answer, station)
    _go_on(one.parcel.due, station)
    return taken.receipt


def _deliver_answered(one: Believed, station: Station) -> str:
    """Keep the delivery and carry out the answer, in one unit when all is well; return the receipt owed."""
    try:
        with station.deps.unit():
            return _keep(one, station)
    except (Refused, NotFound, Conflict):
        if one.answer is None:
            raise
        # The answer is here already, or it is none: it is taken in by itself, so that this is kept too.
        told = _read_own(accept_message(one.answer.raw, station).body)
    _go_on(one.parcel.due, station)
    with station.deps.unit():
        _deliver(one.parcel, one.receipt, station)
    return told.receipt


def _go_on(due: DueMessage, station: Station) -> None:
    """Whatever was answered, the question is not open any more."""
    give_up(due.to_zone, due.message_id, due.type, due.body, HoldingFault.UNUSABLE, station.deps)


def _tell_gap(receipt: Receipt) -> None:
    """Log what the peer misses. A gap is ordinary while several messages are under way; a fork never is."""
    arrival, peer = receipt.arrival, receipt.from_zone
    if arrival.gap_after is not None:
        log.info("peer_misses_messages", peer=peer, gap_after=arrival.gap_after, seq_seen=arrival.seq_seen)
    if arrival.is_fork:
        log.error("peer_saw_another_chain", peer=peer, seq_seen=arrival.seq_seen)


def _read(answered: Answered) -> _Told:
    """Read a peer's JSON; anything else is an attempt in vain under the name of its HTTP status."""
    try:
        plain = parse_object(answered.body)
    except BadSignature:
        plain = {}
    receipt, answer, code = (plain.get(name) for name in ("receipt", "answer", "code"))
    fallback = f"http.{answered.status}"
    return _Told(
        receipt if isinstance(receipt, str) else "",
        answer if isinstance(answer, str) else "",
        code if isinstance(code, str) and 0 < len(code) <= 80 else fallback,
    )


def _read_own(body: bytes) -> Taken:
    receipt = parse_object(body).get("receipt")
    return Taken(receipt if isinstance(receipt, str) else "", b"")
