"""What the flows ask of the press: documents drawn and sealed, looked at, and bound into packages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tongban.domain.bundle.composite import CompositePaper
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.paperwork.paper import Paper
from tongban.flows.credential_port import Issued
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """What the bytes of a document prove by themselves.

    Args:
        is_intact: the seal fits the bytes, and nothing was added behind it.
        reason: stable code when it does not, e.g. ``changed-after-sealing``; empty when it does.
        sealed_by: name in the seal's certificate, or empty.
        token: the credential found inside, or empty.
        digest: hex SHA-256 of the bytes.
    """

    is_intact: bool
    reason: str
    says: Text
    sealed_by: str
    token: str
    digest: str


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a package: its ASCII name, what it is, its bytes."""

    name: str
    says: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SealPermit:
    """The seal may move once, for these bytes.

    Args:
        kind: of the document; says where on the page the seal goes.
        drawn_digest: hex SHA-256 of the bytes.
        use: number of the use in the register.
    """

    kind: str
    drawn_digest: str
    use: int

    def check(self, digest: str) -> None:
        """Raise Refused when bytes of this digest are not those that may be sealed."""
        if digest != self.drawn_digest:
            raise Refused(Problem("seal.wrong-digest", _OTHER_BYTES, "drawn"))


_OTHER_BYTES = Text(
    "这不是准许用印的那份文件。", "These are not the bytes for which the seal was allowed to move."
)


class Press(Protocol):
    """Draws and seals documents, and looks at those that come back. Slow: drawing is for deferred flows."""

    def draw_licence(self, case: Case, item: ServiceItem, issued: Issued) -> bytes:
        """Return the PDF/A of a licence, without a seal."""

    def draw_paper(self, paper: Paper, checked_at: str) -> bytes:
        """Return the PDF/A of a written document, without a seal; ``checked_at`` is what its QR code says."""

    def draw_composite(self, paper: CompositePaper, issued: Issued) -> bytes:
        """Return the PDF/A of a composite licence, without a seal."""

    def seal_drawn(self, drawn: bytes, permit: SealPermit) -> bytes:
        """Return a drawn document with the seal appended; raises Refused when the permit is for other bytes.

        Only ``flows.use_seal`` may ask this (tests/house): the permit stands in the register by then.
        """

    def pack_file(self, number: str, parts: Sequence[Part], made_at: datetime) -> bytes:
        """Return a ZIP of the parts with a list of their digests; equal input gives equal bytes."""

    def check_document(self, content: bytes) -> DocumentCheck:
        """Look at a document of unknown origin; never raises for bad input."""

    def read_qr(self, image: bytes) -> str | None:
        """Return the text of the QR code in a picture, or None when there is none to read."""
