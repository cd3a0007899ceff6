"""Everything one case page shows, for applicant and officer alike: at most five questions to the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tongban.domain.case import events as e
from tongban.domain.case.due import running_clocks
from tongban.domain.case.examination import list_closed_of_hearing
from tongban.domain.case.later import list_applicant_checks
from tongban.domain.case.state import Case, fold
from tongban.domain.case.steps import find_step_start
from tongban.domain.case.waiting import WaitsFor, read_waiting
from tongban.domain.catalogue.authority import OutsideAuthority
from tongban.domain.catalogue.form import is_shown
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.clock.elapsed import Elapsed, read_elapsed
from tongban.domain.clock.explain import explain_clock
from tongban.domain.credential.status import STATE_WORDS, LicenceState, read_state
from tongban.domain.delivery import SOURCE, say_wish
from tongban.domain.evidence.requirement import kind_of
from tongban.domain.party import mask_citizen_number
from tongban.domain.procedure import Regime
from tongban.domain.rules.evaluate import from_plain
from tongban.domain.rules.explain import Explanation, explain
from tongban.domain.rules.words import Wording, fill
from tongban.flows.acts_under_way import (
    ANSWER_OFFICER,
    ASK_FOR_PERSON,
    CHALLENGE_CHAIR,
    CORRECT,
    REQUEST_HEARING,
    STATE,
    WAIVE_HEARING,
    WITHDRAW,
)
from tongban.flows.originals import find_confirmation
from tongban.flows.ports import Catalogue, Deps, Issued
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.paper.office import verify_url
from tongban.reads import case_words as w
from tongban.reads.case_clocks import ClockLine as ClockLine
from tongban.reads.case_clocks import read_served, read_step_clocks, say_left
from tongban.reads.case_evidence import (
    AskedRegister,
    EvidenceLine,
    HandOver,
    find_hand_over,
    read_asked,
    read_evidence,
)
from tongban.reads.case_timeline import Step, compose_due, read_steps
from tongban.reads.ending_words import may_end
from tongban.reads.files_on_the_way import OnItsWay, find_document_on_its_way
from tongban.reads.later_words import check_words
from tongban.reads.lights import read_lamp
from tongban.reads.seals import find_why_unsealed
from tongban.reads.smallest_change import SmallestChange, find_change


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question of the form with what was answered, as a person reads it."""

    id: str
    label: Text
    values: tuple[Text, ...]
    law: str


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence that came of the case.

    Args:
        state: on the day of reading; None where this zone does not keep the register.
        verify_url: what its QR code says.
    """

    number: str
    title: Text
    valid_from: date
    valid_until: date | None
    state: LicenceState | None
    state_words: Text | None
    verify_url: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as its page needs it.

    Args:
        deciding_address: base URL of the deciding zone's node.
        is_own: whether this zone decides it; elsewhere it is a replica without the facts of evidence.
        may: names of the commands that the applicant may give now, e.g. ``Withdraw``.
        held_back: commands that have to wait for an act on its way to the deciding zone.
        document_on_its_way: how far the sealed document is that another zone made; None when it is here.
        outside: the authority that decides where the power lies elsewhere.
        clocks: of law and promise, then of the steps that the case is at.
        user_clock: from the first receipt to the delivery, everything counted.
        ended_at: when it left its last open stage; None while it is open.
        waits_for_seal: why the sealed document is not made yet, where the seal may not move; else None.
        due_from_you: names of what the applicant still has to hand in or confirm, each in words.
        change: the smallest change that would lead to a grant; None where there is none to tell.
    """

    case: Case
    item: ServiceItem
    regime: Regime
    deciding: Zone
    deciding_address: str
    receiving: Zone
    is_own: bool
    status: Text
    waits_for: WaitsFor
    steps: tuple[Step, ...]
    clocks: tuple[ClockLine, ...]
    asked: tuple[AskedRegister, ...]
    evidence: tuple[EvidenceLine, ...]
    answers: tuple[AnswerLine, ...]
    explanation: Explanation | None
    change: SmallestChange | None
    hand_over: HandOver | None
    licence: Licence | None
    document_on_its_way: OnItsWay | None
    may: frozenset[str]
    held_back: frozenset[str]
    user_clock: Elapsed
    ended_at: datetime | None = None
    outside: OutsideAuthority | None = None
    due_from_you: tuple[tuple[str, Text], ...] = ()
    waits_for_seal: Text | None = None

    @property
    def received_at(self) -> datetime:
        """When it was first received, at whichever zone."""
        return self.user_clock.since

    @property
    def facts_withheld(self) -> bool:
        """Whether the explanation lacks the facts, which stayed in the deciding zone."""
        return self.case.assessment is not None and not self.is_own

    @property
    def has_document(self) -> bool:
        """Whether the sealed document lies here, to be handed out."""
        return self.case.document_digest != "" and self.document_on_its_way is None

    @property
    def is_moving(self) -> bool:
        """Whether something will change by itself soon, so that the page should look again."""
        if self.hand_over and (self.hand_over.acts_waiting or self.hand_over.acts_unseen):
            return True
        if self.hand_over and self.hand_over.given_up_at:
            return False
        if self.case.stage == "concluded":
            coming = self.document_on_its_way
            return self.case.document_digest == "" or (coming is not None and not coming.is_given_up)
        return self.waits_for in (WaitsFor.MACHINE, WaitsFor.ZONE)


