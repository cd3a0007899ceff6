"""Parse: the files of a pack as plain mappings become one service item, or every problem at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.catalogue.form import Form
from tongban.domain.catalogue.item import ServiceItem, WorkingDayFact
from tongban.domain.catalogue.parse_form import form_facts, read_form
from tongban.domain.catalogue.parse_kind import kind_facts
from tongban.domain.catalogue.parse_limits import LIST_MAX, check_promises
from tongban.domain.catalogue.parse_manifest import OBJECTS, Manifest, read_manifest
from tongban.domain.catalogue.register import CREDIT_CODE, LICENCE_FACTS, CreditCodeSeries
from tongban.domain.credential.template import Claim, CredentialTemplate
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.evidence.requirement import HOLDERS_WITHOUT_FACT, Requirement
from tongban.domain.pledge import Pledge
from tongban.domain.rules.complaints import FACT_NAME, LAW_KEY, Complaints
from tongban.domain.rules.facts import STANDING_FACTS, FactType, Kind
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.table import RuleTable, table_plain
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import EvidenceKindId, LawKey, ZoneId
from tongban.kernel.text import Text

VALIDITY_MONTHS_MAX = 1200
_VCT = re.compile(r"[a-z0-9-]+/[0-9]+")
_TYPE_SERIAL = re.compile(r"[0-9A-Z]{4}")
_CLAIM = re.compile(r"[a-z][a-z0-9_]*")
_FIXED_WORDS = {
    "applicant.id": (Kind.TEXT, "申请人证件号码", "Applicant's identifier"),
    "applicant.name": (Kind.TEXT, "申请人名称", "Applicant's name"),
    "applicant.mobile": (Kind.TEXT, "申请人手机", "Applicant's mobile"),
    "case.received_on": (Kind.DATE, "收件日期", "Day of receipt"),
    "case.deciding_zone": (Kind.TEXT, "办理地", "Deciding zone"),
}
CASE_FACTS: Mapping[str, FactType] = {
    **{name: FactType(kind, fixed=True, says=Text(zh, en)) for name, (kind, zh, en) in _FIXED_WORDS.items()},
    "applicant.kind": FactType(
        Kind.CHOICE, OBJECTS, fixed=True, says=Text("申请人类型", "Kind of applicant")
    ),
}
"""Facts that every case has, whatever its item."""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The files of one pack, each as the plain mapping that stands in it."""

    item: object
    form: object
    rules: object
    credential: object


def parse_item(files: PackFiles, zone: ZoneId, kinds: Mapping[EvidenceKindId, EvidenceKind]) -> ServiceItem:
    """Read a pack's base files into the item as a zone offers it, before the zone's overlay.

    Raises:
        Refused: every problem at once; pointers begin with the file (``rules.yaml:criteria[3].op``).
    """
    problems: list[Problem] = []
    complaints = {name: Complaints(room="pack") for name in ("item.yaml", "form.yaml", "credential.yaml")}
    manifest = read_manifest(files.item, kinds, complaints["item.yaml"])
    check_promises(manifest.promised, manifest.statutory, "limits.promised", complaints["item.yaml"])
    form = read_form(files.form, complaints["form.yaml"])
    declared = declared_facts(form, manifest.evidence, kinds, manifest.pledges)
    declared.update({one.fact: one.type for one in manifest.parameters})
    declared.update(_counted_days(manifest.working_day_facts, declared, complaints["item.yaml"]))
    _check_facts(manifest.evidence, form, declared, kinds, complaints["item.yaml"], complaints["form.yaml"])
    table = _read_rules(files.rules, declared, manifest.id, problems)
    sayable = {**declared, **(table.types if table is not None else _derived_names(files.rules))}
    sayable.update(_allotted(manifest.allots))
    credential = _read_credential(files.credential, sayable, complaints["credential.yaml"])
    _check_register(manifest, sayable, complaints["item.yaml"])
    for name, gathered in complaints.items():
        problems.extend(_in_file(name, problem) for problem in gathered.problems)
    if problems or table is None or credential is None:
        raise Refused(*problems)
    keywords: dict[str, Any] = manifest.as_keywords()
    return ServiceItem(
        **keywords,
        zone=zone,
        form=form,
        rules=table,
        rules_hash=hex_digest(canonical(table_plain(table))),
        credential=credential,
        labels=_labels(form, manifest.evidence, kinds),
    )


