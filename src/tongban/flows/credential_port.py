"""What the flows ask of the zone's register of licences."""

from dataclasses import dataclass
from typing import Protocol

from tongban.kernel.ids import CaseId, CredentialId


@dataclass(frozen=True, slots=True)
class Issued:
    """A credential as the register of licences keeps it.

    Args:
        state: a code of ``credential.status``, e.g. ``01`` valid.
        act, ground: the command that led to it and the article of its ground, empty while none did.
    """

    credential_id: CredentialId
    case_id: CaseId
    token: str
    leaf_key: str
    state: str
    document_digest: str = ""
    act: str = ""
    ground: str = ""


class Credentials(Protocol):
    """The zone's register of licences."""

    def save(self, issued: Issued) -> None:
        """Keep a credential; the same id twice is kept once."""

    def find(self, credential_id: CredentialId) -> Issued | None:
        """Return a credential, or None when it is not of this zone."""

    def set_document(self, credential_id: CredentialId, document_digest: str) -> None:
        """Note which sealed document belongs to it."""

    def set_state(self, credential_id: CredentialId, state: str, act: str = "", ground: str = "") -> None:
        """Note its state from now on, the act that led to it, and the article of its ground."""

    def list_of_case(self, case_id: CaseId) -> tuple[Issued, ...]:
        """Return every credential kept with a case, composites among them, in order of number."""
