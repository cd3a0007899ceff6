"""A case's history, step by step: what, when, who, for which authority, by which article, what next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tongban.domain.case import events as e
from tongban.domain.case.due import running_clocks
from tongban.domain.case.state import Case, apply
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.provisional import NotYetKnown, find_reading
from tongban.domain.clock.reading import Reading
from tongban.domain.clock.statute import TimeLimit
from tongban.domain.evidence.exchange import Trust
from tongban.domain.evidence.requirement import kind_of
from tongban.domain.procedure import Regime
from tongban.domain.rules.evaluate import from_plain
from tongban.domain.rules.table import Mark
from tongban.domain.rules.words import fill, join
from tongban.flows.ports import Catalogue
from tongban.kernel.ids import CaseId, EvidenceKindId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads import case_words as w
from tongban.reads.case_words import as_is
from tongban.reads.ending_words import ENDING_COMMANDS, tell_ending
from tongban.reads.examining_words import tell_examining
from tongban.reads.later_words import tell_later, tell_signed
from tongban.reads.talk_words import TALK_COMMANDS, tell_talk

_TOGETHER = timedelta(seconds=1)
"""Register events of one kind within this time are told as one step."""


@dataclass(frozen=True, slots=True)
class Due:
    """By when the next act had to come, as it was known at this step.

    Args:
        on: the last day; None when that year's holidays are not published yet.
        at: the instant, for limits in hours and minutes.
        note: why there is no day yet.
    """

    what: Text
    on: date | None
    at: datetime | None
    limit: Text
    law: str
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the history.

    Args:
        name: the event's name, e.g. ``Accepted``.
        who: the actor in words; never a citizen number.
        authority: for whom the actor acts, or whose register answered.
        law: key of the article behind the act.
        details: sentences, most important first.
    """

    name: str
    title: Text
    at: datetime
    who: Text
    authority: Text
    law: str
    details: tuple[Text, ...]
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is needed to tell a step."""

    catalogue: Catalogue
    item: ServiceItem
    regime: Regime

    def zone_name(self, zone: ZoneId | None) -> Text:
        known = self.catalogue.zones.get(zone) if zone else None
        return known.short_name if known else Text(str(zone or "—"), str(zone or "—"))

    def kind_name(self, kind: EvidenceKindId) -> Text:
        known = self.catalogue.kinds.get(kind_of(kind))
        return known.title if known else Text(kind, kind)


def read_steps(
    case_id: CaseId, history: Sequence[e.Recorded], item: ServiceItem, regime: Regime, catalogue: Catalogue
) -> tuple[Step, ...]:
    """Return the history as steps, oldest first; register events of one round are told together."""
    telling = _Telling(catalogue, item, regime)
    case, steps = Case(case_id), []
    for group in _group(history):
        after = case
        for recorded in group:
            after = apply(after, recorded)
        steps.append(_tell(case, after, group, telling))
        case = after
    return tuple(steps)


def _group(history: Sequence[e.Recorded]) -> Iterator[tuple[e.Recorded, ...]]:
    """Yield register events that belong to one round together, every other event by itself."""
    group: list[e.Recorded] = []
    for recorded in history:
        if group and not _is_same_round(group[-1], recorded):
            yield tuple(group)
            group = []
        group.append(recorded)
    if group:
        yield tuple(group)


def _is_same_round(before: e.Recorded, after: e.Recorded) -> bool:
    if type(before.event) is not type(after.event) or after.at - before.at > _TOGETHER:
        return False
    match before.event, after.event:
        case e.EvidenceRequested(first), e.EvidenceRequested(second):
            return first.holder == second.holder
        case e.EvidenceAttached() as first, e.EvidenceAttached() as second:
            return (first.holder, first.authority, first.trust) == (
                second.holder,
                second.authority,
                second.trust,
            )
        case e.EvidenceNotHeld() as first, e.EvidenceNotHeld() as second:
            return first.holder == second.holder and first.reason == second.reason
    return False


def _tell(before: Case, after: Case, group: tuple[e.Recorded, ...], telling: _Telling) -> Step:
    recorded = group[0]
    command = COMMAND_OF[type(recorded.event).__name__]
    if isinstance(recorded.event, e.Accepted) and recorded.event.deemed:
        command = "DeemAccepted"
    if isinstance(recorded.event, e.Granted) and recorded.event.by in ("silence", "deemed"):
        command = "EndWait" if recorded.event.by == "silence" else "DeemRenewed"
    arrow = telling.regime.find_arrow(before.stage, command) or next(
        (a for a in telling.regime.arrows if a.command == command), None
    )
    deciding = telling.catalogue.zones[after.deciding_zone]
    step = Step(
        name=type(recorded.event).__name__,
        title=arrow.says if arrow else Text(command, command),
        at=recorded.at,
        who=who_acted(recorded.actor, telling.catalogue),
        authority=deciding.authority.name,
        law=arrow.source if arrow else "",
        details=(),
    )
    step = _detailed(step, group, telling)
    examining = tell_examining(recorded.event, after, telling.regime, telling.catalogue.law)
    return replace(step, details=examining or step.details, due=_due(after, recorded, telling))


def who_acted(actor: e.Actor, catalogue: Catalogue) -> Text:
    """Return an actor in words: a person by name, a machine as what it is, a zone by its name."""
    if actor.kind == "zone":
        zone = catalogue.zones.get(ZoneId(actor.id))
        return zone.short_name if zone else Text(actor.id, actor.id)
    words = w.ACTORS.get(actor.kind, Text(actor.kind, actor.kind))
    if actor.kind == "authority":
        outside = catalogue.authorities.get(actor.id)
        return outside.name if outside else Text(actor.id, actor.id)
    if actor.kind in ("machine", "time") or not actor.name:
        return words
    return Text(f"{words.zh} {actor.name}", f"{words.en} {actor.name}")


def _detailed(step: Step, group: tuple[e.Recorded, ...], telling: _Telling) -> Step:
    """Return the step with what its event says."""
    match group[0].event:
        case e.Submitted() as submitted:
            return replace(step, **_tell_submitted(submitted, telling))
        case e.EvidenceRequested(ask):
            kinds = _kinds(group, telling)
            details = (fill(w.ASKED, zone=telling.zone_name(ask.holder), kinds=kinds),)
            return replace(step, details=details, law=ask.ground)
        case e.EvidenceAttached() as attached:
            kinds = _kinds(group, telling)
            trust = w.TRUST_WORDS[Trust(attached.trust)]
            if attached.file_digest:
                return replace(step, title=w.UPLOADED, authority=attached.authority, details=(kinds, trust))
            return replace(step, authority=attached.authority, details=(kinds, trust))
        case e.EvidenceNotHeld() as nothing:
            kinds = _kinds(group, telling)
            authority = telling.zone_name(nothing.holder) if nothing.holder else w.NOBODY_HOLDS
            return replace(step, authority=authority, details=(kinds, w.why_not_held(nothing.reason)))
        case e.Corrected(answers, at_zone):
            return replace(step, authority=telling.zone_name(at_zone),
                           details=(fill(w.CHANGED, names=_names(answers, telling)),))  # fmt: skip
        case e.Withdrawn(at_zone, reason):
            authority = telling.zone_name(at_zone)
            return replace(step, authority=authority, details=(as_is(reason),) if reason else ())
        case e.PersonRequested(at_zone):
            return replace(step, authority=telling.zone_name(at_zone), details=(w.PERSON,))
    return replace(step, details=_tell_decision(group[0].event, telling))


def _kinds(group: tuple[e.Recorded, ...], telling: _Telling) -> Text:
    """Return the kinds of evidence that a round of register events is about."""
    kinds = []
    for recorded in group:
        match recorded.event:
            case e.EvidenceRequested(ask):
                kinds.append(ask.kind)
            case e.EvidenceAttached(kind=kind) | e.EvidenceNotHeld(kind=kind):
                kinds.append(kind)
    return join(telling.kind_name(kind) for kind in kinds)


def _tell_decision(event: e.Event, telling: _Telling) -> tuple[Text, ...]:
    """Return the sentences of the events of correction, acceptance, decision and issue."""
    match event:
        case e.CorrectionRequested(problems, again):
            why = (fill(w.TOLD_AGAIN, why=again),) if again else ()
            return (w.TO_CORRECT.fill(n=len(problems)), *why, *(problem.text for problem in problems))
        case e.Returned(problems):
            return (w.TO_CORRECT.fill(n=len(problems)), *(problem.text for problem in problems))
        case e.Accepted(_, deemed):
            return (w.BY_SILENCE,) if deemed else (w.CLOCK_STARTS,)
        case e.Assessed() as assessed:
            return (_count_marks(assessed),)
        case e.Referred(_, says):
            return (says,)
        case e.Granted(by, _, reasons):
            by_rules = w.BY_RULES.fill(version=telling.item.rules.version)
            return (reasons,) if reasons else (by_rules,) if by == "rules" else ()
        case e.Declined(reasons, remedies):
            return (reasons, remedies) if remedies else (reasons,)
        case e.Extended(reasons):
            return (reasons,)
        case e.GrantRefused(_, reasons, remedies):
            return (reasons, remedies)
        case e.CredentialIssued(credential_id) as issued:
            kinds = dict.fromkeys(one.kind for one in issued.entered)
            known = [
                telling.catalogue.kinds[kind].register for kind in kinds if kind in telling.catalogue.kinds
            ]
            entered = (fill(w.ENTERED, register=join(tuple(known))),) if known else ()
            return (as_is(credential_id), *entered)
        case e.DocumentSealed(_, size_bytes):
            return (w.DOCUMENT.fill(kb=max(1, size_bytes // 1024)),)
        case e.ZoneNotified(zone, notice):
            told = next((a.says for a in telling.item.announcements if a.notice == notice), as_is(notice))
            return (join((telling.zone_name(zone), told)),)
    told = tell_later(event, telling.item, telling.catalogue)
    return told or tell_talk(event) or tell_ending(event, telling.regime, telling.catalogue)


def _tell_submitted(event: e.Submitted, telling: _Telling) -> Mapping[str, object]:
    zone = telling.zone_name(event.receiving_zone)
    channel = w.CHANNELS.get(event.channel, as_is(event.channel))
    details = [fill(w.HANDED_IN, zone=zone, channel=channel)]
    if event.taken_in_by:
        details.append(w.TAKEN_IN.fill(by=event.taken_in_by))
    if event.receiving_zone != event.deciding_zone:
        details.append(fill(w.DECIDED_IN, zone=telling.zone_name(event.deciding_zone)))
    details += tell_signed(event.pledges, telling.item)
    return {"authority": zone, "details": (*details, w.NOT_ACCEPTANCE)}


def _names(answers: Mapping[str, object], telling: _Telling) -> Text:
    labels = {question.id: question.label for question in telling.item.form.questions}
    return join(labels.get(name, as_is(name)) for name in answers)


def _count_marks(assessed: e.Assessed) -> Text:
    marks = from_plain(assessed.record).marks
    met, unmet = marks.count(Mark.MET), marks.count(Mark.UNMET)
    return w.MARKS.fill(total=len(marks), met=met, unmet=unmet, unknown=marks.count(Mark.UNKNOWN))


def _due(after: Case, recorded: e.Recorded, telling: _Telling) -> Due | None:
    """Return what had to come next, and by when, as it stood right after a step."""
    calendar = telling.catalogue.get_calendar(after.deciding_zone)
    now = Moment(recorded.at)
    if isinstance(recorded.event, e.Granted) and (limit := telling.regime.limits.get("deliver")):
        return compose_due(w.DELIVER, limit, find_reading(now, limit, (), calendar, now))
    if not isinstance(recorded.event, e.Submitted | e.Corrected | e.Accepted):
        return None
    clocks = running_clocks(after, telling.item, telling.regime, calendar, now)
    return compose_due(w.DUE_WORDS[clocks[0].name], clocks[0].limit, clocks[0].reading) if clocks else None


def compose_due(what: Text, limit: TimeLimit, reading: Reading | NotYetKnown) -> Due:
    """Return a reading as what must come by when."""
    if isinstance(reading, NotYetKnown):
        return Due(what, reading.due_on, None, limit.in_words, limit.source, reading.text)
    return Due(what, reading.due_on, reading.due_at, limit.in_words, limit.source)


COMMAND_OF = {
    "Submitted": "Submit",
    "EvidenceRequested": "RecordGathering",
    "EvidenceAttached": "AttachEvidence",
    "EvidenceNotHeld": "NoteNothingHeld",
    "CorrectionRequested": "RequestCorrection",
    "Corrected": "Correct",
    "Accepted": "Accept",
    "Declined": "Decline",
    "Assessed": "RecordAssessment",
    "Referred": "Refer",
    "PersonRequested": "AskForPerson",
    "Granted": "Grant",
    "GrantRefused": "Refuse",
    "CredentialIssued": "RecordIssue",
    "DocumentSealed": "RecordDocument",
    "ZoneNotified": "RecordNotice",
    "Returned": "Return",
    "Extended": "Extend",
    "WaitOpened": "OpenWait",
    "ObjectionRaised": "Object",
    "ApplicationForwarded": "ForwardToAuthority",
    "AuthorityAnswered": "RecordAnswer",
    "CheckScheduled": "ScheduleCheck",
    "CheckReminded": "RemindOfCheck",
    "CheckAnswered": "AnswerCheck",
    "CheckRecorded": "RecordCheck",
    "PaymentPaused": "PausePayment",
    "BenefitEnded": "EndBenefit",
    "CredentialVoided": "Void",
    "SpecialProcedureStarted": "StartSpecialProcedure",
    "SpecialProcedureEnded": "EndSpecialProcedure",
    "InterestedPartyInformed": "TellInterestedParty",
    "NoPartyNoted": "NoteNoParty",
    "StatementRecorded": "RecordStatement",
    "HearingRightAnnounced": "TellHearingRight",
    "HearingRequested": "RequestHearing",
    "HearingWaived": "WaiveHearing",
    "HearingLapsed": "LapseHearing",
    "ChairChallenged": "ChallengeChair",
    "ChallengeDecided": "DecideChallenge",
    "HearingScheduled": "ScheduleHearing",
    "HearingHeld": "RecordHearing",
    "ExaminationRecorded": "RecordExamination",
    "ApprovalRequested": "SubmitForApproval",
    "DecisionApproved": "Approve",
    "DraftReturned": "SendBack",
    "Withdrawn": "Withdraw",
    **ENDING_COMMANDS,
    **TALK_COMMANDS,
}
"""The command behind each event: its arrow in the regime names the step and its article."""
