"""What officers do between acceptance and decision; each act is one event or two of the case."""

from datetime import date

from tongban.domain.case import examining_commands as xc
from tongban.domain.case.events import Actor
from tongban.domain.case.review import MachineReview
from tongban.domain.case.state import Case
from tongban.flows.make_decision import tell_remedies
from tongban.flows.perform import get_case, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, LawKey
from tongban.kernel.text import Text


def start_special_procedure(
    case_id: CaseId, kind: str, basis: LawKey, reason: Text, expected_on: date, actor: Actor, deps: Deps
) -> Case:
    """Stop the statutory clock for a procedure of article 45, from today.

    Causes: ``SpecialProcedureStarted``; the applicant is told the time in writing. Source: all-2019#45.
    """
    command = xc.StartSpecialProcedure(kind, basis, reason, expected_on)
    return perform(case_id, command, actor, deps)


def end_special_procedure(case_id: CaseId, kind: str, result: Text, actor: Actor, deps: Deps) -> Case:
    """Record what came of it; the clock runs on. Causes ``SpecialProcedureEnded``. Source: all-2019#45."""
    return perform(case_id, xc.EndSpecialProcedure(kind, result), actor, deps)


def tell_party(case_id: CaseId, name: str, what: Text, actor: Actor, deps: Deps) -> Case:
    """Tell an interested party. Causes ``InterestedPartyInformed``. Source: all-2019#36."""
    return perform(case_id, xc.TellInterestedParty(name, what), actor, deps)


def note_no_party(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Say that nobody is touched, and how that was found. Causes ``NoPartyNoted``. Source: all-2019#36."""
    return perform(case_id, xc.NoteNoParty(reasons), actor, deps)


def tell_hearing_right(case_id: CaseId, actor: Actor, deps: Deps) -> Case:
    """Tell everybody of the right to a hearing. Causes ``HearingRightAnnounced``. Source: all-2019#47.1."""
    return perform(case_id, xc.TellHearingRight(), actor, deps)


def schedule_hearing(
    case_id: CaseId, held_on: date, at_time: str, place: Text, chair: Actor, actor: Actor, deps: Deps
) -> Case:
    """Make day, place and chair of the hearing known. Causes ``HearingScheduled``. Source: all-2019#48.1."""
    command = xc.ScheduleHearing(held_on, at_time, place, chair.id, chair.name)
    return perform(case_id, command, actor, deps)


def decide_challenge(case_id: CaseId, upheld: bool, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Decide whether another chair must be named. Causes ``ChallengeDecided``. Source: all-2019#48.3."""
    return perform(case_id, xc.DecideChallenge(upheld, reasons), actor, deps)


def record_hearing(
    case_id: CaseId, record: Text, signed_by: tuple[str, ...], actor: Actor, deps: Deps
) -> Case:
    """Keep the signed record; the clock runs on. Causes ``HearingHeld``. Source: all-2019#48.5."""
    return perform(case_id, xc.RecordHearing(record, signed_by), actor, deps)


def sign_finding(case_id: CaseId, finding: Text, actor: Actor, deps: Deps) -> Case:
    """Sign what one officer found on the spot. Causes ``ExaminationRecorded``. Source: all-2019#34.3."""
    return perform(case_id, xc.RecordExamination(finding), actor, deps)


def submit_for_approval(
    case_id: CaseId,
    granted: bool,
    reasons: Text,
    actor: Actor,
    deps: Deps,
    rests_on: int = 0,
    review: MachineReview | None = None,
) -> Case:
    """Lay a draft before the head; a refusal gets the remedies with it (all-2019#38.2).

    Args:
        review: what the officer says of the machine's findings; it goes into the decision.
    """
    remedies = None if granted else tell_remedies(get_case(case_id, deps), deps)
    command = xc.SubmitForApproval(granted, reasons, remedies, rests_on, review)
    return perform(case_id, command, actor, deps)


def approve(case_id: CaseId, note: Text, actor: Actor, deps: Deps) -> Case:
    """Approve the draft. Causes ``DecisionApproved`` and the decision itself, with all that follows it."""
    return perform(case_id, xc.Approve(note), actor, deps)


def send_back(case_id: CaseId, reasons: Text, actor: Actor, deps: Deps) -> Case:
    """Send the draft back, with reasons. Causes ``DraftReturned``."""
    return perform(case_id, xc.SendBack(reasons), actor, deps)