def read_case_page(case_id: CaseId, deps: Deps) -> CasePage:
    """Return a case of this zone, its own or a replica; raises NotFound when there is none here."""
    history = deps.cases.history(case_id)
    if not history:
        raise NotFound(case_id)
    case = fold(case_id, history)
    catalogue = deps.catalogue
    item = catalogue.get_item(case.item_id, case.deciding_zone)
    regime = catalogue.get_regime(item.regime)
    messages = deps.exchange.outgoing(case_id)
    hand_over = find_hand_over(case, history, messages, catalogue)
    is_own = case.deciding_zone == deps.zone
    now = Moment(deps.clock.now())
    return CasePage(
        case=case,
        item=item,
        regime=regime,
        deciding=catalogue.zones[case.deciding_zone],
        deciding_address=_address(case, deps),
        receiving=catalogue.zones[case.receiving_zone],
        is_own=is_own,
        status=regime.stages[case.stage],
        waits_for=read_waiting(case),
        steps=read_steps(case_id, history, item, regime, catalogue),
        clocks=_read_clocks(case, item, regime, deps, now),
        asked=read_asked(history, messages, catalogue),
        evidence=read_evidence(case, item, catalogue),
        answers=(*read_answers(case, item), *_read_wish(case, catalogue)),
        explanation=explain_assessment(case, item, catalogue),
        change=find_change(case, item, _wording(case, item, catalogue)) if is_own else None,
        hand_over=hand_over,
        licence=_find_licence(case, item, deps, now.on),
        document_on_its_way=find_document_on_its_way(case, history, deps),
        may=_may(case, regime, now.on) - _held_back(hand_over),
        held_back=_held_back(hand_over),
        user_clock=_read_user_clock(case, history, regime, catalogue, now),
        ended_at=_ended_at(case, history),
        outside=_find_outside(item, catalogue),
        due_from_you=tuple((one.id, check_words(one, item)) for one in list_applicant_checks(case)),
        waits_for_seal=find_why_unsealed(case, deps),
    )


def _find_outside(item: ServiceItem, catalogue: Catalogue) -> OutsideAuthority | None:
    return catalogue.authorities.get(item.elsewhere.authority) if item.elsewhere else None


def _read_clocks(
    case: Case, item: ServiceItem, regime: Regime, deps: Deps, now: Moment
) -> tuple[ClockLine, ...]:
    """Return the clocks that run now, the soonest first; then those of the steps, each with its own limit."""
    catalogue = deps.catalogue
    calendar = catalogue.get_calendar(case.deciding_zone)
    lines = []
    for running in running_clocks(case, item, regime, calendar, now):
        reading = running.reading
        lines.append(
            ClockLine(
                due=compose_due(w.DUE_WORDS[running.name], running.limit, reading),
                light=read_lamp(reading, now.on, catalogue.agenda.warn_percent),
                left=say_left(reading),
                reasons=explain_clock(running.since, running.limit, running.pauses, calendar, now),
            )
        )
    warn_percent, settled = catalogue.agenda.warn_percent, _find_settled_steps(case, deps)
    return (*lines, *read_step_clocks(case, regime, calendar, warn_percent, now, settled))


def _find_settled_steps(case: Case, deps: Deps) -> frozenset[str]:
    waiting = frozenset(name for name in ("forward", "confirm") if find_step_start(name, case) is not None)
    return waiting if waiting and find_confirmation(case, deps) is not None else frozenset()


def _read_user_clock(
    case: Case, history: Sequence[e.Recorded], regime: Regime, catalogue: Catalogue, now: Moment
) -> Elapsed:
    """Return the user's own clock, which ends when the result has reached its holder."""
    ended_at = _ended_at(case, history)
    until = None if ended_at is None else read_served(case, history, regime, ended_at)
    return read_elapsed(Moment(history[0].at), until, now, catalogue.get_calendar(case.deciding_zone))


def read_answers(case: Case, item: ServiceItem) -> tuple[AnswerLine, ...]:
    """Return the questions that were asked with their answers; citizen numbers are masked."""
    lines = []
    for question in item.form.questions:
        if not is_shown(question, case.answers):
            continue
        value = case.answers.get(question.id)
        if question.type == "citizen_number" and isinstance(value, str):
            value = mask_citizen_number(value)
        values = (w.FILE_HANDED_IN,) if question.type == "file" and value else ()
        lines.append(
            AnswerLine(
                question.id,
                question.label,
                values or w.value_words(value, question.choices),
                question.ground,
            )
        )
    return tuple(lines)


