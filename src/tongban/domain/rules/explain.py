"""Explain: an assessment in words, every sentence made from the table, Chinese and English alike."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.rules.change import Advice, advise
from tongban.domain.rules.evaluate import Assessment, Finding, Outcome
from tongban.domain.rules.facts import Seen, Unknown
from tongban.domain.rules.table import Criterion, Mark, RuleTable, facts_of
from tongban.domain.rules.wanted import phrase_gap, read_gap
from tongban.domain.rules.words import NOTHING, Wording, fill, find_origin, name_fact, show_seen
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class SeenFact:
    """One fact as it was seen: what it is called, its value or why it is unknown, and where it is from."""

    fact: str
    name: Text
    value: Text
    origin: Text | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One finding in words.

    Args:
        criterion: its id.
        mark: met, unmet, unknown or not applicable.
        asked: what the criterion asks.
        verdict: what became of it and why.
        seen: the facts looked at.
        source: the article; empty when this version of the table no longer has the criterion.
        advice: what would change it, when it is unmet or unknown.
    """

    criterion: str
    mark: Mark
    asked: Text
    verdict: Text
    seen: tuple[SeenFact, ...]
    source: str
    advice: Advice | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A whole assessment in words: one summary, one line per finding, in table order."""

    summary: Text
    lines: tuple[Line, ...]


def explain(assessment: Assessment, table: RuleTable, wording: Wording | None = None) -> Explanation:
    """Explain an assessment with the words of the table under which it was made.

    Args:
        assessment: fresh, or read back from the log.
        table: that version of the table; a row it does not have is shown by its id alone.
        wording: labels of choices and names of sources.
    """
    words = wording or Wording()
    lines = tuple(_explain_finding(finding, assessment, table, words) for finding in assessment.findings)
    return Explanation(_summarise(assessment), lines)


def _explain_finding(finding: Finding, assessment: Assessment, table: RuleTable, wording: Wording) -> Line:
    seen = tuple(
        SeenFact(
            fact,
            name_fact(fact, table),
            show_seen(value, fact, table, wording),
            find_origin(fact, wording),
            not isinstance(value, Unknown),
        )
        for fact, value in finding.seen.items()
    )
    criterion = table.find_criterion(finding.criterion)
    if criterion is None:
        asked = Text(finding.criterion, finding.criterion)
        return Line(finding.criterion, finding.mark, asked, _VERDICTS[finding.mark], seen, "", None)
    verdict = _phrase_verdict(finding, criterion, table, wording)
    advice = advise(finding, assessment, table, wording)
    return Line(finding.criterion, finding.mark, criterion.says, verdict, seen, criterion.source, advice)


def _phrase_verdict(finding: Finding, criterion: Criterion, table: RuleTable, wording: Wording) -> Text:
    verdict = _VERDICTS[finding.mark]
    match finding.mark:
        case Mark.MET:
            return verdict
        case Mark.UNMET:
            why = _phrase_unmet(criterion, finding.seen, table, wording)
        case Mark.UNKNOWN:
            why = _list_facts(
                [n for n, v in finding.seen.items() if isinstance(v, Unknown)], finding, table, wording
            )
        case Mark.NOT_APPLICABLE:
            why = (
                NOTHING
                if criterion.when is None
                else _list_facts(facts_of(criterion.when), finding, table, wording)
            )
    return verdict if why is NOTHING else fill(_BECAUSE, verdict=verdict, why=why)


def _phrase_unmet(criterion: Criterion, seen: Mapping[str, Seen], table: RuleTable, wording: Wording) -> Text:
    gap = read_gap(criterion.condition, seen, table, wording)
    if criterion.unmet is None:
        return phrase_gap(criterion.condition, gap, table)
    return fill(criterion.unmet, seen=gap.seen, wanted=gap.wanted, lacking=gap.lacking, extra=gap.extra)


def _list_facts(
    facts: tuple[str, ...] | list[str], finding: Finding, table: RuleTable, wording: Wording
) -> Text:
    parts = [
        fill(
            _IS_SEEN,
            name=name_fact(fact, table),
            value=show_seen(finding.seen.get(fact, Unknown.NOT_PROVIDED), fact, table, wording),
        )
        for fact in facts
    ]
    if not parts:
        return NOTHING
    return Text("；".join(p.zh for p in parts) + "。", "; ".join(p.en for p in parts) + ".")


def _summarise(assessment: Assessment) -> Text:
    """Return the counts and what follows from them."""
    counts = [(mark, assessment.marks.count(mark)) for mark in Mark]
    parts = [fill(_COUNTS[mark], n=Text(str(n), str(n))) for mark, n in counts if n]
    total = str(len(assessment.marks))
    if assessment.outcome is Outcome.GRANT:
        outcome = _MAY_GRANT
    elif assessment.not_met or not assessment.marks:
        outcome = _REFER
    else:
        outcome = _NEVER_THE_MACHINE
    return Text(
        f"共 {total} 项条件：{'，'.join(p.zh for p in parts) or '无'}。{outcome.zh}",
        f"Criteria: {total}; {', '.join(p.en for p in parts) or 'none'}. {outcome.en}",
    )


_IS_SEEN = Text("{name}：{value}", "{name}: {value}")
_BECAUSE = Text("{verdict}：{why}", "{verdict}: {why}")
_VERDICTS: Mapping[Mark, Text] = {
    Mark.MET: Text("符合", "Met"),
    Mark.UNMET: Text("不符合", "Not met"),
    Mark.UNKNOWN: Text("无法确定", "Cannot be known"),
    Mark.NOT_APPLICABLE: Text("不适用", "Does not apply"),
}
_COUNTS: Mapping[Mark, Text] = {
    Mark.MET: Text("{n} 项符合", "{n} met"),
    Mark.UNMET: Text("{n} 项不符合", "{n} not met"),
    Mark.UNKNOWN: Text("{n} 项无法确定", "{n} cannot be known"),
    Mark.NOT_APPLICABLE: Text("{n} 项不适用", "{n} not applicable"),
}
_MAY_GRANT = Text("适用的条件全部符合，可以准予。", "All that apply are met: it can be granted.")
_REFER = Text("转由工作人员审查。", "A person examines the case.")
_NEVER_THE_MACHINE = Text(
    "条件没有障碍；本事项从不由系统决定。",
    "Nothing stands in the way; this item is never decided by the machine.",
)
