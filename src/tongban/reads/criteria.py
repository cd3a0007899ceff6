"""What an officer compares: each criterion with the facts behind it, where each comes from, and its mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.case.facts import case_facts
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.exchange import Evidence, EvidenceKind, Trust
from tongban.domain.evidence.requirement import kind_of
from tongban.domain.rules.evaluate import Assessment, evaluate, from_plain
from tongban.domain.rules.explain import Line, SeenFact, explain
from tongban.domain.rules.table import Mark
from tongban.domain.rules.words import Wording
from tongban.flows.ports import Deps
from tongban.kernel.ids import EvidenceKindId, ZoneId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from.

    Args:
        register: the register, the form, or the computation.
        zone: whose register it is; None for what this zone did not get from a register.
        authority: who answers for it.
        as_of: when it said so.
        trust: its grade; None for what needs none (today's date, a computation).
        file_digest: of the uploaded copy, or empty.
    """

    register: Text
    zone: ZoneId | None = None
    authority: Text | None = None
    as_of: datetime | None = None
    trust: Trust | None = None
    file_digest: str = ""


@dataclass(frozen=True, slots=True)
class ComparedFact:
    """One fact behind a criterion, as it was seen, with its origin."""

    name: Text
    value: Text
    is_known: bool
    origin: Origin


@dataclass(frozen=True, slots=True)
class ComparedCriterion:
    """One criterion: what is asked, what was seen and from where, what the machine made of it.

    Args:
        law: key of the article; empty when the table no longer has the criterion.
        mark_today: the mark if the table were read again now; None when it would be the same.
    """

    id: str
    asked: Text
    law: str
    mark: Mark
    verdict: Text
    facts: tuple[ComparedFact, ...]
    advice: Text | None
    mark_today: Mark | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All criteria of a case, in table order, and the machine's summary.

    Args:
        is_recorded: False when no assessment is in the history yet and this is only a preview.
        is_same_table: False when the table has been changed since the assessment.
    """

    summary: Text
    criteria: tuple[ComparedCriterion, ...]
    is_recorded: bool
    is_same_table: bool

    @property
    def open_criteria(self) -> tuple[ComparedCriterion, ...]:
        """Those that stand in the way of a grant."""
        return tuple(one for one in self.criteria if one.mark in (Mark.UNMET, Mark.UNKNOWN))


def compare(case: Case, item: ServiceItem, deps: Deps) -> Comparison:
    """Return every criterion beside its facts: as recorded, or as the table would read the case now."""
    calendar = deps.catalogue.get_calendar(case.deciding_zone)
    today = Moment(deps.clock.now()).on
    zones = tuple(deps.catalogue.zones)
    fresh = evaluate(item.rules, case_facts(case, item, deps.catalogue.kinds, calendar, today, zones))
    recorded = from_plain(case.assessment.record) if case.assessment else None
    shown = recorded or fresh
    wording = Wording(labels=item.labels)
    explanation = explain(shown, item.rules, wording)
    today_marks = _marks(fresh)
    return Comparison(
        summary=explanation.summary,
        criteria=tuple(_compare_one(line, case, deps, today_marks) for line in explanation.lines),
        is_recorded=recorded is not None,
        is_same_table=case.assessment is None or case.assessment.rules_hash == item.rules_hash,
    )


def _marks(assessment: Assessment) -> Mapping[str, Mark]:
    return {row.criterion: mark for row, mark in zip(assessment.rows, assessment.marks, strict=True)}


def _compare_one(line: Line, case: Case, deps: Deps, today: Mapping[str, Mark]) -> ComparedCriterion:
    mark_today = today.get(line.criterion, line.mark)
    return ComparedCriterion(
        id=line.criterion,
        asked=line.asked,
        law=line.source,
        mark=line.mark,
        verdict=line.verdict,
        facts=tuple(_compare_fact(seen, case, deps) for seen in line.seen),
        advice=line.advice.text if line.advice else None,
        mark_today=mark_today if mark_today is not line.mark else None,
    )


def _compare_fact(seen: SeenFact, case: Case, deps: Deps) -> ComparedFact:
    origin = find_origin(seen.fact, case, deps.catalogue.kinds)
    value = seen.value
    if not seen.is_known and origin.trust is Trust.UPLOADED:
        value = _COMPARE_COPY
    return ComparedFact(seen.name, value, seen.is_known, origin)


def find_origin(fact: str, case: Case, kinds: Mapping[EvidenceKindId, EvidenceKind]) -> Origin:
    """Return where a dotted fact of a case comes from."""
    match fact.split("."):
        case ["answers", _]:
            return Origin(_FORM, as_of=case.received_at, trust=Trust.SELF_DECLARED)
        case ["applicant", _]:
            return Origin(_IDENTITY, as_of=case.received_at)
        case ["evidence", kind, _]:
            return _origin_of_evidence(EvidenceKindId(kind), case, kinds)
        case ["case", _]:
            return Origin(_FILE)
        case ["today"]:
            return Origin(_CALENDAR)
    return Origin(_COMPUTED)


def _origin_of_evidence(
    kind: EvidenceKindId, case: Case, kinds: Mapping[EvidenceKindId, EvidenceKind]
) -> Origin:
    declared = kinds.get(kind)
    register = declared.register if declared else Text(kind, kind)
    held = case.evidence.get(kind)
    joined = [one for key, one in sorted(case.evidence.items()) if kind_of(key) == kind != key]
    if joined:
        return _origin_of_joined(register, joined)
    if held is not None:
        return Origin(register, held.holder, held.authority, held.as_of, held.trust, held.file_digest)
    if kind in case.pending:
        asked = case.pending[kind]
        return Origin(register, asked.ask.holder, as_of=None)
    return Origin(register)


def _origin_of_joined(register: Text, answers: list[Evidence]) -> Origin:
    """Return where a fact comes from that several zones answered: who they are, since the oldest answer."""
    authorities = dict.fromkeys(one.authority for one in answers)
    names = Text("、".join(one.zh for one in authorities), "; ".join(one.en for one in authorities))
    trusts = {one.trust for one in answers}
    return Origin(
        register=register,
        authority=_JOINED.fill(zh=names.zh, en=names.en, count=len(answers)),
        as_of=min(one.as_of for one in answers),
        trust=trusts.pop() if len(trusts) == 1 else None,
    )


_JOINED = Text("{count} 个高新区合并：{zh}", "{count} zones joined: {en}")
_FORM = Text("申请表", "the application form")
_IDENTITY = Text("收件时核对的身份", "identity as checked at receipt")
_FILE = Text("办件记录", "the case's own record")
_CALENDAR = Text("当天日期", "the date of reading")
_COMPUTED = Text("由系统推算", "computed from the above")
_COMPARE_COPY = Text("见上传的副本，请与原件核对", "on the uploaded copy; compare it with the original")
