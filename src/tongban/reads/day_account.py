"""What a zone's tables hold after a played day, as plain values, for an account across zones."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.db import connection

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.plain import recorded_to_plain
from tongban.domain.ledger.tree import append
from tongban.flows.ports import Deps
from tongban.flows.report_progress import redact
from tongban.flows.verify import verify_number
from tongban.kernel.ids import CaseId
from tongban.store.models import (
    AgendaEntry,
    CaseEvent,
    CaseIndex,
    Checkpoint,
    Credential,
    FiredEntry,
    HallSerial,
    HallTicket,
    IncomingMessage,
    LedgerLeaf,
    OutgoingMessage,
    Paper,
    PaperSerial,
    PeerChannel,
)

Plain = dict[str, object]


def read_day_account(deps: Deps) -> Plain:
    """Return everything that the account looks at; personal data stay behind, events come as digests."""
    return {
        "zone": deps.zone,
        "cases": {one["case_id"]: one for one in CaseIndex.objects.order_by().values(*_INDEX)},
        "events": _read_events(deps),
        "licences": list(_read_licences(deps)),
        "papers": list(Paper.objects.values("paper_id", "number", "kind", "case_id", "dated_on")),
        "serials": [(one.series, one.year, one.last) for one in PaperSerial.objects.all()],
        "ledger": _read_ledger(),
        "sent": list(OutgoingMessage.objects.values(*_SENT)),
        "received": list(IncomingMessage.objects.values(*_RECEIVED)),
        "channels": [(one.peer, one.direction, one.last_seq) for one in PeerChannel.objects.all()],
        "tickets": list(
            HallTicket.objects.values("on", "label", "business", "serial", "state", "window", "calls")
        ),
        "ticket_serials": [(one.on, one.business, one.last) for one in HallSerial.objects.all()],
        "fired": list(FiredEntry.objects.values("case_id", "kind", "fires_on")),
        "left": read_what_is_left(deps),
    }


def read_what_is_left(deps: Deps) -> dict[str, int]:
    """Return how much is still to be done by itself: jobs, messages, leaves, documents, days."""
    papers = CaseIndex.objects.filter(deciding_zone=deps.zone).extra(where=["papers_version < version"])
    due = AgendaEntry.objects.filter(fired_at__isnull=True, fires_on__lte=deps.clock.now().date())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')")
        jobs = int(cursor.fetchone()[0])
    return {
        "jobs": jobs,
        "messages": OutgoingMessage.objects.filter(next_at__isnull=False).count(),
        "leaves": LedgerLeaf.objects.filter(idx__isnull=True).count(),
        "papers": papers.count(),
        "due": due.filter(put_off_until__isnull=True).count(),
        "machine": CaseIndex.objects.filter(deciding_zone=deps.zone, waits_for="machine").count(),
        "asked": CaseIndex.objects.filter(deciding_zone=deps.zone, waits_for="zone").count(),
    }


def _read_events(deps: Deps) -> Mapping[str, list[tuple[int, str, str]]]:
    """Return version, name and digest of every event by case; digests are of what another zone may keep."""
    numbers = CaseEvent.objects.order_by("case_id").values_list("case_id", flat=True).distinct()
    found: dict[str, list[tuple[int, str, str]]] = {}
    for number in numbers:
        found[number] = [
            (one.version, type(one.event).__name__, hex_digest(canonical(recorded_to_plain(redact(one)))))
            for one in deps.cases.history(CaseId(number))
        ]
    return found


def _read_licences(deps: Deps) -> Iterator[Plain]:
    for one in Credential.objects.values("credential_id", "case_id", "leaf_key", "state"):
        yield one | {"verdict": verify_number(one["credential_id"], "", deps).outcome}


def _read_ledger() -> Plain:
    """Return the leaves' keys and places, and whether the signed root is that of these very leaves."""
    leaves = list(LedgerLeaf.objects.order_by("idx").values_list("key", "idx", "hash"))
    placed = [bytes(hash_) for _, index, hash_ in leaves if index is not None]
    last = Checkpoint.objects.order_by("-size").first()
    root = append(0, lambda _: {}, placed).root if placed else b""
    return {
        "keys": [key for key, _, _ in leaves],
        "places": [index for _, index, _ in leaves if index is not None],
        "twice": [key for key, count in Counter(key for key, _, _ in leaves).items() if count > 1],
        "size": last.size if last else 0,
        "is_root_right": bool(last) and bytes(last.root) == root,
    }


_INDEX = (
    "case_id", "item_id", "stage", "deciding_zone", "receiving_zone", "waits_for", "needs_person", "version",
    "papers_version", "credential_id", "channel",
)  # fmt: skip
_SENT = (
    "message_id",
    "to_zone",
    "type",
    "case_id",
    "seq",
    "next_at",
    "delivered_at",
    "given_up_at",
    "receipt",
)
_RECEIVED = ("message_id", "from_zone", "type", "case_id", "seq", "receipt")
