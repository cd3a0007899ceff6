"""The facts of a case: what the rule table may see, by dotted name."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.parameter import parameter_facts
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.evidence.requirement import Requirement, is_needed, usable_facts
from tongban.domain.rules.evaluate import evaluate
from tongban.domain.rules.facts import Unknown
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def answer_facts(case: Case) -> dict[str, object]:
    """Return the applicant's answers and the applicant's own identity as dotted facts."""
    facts: dict[str, object] = {f"answers.{name}": value for name, value in case.answers.items()}
    facts["applicant.id"] = case.applicant.id
    facts["applicant.kind"] = case.applicant.kind
    facts["applicant.name"] = case.applicant.name
    facts["applicant.mobile"] = case.applicant.mobile
    return facts


def case_facts(
    case: Case,
    item: ServiceItem,
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    calendar: WorkingCalendar,
    today: date,
) -> dict[str, object]:
    """Return every fact on which a machine may rely; what is unknown is absent.

    Args:
        item: the item, for the facts it derives from the calendar.
        kinds: evidence kinds by id.
        calendar: the deciding zone's working days.
        today: the day on which the table is read.
    """
    facts = answer_facts(case)
    for kind_id, evidence in case.evidence.items():
        facts.update(usable_facts(kinds[kind_id], evidence, today))
    facts["today"] = today
    facts["case.deciding_zone"] = case.deciding_zone
    if case.received_at is not None:
        facts["case.received_on"] = civil_date(case.received_at)
        facts.update(parameter_facts(item.parameters, civil_date(case.received_at)))
    facts.update(_counted_days(item, facts, calendar))
    return facts


def licence_facts(item: ServiceItem, facts: Mapping[str, object]) -> dict[str, object]:
    """Return the facts together with the derived ones that are known: all that a licence may say."""
    if not item.rules.derivations:
        return dict(facts)
    seen = evaluate(item.rules, facts).seen
    derived = {one.fact: seen[one.fact] for one in item.rules.derivations}
    return {**facts, **{name: value for name, value in derived.items() if type(value) is not Unknown}}


def _counted_days(
    item: ServiceItem, facts: Mapping[str, object], calendar: WorkingCalendar
) -> dict[str, object]:
    """Count working days between known dates; a date outside the loaded calendar leaves the fact unknown."""
    counted: dict[str, object] = {}
    for count in item.working_day_facts:
        since, until = facts.get(count.since), facts.get(count.until)
        if isinstance(since, date) and isinstance(until, date) and since <= until:
            with suppress(Refused):
                counted[count.fact] = calendar.count_working_days(since, until)
    return counted


def needed_requirements(case: Case, item: ServiceItem) -> tuple[Requirement, ...]:
    """Return the requirements that this application calls for."""
    if not any(requirement.needed_when for requirement in item.evidence):
        return item.evidence
    facts = answer_facts(case)
    return tuple(requirement for requirement in item.evidence if is_needed(requirement, facts))


def missing_evidence(
    case: Case, item: ServiceItem, kinds: Mapping[EvidenceKindId, EvidenceKind]
) -> tuple[Problem, ...]:
    """Return everything that is still missing and is not being asked for, at once (all-2019#32.4)."""
    problems = []
    for requirement in needed_requirements(case, item):
        if requirement.kind in case.evidence or requirement.kind in case.pending:
            continue
        problems.append(_missing(requirement, item, kinds[requirement.kind]))
    return tuple(problems)


def _missing(requirement: Requirement, item: ServiceItem, kind: EvidenceKind) -> Problem:
    words = {"proves_zh": requirement.proves.zh, "proves_en": requirement.proves.en,
             "title_zh": kind.title.zh, "title_en": kind.title.en}  # fmt: skip
    upload = next((q.id for q in item.form.questions if q.evidence_kind == requirement.kind), "")
    if requirement.may_upload and upload:
        return Problem(
            "evidence.missing",
            _MISSING.fill(**words),
            f"answers.{upload}",
            requirement.source,
            _UPLOAD.fill(**words),
        )
    return Problem(
        "evidence.not-held",
        _MISSING.fill(**words),
        requirement.subject,
        requirement.source,
        _CHECK_NUMBER.fill(**words),
    )


_MISSING = Text(
    "没有查到“{title_zh}”，无法证明：{proves_zh}。",
    "No “{title_en}” was found, so this is not yet proved: {proves_en}.",
)
_UPLOAD = Text(
    "请核对所填编号；编号无误的，请上传“{title_zh}”的清晰照片或扫描件，由工作人员核对。",
    "Check the number you gave; if it is right, upload a clear photo or scan of “{title_en}”, "
    "and a person will check it.",
)
_CHECK_NUMBER = Text(
    "请核对所填编号，或请求人工办理。", "Check the number you gave, or ask for a person to handle the case."
)
