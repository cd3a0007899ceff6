"""What another zone is told once a case is concluded, read from a pack."""

from collections.abc import Mapping

from tongban.domain.catalogue.item import Announcement
from tongban.domain.rules.complaints import FACT_NAME, LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.ids import LawKey

_NEEDED, _OPTIONAL = ("notice", "zone", "facts", "says", "source"), ("concerns", "marks")
_MOST = 100
"""Announcements of an item, and facts of an announcement."""


def read_announcements(raw: object, complaints: Complaints) -> tuple[Announcement, ...]:
    """Return the ``announcements`` of a manifest; what is wrong with them goes to ``complaints``."""
    announcements = []
    for place, entry in enumerate(complaints.read_list(raw, "announcements", _MOST)):
        here = f"announcements[{place}]"
        row = complaints.read_mapping(entry, here, _NEEDED, _OPTIONAL)
        if row is None:
            continue
        notice = complaints.read_matching(
            row.get("notice"), f"{here}.notice", SHORT_NAME, "registration-moved"
        )
        zone = complaints.read_matching(row.get("zone"), f"{here}.zone", FACT_NAME, "evidence.register.zone")
        says = complaints.read_text(row.get("says"), f"{here}.says")
        source = complaints.read_matching(row.get("source"), f"{here}.source", LAW_KEY, "nurses-2020#9")
        facts = tuple(str(f) for f in complaints.read_list(row.get("facts", []), f"{here}.facts", _MOST))
        if notice is not None and zone is not None and says is not None and source is not None:
            concerns, marks = _read_concerned(row, here, complaints)
            announcements.append(Announcement(notice, zone, facts, says, LawKey(source), concerns, marks))
    return tuple(announcements)


def _read_concerned(
    row: Mapping[str, object], here: str, complaints: Complaints
) -> tuple[str, Mapping[str, str]]:
    """Return which register's entry a notice concerns, and what is marked there; both may be empty."""
    if "concerns" not in row:
        return "", {}
    concerns = complaints.read_matching(row["concerns"], f"{here}.concerns", SHORT_NAME, "nurse-certificate")
    raw = row.get("marks", {})
    marks = raw if isinstance(raw, dict) else {}
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in marks.values()):
        complaints.add(
            "shape", f"{here}.marks", "应为事实与代码的对照，如 {status: moved}。",
            "A mapping of facts to codes, such as {status: moved}.",
        )  # fmt: skip
        marks = {}
    return concerns or "", {str(name): value for name, value in marks.items()}
