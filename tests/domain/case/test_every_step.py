"""Steps that time, an officer, another zone or the applicant takes in several regimes, in each of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, catalogue
from tongban.domain.case import commands as c
from tongban.domain.case import ending as g
from tongban.domain.case import ending_commands as n
from tongban.domain.case import events as e
from tongban.domain.case.conversation import OFFICE, Said
from tongban.domain.case.decide import decide
from tongban.domain.case.ended import Deadline, Proposal
from tongban.domain.case.held import Forwarded
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case, Check, apply
from tongban.domain.case.talk_commands import AnswerOfficer, WriteToApplicant
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.exchange import Evidence, Trust
from tongban.domain.procedure import Arrow, Regime
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, CredentialId, EvidenceKindId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text

REGIMES = catalogue().regimes
WHY, REMEDIES = Text("依法说明", "as the law says"), Text("复议或者诉讼", "review or court")
WRONG = Problem("demo.wrong", Text("请补正", "please correct"), "answers.name", "all-2019#32.4")
KIND = EvidenceKindId("business-licence")
SOURCE = "state-council-office-2020-42#later-check"
TODAY = TUESDAY.date()
YESTERDAY = TODAY - timedelta(days=1)
EVIDENCE = Evidence(KIND, Trust.SHARED_DATA, {"status": "active"}, TUESDAY, WHY, SUZHOU, "1")
CHECK = Check("promise:demo", "promise", TODAY, SOURCE)
ISSUED = e.CredentialIssued(CredentialId("demo"), "token", "leaf", TODAY, TODAY, None)
ARCHIVED = g.CaseArchived("00", "00", 1, date(2036, 3, 3), "order-716-2019#12")
Recipe = Callable[[Case], tuple[Case, c.Command]]


def as_it_is(command: c.Command) -> Recipe:
    """Take the step on a case that only stands in the right stage."""
    return lambda case: (case, command)


def with_check(command: c.Command, outcome: str = "") -> Recipe:
    """Take the step on a case of which something is due later."""
    return lambda case: (
        replace(case, checks={CHECK.id: replace(CHECK, outcome=outcome)}, licence_state="01", issued=ISSUED),
        command,
    )


def with_ending(command: c.Command, **ending: object) -> Recipe:
    """Take the step on a case with a licence, and with this of its end."""
    return lambda case: (
        replace(case, issued=ISSUED, licence_state="01", ending=replace(case.ending, **ending)),  # type: ignore[arg-type]
        command,
    )


def answered_in_turn(case: Case) -> tuple[Case, c.Command]:
    """Let the applicant answer what an officer wrote."""
    asked = Said(OFFICE, "演示审批员", "请说明", "需要核对", TUESDAY)
    return replace(case, talk=(asked,)), AnswerOfficer("已说明", SUZHOU)


def answered_by_authority(case: Case) -> tuple[Case, c.Command]:
    """Let the authority that was asked agree."""
    told = e.AuthorityAnswered("demo-authority", True, WHY, TODAY, "demo-1")
    return replace(case, forwarded=Forwarded("demo-authority", TUESDAY)), c.RecordAnswer(told)


RECIPES: Mapping[str, Recipe] = {
    "AttachEvidence": as_it_is(c.AttachEvidence(EVIDENCE, "message")),
    "NoteNothingHeld": as_it_is(c.NoteNothingHeld(KIND, SUZHOU, "nothing-held", "message")),
    "DeemAccepted": as_it_is(c.DeemAccepted()),
    "RequestCorrection": as_it_is(c.RequestCorrection((WRONG,))),
    "Correct": as_it_is(c.Correct({"name": "演示"}, SUZHOU)),
    "Return": as_it_is(c.Return((WRONG,))),
    "Decline": as_it_is(c.Decline(WHY, REMEDIES)),
    "Refer": as_it_is(c.Refer("demo", WHY)),
    "AskForPerson": as_it_is(c.AskForPerson(SUZHOU)),
    "Grant": as_it_is(c.Grant("officer", WHY)),
    "Refuse": as_it_is(c.Refuse(WHY, REMEDIES)),
    "RecordNotice": as_it_is(c.RecordNotice(SUZHOU, "demo", SOURCE, "message")),
    "Withdraw": as_it_is(c.Withdraw(SUZHOU)),
    "WriteToApplicant": as_it_is(WriteToApplicant("请说明", "需要核对")),
    "AnswerOfficer": answered_in_turn,
    "ScheduleCheck": as_it_is(c.ScheduleCheck(CHECK.id, CHECK.kind, TODAY, SOURCE)),
    "RemindOfCheck": with_check(c.RemindOfCheck(CHECK.id, TODAY)),
    "AnswerCheck": with_check(c.AnswerCheck(CHECK.id, "applicant", SUZHOU, {})),
    "RecordCheck": with_check(c.RecordCheck(CHECK.id, True, WHY)),
    "Void": with_check(c.Void(WHY, REMEDIES), "broken"),
    "ForwardToAuthority": as_it_is(c.ForwardToAuthority()),
    "RecordAnswer": answered_by_authority,
    "TellNotNeeded": as_it_is(n.TellNotNeeded(WHY, REMEDIES)),
    "TellNotCompetent": as_it_is(n.TellNotCompetent(Text("演示机关", "a made-up authority"), WHY, REMEDIES)),
    "CorrectAtOnce": as_it_is(n.CorrectAtOnce("名称", {"name": "演示"}, SUZHOU)),
    "RecordDelivery": as_it_is(n.RecordDelivery(g.Delivered("electronic", "演示甲", TODAY, SUZHOU))),
    "LapseCorrection": with_ending(
        n.LapseCorrection("correction:1"), deadlines={"correction:1": Deadline(YESTERDAY, SOURCE)}
    ),
    "SetDeadline": as_it_is(n.SetDeadline("correction:1", TODAY, SOURCE)),
    "DropProposal": with_ending(
        n.DropProposal(WHY), proposal=Proposal("CancelLicence", "other", TODAY, "officer-1")
    ),
    "ReplaceLicence": with_ending(n.ReplaceLicence(CredentialId("demo-2"), "amendment")),
    "ArchiveCase": with_ending(
        n.ArchiveCase(ARCHIVED), delivered=g.Delivered("electronic", "演示甲", TODAY, SUZHOU)
    ),
}
AND_BACK = {("Refer", "published"): "assessed"}
"""An objection takes the case back to examination (domain.case.state)."""
STEPS = [
    (regime, arrow) for regime in REGIMES.values() for arrow in regime.arrows if arrow.command in RECIPES
]


def find_item(regime: Regime, command: str) -> ServiceItem:
    """Return an item of the regime; one that another authority decides where the step is about that."""
    items = sorted({one.id for one in catalogue().items.values() if one.regime == regime.id})
    found = [catalogue().get_item(item_id, CHANGZHOU) for item_id in items]
    plain = next((one for one in found if one.wait is None and not one.gate), found[0])
    if command != "ForwardToAuthority":
        return plain
    elsewhere = next(one.elsewhere for one in catalogue().items.values() if one.elsewhere is not None)
    return next((one for one in found if one.elsewhere is not None), replace(plain, elsewhere=elsewhere))


def choose_actor(arrow: Arrow) -> str:
    """Return who does it: a person where one may."""
    return next((one for one in ("head", "officer", "applicant") if one in arrow.who), arrow.who[0])


@pytest.mark.parametrize(
    ("regime", "arrow"),
    STEPS,
    ids=[f"{one.id}-{arrow.command}-{arrow.from_stages[0]}" for one, arrow in STEPS],
)
def test_the_step_is_taken_and_leads_to_the_stage_that_its_arrow_names(regime: Regime, arrow: Arrow) -> None:
    item = find_item(regime, arrow.command)
    actor = e.Actor(choose_actor(arrow), "demo", "演示")
    where = Setting(
        item,
        regime,
        catalogue().kinds,
        Moment(TUESDAY),
        actor,
        CHANGZHOU,
        catalogue().get_calendar(CHANGZHOU),
    )
    for stage in arrow.from_stages:
        case = Case(
            CaseId("CZ260303-STEP0001"), 3, stage, item.id, 1, CHANGZHOU, SUZHOU,
            e.ApplicantRef("person", "1", "演示甲"), received_at=TUESDAY, accepted_on=TODAY,
        )  # fmt: skip
        case, command = RECIPES[arrow.command](case)
        told = decide(case, command, where)
        assert told, (stage, arrow.command)
        for event in told:
            case = apply(case, e.Recorded(case.id, case.version + 1, TUESDAY, CHANGZHOU, actor, event))
        assert case.stage == (arrow.to_stage or AND_BACK.get((arrow.command, stage), stage))
