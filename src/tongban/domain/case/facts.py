"""The facts of a case: what the rule table may see, by dotted name."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date

from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.parameter import parameter_facts
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.evidence.requirement import (
    Requirement,
    is_needed,
    joint_facts,
    keys_of,
    kind_of,
    usable_facts,
)
from tongban.domain.pledge import Pledge, PledgeKind, signed_among
from tongban.domain.rules.evaluate import evaluate
from tongban.domain.rules.facts import Unknown
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import EvidenceKindId, ZoneId
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
    zones: Collection[ZoneId] = (),
) -> dict[str, object]:
    """Return every fact on which a machine may rely; what is unknown is absent.

    Args:
        item: the item, for the facts it derives from the calendar.
        kinds: evidence kinds by id.
        calendar: the deciding zone's working days.
        today: the day on which the table is read.
        zones: every zone of the alliance, for what several are asked.
    """
    facts = answer_facts(case)
    for key, evidence in case.evidence.items():
        if kind_of(key) == key:
            facts.update(usable_facts(kinds[key], evidence, today))
    for requirement in item.evidence:
        if requirement.is_spread:
            facts.update(_joint(requirement, case, kinds, zones, today))
    signed = {pledge.id for pledge in signed_pledges(case, item)}
    facts.update({f"pledge.{pledge.id}.signed": pledge.id in signed for pledge in item.pledges})
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


def _joint(
    requirement: Requirement,
    case: Case,
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    zones: Collection[ZoneId],
    on: date,
) -> dict[str, object]:
    answers = [case.evidence.get(key) for key in keys_of(requirement, case.deciding_zone, zones)]
    return joint_facts(kinds[requirement.kind], answers, on)


BROKEN_PROMISES = EvidenceKindId("broken-promises")
"""The list of those who broke a promise; every zone keeps its own, and all are asked."""


def may_promise(
    case: Case,
    item: ServiceItem,
    kinds: Mapping[EvidenceKindId, EvidenceKind],
    zones: Collection[ZoneId],
    on: date,
) -> bool:
    """Say whether it is certain that no zone's list holds the applicant.

    Source of law: state-council-office-2020-42#broken-promise.
    """
    asked = next((one for one in item.evidence if one.kind == BROKEN_PROMISES), None)
    if asked is None:
        return False
    return _joint(asked, case, kinds, zones, on).get(f"evidence.{BROKEN_PROMISES}.is_listed") is False


def signed_pledges(case: Case, item: ServiceItem) -> tuple[Pledge, ...]:
    """Return the item's promises that the applicant signed, word for word as they stand."""
    return signed_among({name: one.pledge for name, one in case.signatures.items()}, item.pledges)


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
    """Return the requirements that this application calls for; what was promised instead falls away.

    Source of law: state-council-office-2020-42#no-proof.
    """
    promised = {
        kind
        for pledge in signed_pledges(case, item)
        if pledge.kind is PledgeKind.COMMITMENT
        for kind in pledge.spares
    }
    if not promised and not any(requirement.needed_when for requirement in item.evidence):
        return item.evidence
    facts = answer_facts(case)
    return tuple(
        requirement
        for requirement in item.evidence
        if requirement.kind not in promised and is_needed(requirement, facts)
    )


def missing_evidence(
    case: Case, item: ServiceItem, kinds: Mapping[EvidenceKindId, EvidenceKind]
) -> tuple[Problem, ...]:
    """Return everything that is still missing and is not being asked for, at once (all-2019#32.4).

    What several zones are asked is never the applicant's to mend; a zone that gave nothing leaves the fact
    unknown, and a person decides. A paper that may follow is not missing.
    """
    may_follow = {
        kind
        for pledge in signed_pledges(case, item)
        if pledge.kind is PledgeKind.DEFERRED
        for kind in pledge.spares
    }
    problems = []
    for requirement in needed_requirements(case, item):
        if requirement.is_spread or requirement.kind in may_follow:
            continue
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
