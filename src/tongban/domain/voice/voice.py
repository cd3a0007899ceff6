"""Something that was raised, and what has been done about it; each act gives a new value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tongban.domain.voice.book import REVIEW
from tongban.kernel.ids import CaseId, ItemId, ZoneId

FILED, ELSEWHERE, ACCEPTED, ANSWERED, TAKEN_BACK = "filed", "elsewhere", "accepted", "answered", "taken-back"
STATES = (FILED, ELSEWHERE, ACCEPTED, ANSWERED, TAKEN_BACK)
OPEN = (FILED, ACCEPTED)
"""In these somebody of the zone, or the review body, has to act."""


_NO_ITEM, _NO_CASE = ItemId(""), CaseId("")


@dataclass(frozen=True, slots=True)
class About:
    """What it is about; every part may be empty.

    Args:
        subject: one of the kind's subjects.
        place: a window, or another place, as it was written.
        person: a name, as it was written.
        paper_id: the document that is taken to review.
    """

    item_id: ItemId = _NO_ITEM
    case_id: CaseId = _NO_CASE
    subject: str = ""
    place: str = ""
    person: str = ""
    paper_id: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who raised it, as far as they said.

    Args:
        holder: ``account:NAME``, or empty for somebody who did not log in.
        name: empty for somebody who gave none; forgotten with the contact.
        contact: a way to reach them; kept locked, never sent to another zone, and forgotten afterwards.
        may_publish: whether the answer may be published without personal data.
    """

    holder: str = ""
    name: str = ""
    contact: str = ""
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class VoiceStep:
    """One thing that happened to it.

    Args:
        act: ``raised``, ``forwarded``, ``extended``, ``accepted``, ``answered`` or ``taken-back``.
        by: account, or a zone's or body's name; name: as it is shown.
        zone: where it happened.
        words: what was said with it.
    """

    at: datetime
    act: str
    by: str
    name: str
    zone: ZoneId
    words: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """A question, a complaint, an objection or an application for review.

    Args:
        number: of its own, unique in the alliance.
        code: with the number, opens its page for who did not log in; empty when it came from elsewhere.
        zone: where it lies.
        filed_in: where it was raised; contact and code stay there.
        due_on: the last day for an answer; None while its year's calendar is not published, or before a
            review body has accepted it.
        barred: accounts that acted in the case it is about and may not handle it.
        is_extended: extended once already.
        is_late: an application for review after its time, which the machine does not refuse.
        outcome: one of the kind's outcomes, once it is answered.
        files: digests of what was attached.
        body_number: the review body's own number.
    """

    number: str
    kind: str
    code: str
    zone: ZoneId
    filed_in: ZoneId
    filed_at: datetime
    state: str
    due_on: date | None
    about: About
    asker: Asker
    words: str
    steps: tuple[VoiceStep, ...]
    barred: tuple[str, ...] = ()
    is_extended: bool = False
    is_late: bool = False
    outcome: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    body_number: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to act, here or elsewhere."""
        return self.state in (*OPEN, ELSEWHERE)

    @property
    def ended_at(self) -> datetime | None:
        """When it was answered or taken back; None while it is open."""
        ends = [step.at for step in self.steps if step.act in ("answered", "taken-back")]
        return ends[-1] if ends and not self.is_open else None

    @property
    def taken_down_by(self) -> str:
        """The name of the clerk who wrote it down at a window; empty for who wrote it themselves."""
        return next((step.name for step in self.steps if step.act == "raised"), "")

    @property
    def answer(self) -> str:
        """What was answered, or nothing."""
        return next((step.words for step in reversed(self.steps) if step.act == "answered"), "")

    def may_be_handled_by(self, account: str, name: str) -> bool:
        """Say whether somebody may handle it: nobody whom it is about, by account or by the name written."""
        return account not in self.barred and not (
            self.about.person and self.about.person.strip() == name.strip()
        )

    def without_asker(self) -> "Voice":
        """Return it with the name and the way to reach who raised it forgotten (pipl-2021#19).

        An application for review keeps its name: it belongs to the file of that review.
        """
        name = self.asker.name if self.kind == REVIEW else ""
        return replace(self, asker=replace(self.asker, name=name, contact=""))

    def with_step(self, step: VoiceStep, **changes: object) -> "Voice":
        """Return it after one more step."""
        return replace(self, steps=(*self.steps, step), version=self.version + 1, **changes)  # type: ignore[arg-type]