def _allotted(series: CreditCodeSeries | None) -> dict[str, FactType]:
    """Return the number that a grant gives out, as a licence may say it."""
    says = Text("新的统一社会信用代码", "New unified social credit code")
    return {} if series is None else {CREDIT_CODE: FactType(Kind.TEXT, fixed=True, says=says)}


def _check_register(manifest: Manifest, sayable: Mapping[str, FactType], complaints: Complaints) -> None:
    """Complain of every fact that an entry into a register names and nobody declares."""
    known = (*sayable, *LICENCE_FACTS)
    for place, rule in enumerate(manifest.register):
        here = f"register[{place}]"
        complaints.read_one_of(rule.subject, f"{here}.subject", known)
        for name, given in rule.facts.items():
            if given.fact:
                complaints.read_one_of(given.fact, f"{here}.facts.{name}.fact", known)
        if rule.when is not None:
            complaints.read_one_of(rule.when.fact, f"{here}.when.fact", known)


def parse_cancelled(manifest: object, zone: ZoneId) -> ServiceItem:
    """Read a permit that is no longer asked for: words and law, and nothing that could be filled in.

    Raises:
        Refused: every problem at once.
    """
    complaints = Complaints(room="pack")
    read = read_manifest(manifest, {}, complaints)
    if complaints.problems:
        raise Refused(*(_in_file("item.yaml", problem) for problem in complaints.problems))
    source = read.separation.source if read.separation else LawKey("")
    table = RuleTable(read.id, 1, False, (), (), dict(STANDING_FACTS))
    keywords: dict[str, Any] = read.as_keywords()
    return ServiceItem(
        **keywords,
        zone=zone,
        form=Form(()),
        rules=table,
        rules_hash=hex_digest(canonical(table_plain(table))),
        credential=CredentialTemplate("", "", read.title, (), source),
    )


def declared_facts(
    form: Form,
    evidence: tuple[Requirement, ...],
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    pledges: tuple[Pledge, ...] = (),
) -> dict[str, FactType]:
    """Return every fact that rules and claims may use: case, answers, required evidence, promises."""
    facts = {**CASE_FACTS, **form_facts(form)}
    for pledge in pledges:
        says = Text(f"已签署“{pledge.title.zh}”", f"“{pledge.title.en}” was signed")
        facts[f"pledge.{pledge.id}.signed"] = FactType(Kind.YES_NO, says=says)
    for requirement in evidence:
        facts.update(kind_facts(kinds[requirement.kind]))
    return facts


def _counted_days(
    counts: tuple[WorkingDayFact, ...], declared: Mapping[str, FactType], complaints: Complaints
) -> dict[str, FactType]:
    """Return the types of facts that count working days; both of their dates must be declared."""
    dates = tuple(name for name, fact_type in declared.items() if fact_type.kind is Kind.DATE)
    for place, count in enumerate(counts):
        complaints.read_one_of(count.since, f"working_days[{place}].from", dates)
        complaints.read_one_of(count.until, f"working_days[{place}].to", dates)
    return {
        count.fact: FactType(Kind.WHOLE_NUMBER, fixed=True, says=count.says, unit=_WORKING_DAYS)
        for count in counts
    }


_WORKING_DAYS = Text("个工作日", "working days")


def _labels(
    form: Form, evidence: tuple[Requirement, ...], kinds: Mapping[EvidenceKindId, EvidenceKind]
) -> dict[str, Mapping[str, Text]]:
    """Return the words of every choice, by dotted fact and code, for pages and explanations."""
    labels: dict[str, Mapping[str, Text]] = {
        f"answers.{question.id}": question.choices for question in form.questions if question.choices
    }
    for requirement in evidence:
        for fact in kinds[requirement.kind].facts:
            if fact.choices:
                labels[f"evidence.{requirement.kind}.{fact.name}"] = fact.choices
    return labels


