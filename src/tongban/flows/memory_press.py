"""The ports ``Press`` and ``PublicRecords`` in memory: plain bytes, and no zone that publishes anything."""

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.bundle.composite import CompositePaper
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.paperwork.paper import Paper
from tongban.flows.ports import DocumentCheck, Issued, PublicRecord
from tongban.kernel.ids import CredentialId, ZoneId
from tongban.kernel.text import Text


class PlainPress:
    """A press that prints plain bytes, for flows that must not wait for a real document."""

    def print_licence(self, case: Case, item: ServiceItem, issued: Issued) -> bytes:
        """Return a few bytes that begin like a PDF and name the licence."""
        return b"%PDF-" + canonical({"case": case.id, "item": item.id, "licence": issued.credential_id})

    def print_paper(self, paper: Paper, checked_at: str) -> bytes:
        """Return a few bytes that name the document."""
        return canonical({"number": paper.number, "check": checked_at})

    def print_composite(self, paper: CompositePaper, issued: Issued) -> bytes:
        """Return a few bytes that name the composite."""
        return canonical({"number": paper.number, "licence": issued.credential_id})

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
