"""The ports ``Press`` and ``PublicRecords`` in memory: plain bytes, and no zone that publishes anything."""

from collections.abc import Sequence
from datetime import datetime

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.bundle.composite import CompositePaper
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.paperwork.paper import Paper
from tongban.flows.ports import DocumentCheck, Issued, Part, PublicRecord
from tongban.flows.press_port import SealPermit
from tongban.kernel.ids import CredentialId, ZoneId
from tongban.kernel.text import Text


class PlainPress:
    """A press that prints plain bytes, for flows that must not wait for a real document."""

    def draw_licence(self, case: Case, item: ServiceItem, issued: Issued) -> bytes:
        """Return a few bytes that begin like a PDF and name the licence."""
        return b"%PDF-" + canonical({"case": case.id, "item": item.id, "licence": issued.credential_id})

    def draw_paper(self, paper: Paper, checked_at: str) -> bytes:
        """Return a few bytes that name the document."""
        return canonical({"number": paper.number, "check": checked_at})

    def draw_composite(self, paper: CompositePaper, issued: Issued) -> bytes:
        """Return a few bytes that name the composite."""
        return canonical({"number": paper.number, "licence": issued.credential_id})

    def seal_drawn(self, drawn: bytes, permit: SealPermit) -> bytes:
        """Return the bytes with a few more behind them, as a real seal does."""
        permit.check(hex_digest(drawn))
        return drawn + b"%sealed"

    def pack_file(self, number: str, parts: Sequence[Part], made_at: datetime) -> bytes:
        """Return the digests of the parts, so that another content gives other bytes."""
        listed = {part.name: hex_digest(part.content) for part in parts}
        return canonical({"number": number, "parts": listed, "made_at": made_at.isoformat()})

    def check_document(self, content: bytes) -> DocumentCheck:
        """Say that plain bytes carry no seal."""
        says = Text("这不是盖章的文档。", "This is no sealed document.")
        return DocumentCheck(False, "no-seal", says, "", "", hex_digest(content))

    def read_qr(self, image: bytes) -> str | None:  # noqa: ARG002 - the port's shape
        """Read nothing."""
        return None


class NoRecords:
    """No zone publishes records here."""

    def find(self, zone: ZoneId, credential_id: CredentialId) -> PublicRecord | None:  # noqa: ARG002 - port
        """Return nothing."""
        return None
