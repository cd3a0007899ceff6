"""Carry messages and wake-ups between zones that live in one process: for examples and crash tests."""

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from tongban.domain.evidence.exchange import HoldingFault
from tongban.flows.file_transfers import WantedFile
from tongban.flows.give_up import give_up
from tongban.flows.memory import MemoryExchange, MemoryJobs
from tongban.flows.offer_files import find_blob
from tongban.flows.ports import Deps
from tongban.flows.reactions import FLOWS
from tongban.flows.receive import Incoming, receive
from tongban.flows.take_in_file import take_in_file
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId, ZoneId

_AWAY = "peer.away"
_FILES_AT_ONCE = 100
_FETCH_AGAIN = timedelta(seconds=1)


def settle(network: Mapping[ZoneId, Deps]) -> None:
    """Run every wake-up, carry every message and file until nothing more happens; only for zones in memory.

    A zone that is not in the network is away: its messages wait, and count an attempt.
    """
    while any(_run_jobs(deps) or _carry(deps, network) or _fetch(deps, network) for deps in network.values()):
        pass


def _run_jobs(deps: Deps) -> bool:
    """Run the wake-ups of one zone; return whether there was any."""
    jobs = cast(MemoryJobs, deps.jobs)
    waiting = jobs.waiting()
    for name, arguments in waiting:
        FLOWS[name](CaseId(arguments["case_id"]), deps)
        jobs.done(name, arguments)
    return bool(waiting)


def _carry(deps: Deps, network: Mapping[ZoneId, Deps]) -> bool:
    """Carry one zone's messages; return whether any arrived."""
    exchange = cast(MemoryExchange, deps.exchange)
    arrived = False
    for message, body in exchange.undelivered():
        peer = network.get(message.to_zone)
        if peer is None:
            exchange.mark_failed(message.message_id, _AWAY)
            continue
        try:
            answer = receive(Incoming(deps.zone, message.message_id, message.type, body), peer)
        except Refused as error:
            # As a signed refusal does: it is final, and a question goes on without its answer.
            exchange.mark_failed(message.message_id, error.problems[0].code, is_final=True)
            give_up(
                message.to_zone, message.message_id, message.type, body, HoldingFault.NOT_AUTHORISED, deps
            )
            continue
        except NotFound:
            exchange.mark_failed(message.message_id, "message.not-here")
            continue
        if answer is not None:
            answer_type, answer_body = answer
            receive(Incoming(peer.zone, message.message_id, answer_type, answer_body), deps)
        # Only now: a question whose answer was lost must be asked again.
        exchange.mark_delivered(message.message_id)
        arrived = True
    return arrived


def _fetch(deps: Deps, network: Mapping[ZoneId, Deps]) -> bool:
    """Fetch the files that one zone wants; return whether any arrived."""
    now = deps.clock.now()
    due = deps.transfers.claim_due(now, _FILES_AT_ONCE)
    arrived = [wanted for wanted in due if _fetch_one(wanted, network.get(wanted.from_zone), deps)]
    return bool(arrived)


def _fetch_one(wanted: WantedFile, peer: Deps | None, deps: Deps) -> bool:
    blob = find_blob(wanted.blob, peer) if peer else None
    if blob is None:
        now = deps.clock.now()
        deps.transfers.record_failure(wanted, _AWAY, now, now + _FETCH_AGAIN)
        return False
    take_in_file(wanted, blob, deps)
    return True
