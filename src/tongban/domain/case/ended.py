"""What a case knows of its beginning and end beyond its stage: one value, folded from its own events."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tongban.domain.case import ending as g
from tongban.domain.credential.status import LicenceState
from tongban.kernel.ids import CredentialId
from tongban.kernel.moment import civil_date

STATES: Mapping[type, LicenceState] = {
    # The code lists that we know have none of their own for these two (domain of gbt-36903); the act is told
    # in words beside the code.
    g.LicenceWithdrawn: LicenceState.OTHER,
    g.LicenceReplaced: LicenceState.OTHER,
    g.LicenceVoided: LicenceState.VOIDED,
    g.LicenceCancelled: LicenceState.CANCELLED,
    g.LicenceRevoked: LicenceState.REVOKED,
    g.LicenceRestored: LicenceState.VALID,
}
"""The state that each act leaves the licence in."""
ACT_OF: Mapping[type, str] = {
    g.LicenceWithdrawn: "WithdrawLicence",
    g.LicenceVoided: "VoidLicence",
    g.LicenceCancelled: "CancelLicence",
    g.LicenceRevoked: "RevokeLicence",
    g.LicenceReplaced: "ReplaceLicence",
    g.LicenceRestored: "RestoreLicence",
}
"""The command behind each of these events."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day, and the article that sets it."""

    until_on: date
    source: str


@dataclass(frozen=True, slots=True)
class LicenceAct:
    """An act against a licence, or its undoing.

    Args:
        act: name of the command.
        ground, source: as the event says; ``ground`` is empty for an undoing.
        state_before: the licence's state before it, to which an undoing leads back.
        is_undone: a later decision undid it.
    """

    act: str
    ground: str
    source: str
    on: date
    state_before: str
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act that is proposed and not decided; ``statement`` is what the holder said, or empty."""

    act: str
    ground: str
    until_on: date
    by: str
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """The beginning and end of a case.

    Args:
        deadlines: by name, see ``ending.DeadlineFixed``.
        delivered: how the licence was served; None before it was.
        deemed_on: the day on which a renewal counted as granted by silence.
        acts: against the licence, oldest first, undone ones among them.
        replaced_by: the licence that took this one's place.
        archived_on: the day on which the file was sealed.
    """

    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    delivered: g.Delivered | None = None
    deemed_on: date | None = None
    proposal: Proposal | None = None
    acts: tuple[LicenceAct, ...] = ()
    replaced_by: CredentialId | None = None
    archived: g.CaseArchived | None = None
    archived_on: date | None = None

    @property
    def act_in_force(self) -> LicenceAct | None:
        """The last act against the licence that stands, or None."""
        return next((one for one in reversed(self.acts) if not one.is_undone), None)


NOTHING_ENDED = Ending()


@dataclass(frozen=True, slots=True)
class Read:
    """What an event leaves: the ending, and what it changes of stage and licence; empty where nothing."""

    ending: Ending
    stage: str = ""
    licence_state: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)

    def changes(self, answers: Mapping[str, object]) -> dict[str, object]:
        """Return the fields of a case that change, given its answers so far."""
        changed: dict[str, object] = {"ending": self.ending}
        if self.stage:
            changed["stage"] = self.stage
        if self.licence_state:
            changed["licence_state"] = self.licence_state
        if self.answers:
            changed["answers"] = {**answers, **self.answers}
        return changed


def read_ending(ending: Ending, event: object, at: datetime, actor_id: str, state: str) -> Read | None:
    """Fold one event, or return None for an event that is not of this room.

    Args:
        at: aware UTC instant of the event.
        actor_id: who did it.
        state: the licence's state before it.
    """
    match event:
        case g.NotNeededDeclared():
            return Read(ending, stage="unneeded")
        case g.NotCompetentDeclared():
            return Read(ending, stage="declined")
        case g.ErrorCorrected(_, answers):
            return Read(ending, answers=answers)
        case g.CorrectionLapsed():
            return Read(ending, stage="withdrawn")
        case g.DeadlineFixed(name, until_on, source):
            return Read(replace(ending, deadlines={**ending.deadlines, name: Deadline(until_on, source)}))
        case g.Delivered():
            return Read(replace(ending, delivered=event))
        case g.RenewalDeemed(expired_on):
            return Read(replace(ending, deemed_on=expired_on))
        case g.CaseArchived():
            return Read(replace(ending, archived=event, archived_on=civil_date(at)))
    return _read_proposal(ending, event, actor_id) or _read_act(ending, event, at, state)


def _read_proposal(ending: Ending, event: object, actor_id: str) -> Read | None:
    match event:
        case g.EndingProposed(act, ground, _, until_on):
            return Read(replace(ending, proposal=Proposal(act, ground, until_on, actor_id)))
        case g.ProposalAnswered(statement):
            proposal = ending.proposal
            return Read(
                replace(ending, proposal=replace(proposal, statement=statement) if proposal else None)
            )
        case g.ProposalDropped():
            return Read(replace(ending, proposal=None))
    return None


def _read_act(ending: Ending, event: object, at: datetime, state: str) -> Read | None:
    """Fold an act against the licence. What voided, withdrew or revoked it stays told by its state."""
    kind = type(event)
    if kind not in STATES:
        return None
    last = ending.act_in_force
    if isinstance(event, g.LicenceRestored):
        acts = tuple(replace(one, is_undone=True) if one is last else one for one in ending.acts)
        restored = last.state_before if last else LicenceState.VALID.value
        return Read(replace(ending, acts=acts, replaced_by=None), licence_state=restored)
    ground = "" if isinstance(event, g.LicenceReplaced) else str(getattr(event, "ground", ""))
    source = str(getattr(event, "source", ""))
    act = LicenceAct(ACT_OF[kind], ground, source, civil_date(at), state)
    changed = replace(ending, acts=(*ending.acts, act), proposal=None)
    if isinstance(event, g.LicenceReplaced):
        changed = replace(changed, replaced_by=event.by)
    gone = (LicenceState.VOIDED.value, LicenceState.REVOKED.value, LicenceState.OTHER.value)
    is_formality = isinstance(event, g.LicenceCancelled) and state in gone
    return Read(changed, licence_state=state if is_formality else STATES[kind].value)
