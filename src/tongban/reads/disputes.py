"""What an applicant may do against a decision, and has done: objection, review."""

from dataclasses import dataclass

from tongban.domain.case.state import Case
from tongban.domain.voice.book import OBJECTION, REVIEW
from tongban.domain.voice.voice import Voice
from tongban.flows.object_to_grant import was_granted_by_machine
from tongban.flows.ports import Deps
from tongban.kernel.text import Text

_UNDECIDED = ("withdrawn", "received", "submitted")


@dataclass(frozen=True, slots=True)
class Disputes:
    """What stands open to the applicant in this zone.

    Args:
        raised: objections and applications for review so far, each with the name of its kind.
        may_object: a machine granted it, and no objection is open.
        may_ask_review: there is a decision, or silence after the last day for one.
        is_elsewhere: another zone decides; its page has the same.
    """

    raised: tuple[tuple[Voice, Text], ...]
    may_object: bool
    may_ask_review: bool
    is_elsewhere: bool


def read_disputes(case: Case, deps: Deps) -> Disputes:
    """Return what may be done against what was decided in a case.

    Source of law: admin-review-2023#22.2 (a decision served online comes with an online channel for review).
    """
    kinds = deps.catalogue.voices.kinds
    raised = tuple(
        (one, kinds[one.kind].title)
        for one in deps.voices.list_of_case(case.id)
        if one.kind in (OBJECTION, REVIEW)
    )
    is_here = case.deciding_zone == deps.zone
    is_objected = any(one.kind == OBJECTION and one.is_open for one, _ in raised)
    may_object = is_here and not is_objected and bool(kinds) and was_granted_by_machine(case, deps)
    may_ask_review = case.stage not in _UNDECIDED and bool(kinds)
    return Disputes(raised, may_object, may_ask_review, not is_here)