def _check_facts(
    evidence: tuple[Requirement, ...],
    form: Form,
    declared: Mapping[str, FactType],
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    manifest: Complaints,
    questions: Complaints,
) -> None:
    """Complain of every fact that a requirement or a prefilled question names and nobody declares."""
    for place, requirement in enumerate(evidence):
        manifest.read_one_of(requirement.subject, f"evidence[{place}].subject", tuple(declared))
        if requirement.needed_when:
            manifest.read_one_of(requirement.needed_when, f"evidence[{place}].needed_when", tuple(declared))
        if requirement.holder not in HOLDERS_WITHOUT_FACT:
            fact = requirement.holder.removeprefix("division:")
            manifest.read_one_of(fact, f"evidence[{place}].holder", tuple(declared))
    known = dict(declared)
    for kind in kinds.values():
        known.update(kind_facts(kind))
    for question in form.questions:
        if question.prefill:
            questions.read_one_of(question.prefill, f"{question.id}.prefill", tuple(known))
        if question.evidence_kind:
            wanted = tuple(requirement.kind for requirement in evidence)
            questions.read_one_of(question.evidence_kind, f"{question.id}.evidence_kind", wanted)


def _read_rules(
    raw: object, declared: Mapping[str, FactType], item_id: str, problems: list[Problem]
) -> RuleTable | None:
    if not isinstance(raw, Mapping):
        shape = Text("规则文件应为一组键值。", "The rules are a mapping of keys to values.")
        problems.append(Problem("rules.shape", shape, "rules.yaml:"))
        return None
    try:
        return parse_table(raw, declared, table_id=item_id)
    except Refused as refused:
        problems.extend(_in_file("rules.yaml", problem) for problem in refused.problems)
        return None


def _derived_names(raw: object) -> dict[str, FactType]:
    """Return the names of derived facts of a table with faults, so that no licence is blamed for them."""
    rows = raw.get("derived") if isinstance(raw, Mapping) else None
    names = [row.get("fact") for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return {name: FactType(Kind.TEXT) for name in names if isinstance(name, str)}


def _read_credential(
    raw: object, declared: Mapping[str, FactType], complaints: Complaints
) -> CredentialTemplate | None:
    required = ("vct", "type_serial", "title", "claims", "source")
    part = complaints.read_mapping(raw, "", required, ("validity_months", "valid_until"))
    if part is None:
        return None
    vct = complaints.read_matching(part.get("vct"), "vct", _VCT, "travel-agency-branch-filing/1")
    serial = complaints.read_matching(part.get("type_serial"), "type_serial", _TYPE_SERIAL, "T001")
    title = complaints.read_text(part.get("title"), "title")
    source = complaints.read_matching(part.get("source"), "source", LAW_KEY, "travel-agencies-2020#10.1")
    claims = tuple(
        claim
        for place, entry in enumerate(complaints.read_list(part.get("claims", []), "claims", LIST_MAX))
        if (claim := _read_claim(entry, f"claims[{place}]", declared, complaints)) is not None
    )
    months, until = part.get("validity_months"), part.get("valid_until", "")
    if months is not None and (type(months) is not int or not 1 <= months <= VALIDITY_MONTHS_MAX):
        complaints.add("number", "validity_months", "这里应为月数。", "A number of months belongs here.")
    if until:
        complaints.read_one_of(until, "valid_until", tuple(declared))
    if vct is None or serial is None or title is None or source is None:
        return None
    return CredentialTemplate(
        vct, serial, title, claims, LawKey(source), months if type(months) is int else None, str(until)
    )


def _read_claim(
    raw: object, pointer: str, declared: Mapping[str, FactType], complaints: Complaints
) -> Claim | None:
    part = complaints.read_mapping(raw, pointer, ("name", "title", "fact"), ("when_known",))
    if part is None:
        return None
    when_known = complaints.read_yes_no(part.get("when_known", False), f"{pointer}.when_known")
    name = complaints.read_matching(part.get("name"), f"{pointer}.name", _CLAIM, "branch_name")
    title = complaints.read_text(part.get("title"), f"{pointer}.title")
    fact = complaints.read_matching(part.get("fact"), f"{pointer}.fact", FACT_NAME, "answers.branch_name")
    if fact is not None:
        fact = complaints.read_one_of(fact, f"{pointer}.fact", tuple(declared))
    if name is None or title is None or fact is None:
        return None
    return Claim(name, title, fact, bool(when_known))


def _in_file(name: str, problem: Problem) -> Problem:
    return Problem(problem.code, problem.text, f"{name}:{problem.pointer}", problem.source, problem.next_step)
