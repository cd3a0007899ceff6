"""Agreement with the machine's findings, or the reason for differing, with every decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.case.events import Actor, Granted, GrantRefused, Recorded
from tongban.domain.case.may_decide import NAME_RECORD
from tongban.domain.case.review import MachineReview, check_review
from tongban.domain.case.state import Case
from tongban.flows import make_decision
from tongban.flows.draft_decision import discard_draft
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.web.officer.act_parts import Act
from tongban.web.shared.parts import Choice, Field

NAMES = ("agrees", "differs")
_WORDS_CHARS = 500


def asks_review(act: Act, case: Case) -> bool:
    """Say whether an act decides a case in which the machine has found something."""
    return act.command in ("Grant", "Refuse") and case.assessment is not None


def parse_review(raw: Mapping[str, str]) -> tuple[MachineReview | None, tuple[Problem, ...]]:
    """Return what was said of the findings, and everything that is wrong with it."""
    if raw.get("agrees") not in ("yes", "no"):
        return None, (Problem("review.none", _SAY, "agrees"),)
    words = raw.get("differs", "").strip()
    if len(words) > _WORDS_CHARS:
        return None, (Problem("review.too-long", _TOO_LONG.fill(most=_WORDS_CHARS), "differs"),)
    agrees = raw["agrees"] == "yes"
    review = MachineReview(
        agrees, Text(words, f"(in Chinese only) {words}") if words and not agrees else None
    )
    try:
        check_review(review)
    except Refused as refused:
        return None, refused.problems
    return review, ()


def compose_review_fields(raw: Mapping[str, str], problems: tuple[Problem, ...]) -> list[Field]:
    """Return the two questions."""

    def about(name: str) -> list[Problem]:
        return [one for one in problems if one.pointer == name]

    return [
        Field("agrees", _AGREES, "choice", value=raw.get("agrees", ""), choices=_CHOICES, help=_HELP,
              problems=about("agrees")),
        Field("differs", _DIFFERS, "long_text", value=raw.get("differs", ""), is_required=False,
              help=_DIFFERS_HELP, max_length=_WORDS_CHARS, problems=about("differs")),
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a decision says beside its reasons.

    Args:
        review: of the machine's findings; None where it is not asked.
        rests_on: version of the event that holds the hearing's record; 0 where none was held.
    """

    review: MachineReview | None
    rests_on: int
    problems: tuple[Problem, ...]


def parse_asked(act: Act, case: Case, raw: Mapping[str, str]) -> Asked:
    """Return what was said beside the reasons, and everything that is wrong with it."""
    review, problems = parse_review(raw) if asks_review(act, case) else (None, ())
    if not asks_record(act, case):
        return Asked(review, 0, problems)
    if raw.get("rests_on") != "yes":
        problems += (Problem("hearing.record-not-named", NAME_RECORD, "rests_on", "all-2019#48.p2"),)
    return Asked(review, case.examination.hearing.record_version, problems)


def asks_record(act: Act, case: Case) -> bool:
    """Say whether an act decides a case in which a hearing was held (all-2019#48.p2)."""
    return act.command in ("Grant", "Refuse") and case.examination.hearing.held is not None


def compose_record_field(raw: Mapping[str, str], problems: tuple[Problem, ...]) -> Field:
    """Return the question on which record a decision rests."""
    wrong = [one for one in problems if one.pointer == "rests_on"]
    return Field(
        "rests_on", RECORD, "select", value=raw.get("rests_on", ""), choices=RECORD_CHOICES, problems=wrong
    )


def carry_out(act: Act, case_id: CaseId, reasons: Text, asked: Asked, actor: Actor, deps: Deps) -> None:
    """Carry an act out, with what was said beside its reasons."""
    match act.command:
        case "Grant":
            make_decision.grant(case_id, reasons, actor, deps, asked.review, asked.rests_on)
        case "Refuse":
            make_decision.refuse(case_id, reasons, actor, deps, asked.review, asked.rests_on)
        case _:
            act.carry(case_id, reasons, actor, deps)
    if deps.desk.find_draft(case_id) is not None:
        discard_draft(case_id, actor, deps)


def find_review(history: tuple[Recorded, ...]) -> MachineReview | None:
    """Return what was said of the findings when the case was decided, or None."""
    for one in history:
        match one.event:
            case Granted(review=MachineReview() as review) | GrantRefused(review=MachineReview() as review):
                return review
    return None


RECORD = Text("决定所依据的笔录", "Does it rest on the record of the hearing?")
RECORD_CHOICES = [Choice("yes", Text("是，依据听证笔录", "Yes, on the record of the hearing"))]
_AGREES = Text("是否同意系统的核对结果", "Do you agree with the machine's findings?")
_HELP = Text(
    "系统逐条核对的结果见办件页。您的决定以您的判断为准，这里只记录是否一致。",
    "They stand on the case's page, criterion by criterion. The decision is yours; this only records whether "
    "you agree.",
)
_CHOICES = (
    Choice("yes", Text("同意", "Yes, I agree")),
    Choice("no", Text("不同意，理由如下", "No, for the reason below")),
)
_DIFFERS = Text("不同意的理由", "Why you see it otherwise")
_DIFFERS_HELP = Text(
    "哪一条、依据什么。只供内部监督，不写入决定文书。",
    "Which criterion, and on what ground. For supervision; it is no part of the written decision.",
)
_SAY = Text("请说明是否同意系统的核对结果。", "Say whether you agree with the machine's findings.")
_TOO_LONG = Text("最多{most}个字。", "At most {most} characters.")
