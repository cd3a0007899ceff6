"""Offer the other zone of a case the files it needs: what was handed in here, or the document sealed here."""

from tongban.crypto.base64url import to_base64url
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Corrected
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.flows.file_blob import compose_blob, compose_key
from tongban.flows.file_transfers import OfferedFile
from tongban.flows.hold_files import find_digests
from tongban.flows.perform import get_case
from tongban.flows.ports import Deps
from tongban.flows.report_progress import report_progress
from tongban.kernel.ids import CaseId, ZoneId


def offer_files(case_id: CaseId, deps: Deps) -> None:
    """Offer each file of a case that the other zone needs, that lies here and was not offered yet.

    Causes: for each an offer row and one ``file.offer`` message with the key of its blob.
    Twice:  nothing; what was offered is read first, and a second offer of the same file is a Conflict.
    Fails:  ``Fault`` when a file's bytes are gone; the job is tried again.

    Source of law: pipl-2021#6 (the zone that needs it, and no other), state-council-office-2020-35.
    """
    case = get_case(case_id, deps)
    if case.receiving_zone == case.deciding_zone:
        return
    known = {one.digest for one in deps.transfers.offered(case_id)}
    for digest in _due(case, deps):
        content = None if digest in known else deps.files.find(digest)
        if content is not None:
            _offer(case, digest, content, deps)


def _due(case: Case, deps: Deps) -> tuple[str, ...]:
    """Return the digests that the other zone needs from this one."""
    if deps.zone == case.receiving_zone:
        return uploads_of(case, deps.catalogue.get_item(case.item_id, case.deciding_zone))
    return (case.document_digest,) if case.document_digest else ()


def uploads_of(case: Case, item: ServiceItem) -> tuple[str, ...]:
    """Return the digests of the files that were handed in, as the answers stand now."""
    names = [question.id for question in item.form.questions if question.type == "file"]
    return tuple(dict.fromkeys(str(case.answers[name]) for name in names if case.answers.get(name)))


def may_come_from(case: Case, digest: str, zone: ZoneId, deps: Deps) -> bool:
    """Return whether a case names a file that a zone offers, and that zone is the one to offer it."""
    if zone == case.deciding_zone:
        return digest != "" and digest == case.document_digest
    is_named = digest in uploads_of(case, deps.catalogue.get_item(case.item_id, case.deciding_zone))
    return is_named and (zone == case.receiving_zone or _came_with_a_correction(case, digest, zone, deps))


def _came_with_a_correction(case: Case, digest: str, zone: ZoneId, deps: Deps) -> bool:
    """Say whether a zone that did not receive the case handed this file in with a correction."""
    corrections = (one.event for one in deps.cases.history(case.id) if isinstance(one.event, Corrected))
    return any(one.at_zone == zone and digest in find_digests(one.answers) for one in corrections)


def _offer(case: Case, digest: str, content: bytes, deps: Deps) -> None:
    is_document = deps.zone == case.deciding_zone
    to_zone = case.receiving_zone if is_document else case.deciding_zone
    name = f"{case.credential_id}.pdf" if is_document else deps.files.find_name(digest)
    # Locked before the transaction is opened: some megabytes must not hold a row.
    offered, body = compose_offer(case.id, digest, content, to_zone, name, deps)
    with deps.unit():
        deps.transfers.offer(offered)
        if is_document:
            # The event that names the document goes first: messages of one case keep their order.
            report_progress(case.id, deps)
        deps.exchange.post(to_zone, "file.offer", body, case.id)


def compose_offer(
    case_id: CaseId, digest: str, content: bytes, to_zone: ZoneId, name: str, deps: Deps
) -> tuple[OfferedFile, dict[str, object]]:
    """Return a file locked for another zone with a key of its own, and the message that offers it."""
    key = compose_key(deps.chance.salts(2))
    blob = hex_digest(compose_blob(content, key))
    body: dict[str, object] = {
        "case": case_id,
        "digest": digest,
        "blob": blob,
        "size": len(content),
        "name": name,
        "key": to_base64url(key),
    }
    return OfferedFile(blob, case_id, digest, to_zone, key), body


def find_blob(blob: str, deps: Deps) -> bytes | None:
    """Return the locked bytes of a file that this zone has offered, or None.

    Nobody is asked who they are: without the key, which went in a signed message, the bytes say nothing.
    """
    offered = deps.transfers.find_offered(blob)
    content = deps.files.find(offered.digest) if offered else None
    return compose_blob(content, offered.key) if offered and content is not None else None
