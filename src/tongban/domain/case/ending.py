"""Events of the beginning and the end: told at once, delivered, renewed, ended, undone, archived."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongban.kernel.ids import CredentialId, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class NotNeededDeclared:
    """The applicant was told at once that nothing needs to be applied for (all-2019#32.1)."""

    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class NotCompetentDeclared:
    """Not accepted, because another authority holds the power, which is named (all-2019#32.2)."""

    authority: Text
    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class ErrorCorrected:
    """An error was corrected on the spot; no round of correction was used for it (all-2019#32.3).

    Args:
        what: what was wrong and was put right, as the clerk or officer noted it.
        answers: only the answers that changed.
    """

    what: str
    answers: Mapping[str, object]
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class CorrectionLapsed:
    """A correction notice was not answered by its last day, and the regime's data ends the case then."""

    until_on: date
    source: str


@dataclass(frozen=True, slots=True)
class DeadlineFixed:
    """A day was set by which something comes, or on which time itself acts.

    Args:
        name: ``correction:N`` or ``renewal``.
        until_on: last civil date.
        source: the article that sets it.
    """

    name: str
    until_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """The licence reached its holder, with the proof of it (all-2019#44).

    Args:
        way: one of ``domain.delivery.WAYS``.
        received_by: name of who took it; the applicant, the agent, or who signed the waybill.
        delivered_on: civil date on which it counts as served.
        waybill: carrier and number of what was posted, else empty.
        authority: what the agent's authority rests on, else empty.
        is_identity_checked: the original document of who came was looked at.
        note: about the signature on the proof of service, or how it was opened.
    """

    way: str
    received_by: str
    delivered_on: date
    at_zone: ZoneId
    waybill: str = ""
    authority: str = ""
    is_identity_checked: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RenewalDeemed:
    """A renewal asked in time was not decided before the licence expired: renewed by law (all-2019#50.2).

    Args:
        expired_on: last day of the licence that is renewed.
    """

    expired_on: date
    source: str


@dataclass(frozen=True, slots=True)
class EndingProposed:
    """An officer proposed an act against the licence; its holder may state their case first (all-2019#7).

    Args:
        act: name of the command that would follow, e.g. ``VoidLicence``.
        ground: id of the ground in the regime.
        until_on: last civil date on which a statement counts.
    """

    act: str
    ground: str
    reasons: Text
    until_on: date


@dataclass(frozen=True, slots=True)
class ProposalAnswered:
    """The holder stated their case against what was proposed."""

    statement: str
    at_zone: ZoneId


@dataclass(frozen=True, slots=True)
class ProposalDropped:
    """What was proposed is not done, and why."""

    reasons: Text


@dataclass(frozen=True, slots=True)
class LicenceWithdrawn:
    """A lawful licence was taken back, as law or circumstances changed (all-2019#8.2).

    Args:
        ground: id of the ground in the regime; its article stands there, and in ``source`` as it then was.
        compensation: ``owed``, ``damages`` or ``none``, as the ground says.
    """

    ground: str
    source: str
    reasons: Text
    remedies: Text
    compensation: str


@dataclass(frozen=True, slots=True)
class LicenceVoided:
    """A licence that should not have been granted was undone (all-2019#69); as ``LicenceWithdrawn``."""

    ground: str
    source: str
    reasons: Text
    remedies: Text
    compensation: str


@dataclass(frozen=True, slots=True)
class LicenceCancelled:
    """The formalities of a licence's end were done (all-2019#70); as ``LicenceWithdrawn``."""

    ground: str
    source: str
    reasons: Text
    remedies: Text
    compensation: str = "none"


@dataclass(frozen=True, slots=True)
class LicenceRevoked:
    """A punishment from outside took the licence away.

    Args:
        authority: who punished.
        document_number: of its decision.
        otherwise as ``LicenceWithdrawn``.
    """

    ground: str
    source: str
    reasons: Text
    remedies: Text
    compensation: str
    authority: str
    document_number: str


@dataclass(frozen=True, slots=True)
class LicenceRestored:
    """An act against the licence was itself undone, by a decision; the act stays in the history.

    Args:
        undoes: name of the act, e.g. ``VoidLicence``.
    """

    undoes: str
    reasons: Text


@dataclass(frozen=True, slots=True)
class LicenceReplaced:
    """A change or renewal put another licence in the place of this one (all-2019#49, all-2019#50)."""

    by: CredentialId
    how: str


@dataclass(frozen=True, slots=True)
class CaseArchived:
    """The whole file was sealed and kept (order-716-2019#12).

    Args:
        package_digest: hex SHA-256 of the package.
        manifest_digest: hex SHA-256 of the list of its parts with their digests, which the ledger keeps.
        keep_until_on: first day on which it need not be kept any more; None for ever.
        source: what sets that.
    """

    package_digest: str
    manifest_digest: str
    size_bytes: int
    keep_until_on: date | None
    source: str


LicenceEnded = LicenceWithdrawn | LicenceVoided | LicenceCancelled | LicenceRevoked
EndingEvent = (
    NotNeededDeclared
    | NotCompetentDeclared
    | ErrorCorrected
    | CorrectionLapsed
    | DeadlineFixed
    | Delivered
    | RenewalDeemed
    | EndingProposed
    | ProposalAnswered
    | ProposalDropped
    | LicenceWithdrawn
    | LicenceVoided
    | LicenceCancelled
    | LicenceRevoked
    | LicenceRestored
    | LicenceReplaced
    | CaseArchived
)
