"""Events of waits, of other authorities, and of what is due later; ``events`` lists them with the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class WaitOpened:
    """Others may object until the end of a day (market-registration-2021#33.3).

    Args:
        until_on: last civil date on which an objection counts.
        told: who was told of it, in words.
    """

    until_on: date
    told: Text


@dataclass(frozen=True, slots=True)
class ObjectionRaised:
    """Somebody who may objected in time; a person decides."""

    by: str
    reasons: Text


@dataclass(frozen=True, slots=True)
class ApplicationForwarded:
    """The complete case went to the authority that holds the power.

    Args:
        authority: id of a file in ``content/authorities``.
    """

    authority: str


@dataclass(frozen=True, slots=True)
class AuthorityAnswered:
    """The authority that holds the power decided.

    Args:
        reference: its own number for the decision.
        is_simulated: True when a stand-in answered; every page and the credential say so.
    """

    authority: str
    granted: bool
    reference: str
    decided_on: date
    reasons: Text
    is_simulated: bool = True


@dataclass(frozen=True, slots=True)
class CheckScheduled:
    """Something is due after the decision, or after acceptance on a promise.

    Args:
        check: short name, once in a case, e.g. ``promise:hygiene`` or ``life:1``.
        kind: ``promise`` (an officer looks), ``deferred`` (a paper follows) or ``life`` (a benefit goes on).
        due_on: last civil date.
        source: the article that sets the time.
    """

    check: str
    kind: str
    due_on: date
    source: str


@dataclass(frozen=True, slots=True)
class CheckReminded:
    """The day passed without an answer; this is the last day now."""

    check: str
    due_on: date


@dataclass(frozen=True, slots=True)
class CheckAnswered:
    """A register or the applicant answered what was due.

    Args:
        by: ``register`` or ``applicant``.
        answers: answers handed in with it, e.g. the file that had been missing.
    """

    check: str
    by: str
    at_zone: ZoneId
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CheckRecorded:
    """An officer looked: the promise was kept, or it was broken."""

    check: str
    kept: bool
    reasons: Text


@dataclass(frozen=True, slots=True)
class PaymentPaused:
    """A benefit is not paid until its check is answered."""

    check: str


@dataclass(frozen=True, slots=True)
class BenefitEnded:
    """An officer ended a benefit, with reasons and remedies."""

    reasons: Text
    remedies: Text


@dataclass(frozen=True, slots=True)
class CredentialVoided:
    """An officer undid what was granted on a promise that was broken, with reasons and remedies."""

    reasons: Text
    remedies: Text
