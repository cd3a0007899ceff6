"""Where the examination of a case stands: what stops the clock, who is heard, the hearing, the draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tongban.domain.case import examining as x
from tongban.domain.case.events import Actor, Recorded
from tongban.domain.case.review import MachineReview
from tongban.domain.clock.statute import Pause
from tongban.domain.scrutiny import HEARING
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stop:
    """A special procedure; ``ended_on`` is None while it runs (``examining.SpecialProcedureStarted``)."""

    kind: str
    basis: LawKey
    started_on: date
    expected_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class InterestedParty:
    """Somebody whose major interest is touched, and until when they may speak."""

    id: str
    name: str
    what: Text
    until_on: date


@dataclass(frozen=True, slots=True)
class Statement:
    """What the applicant or a party said."""

    by: str
    words: str
    said_on: date


@dataclass(frozen=True, slots=True)
class Hearing:
    """The hearing of a case.

    Args:
        told: who was told of the right, ``until_on`` when they may ask; None while nobody was told.
        asked_by: who asked for it; ``authority`` where the authority itself wants it (all-2019#46).
        told_on: day of the last word of the right, from which the time to ask runs.
        hold_by_on: last day on which it must be held; None where nobody asked.
        asked_on: day of the first request, from which the time to hold it runs; None as ``hold_by_on``.
        waived: who does without it; asking for it in time takes that back.
        scheduled: day, place and chair as last made known.
        challenge: who asked for another chair and why, until the head has decided; else None.
        challenged: who has asked for another chair in whose place; once for each.
        barred: accounts that may not chair it, because a challenge was upheld (all-2019#48.3).
        held: the hearing's record, and ``record_version`` the event that holds it; 0 before that.
    """

    told: tuple[str, ...] = ()
    until_on: date | None = None
    asked_by: tuple[str, ...] = ()
    hold_by_on: date | None = None
    is_lapsed: bool = False
    waived: tuple[str, ...] = ()
    scheduled: x.HearingScheduled | None = None
    challenge: x.ChairChallenged | None = None
    challenged: frozenset[tuple[str, str]] = frozenset()
    barred: frozenset[str] = frozenset()
    held: x.HearingHeld | None = None
    record_version: int = 0
    told_on: date | None = None
    asked_on: date | None = None

    @property
    def is_awaited(self) -> bool:
        """True when it was asked for and is not held yet."""
        return bool(self.asked_by) and self.held is None

    def may_be_asked_for(self, on: date) -> bool:
        """Say whether those who were told may still ask, and nobody has; not once all do without it."""
        is_open = self.until_on is not None and on <= self.until_on and not (self.asked_by or self.is_lapsed)
        return is_open and not set(self.told) <= set(self.waived)

    @property
    def has_chair(self) -> bool:
        """Whether somebody is named who may chair it."""
        return self.scheduled is not None and self.scheduled.chair_id not in self.barred


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft decision that lies before the head."""

    granted: bool
    reasons: Text
    remedies: Text | None
    rests_on: int
    by: Actor
    review: MachineReview | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one officer found when verifying the substance."""

    by: Actor
    words: Text
    on: date


@dataclass(frozen=True, slots=True)
class Examination:
    """All of it; empty in a case that needed none of it.

    Args:
        no_party: how it was found that nobody's major interest is touched; None where nobody said so.
        examiners: accounts of the officers who examined: who may not chair the hearing (all-2019#48.3).
        sent_back: why the head sent the last draft back; None once a new one lies there.
    """

    stops: tuple[Stop, ...] = ()
    parties: Mapping[str, InterestedParty] = field(default_factory=dict)
    no_party: Text | None = None
    statements: tuple[Statement, ...] = ()
    hearing: Hearing = Hearing()
    findings: tuple[Finding, ...] = ()
    examiners: frozenset[str] = frozenset()
    draft: Draft | None = None
    sent_back: Text | None = None

    @property
    def running(self) -> Stop | None:
        """The special procedure that runs, or None."""
        return self.stops[-1] if self.stops and self.stops[-1].ended_on is None else None

    def list_unheard(self, on: date) -> tuple[InterestedParty, ...]:
        """Return the parties who have said nothing and still may (all-2019#36)."""
        heard = {statement.by for statement in self.statements}
        return tuple(one for one in self.parties.values() if one.id not in heard and on <= one.until_on)

    def list_untold(self) -> tuple[str, ...]:
        """Return who must be told of the right to a hearing and was not; nobody where no party is touched."""
        if not self.parties or self.hearing.asked_by:
            return ()
        return tuple(one for one in (x.APPLICANT, *self.parties) if one not in self.hearing.told)

    def list_pauses(self, *, as_expected: bool = False) -> tuple[Pause, ...]:
        """Return the days that the clock leaves out, in order.

        The day of the start is left out, the day of the end is counted; a procedure that ends on the day on
        which it began leaves out nothing.

        Args:
            as_expected: True to read the one that runs as if it ended when it should, for a date that is
                kept and not read every day.
        """
        pauses = []
        for stop in self.stops:
            ended_on = stop.ended_on or (stop.expected_on if as_expected else None)
            if ended_on is None:
                pauses.append(Pause(stop.started_on, None, stop.basis))
            elif ended_on > stop.started_on:
                pauses.append(Pause(stop.started_on, ended_on - _ONE_DAY, stop.basis))
        return tuple(pauses)


def list_closed_of_hearing(hearing: Hearing, on: date) -> frozenset[str]:
    """Return the acts of a hearing that are not open to the applicant now, by their commands' names."""
    may_ask = hearing.may_be_asked_for(on)
    wants = x.APPLICANT in hearing.asked_by and hearing.held is None
    has_told = x.APPLICANT in hearing.told and x.APPLICANT not in hearing.waived
    chair_id = hearing.scheduled.chair_id if hearing.scheduled else ""
    is_open = {
        "RequestHearing": may_ask,
        "WaiveHearing": wants or (may_ask and has_told),
        "ChallengeChair": hearing.is_awaited
        and hearing.has_chair
        and hearing.challenge is None
        and (x.APPLICANT, chair_id) not in hearing.challenged,
    }
    return frozenset(command for command, is_so in is_open.items() if not is_so)


def examine(examination: Examination, recorded: Recorded, on: date) -> Examination | None:
    """Fold one event; return None for an event of another room.

    Args:
        on: civil date of the event in the zone that recorded it.
    """
    match recorded.event:
        case x.SpecialProcedureStarted() as started:
            return _start(examination, started)
        case x.SpecialProcedureEnded(_, ended_on):
            *before, last = examination.stops
            return replace(examination, stops=(*before, replace(last, ended_on=ended_on)))
        case x.InterestedPartyInformed(party, name, what, until_on):
            parties = {**examination.parties, party: InterestedParty(party, name, what, until_on)}
            return replace(examination, parties=parties, no_party=None)
        case x.NoPartyNoted(reasons):
            return replace(examination, no_party=reasons)
        case x.StatementRecorded(by, words):
            return replace(examination, statements=(*examination.statements, Statement(by, words, on)))
        case x.ExaminationRecorded(finding):
            findings = (*examination.findings, Finding(recorded.actor, finding, on))
            return replace(
                examination, findings=findings, examiners=examination.examiners | {recorded.actor.id}
            )
    return _examine_hearing(examination, recorded, on) or _examine_draft(examination, recorded)


def _start(examination: Examination, started: x.SpecialProcedureStarted) -> Examination:
    stop = Stop(started.kind, started.basis, started.started_on, started.expected_on)
    hearing = examination.hearing
    if started.kind == HEARING and not hearing.asked_by:
        hearing = replace(hearing, asked_by=("authority",))
    return replace(examination, stops=(*examination.stops, stop), hearing=hearing)


def _examine_hearing(examination: Examination, recorded: Recorded, on: date) -> Examination | None:
    hearing = examination.hearing
    match recorded.event:
        case x.HearingRightAnnounced(to, until_on):
            told = tuple(dict.fromkeys((*hearing.told, *to)))
            hearing = replace(hearing, told=told, until_on=until_on, is_lapsed=False, told_on=on)
        case x.HearingRequested(by, _, hold_by_on):
            hearing = replace(
                hearing,
                asked_by=(*hearing.asked_by, by),
                hold_by_on=hearing.hold_by_on or hold_by_on,
                asked_on=hearing.asked_on or on,
                waived=_without(hearing.waived, by),
            )
        case x.HearingWaived(by):
            hearing = _waive(hearing, by)
        case x.HearingLapsed():
            hearing = replace(hearing, is_lapsed=True)
        case x.HearingScheduled() as scheduled:
            same = hearing.scheduled is not None and hearing.scheduled.chair_id == scheduled.chair_id
            hearing = replace(hearing, scheduled=scheduled, challenge=hearing.challenge if same else None)
        case x.ChairChallenged(by) as challenge:
            chair_id = hearing.scheduled.chair_id if hearing.scheduled else ""
            hearing = replace(hearing, challenge=challenge, challenged=hearing.challenged | {(by, chair_id)})
        case x.ChallengeDecided(upheld):
            chair = frozenset((hearing.scheduled.chair_id,)) if upheld and hearing.scheduled else frozenset()
            hearing = replace(hearing, challenge=None, barred=hearing.barred | chair)
        case x.HearingHeld() as held:
            hearing = replace(hearing, held=held, record_version=recorded.version)
        case _:
            return None
    return replace(examination, hearing=hearing)


def _waive(hearing: Hearing, by: str) -> Hearing:
    """Take a request back; where nobody is left who wants the hearing, its days and chair go with it."""
    asked_by = _without(hearing.asked_by, by)
    waived = replace(hearing, asked_by=asked_by, waived=(*_without(hearing.waived, by), by))
    return (
        waived
        if asked_by
        else replace(waived, hold_by_on=None, asked_on=None, scheduled=None, challenge=None)
    )


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


def _examine_draft(examination: Examination, recorded: Recorded) -> Examination | None:
    match recorded.event:
        case x.ApprovalRequested(granted, reasons, remedies, rests_on, review):
            draft = Draft(granted, reasons, remedies, rests_on, recorded.actor, review)
            examiners = examination.examiners | {recorded.actor.id}
            return replace(examination, draft=draft, sent_back=None, examiners=examiners)
        case x.DecisionApproved():
            return replace(examination, draft=None)
        case x.DraftReturned(reasons):
            return replace(examination, draft=None, sent_back=reasons)
    return None
