"""What may be asked of a case at its beginning and after its end; ``commands`` lists them with the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongban.domain.case.ending import CaseArchived, Delivered
from tongban.kernel.ids import CredentialId, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class TellNotNeeded:
    """Tell at once that nothing needs to be applied for."""

    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class TellNotCompetent:
    """Do not accept, and name the authority that holds the power."""

    authority: Text
    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class CorrectAtOnce:
    """Put an error right on the spot."""

    what: str
    answers: Mapping[str, object]
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class LapseCorrection:
    """End a case whose correction notice was not answered; time itself does."""

    name: str


@dataclass(frozen=True, slots=True)
class SetDeadline:
    """Set a day by which something comes."""

    name: str
    until_on: date
    source: str


@dataclass(frozen=True, slots=True)
class RecordDelivery:
    """Record how the licence reached its holder."""

    delivered: Delivered


@dataclass(frozen=True, slots=True)
class DeemRenewed:
    """Record that a renewal that was not decided in time counts as granted."""


@dataclass(frozen=True, slots=True)
class ProposeEnding:
    """Propose an act against the licence; ``until_on`` is the last day for a statement."""

    act: str
    ground: str
    reasons: Text
    until_on: date


@dataclass(frozen=True, slots=True)
class StateOnEnding:
    """State the holder's case against what is proposed, at any zone of the handling."""

    statement: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class DropProposal:
    """Leave it, with the reasons."""

    reasons: Text


@dataclass(frozen=True, slots=True)
class WithdrawLicence:
    """Take a lawful licence back."""

    ground: str
    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class VoidLicence:
    """Undo a licence that should not have been granted."""

    ground: str
    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class CancelLicence:
    """Do the formalities of a licence's end."""

    ground: str
    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class RevokeLicence:
    """Record that a punishment took the licence away: who punished, under which number."""

    ground: str
    reasons: Text
    remedies: Text
    authority: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class RestoreLicence:
    """Undo the last act against the licence, by a decision."""

    reasons: Text


@dataclass(frozen=True, slots=True)
class ReplaceLicence:
    """Record that another licence has taken this one's place: ``how`` is ``amendment`` or ``renewal``."""

    by: CredentialId
    how: str


@dataclass(frozen=True, slots=True)
class ArchiveCase:
    """Put the sealed package's digests into the history."""

    archived: CaseArchived


EndLicence = WithdrawLicence | VoidLicence | CancelLicence | RevokeLicence
EndingCommand = (
    TellNotNeeded
    | TellNotCompetent
    | CorrectAtOnce
    | LapseCorrection
    | SetDeadline
    | RecordDelivery
    | DeemRenewed
    | ProposeEnding
    | StateOnEnding
    | DropProposal
    | WithdrawLicence
    | VoidLicence
    | CancelLicence
    | RevokeLicence
    | RestoreLicence
    | ReplaceLicence
    | ArchiveCase
)
