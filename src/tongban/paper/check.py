"""Is this file a licence as it was sealed? Six numbered facts, and the credential it carries.

Fed with whatever a stranger uploads: sizes are limited before anything is unpacked, encrypted files
are not opened, and every way of failing is an answer, never an exception.

What a valid seal does not say: whether the licence still holds. The credential's own signature, its
status and the ledger say that, and they are asked elsewhere.
"""

import io
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.misc import PdfDecodeLimitError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature, read_certification_data
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from tongban.paper.certificate import CREDENTIAL_FILE, is_compact_sd_jwt
from tongban.paper.seal import read_certificate, run_to_end
from tongban.paper.verdict import Fact, SealVerdict, ended, failed, held, not_reached

# pyHanko logs a stack trace, names included, for each foreign certificate; strangers upload those at will.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)

PDF_BYTES_MAX = 8 * 1024 * 1024
_UNPACKED_BYTES_MAX = 32 * 1024 * 1024
_STREAM_BYTES_MAX = 16 * 1024 * 1024
_REVISIONS_MAX = 12
_SIGNATURES_MAX = 8
_NAME_TREE_DEPTH = 6
_NAME_TREE_ENTRIES = 64
_NAME_CHARACTERS_MAX = 200
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=_STREAM_BYTES_MAX),
    document_budget=DocumentDecodeBudget(base_allowance=_UNPACKED_BYTES_MAX, max_ratio=1),
)
_SEALING_KEYS = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


