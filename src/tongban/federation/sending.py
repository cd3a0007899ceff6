"""Carry parcels to one peer: many in a request, those of one case in order (TB-FED 2.5)."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass

from tongban.crypto.jws import BadSignature, parse_object
from tongban.federation.batch import SEPARATOR
from tongban.federation.conclude import Parcel
from tongban.federation.limits import MAX_BATCH_BYTES, MAX_BATCH_RESPONSE_BYTES, MAX_MESSAGES_AT_ONCE
from tongban.federation.transport import Answered, Transport
from tongban.kernel.errors import Fault
from tongban.kernel.text import Text

Attempt = tuple[Parcel, Answered | Fault]

_NO_BATCHES_HERE = (404, 405, 413)
"""A node that does not know batches, or takes smaller ones: it is sent the messages one by one."""


@dataclass(slots=True)
class _Way:
    """The way to one peer in one run; once it turns out to be away, nothing more is tried."""

    address: str
    transport: Transport
    away: Fault | None = None


def post_all(
    parcels: Sequence[Parcel], address: str, transport: Transport, pool: ThreadPoolExecutor
) -> Iterator[list[Attempt]]:
    """Send parcels; yields all that has been answered by then, so that nothing waits for a slow one."""
    chains: dict[str, list[Parcel]] = {}
    for parcel in parcels:
        chains.setdefault(parcel.due.case_id, []).append(parcel)
    cases, way = list(chains.values()), _Way(address, transport)
    lanes = [cases[at : at + MAX_MESSAGES_AT_ONCE] for at in range(0, len(cases), MAX_MESSAGES_AT_ONCE)]
    if len(lanes) == 1:
        yield _post_lane(lanes[0], way)
        return
    under_way = {pool.submit(_post_lane, lane, way) for lane in lanes}
    while under_way:
        done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        yield [attempt for future in done for attempt in future.result()]


def _post_lane(chains: Sequence[Sequence[Parcel]], way: _Way) -> list[Attempt]:
    """Send the first message of each case, then the second, and so on.

    What a peer could not take counts for the messages of that case behind it, which rest on it.
    """
    attempts: list[Attempt] = []
    while chains:
        going_on = []
        wave = _post_wave([chain[0] for chain in chains], way)
        for chain, (parcel, result) in zip(chains, wave, strict=True):
            attempts.append((parcel, result))
            failed = _read_failure(result)
            if failed is not None:
                attempts.extend((behind, failed) for behind in chain[1:])
            elif len(chain) > 1:
                going_on.append(chain[1:])
        chains = going_on
    return attempts


def _read_failure(result: Answered | Fault) -> Fault | None:
    if isinstance(result, Fault):
        return result
    return Fault("peer.busy", _BUSY) if result.status >= 500 or result.status == 425 else None


def _post_wave(wave: Sequence[Parcel], way: _Way) -> list[Attempt]:
    attempts: list[Attempt] = []
    for pack in _packs(wave):
        try:
            if way.away is not None:
                raise way.away
            answers = _post_pack(pack, way) if len(pack) > 1 else None
        except Fault as fault:
            way.away = fault if fault.code == "peer.away" else way.away
            attempts.extend((parcel, fault) for parcel in pack)
            continue
        if answers is None:
            attempts.extend((parcel, _post_one(parcel, way)) for parcel in pack)
        else:
            attempts.extend(zip(pack, answers, strict=True))
    return attempts


def _packs(wave: Sequence[Parcel]) -> Iterator[list[Parcel]]:
    """Cut a wave where a request would become too long."""
    pack: list[Parcel] = []
    size = 0
    for parcel in wave:
        if pack and size + len(parcel.sealed) + 1 > MAX_BATCH_BYTES:
            yield pack
            pack, size = [], 0
        pack.append(parcel)
        size += len(parcel.sealed) + 1
    if pack:
        yield pack


def _post_one(parcel: Parcel, way: _Way) -> Answered | Fault:
    if way.away is not None:
        return way.away
    try:
        return way.transport.post(f"{way.address}/exchange/messages", parcel.sealed, "application/jose")
    except Fault as fault:
        way.away = fault if fault.code == "peer.away" else way.away
        return fault


def _post_pack(pack: Sequence[Parcel], way: _Way) -> list[Answered] | None:
    """Send several in one request; None when the peer wants them one by one. Raises Fault."""
    body = SEPARATOR.join(parcel.sealed for parcel in pack)
    answered = way.transport.post(
        f"{way.address}/exchange/batches", body, "text/plain", MAX_BATCH_RESPONSE_BYTES
    )
    if answered.status in _NO_BATCHES_HERE:
        return None
    answers = _read_answers(answered)
    # Whatever else it says counts for each of them, as if each had been told so.
    return answers if len(answers) == len(pack) else [answered] * len(pack)


def _read_answers(answered: Answered) -> list[Answered]:
    """Return what each message was told, or nothing when the body does not say it."""
    try:
        told = parse_object(answered.body).get("answers") if answered.status == 200 else None
    except BadSignature:
        return []
    if not isinstance(told, list):
        return []
    return [Answered(_status_of(one), json.dumps(one, separators=(",", ":")).encode()) for one in told]


def _status_of(one: object) -> int:
    status = one.get("status") if isinstance(one, dict) else None
    return status if type(status) is int else 0


_BUSY = Text("对方节点正忙。", "The other zone's node is busy.")
