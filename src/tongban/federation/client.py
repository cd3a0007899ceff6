"""Send what waits to go to other zones, and take in the answers that come back at once (TB-FED 5 to 7).

The same bytes go out at every attempt. Only a signed refusal is final; everything else is tried again.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import structlog

from tongban.domain.evidence.exchange import HoldingFault
from tongban.federation.codes import code_of
from tongban.federation.conclude import (
    Believed,
    Concluded,
    Outcome,
    Parcel,
    abandon,
    believe,
    keep_alone,
    keep_together,
    wait,
)
from tongban.federation.limits import BATCH, IN_FLIGHT, LIFETIME, MAX_ROUNDS
from tongban.federation.sending import Attempt, post_all
from tongban.federation.station import Station
from tongban.federation.transport import Transport
from tongban.flows.message_store import DueMessage
from tongban.kernel.errors import Conflict, Fault, NotFound, Refused
from tongban.kernel.ids import MessageId, ZoneId

log = structlog.get_logger("tongban.federation")


@dataclass(slots=True)
class Tally:
    """How many messages came to what in one run."""

    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))

    @property
    def delivered(self) -> int:
        """Messages for which a receipt is here now."""
        return self.counts[Outcome.DELIVERED]

    @property
    def refused(self) -> int:
        """Messages that are given up."""
        return self.counts[Outcome.REFUSED]

    @property
    def waiting(self) -> int:
        """Attempts in vain; these messages are sent again later."""
        return self.counts[Outcome.WAITING]


def deliver(station: Station, transport: Transport, to_zone: ZoneId | None = None) -> Tally:
    """Send every message that is due, to one zone or to all, until none is left.

    Several workers may do so at once: each message is claimed by one of them. One that dies loses nothing.
    """
    tally = Tally()
    with ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="exchange") as pool:
        for _ in range(MAX_ROUNDS):
            batch = station.messages.claim_due(station.deps.clock.now(), BATCH, to_zone)
            if not batch:
                break
            for peer in dict.fromkeys(due.to_zone for due in batch):
                mine = [due for due in batch if due.to_zone == peer]
                for concluded in _send_to(peer, mine, station, transport, pool):
                    tally.counts[concluded.outcome] += 1
    return tally


def _send_to(
    peer: ZoneId,
    batch: Sequence[DueMessage],
    station: Station,
    transport: Transport,
    pool: ThreadPoolExecutor,
) -> Iterator[Concluded]:
    """Send some messages to one peer, then the receipts for what it answered."""
    address = station.address(peer)
    if address is None:
        yield from (wait(due, "peer.no-address", station) for due in batch)
        return
    parcels: list[Parcel] = []
    for sealed in _seal(batch, station):
        if isinstance(sealed, Parcel):
            parcels.append(sealed)
        else:
            yield sealed
    owed: list[str] = []
    for attempts in post_all(parcels, address, transport, pool):
        for concluded in _conclude(attempts, station):
            if concluded.owed:
                owed.append(concluded.owed)
            yield concluded
    if owed:
        pool.submit(_pay_receipts, owed, address, peer, transport)  # nothing waits for it


def _conclude(attempts: Sequence[Attempt], station: Station) -> Iterator[Concluded]:
    """Keep what came of some attempts: sound ones together, or each by itself when one is not well."""
    believed: list[Believed] = []
    for attempt in attempts:
        one = _guarded(attempt[0], lambda attempt=attempt: _believe(attempt, station))
        if isinstance(one, Believed):
            believed.append(one)
        else:
            yield one
    if not believed:
        return
    try:
        together = keep_together(believed, station)
    except (Refused, NotFound, Conflict, Fault):
        for one in believed:
            kept = _guarded(one.parcel, lambda one=one: keep_alone(one, station))
            if isinstance(kept, Concluded):
                yield kept
    else:
        yield from together


def _believe(attempt: Attempt, station: Station) -> Believed | Concluded:
    parcel, result = attempt
    if isinstance(result, Fault):
        return wait(parcel.due, result.code, station)
    return believe(parcel, result, station)


def _guarded(parcel: Parcel, act: Callable[[], Believed | Concluded]) -> Believed | Concluded:
    try:
        return act()
    except (Conflict, Fault) as error:
        # Our own store was busy. The claim lapses, the message is sent again, and the peer tells the same.
        log.warning("answer_not_kept", message=parcel.due.message_id, detail=str(error))
        return Concluded(Outcome.WAITING)


def _seal(batch: Sequence[DueMessage], station: Station) -> Iterable[Parcel | Concluded]:
    """Give the messages their places in the chain and sign them, all in one unit if all can be sealed."""
    ends_at = station.deps.clock.now() - LIFETIME
    live = [due for due in batch if due.queued_at > ends_at]
    dead = [due for due in batch if due.queued_at <= ends_at]
    expired = [abandon(due, "message.expired", HoldingFault.UNREACHABLE, station) for due in dead]
    try:
        with station.deps.unit():
            return [*expired, *_seal_together(live, station)]
    except Refused:
        return [*expired, *(_seal_alone(due, station) for due in live)]


def _seal_together(live: Sequence[DueMessage], station: Station) -> list[Parcel]:
    fresh = {due.message_id: due for due in live if not due.sealed}
    made: Mapping[MessageId, bytes] = {}
    if fresh:
        made = station.messages.seal_all(tuple(fresh), lambda own, head: station.seal(fresh[own], head))
    return [Parcel(due, due.sealed or made[due.message_id]) for due in live]


def _seal_alone(due: DueMessage, station: Station) -> Parcel | Concluded:
    try:
        with station.deps.unit():
            return _seal_together((due,), station)[0]
    except Refused as error:
        return abandon(due, code_of(error), HoldingFault.UNREACHABLE, station)


def _pay_receipts(owed: Sequence[str], address: str, peer: ZoneId, transport: Transport) -> None:
    """Send the receipts for a peer's answers; if that fails the peer sends its answers again."""
    body = json.dumps({"receipts": list(owed)}, separators=(",", ":")).encode("ascii")
    try:
        transport.post(f"{address}/exchange/receipts", body, "application/json")
    except Fault as fault:
        log.info("receipts_not_taken", peer=peer, code=fault.code)
