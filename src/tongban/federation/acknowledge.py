"""Take in receipts for answers, which the asking zone sends by themselves (TB-FED 6)."""

import json

import structlog

from tongban.crypto.jws import BadSignature, parse_object
from tongban.federation.codes import STATUS, code_of, problem, refused
from tongban.federation.inbound import Response
from tongban.federation.leaf import log_sent
from tongban.federation.limits import MAX_RECEIPTS_AT_ONCE, MAX_RECEIPTS_BYTES
from tongban.federation.receipt import Receipt, check_receipt, open_receipt
from tongban.federation.station import Station
from tongban.flows.message_store import Sent
from tongban.kernel.errors import Conflict, Fault, Refused

log = structlog.get_logger("tongban.federation")


def accept_receipts(raw: bytes, station: Station) -> Response:
    """Take in receipts; each counts for itself, and what is none changes nothing.

    Args:
        raw: ``{"receipts": ["<compact JWS>", …]}``, at most ``MAX_RECEIPTS_AT_ONCE``.

    Returns:
        200 with the code of each, empty for those that were taken; 400 or 413 when the body is none.
    """
    try:
        tokens = _read_tokens(raw)
        opened = [_open(token, station) for token in tokens]
        with station.deps.unit():
            ids = [receipt.message_id for receipt in opened if isinstance(receipt, Receipt)]
            sent = station.messages.read_sent(ids)
            codes = [
                _keep(receipt, token, sent.get(receipt.message_id), station)
                if isinstance(receipt, Receipt)
                else receipt
                for receipt, token in zip(opened, tokens, strict=True)
            ]
    except Refused as error:
        return _respond(STATUS[code_of(error)], [code_of(error)])
    except (Conflict, Fault):
        return _respond(STATUS["node.busy"], [problem("node.busy").code])
    return _respond(200, codes)


def _read_tokens(raw: bytes) -> list[str]:
    if len(raw) > MAX_RECEIPTS_BYTES:
        raise refused("message.too-large")
    try:
        tokens = parse_object(raw).get("receipts")
    except BadSignature as error:
        raise refused("message.unreadable") from error
    if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
        raise refused("message.unreadable")
    if len(tokens) > MAX_RECEIPTS_AT_ONCE:
        raise refused("message.too-large")
    return tokens


def _open(token: str, station: Station) -> Receipt | str:
    """Return a receipt for this zone, or the code of what is wrong with it."""
    try:
        return open_receipt(token, station.deps.directory.keys("msg"), station.zone)
    except Refused as error:
        return _log_refused(error)


def _keep(receipt: Receipt, token: str, sent: Sent | None, station: Station) -> str:
    """Keep a receipt if it is the receiver's own, for the very bytes that went out; return its fault."""
    try:
        if sent is None:
            raise refused("receipt.wrong-message")
        check_receipt(receipt, sent.to_zone, receipt.message_id, sent.sealed)
    except Refused as error:
        return _log_refused(error)
    deps, messages = station.deps, station.messages
    now = deps.clock.now()
    if receipt.is_accepted:
        messages.record_delivery(receipt.message_id, token, now)
    else:
        messages.record_failure(receipt.message_id, receipt.code, now, None, token)
    log_sent(receipt.message_id, sent.sealed, token, deps)
    return ""


def _log_refused(error: Refused) -> str:
    log.warning("receipt_refused", code=code_of(error))
    return code_of(error)


def _respond(status: int, codes: list[str]) -> Response:
    return Response(status, json.dumps({"codes": codes}, separators=(",", ":")).encode("ascii"))
