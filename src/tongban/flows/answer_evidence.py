"""Answer another zone's question about what this zone's registers hold, if the ground allows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tongban.domain.case.plain import from_plain, to_plain
from tongban.domain.evidence.exchange import (
    Evidence,
    EvidenceKind,
    HeldRecord,
    HoldingFault,
    Trust,
    may_answer,
)
from tongban.flows.ports import Deps
from tongban.kernel.ids import EvidenceKindId, LawKey, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def answer_evidence(body: Mapping[str, Any], deps: Deps) -> tuple[str, dict[str, object]]:
    """Return the answer to an ``evidence.request``: the facts, or why none are sent.

    Args:
        body: case, item, kind, subject, ground.

    Returns:
        ``evidence.response`` with facts, authority, trust and the instant; or ``evidence.error`` with one
        of the words of ``HoldingFault``.

    Source of law: order-716-2019#7, pipl-2021#6, pipl-2021#34: no answer without a case and a ground.
    """
    kind = deps.catalogue.kinds.get(EvidenceKindId(str(body["kind"])))
    about: dict[str, object] = {"case": body["case"], "kind": body["kind"], "subject": body["subject"]}
    if kind is None:
        return "evidence.error", {**about, "error": HoldingFault.UNKNOWN_KIND.value}
    if not body["case"] or not may_answer(kind, LawKey(str(body["ground"]))):
        return "evidence.error", {**about, "error": HoldingFault.NOT_AUTHORISED.value}
    record = find_record(kind, str(body["subject"]), deps)
    if record is None:
        return "evidence.error", {**about, "error": HoldingFault.NOTHING_HELD.value}
    return "evidence.response", {**about, "evidence": _record_to_plain(record, deps)}


def find_record(kind: EvidenceKind, subject: str, deps: Deps) -> HeldRecord | None:
    """Return what this zone's register says of a subject; a complete list without a row says no."""
    record = deps.registers.find(kind.id, subject)
    if record is None and kind.nothing_means:
        authority = deps.catalogue.zones[deps.zone].authority.name
        return HeldRecord(kind.id, subject, kind.nothing_means, deps.clock.now(), authority)
    return None if record is None else record.on(civil_date(deps.clock.now()))


def spoken_at(record: HeldRecord, deps: Deps) -> datetime:
    """Return the instant for which a record speaks: now for a live register, else when it was written."""
    return deps.clock.now() if record.trust is Trust.SHARED_DATA else record.as_of


def _record_to_plain(record: HeldRecord, deps: Deps) -> dict[str, object]:
    return {
        "kind": record.kind,
        "subject": record.subject,
        "facts": to_plain(record.facts),
        "as_of": to_plain(spoken_at(record, deps)),
        "authority": to_plain(record.authority),
        "trust": record.trust.value,
    }


def evidence_from_plain(plain: Mapping[str, Any], holder: ZoneId) -> Evidence:
    """Read evidence that a holder sent; raises KeyError, TypeError or ValueError when it is not that."""
    as_of = from_plain(plain["as_of"])
    if not isinstance(as_of, datetime):
        raise TypeError("as_of is no instant")
    return Evidence(
        kind=EvidenceKindId(str(plain["kind"])),
        trust=Trust(plain["trust"]),
        facts=from_plain(plain["facts"]),
        as_of=as_of,
        authority=Text(str(plain["authority"]["zh"]), str(plain["authority"]["en"])),
        holder=holder,
        subject=str(plain["subject"]),
    )
