"""Who stands at the window now: kept in the clerk's session, and gone with the next client.

One key of the session holds all of it, so that clearing it leaves nothing of one client for the next.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from typing import Any

from tongban.domain.case.events import ApplicantRef
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.reads.prefill import RawAnswer
from tongban.web.shared.application_form import KeptFile, shorten
from tongban.web.window.bundle_matter import KEY as BUNDLE_KEY

_KEY = "window"
_MOST_OPENED = 20


@dataclass(frozen=True, slots=True)
class Matter:
    """An application being taken in.

    Args:
        number: the case number it will have; handing it in twice under it is one case.
        is_begun: False until the form was sent once, so that a fresh form shows no problems.
    """

    number: CaseId
    item_id: ItemId
    zone: ZoneId
    answers: Mapping[str, RawAnswer] = field(default_factory=dict)
    files: Mapping[str, KeptFile] = field(default_factory=dict)
    is_begun: bool = False

    def with_answers(self, answers: Mapping[str, RawAnswer], files: Mapping[str, KeptFile]) -> "Matter":
        """Return it with what was sent last, cut to a size that is kept."""
        return replace(self, answers=shorten(answers), files=files, is_begun=True)


@dataclass(frozen=True, slots=True)
class AtWindow:
    """Everything the session knows of the client at the window.

    Args:
        identity: the identity form as it was sent last.
        applicant: read from it once nothing was wrong with it; None before.
        opened: cases whose party's number was given at this window; only these are shown whole.
        raised: numbers of what was written down for them at this window.
        helpers: case to the agent's number, where it was an agent who opened it.
    """

    identity: Mapping[str, RawAnswer] = field(default_factory=dict)
    applicant: ApplicantRef | None = None
    matter: Matter | None = None
    opened: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    helpers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """True when nothing of any client is here."""
        return not (self.identity or self.applicant or self.opened or self.raised) and (
            self.matter is None or not self.matter.is_begun
        )

    def has_opened(self, case_id: str) -> bool:
        """Say whether this client has shown to be a party of the case."""
        return case_id in self.opened

    def with_opened(self, case_id: str, helper_id: str = "") -> "AtWindow":
        """Return it with one more case that may be shown, and by which agent it was opened."""
        opened = (*[one for one in self.opened if one != case_id], case_id)[-_MOST_OPENED:]
        helpers = {**self.helpers, case_id: helper_id}
        return replace(self, opened=opened, helpers={one: helpers[one] for one in opened if helpers.get(one)})


def read_client(session: Mapping[str, Any]) -> AtWindow:
    """Return who is at the window; an empty one when nobody is."""
    plain = session.get(_KEY)
    if not plain:
        return AtWindow()
    applicant = plain.get("applicant")
    matter = plain.get("matter")
    return AtWindow(
        identity=plain.get("identity", {}),
        applicant=ApplicantRef(**applicant) if applicant else None,
        matter=_read_matter(matter) if matter else None,
        opened=tuple(plain.get("opened", ())),
        raised=tuple(plain.get("raised", ())),
        helpers=plain.get("helpers", {}),
    )


def save_client(session: MutableMapping[str, Any], at_window: AtWindow) -> None:
    """Keep who is at the window."""
    applicant, matter = at_window.applicant, at_window.matter
    session[_KEY] = {
        "identity": shorten(at_window.identity),
        "applicant": {name: getattr(applicant, name) for name in ApplicantRef.__slots__}
        if applicant
        else None,
        "matter": _plain_matter(matter) if matter else None,
        "opened": list(at_window.opened),
        "raised": list(at_window.raised[-_MOST_OPENED:]),
        "helpers": dict(at_window.helpers),
    }


def forget_client(session: MutableMapping[str, Any]) -> None:
    """Forget everything about the client; the clerk stays logged in."""
    session.pop(_KEY, None)
    session.pop(BUNDLE_KEY, None)


def _plain_matter(matter: Matter) -> dict[str, Any]:
    return {
        "number": matter.number,
        "item": matter.item_id,
        "zone": matter.zone,
        "answers": dict(matter.answers),
        "files": {name: [one.digest, one.name, one.size_bytes] for name, one in matter.files.items()},
        "begun": matter.is_begun,
    }


def _read_matter(plain: Mapping[str, Any]) -> Matter:
    files = {name: KeptFile(*parts) for name, parts in plain["files"].items()}
    return Matter(
        CaseId(plain["number"]), ItemId(plain["item"]), ZoneId(plain["zone"]), plain["answers"], files,
        plain["begun"],
    )  # fmt: skip
