"""What would lead to a grant: the smallest change of a case's facts, as applicant and officer read it."""

from dataclasses import dataclass

from tongban.domain.case.state import Case
from tongban.domain.catalogue.form import Question, is_shown
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.counterfactual import ANSWERS, Acceptable, Smallest, find_smallest_change
from tongban.domain.rules.counterfactual_words import ToldChange, tell_change
from tongban.domain.rules.evaluate import from_plain
from tongban.domain.rules.facts import Value
from tongban.domain.rules.words import Wording
from tongban.kernel.text import Text

_OVER = ("granted", "concluded", "withdrawn")


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """The change in words.

    Args:
        note: what else follows from it; None when nothing does.
    """

    told: ToldChange
    note: Text | None


def find_change(case: Case, item: ServiceItem, wording: Wording) -> SmallestChange | None:
    """Return the smallest change to the facts on record that would let a case be granted.

    None when nothing was assessed, nothing stands in the way, the case is over, or the table changed.

    Source of law: pipl-2021#24.3 (a right to an explanation), all-2019#38.2 (reasons).
    """
    if case.assessment is None or case.stage in _OVER or case.assessment.rules_hash != item.rules_hash:
        return None
    assessment = from_plain(case.assessment.record)
    found = find_smallest_change(assessment, item.rules, _may_be(case, item))
    if found is None:
        return None
    searched_by = {requirement.subject for requirement in item.evidence}
    is_another_search = isinstance(found, Smallest) and any(step.fact in searched_by for step in found.steps)
    return SmallestChange(
        tell_change(found, item.rules, wording), _SEARCHED_AGAIN if is_another_search else None
    )


def _may_be(case: Case, item: ServiceItem) -> Acceptable:
    """Return whether the form would take a value: within its bounds, and only where a question is asked."""
    asked = {f"{ANSWERS}{q.id}": q for q in item.form.questions if is_shown(q, case.answers)}

    def may_be(fact: str, value: Value) -> bool:
        if not fact.startswith(ANSWERS):
            return True
        return fact in asked and _takes(asked[fact], value)

    return may_be


def _takes(question: Question, value: Value) -> bool:
    if type(value) is tuple:
        return bool(value)
    if type(value) is not int:
        return True
    least = question.at_least if question.at_least is not None else 0
    return least <= value and (question.at_most is None or value <= question.at_most)


_SEARCHED_AGAIN = Text(
    "按现有记录计算。号码改了以后，登记会重新查询，结果可能不同。",
    "Computed from the records found so far; with another number the registers are searched again.",
)
