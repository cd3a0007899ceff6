"""The seal: a signature over every byte of a document, shown as a red stamp that says it is a demonstration.

The private key never comes here. Whoever seals hands in a function that signs, and pyHanko is
given only that; the key may sit in a keystore, an HSM or another process.
"""

import asyncio
import io
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from asn1crypto import pem, x509
from asn1crypto.algos import DSASignature
from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.generic import ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tongban.crypto.digest import digest
from tongban.kernel.text import Text
from tongban.paper.typesetting import print_document, typst_date

Sign = Callable[[bytes], bytes]
"""Sign with ES256 (ECDSA on P-256 over SHA-256); the answer is r and s, 32 bytes each (RFC 7518, 3.4)."""

Result = TypeVar("Result")

FIELD = "Seal1"
SIGNATURE_BYTES_RESERVED = 8192
_MM = 72 / 25.4
_ES256_BYTES = 64
_RAW_HALF = 32


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where on a document the stamp goes.

    Args:
        page: index; negative counts from the last.
        left_mm, bottom_mm: lower left corner, measured from the lower left of the page.
        size_mm: width and height.
    """

    page: int
    left_mm: float
    bottom_mm: float
    size_mm: float = 42.0


ON_CERTIFICATE = SealPlace(page=0, left_mm=228.0, bottom_mm=22.5)
"""Over the end of the authority's name and of the date, at the foot of the first page."""

ON_NOTICE = SealPlace(page=-1, left_mm=140.0, bottom_mm=23.0)
"""Over the end of the authority's name and of the date, at the foot of the last page."""


@lru_cache(maxsize=64)
def draw_seal(authority: Text, fonts: Path) -> bytes:
    """Draw the demonstration seal of an authority as a PDF page of 42 mm.

    There is no other kind: a real seal image comes from the authority that keeps the seal.
    """
    words = {"made_on": typst_date(date(2026, 1, 1)), "authority": authority.zh, "demo": True}
    return print_document("seal.typ", words, fonts, date(2026, 1, 1), raw={"qr": ""})


def seal(
    pdf: bytes,
    sign: Sign,
    certificates: Sequence[bytes],
    stamp: bytes,
    sealed_at: datetime,
    place: SealPlace = ON_CERTIFICATE,
) -> bytes:
    """Seal a document: PAdES B-B, certified so that no later change is allowed.

    Computes for about 20 ms: a worker's business, not a page's.

    Args:
        pdf: an unsealed document from this room.
        sign: signs with the key of the first certificate.
        certificates: DER or PEM; the sealing certificate first, then what leads to the root.
        stamp: one page of PDF, e.g. from ``draw_seal``.
        sealed_at: aware instant, written into the seal as the time of signing.
        place: where the stamp goes.

    Returns:
        The document with the seal appended. Equal input gives equal bytes except for the
        signature itself, which ECDSA makes anew each time.

    Raises:
        ValueError: no certificate, a naive instant, or a signer whose answer is not 64 bytes.

    Source: ETSI EN 319 142-1 (PAdES B-B); ISO 32000-2, 12.8.2.2 (DocMDP).
    """
    if sealed_at.tzinfo is None:
        raise ValueError("sealed_at must be an aware instant")
    chain = [read_certificate(one) for one in certificates]
    if not chain:
        raise ValueError("a seal needs its certificate")
    writer = _SteadyWriter(pdf)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason="演示印章，非法定效力 Demonstration seal, no legal force",
    )
    pdf_signer = _PunctualSigner(
        metadata,
        signer=_OutsideSigner(sign, chain),
        stamp_style=_stamp_style(stamp),
        new_field_spec=SigFieldSpec(FIELD, on_page=place.page, box=_box(place)),
    )
    pdf_signer.sealed_at = sealed_at.astimezone(UTC)
    sealed = io.BytesIO()
    run_to_end(pdf_signer.async_sign_pdf(writer, output=sealed, bytes_reserved=SIGNATURE_BYTES_RESERVED))
    return sealed.getvalue()


def read_certificate(data: bytes) -> x509.Certificate:
    """Read one certificate, DER or PEM.

    Raises:
        ValueError: it is not one.
    """
    if pem.detect(data):
        _, _, data = pem.unarmor(data)
    certificate = x509.Certificate.load(data)
    _ = certificate.public_key
    return certificate


def run_to_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Run one of pyHanko's coroutines and wait, also where an event loop is already running."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(asyncio.run, work).result()


class _OutsideSigner(Signer):
    """pyHanko's signer over a function that signs somewhere else."""

    def __init__(self, sign: Sign, chain: Sequence[x509.Certificate]) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(chain[1:])
        super().__init__(signing_cert=chain[0], cert_registry=store)
        self._sign = sign

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Return r and s as the DER sequence that CMS wants (RFC 3279, 2.2.3)."""
        raw = bytes(_ES256_BYTES) if dry_run else self._sign(data)
        if digest_algorithm != "sha256" or len(raw) != _ES256_BYTES:
            raise ValueError("the seal is ES256: SHA-256 and a signature of 64 bytes")
        r, s = raw[:_RAW_HALF], raw[_RAW_HALF:]
        return bytes(DSASignature({"r": int.from_bytes(r), "s": int.from_bytes(s)}).dump())


class _PunctualSigner(PdfSigner):
    """Writes the instant it was told, where pyHanko would read the machine's clock."""

    sealed_at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.sealed_at
        return session


class _SteadyWriter(IncrementalPdfFileWriter):
    """Appends the seal and nothing else: no clock in the metadata, no chance in the identifier."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(io.BytesIO(pdf))
        self._document_id[1] = ByteStringObject(digest(b"sealed" + pdf)[:16])

    def _update_meta(self) -> None:
        """Leave the metadata as they were printed; the seal carries its own time."""


class _StampPage(content.PdfContent):
    """A one-page PDF as the picture of the seal; named the same every time."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page

    def render(self) -> bytes:
        picture = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)), page_ix=0)
        self.resources.xobject["/SealPicture"] = picture
        left, bottom, right, top = picture.get_object()["/BBox"]
        self.box = layout.BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/SealPicture Do"


def _stamp_style(stamp: bytes) -> StaticStampStyle:
    edge_to_edge = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins.uniform(0),
    )
    return StaticStampStyle(
        background=_StampPage(stamp), background_layout=edge_to_edge, background_opacity=0.85, border_width=0
    )


def _box(place: SealPlace) -> tuple[int, int, int, int]:
    left, bottom = place.left_mm * _MM, place.bottom_mm * _MM
    side = place.size_mm * _MM
    return round(left), round(bottom), round(left + side), round(bottom + side)
