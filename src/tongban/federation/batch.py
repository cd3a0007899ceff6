"""Take in several messages of one request: together when all are well, else each by itself (TB-FED 5.9)."""

from collections.abc import Sequence

from tongban.federation.codes import problem
from tongban.federation.envelope import Envelope, check_fresh, open_message
from tongban.federation.inbound import Response, accept_message, carry_out, tell_accepted, tell_unsigned
from tongban.federation.limits import MAX_BATCH_BYTES, MAX_MESSAGES_AT_ONCE
from tongban.federation.station import Station
from tongban.kernel.errors import Conflict, Fault, NotFound, Refused
from tongban.kernel.ids import CaseId, EvidenceKindId

SEPARATOR = b"\n"
"""Between messages: no compact JWS holds it."""


def accept_batch(raw: bytes, station: Station) -> Response:
    """Take in messages as they came over the wire; never raises for what a peer can send.

    Args:
        raw: compact JWSs, a line each, at most ``MAX_MESSAGES_AT_ONCE``.

    Returns:
        200 with what each would have been told alone, in order; 413 when there are too many.
    """
    lines = raw.split(SEPARATOR)
    if len(raw) > MAX_BATCH_BYTES or len(lines) > MAX_MESSAGES_AT_ONCE:
        return tell_unsigned(problem("message.too-large"))
    told = _accept_together(lines, station)
    if told is None:
        told = [accept_message(line, station) for line in lines]
    # Each body is a JSON object of ours; its status is put in front.
    answers = b",".join(b'{"status":%d,%s' % (one.status, one.body[1:]) for one in told)
    return Response(200, b'{"answers":[%s]}' % answers)


def _accept_together(lines: Sequence[bytes], station: Station) -> list[Response] | None:
    """Carry all out in one unit; None, and nothing kept, when one of them is not new and well."""
    deps = station.deps
    try:
        keys, now = deps.directory.keys("msg"), deps.clock.now()
        envelopes = [open_message(line, keys, station.zone) for line in lines]
        for envelope in envelopes:
            check_fresh(envelope, now)
        with deps.unit():
            deps.cases.preload(dict.fromkeys(CaseId(envelope.case) for envelope in envelopes))
            deps.registers.preload([wanted for each in envelopes for wanted in _list_wanted(each)])
            taken = [carry_out(envelope, station) for envelope in envelopes]
    except (Refused, NotFound, Conflict, Fault):
        return None
    return [tell_accepted(one) for one in taken]


def _list_wanted(envelope: Envelope) -> list[tuple[EvidenceKindId, str]]:
    """Return what a question will look up in this zone's registers, so that all is read at once."""
    kind, subject = envelope.body.get("kind"), envelope.body.get("subject")
    if envelope.type != "evidence.request" or not isinstance(kind, str) or not isinstance(subject, str):
        return []
    return [(EvidenceKindId(kind), subject)]