def _read_wish(case: Case, catalogue: Catalogue) -> tuple[AnswerLine, ...]:
    """Return the wish for a paper copy as one more answer; nothing where the electronic licence is enough."""
    if case.wish is None:
        return ()
    zone = catalogue.zones.get(case.wish.zone)
    says = say_wish(case.wish, zone.short_name if zone else None)
    return (AnswerLine("receive", w.HOW_RECEIVED, (says,), SOURCE),)


def explain_assessment(case: Case, item: ServiceItem, catalogue: Catalogue) -> Explanation | None:
    """Return the recorded assessment in words, or None before there is one.

    Source of law: pipl-2021#24.3 (a right to an explanation), all-2019#38.2 (reasons).
    """
    if case.assessment is None:
        return None
    wording = _wording(case, item, catalogue)
    return explain(from_plain(case.assessment.record), item.rules, wording)


def _wording(case: Case, item: ServiceItem, catalogue: Catalogue) -> Wording:
    """Return the words of choices, and of where each fact comes from."""
    origins: dict[str, Text] = {"answers": w.FROM_FORM, "applicant": w.FROM_ACCOUNT, "case": w.FROM_CASE}
    for kind_id, evidence in case.evidence.items():
        zone = catalogue.zones.get(evidence.holder) if evidence.holder else None
        register = catalogue.kinds[kind_of(kind_id)].register
        origins[f"evidence.{kind_id}"] = (
            fill(w.REGISTER_OF, zone=zone.short_name, register=register) if zone else evidence.authority
        )
    return Wording(item.labels, origins)


def _find_licence(case: Case, item: ServiceItem, deps: Deps, today: date) -> Licence | None:
    issued = case.issued
    if issued is None:
        return None
    kept = deps.credentials.find(issued.credential_id)
    state = (
        read_state(LicenceState(kept.state), issued.valid_from, issued.valid_until, today) if kept else None
    )
    return Licence(
        number=issued.credential_id,
        title=item.credential.title,
        valid_from=issued.valid_from,
        valid_until=issued.valid_until,
        state=state,
        state_words=STATE_WORDS[state] if state else None,
        verify_url=verify_url(
            _address(case, deps), Issued(issued.credential_id, case.id, issued.token, issued.leaf_key, "")
        ),
    )


def _address(case: Case, deps: Deps) -> str:
    """Return where the deciding zone's node is reached."""
    if case.deciding_zone == deps.zone:
        return deps.public_url
    known = deps.directory.address(case.deciding_zone)
    return known or deps.catalogue.zones[case.deciding_zone].address.rstrip("/")


def _may(case: Case, regime: Regime, on: date) -> frozenset[str]:
    """Return what the applicant may do now; a person who was asked for is not offered again."""
    may = {
        arrow.command
        for arrow in regime.arrows
        if case.stage in arrow.from_stages and "applicant" in arrow.who and arrow.command != "Submit"
    }
    may -= list_closed_of_hearing(case.examination.hearing, on)
    may = {command for command in may if may_end(command, case, regime)}
    if not case.talk:
        may.discard("AnswerOfficer")
    may.discard("AnswerCheck")  # what is due has a line of its own (``due_from_you``)
    return frozenset(may - {"AskForPerson"} if case.needs_person else may)


_COMMANDS = {
    CORRECT: "Correct",
    WITHDRAW: "Withdraw",
    ASK_FOR_PERSON: "AskForPerson",
    STATE: "RecordStatement",
    REQUEST_HEARING: "RequestHearing",
    WAIVE_HEARING: "WaiveHearing",
    CHALLENGE_CHAIR: "ChallengeChair",
    ANSWER_OFFICER: "AnswerOfficer",
}


def _held_back(hand_over: HandOver | None) -> frozenset[str]:
    """Return the commands that wait for an act on its way to the deciding zone."""
    return frozenset(_COMMANDS[act] for act in hand_over.held_back) if hand_over else frozenset()


def _ended_at(case: Case, history: Sequence[e.Recorded]) -> datetime | None:
    """Return when the case left its last open stage."""
    if case.is_open:
        return None
    ends = (e.CredentialIssued, e.GrantRefused, e.Declined, e.Withdrawn, e.Returned)
    return next((recorded.at for recorded in reversed(history) if isinstance(recorded.event, ends)), None)


def find_document(case: Case, deps: Deps) -> bytes | None:
    """Return the sealed document of a case, or None when it is not made or not here yet."""
    return deps.files.find(case.document_digest) if case.document_digest else None
