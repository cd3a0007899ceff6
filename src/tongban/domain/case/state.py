"""Where a case stands: its history folded into one value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from operator import attrgetter
from typing import TypeVar

from tongban.domain.case import events as e
from tongban.domain.case.conversation import Said, read_said
from tongban.domain.case.ended import NOTHING_ENDED, Ending, read_ending
from tongban.domain.case.examination import Examination, examine
from tongban.domain.case.held import Decision, Forwarded, Wait
from tongban.domain.credential.status import LicenceState
from tongban.domain.delivery import DeliveryWish
from tongban.domain.evidence.exchange import Evidence, EvidenceAsk, Trust
from tongban.domain.pledge import SignedPledge
from tongban.domain.procedure import CLOSED_STAGES
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, CredentialId, EvidenceKindId, ItemId, ZoneId
from tongban.kernel.moment import civil_date

_Held = TypeVar("_Held")
_NO_ITEM, _NO_ZONE = ItemId(""), ZoneId("")
_NOBODY = e.ApplicantRef("", "", "")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that has not been answered yet."""

    ask: EvidenceAsk
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class GivenPromise:
    """A promise under which somebody put their name, and when."""

    pledge: SignedPledge
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """Something due after acceptance or decision (see ``events.CheckScheduled``).

    Args:
        reminded: whether the first day passed without an answer.
        outcome: empty while it is open; ``answered``, ``kept`` or ``broken``.
    """

    id: str
    kind: str
    due_on: date
    source: str
    reminded: bool = False
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One handling from receipt to conclusion, as its events leave it.

    ``version`` counts the events; ``stage`` is one of ``domain.procedure.STAGES``.
    ``pending`` are registers asked and not yet heard; ``not_held`` those that had nothing.
    ``needs_person`` is set by a referral or by the applicant, and never falls back.
    ``licence_state`` is the state that the licence must have in the register, empty before there is one.
    """

    id: CaseId
    version: int = 0
    stage: str = "nothing"
    item_id: ItemId = _NO_ITEM
    item_version: int = 0
    deciding_zone: ZoneId = _NO_ZONE
    receiving_zone: ZoneId = _NO_ZONE
    applicant: e.ApplicantRef = _NOBODY
    channel: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    taken_in_by: str = ""
    bundle: e.BundleRef | None = None
    wish: DeliveryWish | None = None
    received_at: datetime | None = None
    pending: Mapping[EvidenceKindId, Asked] = field(default_factory=dict)
    evidence: Mapping[EvidenceKindId, Evidence] = field(default_factory=dict)
    not_held: Mapping[EvidenceKindId, str] = field(default_factory=dict)
    correction: tuple[Problem, ...] = ()
    times_corrected: int = 0
    accepted_on: date | None = None
    accepted_at: datetime | None = None
    accepted_by_silence: bool = False
    assessment: e.Assessed | None = None
    needs_person: bool = False
    decision: Decision | None = None
    credential_id: CredentialId | None = None
    token: str = ""
    issued: e.CredentialIssued | None = None
    document_digest: str = ""
    notified: tuple[tuple[ZoneId, str], ...] = ()
    signatures: Mapping[str, GivenPromise] = field(default_factory=dict)
    extended: bool = False
    wait: Wait | None = None
    forwarded: Forwarded | None = None
    answered: e.AuthorityAnswered | None = None
    checks: Mapping[str, Check] = field(default_factory=dict)
    licence_state: str = ""
    examination: Examination = field(default_factory=Examination)
    ending: Ending = NOTHING_ENDED
    talk: tuple[Said, ...] = ()

    @property
    def is_open(self) -> bool:
        """True until the case is decided and done, or has left in another way."""
        return self.stage not in CLOSED_STAGES

    @property
    def gathered(self) -> frozenset[EvidenceKindId]:
        """Kinds for which a register was asked or something came in."""
        return frozenset(self.pending) | frozenset(self.evidence) | frozenset(self.not_held)


def fold(case_id: CaseId, history: Iterable[e.Recorded]) -> Case:
    """Fold a whole history; the law is ``fold(a + b) == fold(b, from fold(a))``."""
    case = Case(case_id)
    for recorded in history:
        case = apply(case, recorded)
    return case


def apply(case: Case, recorded: e.Recorded) -> Case:
    """Fold one more event; raises ValueError when the history has a gap (a bug in the store)."""
    if recorded.version != case.version + 1:
        raise ValueError(f"{case.id}: event {recorded.version} after {case.version}")
    changed = (
        _apply_before_acceptance(case, recorded)
        or _apply_correction(case, recorded)
        or _apply_after_acceptance(case, recorded)
        or _apply_elsewhere(case, recorded)
        or _apply_later(case, recorded)
        or _apply_examining(case, recorded)
        or _apply_ending(case, recorded)
        or _apply_talk(case, recorded)
    )
    if changed is None:
        raise TypeError(f"no reading of {type(recorded.event).__name__}")
    return changed


def _apply_before_acceptance(case: Case, recorded: e.Recorded) -> Case | None:
    """Read the events of receipt, evidence and correction."""
    version = recorded.version
    match recorded.event:
        case e.Submitted() as submitted:
            return _open(case, submitted, recorded)
        case e.EvidenceRequested(ask):
            # A new question: what was known about an earlier number no longer stands.
            pending = {**case.pending, ask.kind: Asked(ask, recorded.at)}
            return _changed(
                case, version=version, pending=pending, evidence=_without(case.evidence, ask.kind)
            )
        case e.EvidenceAttached() as attached:
            return _attach(case, attached, version)
        case e.EvidenceNotHeld(kind, _, reason):
            return _note_not_held(case, kind, reason, version)
        case e.Accepted(accepted_on, deemed):
            return _changed(
                case,
                version=version,
                stage="accepted",
                accepted_on=accepted_on,
                # Silence accepts from the receipt, so a limit in hours or minutes runs from there too.
                accepted_at=case.received_at if deemed else recorded.at,
                accepted_by_silence=deemed,
            )
        case e.Declined():
            return _changed(case, version=version, stage="declined")
        case e.Extended():
            return _changed(case, version=version, extended=True)
    return None


def _apply_correction(case: Case, recorded: e.Recorded) -> Case | None:
    """Read the events of papers that were incomplete."""
    version = recorded.version
    match recorded.event:
        case e.CorrectionRequested(problems):
            return _changed(case, version=version, stage="correcting", correction=problems)
        case e.Returned(problems):
            return _changed(case, version=version, stage="returned", correction=problems)
        case e.Corrected(answers, _, pledges):
            return _changed(
                case,
                signatures={**case.signatures, **_signed(pledges, recorded.at)},
                version=version,
                stage="received",
                answers={**case.answers, **answers},
                correction=(),
                times_corrected=case.times_corrected + 1,
                not_held={},
            )
    return None


def _apply_after_acceptance(case: Case, recorded: e.Recorded) -> Case | None:
    """Read the events of assessment, decision, issue and leaving."""
    version = recorded.version
    match recorded.event:
        case e.Assessed() as assessed:
            return _changed(case, version=version, stage="assessed", assessment=assessed)
        case e.Referred():
            stage = "assessed" if case.stage == "published" else case.stage
            return _changed(case, version=version, needs_person=True, stage=stage)
        case e.PersonRequested():
            return _changed(case, version=version, needs_person=True)
        case e.Granted(by, decided_on):
            decision = Decision(True, by, decided_on, recorded.actor)
            return _changed(case, version=version, stage="granted", decision=decision)
        case e.GrantRefused(decided_on):
            decision = Decision(False, "officer", decided_on, recorded.actor)
            return _changed(case, version=version, stage="refused", decision=decision)
        case e.CredentialIssued(credential_id, token) as issued:
            return _changed(
                case,
                version=version,
                stage="concluded",
                credential_id=credential_id,
                token=token,
                issued=issued,
                licence_state=LicenceState.VALID.value,
            )
        case e.DocumentSealed(file_digest):
            return _changed(case, version=version, document_digest=file_digest)
        case e.ZoneNotified(zone, notice):
            return _changed(case, version=version, notified=(*case.notified, (zone, notice)))
        case e.Withdrawn():
            return _changed(case, version=version, stage="withdrawn")
    return None


def _apply_elsewhere(case: Case, recorded: e.Recorded) -> Case | None:
    """Read the events of waits for others, and of the authority that holds the power."""
    version = recorded.version
    match recorded.event:
        case e.WaitOpened(until_on):
            return _changed(case, version=version, stage="published", wait=_wait(until_on, recorded))
        case e.ObjectionRaised():
            return _changed(case, version=version, stage="assessed", needs_person=True)
        case e.ApplicationForwarded(authority):
            forwarded = Forwarded(authority, recorded.at)
            return _changed(case, version=version, stage="elsewhere", forwarded=forwarded)
        case e.AuthorityAnswered() as answered:
            return _changed(case, version=version, answered=answered)
    return None


def _apply_later(case: Case, recorded: e.Recorded) -> Case | None:
    """Read the events of what is due later."""
    version = recorded.version
    match recorded.event:
        case e.CheckScheduled(name, kind, due_on, source):
            checks = {**case.checks, name: Check(name, kind, due_on, source)}
            return _changed(case, version=version, checks=checks)
        case e.CheckReminded(name, due_on):
            return _with_check(case, name, version, due_on=due_on, reminded=True)
        case e.CheckAnswered(name, _, _, answers):
            changed = _with_check(case, name, version, outcome="answered")
            resumed = {"stage": "concluded", "licence_state": LicenceState.VALID.value}
            return _changed(
                changed,
                answers={**case.answers, **answers},
                **(resumed if case.stage == "paused" else {}),
            )
        case e.CheckRecorded(name, kept):
            return _with_check(case, name, version, outcome="kept" if kept else "broken")
        case e.PaymentPaused():
            state = LicenceState.SUSPENDED.value
            return _changed(case, version=version, stage="paused", licence_state=state)
        case e.BenefitEnded():
            state = LicenceState.CANCELLED.value
            return _changed(case, version=version, stage="ended", licence_state=state)
        case e.CredentialVoided():
            return _changed(case, version=version, licence_state=LicenceState.VOIDED.value)
    return None


def _apply_examining(case: Case, recorded: e.Recorded) -> Case | None:
    """Read the events of the examination; what a person has begun to examine, no machine grants."""
    examination = examine(case.examination, recorded, civil_date(recorded.at))
    if examination is None:
        return None
    return _changed(case, version=recorded.version, examination=examination, needs_person=True)


def _apply_ending(case: Case, recorded: e.Recorded) -> Case | None:
    """Read the events of the beginning and the end, as their own room folds them."""
    read = read_ending(case.ending, recorded.event, recorded.at, recorded.actor.id, case.licence_state)
    return _changed(case, version=recorded.version, **read.changes(case.answers)) if read else None


def _apply_talk(case: Case, recorded: e.Recorded) -> Case | None:
    """Read what was written; it moves nothing."""
    said = read_said(recorded)
    return _changed(case, version=recorded.version, talk=(*case.talk, said)) if said else None


def _wait(until_on: date, recorded: e.Recorded) -> Wait:
    return Wait(until_on, recorded.at, recorded.actor.kind in ("officer", "head"))


def _with_check(case: Case, name: str, version: int, **changes: object) -> Case:
    """Return the case with one of its checks changed."""
    checks = {**case.checks, name: replace(case.checks[name], **changes)}  # type: ignore[arg-type]
    return _changed(case, version=version, checks=checks)


def _signed(pledges: Iterable[SignedPledge], at: datetime) -> dict[str, GivenPromise]:
    return {one.pledge: GivenPromise(one, at) for one in pledges}


def _open(case: Case, event: e.Submitted, recorded: e.Recorded) -> Case:
    return _changed(
        case,
        version=recorded.version,
        stage="received",
        item_id=event.item_id,
        item_version=event.item_version,
        deciding_zone=event.deciding_zone,
        receiving_zone=event.receiving_zone,
        applicant=event.applicant,
        channel=event.channel,
        answers=event.answers,
        taken_in_by=event.taken_in_by,
        bundle=event.bundle,
        wish=event.wish,
        needs_person=event.bundle is not None and event.bundle.wants_person,
        received_at=recorded.at,
        signatures=_signed(event.pledges, recorded.at),
    )


def _note_not_held(case: Case, kind: EvidenceKindId, reason: str, version: int) -> Case:
    return _changed(
        case,
        version=version,
        pending=_without(case.pending, kind),
        evidence=_without(case.evidence, kind),
        not_held={**case.not_held, kind: reason},
    )


def _attach(case: Case, event: e.EvidenceAttached, version: int) -> Case:
    evidence = Evidence(
        kind=event.kind,
        trust=Trust(event.trust),
        facts=event.facts,
        as_of=event.as_of,
        authority=event.authority,
        holder=event.holder,
        subject=event.subject,
        file_digest=event.file_digest,
    )
    return _changed(
        case,
        version=version,
        pending=_without(case.pending, event.kind),
        not_held={kind: why for kind, why in case.not_held.items() if kind != event.kind},
        evidence={**case.evidence, event.kind: evidence},
    )


def _without(held: Mapping[EvidenceKindId, _Held], kind: EvidenceKindId) -> dict[EvidenceKindId, _Held]:
    return {other: value for other, value in held.items() if other != kind}


_NAMES = tuple(part.name for part in fields(Case))
_values = attrgetter(*_NAMES)
_PUT = {name: getattr(Case, name).__set__ for name in _NAMES}


def _changed(case: Case, **changes: object) -> Case:
    """Return the case with these fields changed, as ``dataclasses.replace`` does, in half its time.

    Every event of every case comes by here, and a case has many fields. An unknown name is a KeyError.
    """
    new = object.__new__(Case)
    for put, value in zip(_PUT.values(), _values(case), strict=True):
        put(new, value)
    for name, value in changes.items():
        _PUT[name](new, value)
    return new