class _Stop(Exception):
    """A step failed, and the ones behind it cannot be taken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_sealed(
    pdf: bytes,
    trusted_certificates: Sequence[bytes],
    max_bytes: int = PDF_BYTES_MAX,
    at: datetime | None = None,
) -> SealVerdict:
    """Check a sealed document: an answer, not an exception, whatever ``pdf`` is.

    Steps: 1 it can be read; 2 it carries one seal that forbids changes; 3 the sealed bytes and the
    signature agree; 4 the signer's certificate leads to a trusted one; 5 nothing was added later but
    proofs of time; 6 it carries one credential.

    Args:
        pdf: the file as it came.
        trusted_certificates: DER or PEM: the zone's sealing certificate or the root above it.
        max_bytes: larger files are not read.
        at: aware instant at which the certificate must be valid; None takes the instant in the
            seal, which only the ledger can confirm.

    Raises:
        ValueError: a trusted certificate is not a certificate, or ``at`` is naive (the caller's fault).

    Source: ISO 32000-2, 12.8; ETSI EN 319 142-1. Of pyHanko's difference analysis only NONE and
    LTA_UPDATES are accepted: that is what an overlay attack cannot reach.
    """
    if at is not None and at.tzinfo is None:
        raise ValueError("at must be an aware instant")
    trusted = [read_certificate(one) for one in trusted_certificates]
    facts: list[Fact] = []
    try:
        return _take_steps(facts, pdf, trusted, max_bytes, at)
    except _Stop as stop:
        return ended(facts, stop.code)
    except PdfDecodeLimitError:
        return ended(facts, "pdf.too_large_unpacked")
    except Exception:
        # A hostile file can make a parser fail in any way there is; each of them is a "no".
        return ended(facts, "pdf.malformed")


def _take_steps(
    facts: list[Fact],
    pdf: bytes,
    trusted: Sequence[x509.Certificate],
    max_bytes: int,
    at: datetime | None,
) -> SealVerdict:
    reader = _read(pdf, max_bytes)
    facts.append(held("readable"))
    seal = _the_one_seal(reader)
    sealed_at = _sealed_at(seal)
    facts.append(held("sealed"))
    moment = at or sealed_at
    status = run_to_end(_validate(seal, trusted, moment))
    credential, attached = _credential(reader)
    rest = (_intact(status), _signer(status, seal.signer_cert, moment), _unchanged(status), attached)
    return SealVerdict((*facts, *rest), credential, sealed_at, _name(seal.signer_cert))


def _read(pdf: bytes, max_bytes: int) -> PdfFileReader:
    if len(pdf) > max_bytes:
        raise _Stop("pdf.too_large")
    if not pdf.startswith(b"%PDF-"):
        raise _Stop("pdf.not_a_pdf")
    reader = PdfFileReader(io.BytesIO(pdf), strict=True, decode_limits=_LIMITS)
    if "/Encrypt" in reader.trailer:
        raise _Stop("pdf.encrypted")
    if reader.xrefs.total_revisions > _REVISIONS_MAX:
        raise _Stop("pdf.too_many_revisions")
    _ = reader.root["/Pages"]
    return reader


def _the_one_seal(reader: PdfFileReader) -> EmbeddedPdfSignature:
    signatures: list[EmbeddedPdfSignature] = reader.embedded_signatures
    seals = [one for one in signatures if one.sig_object_type == "/Sig"]
    if not seals:
        raise _Stop("seal.missing")
    if len(seals) > 1 or len(signatures) > _SIGNATURES_MAX:
        raise _Stop("seal.several")
    certified = read_certification_data(reader)
    if certified is None or certified.author_sig != seals[0].sig_object:
        raise _Stop("seal.allows_changes")
    if certified.permission != MDPPerm.NO_CHANGES:
        raise _Stop("seal.allows_changes")
    return seals[0]


def _sealed_at(seal: EmbeddedPdfSignature) -> datetime:
    moment = seal.self_reported_timestamp
    if moment is None or moment.tzinfo is None:
        raise _Stop("seal.no_time")
    return moment


async def _validate(
    seal: EmbeddedPdfSignature, trusted: Sequence[x509.Certificate], moment: datetime
) -> PdfSignatureStatus:
    # A sealing certificate is trusted for itself; only an issuing one may vouch for others.
    roots = [one for one in trusted if one.ca or one.dump() == seal.signer_cert.dump()]
    context = ValidationContext(
        trust_roots=roots,
        other_certs=seal.other_embedded_certs,
        moment=moment,
        allow_fetching=False,
    )
    return await async_validate_pdf_signature(seal, context, key_usage_settings=_SEALING_KEYS)


def _intact(status: PdfSignatureStatus) -> Fact:
    return held("intact") if status.intact and status.valid else failed("intact", "seal.broken")


def _signer(status: PdfSignatureStatus, certificate: x509.Certificate, moment: datetime) -> Fact:
    name = _name(certificate)
    if not (status.intact and status.valid):
        return not_reached("signer")
    if not status.trusted:
        return failed("signer", "seal.unknown_signer", name)
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        # A certificate that is itself the root of trust is not asked for its dates by path validation.
        return failed("signer", "seal.certificate_not_in_force", name)
    return held("signer", name)


def _unchanged(status: PdfSignatureStatus) -> Fact:
    harmless = status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    return held("unchanged") if harmless and status.docmdp_ok else failed("unchanged", "seal.changed")


def _credential(reader: PdfFileReader) -> tuple[bytes | None, Fact]:
    found = [spec for name, spec in _attachments(reader) if name == CREDENTIAL_FILE]
    if not found:
        return None, failed("credential", "credential.missing")
    if len(found) > 1:
        return None, failed("credential", "credential.several")
    try:
        data = found[0]["/EF"]["/F"].data
    except PdfDecodeLimitError:
        data = b""
    if not is_compact_sd_jwt(data):
        return None, failed("credential", "credential.not_one")
    return data, held("credential")


def _attachments(reader: PdfFileReader) -> list[tuple[str, Any]]:
    """Walk the tree of embedded files (ISO 32000-2, 7.9.6), neither deep nor far."""
    names = reader.root.get("/Names")
    tree = names.get("/EmbeddedFiles") if names is not None else None
    level = [tree] if tree is not None else []
    found: list[tuple[str, Any]] = []
    for _ in range(_NAME_TREE_DEPTH):
        below: list[Any] = []
        for node in level:
            pairs = list(node.get("/Names", ()))[: 2 * _NAME_TREE_ENTRIES]
            found += zip(map(str, pairs[::2]), pairs[1::2], strict=False)
            below += list(node.get("/Kids", ()))[:_NAME_TREE_ENTRIES]
        level = [node.get_object() for node in below[:_NAME_TREE_ENTRIES]]
    return [(name, spec.get_object()) for name, spec in found[:_NAME_TREE_ENTRIES]]


def _name(certificate: x509.Certificate) -> str:
    native = certificate.subject.native
    name = native.get("common_name") or native.get("organization_name") or ""
    return "".join(letter for letter in str(name)[:_NAME_CHARACTERS_MAX] if letter.isprintable())
