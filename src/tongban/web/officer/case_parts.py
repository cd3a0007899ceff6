"""A case under examination as values for its page: facts beside sources, answers, evidence, clock, acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tongban.domain.case.later import list_officer_checks
from tongban.domain.evidence.exchange import Trust
from tongban.domain.procedure import Arrow
from tongban.domain.rules.table import Mark
from tongban.flows.ports import Deps
from tongban.kernel.text import Text
from tongban.reads.case_evidence import EvidenceLine, read_facts
from tongban.reads.case_next import read_next
from tongban.reads.case_words import CHANNELS, TRUST_WORDS
from tongban.reads.criteria import ComparedCriterion, ComparedFact, Origin
from tongban.reads.examination import Copy, Examination
from tongban.web.officer.act_words import ACTS_BY_COMMAND
from tongban.web.officer.ending_act_words import ENDING_BY_COMMAND
from tongban.web.shared.case_parts import compose_clocks, stage_tag
from tongban.web.shared.parts import Row, Tag


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact, its value, where it comes from, and how far it may be relied on."""

    name: Text
    value: Text
    is_known: bool
    source: Text
    as_of: Any
    trust: Tag | None


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion with the machine's mark in words, shape and colour."""

    number: int
    criterion: ComparedCriterion
    facts: Sequence[FactLine]
    mark: Tag
    icon: str
    today: Tag | None


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that is open now."""

    title: Text
    help: Text
    url: str
    law: str
    is_harmful: bool


def compose_case(examination: Examination, deps: Deps) -> dict[str, Any]:
    """Return the context of the case page."""
    page = examination.page
    lines = [
        _compose_criterion(number, one, deps)
        for number, one in enumerate(examination.comparison.criteria, start=1)
    ]
    return {
        "page": page,
        "case": page.case,
        "stage": stage_tag(page),
        "applicant": compose_applicant(examination),
        "reasons": examination.reasons if page.case.is_open else (),
        "comparison": examination.comparison,
        "criteria": lines,
        "open_count": len(examination.comparison.open_criteria),
        "answers": _compose_answers(examination),
        "evidence": [(line, read_facts(line), _trust_tag(line)) for line in page.evidence],
        "copies": [(one, _copy_url(examination, one)) for one in examination.copies],
        **compose_clocks(page),
        "next": read_next(page),
        "has_checks": bool(list_officer_checks(page.case)),
        "offers": [_compose_offer(arrow, examination) for arrow in examination.acts],
        "trail": [(Text("待办", "Worklist"), reverse("officer:worklist"))],
        "here": Text(page.case.id, page.case.id),
    }


def compose_applicant(examination: Examination) -> list[Row]:
    """Return who applies, who acts for them, and where and how it was received."""
    case, page = examination.case, examination.page
    who = case.applicant
    rows = [
        Row(Text("申请人", "Applicant"), [who.name]),
        Row(
            Text("统一社会信用代码", "Unified social credit code")
            if who.kind == "firm"
            else Text("公民身份号码", "Citizen number"),
            [who.id],
        ),
    ]
    if who.agent_name:
        rows.append(Row(Text("经办人（代理）", "Agent"), [who.agent_name]))
    if who.mobile:
        rows.append(Row(Text("联系手机", "Mobile"), [who.mobile]))
    rows.append(
        Row(
            Text("收件地", "Received in"),
            [page.receiving.short_name, CHANNELS.get(case.channel, case.channel)],
        )
    )
    if case.taken_in_by:
        rows.append(Row(Text("收件人员", "Taken in by"), [case.taken_in_by]))
    return rows


def _compose_criterion(number: int, one: ComparedCriterion, deps: Deps) -> CriterionLine:
    words, colour, icon = _MARKS[one.mark]
    return CriterionLine(
        number=number,
        criterion=one,
        facts=[_compose_fact(fact, deps) for fact in one.facts],
        mark=Tag(words, colour),  # type: ignore[arg-type]
        icon=icon,
        today=Tag(_MARKS[one.mark_today][0], _MARKS[one.mark_today][1])  # type: ignore[arg-type]
        if one.mark_today
        else None,
    )


def _compose_fact(fact: ComparedFact, deps: Deps) -> FactLine:
    return FactLine(
        fact.name, fact.value, fact.is_known, _say_source(fact.origin, deps), fact.origin.as_of,
        Tag(_GRADES[fact.origin.trust], _TRUST_COLOURS[fact.origin.trust]) if fact.origin.trust else None,
    )  # fmt: skip


def _say_source(origin: Origin, deps: Deps) -> Text:
    """Return zone, register and authority as one line."""
    zone = deps.catalogue.zones.get(origin.zone) if origin.zone else None
    parts = [part for part in (zone.short_name if zone else None, origin.register, origin.authority) if part]
    return Text(" · ".join(p.zh for p in parts), " · ".join(p.en for p in parts))


def _compose_answers(examination: Examination) -> list[Row]:
    """Return the answers; one that a register contradicts says so, with the register's words."""
    rows = []
    for line in examination.page.answers:
        difference = examination.differences.get(line.id)
        tag = None
        if difference is not None:
            held = Text("、".join(v.zh for v in difference.held), ", ".join(v.en for v in difference.held))
            words = Text(
                f"与{difference.register.zh}不一致：登记为“{held.zh}”",
                f"{difference.register.en} says otherwise: “{held.en}”",
            )
            tag = Tag(words, "yellow")
        rows.append(Row(line.label, line.values, tag=tag))
    return rows


def _trust_tag(line: EvidenceLine) -> Tag | None:
    if line.evidence is None:
        return None
    return Tag(TRUST_WORDS[line.evidence.trust], _TRUST_COLOURS[line.evidence.trust])


def _copy_url(examination: Examination, copy: Copy) -> str:
    return reverse("officer:copy", args=[examination.case.id, copy.digest]) if copy.is_here else ""


def _compose_offer(arrow: Arrow, examination: Examination) -> Offer:
    case_id = examination.case.id
    if (ending := ENDING_BY_COMMAND.get(arrow.command)) is not None:
        url = reverse("officer:ending", args=[case_id, ending.slug])
        return Offer(ending.title, ending.help, url, arrow.source, ending.is_harmful)
    act = ACTS_BY_COMMAND[arrow.command]
    url = (
        reverse("officer:correction", args=[case_id])
        if act.slug in ("correction", "return")
        else reverse("officer:act", args=[case_id, act.slug])
    )
    return Offer(act.title, act.help, url, arrow.source, act.is_harmful)


_MARKS = {
    Mark.MET: (Text("符合", "Met"), "green", "tick"),
    Mark.UNMET: (Text("不符合", "Not met"), "red", "cross"),
    Mark.UNKNOWN: (Text("无法确定", "Not known"), "yellow", "wait"),
    Mark.NOT_APPLICABLE: (Text("不适用", "Not applicable"), "grey", "skip"),
}
_GRADES = {
    Trust.ISSUED: Text("A 级", "Grade A"),
    Trust.CHECKED_COPY: Text("B 级", "Grade B"),
    Trust.UPLOADED: Text("C 级 待核对", "Grade C, to compare"),
    Trust.SELF_DECLARED: Text("D 级 自述", "Grade D, own word"),
    Trust.SHARED_DATA: Text("登记共享", "Shared register"),
}
_TRUST_COLOURS: dict[Trust, Any] = {
    Trust.ISSUED: "green", Trust.CHECKED_COPY: "green", Trust.UPLOADED: "yellow",
    Trust.SELF_DECLARED: "grey", Trust.SHARED_DATA: "green",
}  # fmt: skip
