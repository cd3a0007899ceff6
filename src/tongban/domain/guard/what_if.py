"""What if: another version of the rules over past cases, and who would fare otherwise, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.guard.replay import PastDecision
from tongban.domain.rules.evaluate import Assessment, Outcome, evaluate
from tongban.domain.rules.table import Mark, RuleTable
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """A case that would have come out otherwise.

    Args:
        then, now: the outcome as recorded, and as the other version finds it.
        says: which criteria make the difference.
    """

    case_id: CaseId
    then: Outcome
    now: Outcome
    says: Text


def compare(decision: PastDecision, facts: Mapping[str, object], other: RuleTable) -> Difference | None:
    """Run another version over the facts of a past decision; None when the outcome is the same."""
    found = evaluate(other, facts)
    then = Outcome(decision.assessed.outcome)
    if found.outcome is then:
        return None
    says = _barred(found, other) if found.outcome is Outcome.REFER else _GRANTED
    return Difference(decision.before.id, then, found.outcome, says)


def _barred(found: Assessment, table: RuleTable) -> Text:
    """Name what the other version does not find met, with its words."""
    if not table.may_grant:
        return _NO_MACHINE
    zh, en = [], []
    for row, mark in zip(found.rows, found.marks, strict=True):
        criterion = table.find_criterion(row.criterion)
        if mark not in (Mark.UNMET, Mark.UNKNOWN) or criterion is None:
            continue
        words = _UNMET if mark is Mark.UNMET else _UNKNOWN
        zh.append(words.zh.format(says=criterion.says.zh))
        en.append(words.en.format(says=criterion.says.en))
    return Text("；".join(zh), "; ".join(en))


_GRANTED = Text(
    "按新版本全部条件满足，当即准予", "all criteria of the other version are met; granted at once"
)
_NO_MACHINE = Text("新版本不让系统准予", "the other version lets no machine grant")
_UNMET = Text("不满足“{says}”", "not met: “{says}”")
_UNKNOWN = Text("无法确认“{says}”", "cannot be known: “{says}”")
