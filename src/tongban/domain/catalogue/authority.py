"""An authority outside the alliance that holds the power to decide some items."""

from dataclasses import dataclass

from tongban.domain.rules.complaints import SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class OutsideAuthority:
    """Its name, and whether a stand-in plays it.

    Args:
        note: what a page says beside its name, e.g. that it is simulated.
    """

    id: str
    name: Text
    note: Text
    is_simulated: bool


def parse_authority(raw: object) -> OutsideAuthority:
    """Read an authority; raises Refused with every problem found."""
    complaints = Complaints(room="authority")
    part = complaints.read_mapping(raw, "", ("id", "name", "note", "is_simulated")) or {}
    identity = complaints.read_matching(part.get("id"), "id", SHORT_NAME, "medical-insurance-centre")
    name = complaints.read_text(part.get("name"), "name")
    note = complaints.read_text(part.get("note"), "note")
    simulated = complaints.read_yes_no(part.get("is_simulated"), "is_simulated")
    if complaints.problems or identity is None or name is None or note is None:
        raise Refused(*complaints.problems)
    return OutsideAuthority(identity, name, note, simulated is not False)
