"""Ask the registers for what the applicant need not hand in: own ones at once, other zones' by message."""

from collections.abc import Iterator
from dataclasses import dataclass

from tongban.domain.case import commands as c
from tongban.domain.case.facts import answer_facts, needed_requirements
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.exchange import Evidence, EvidenceAsk, Trust
from tongban.domain.evidence.requirement import Requirement, find_holder, keys_of, kind_of
from tongban.flows.answer_evidence import find_record, spoken_at
from tongban.flows.perform import get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, EvidenceKindId, ZoneId
from tongban.kernel.text import Text


def gather_evidence(case_id: CaseId, deps: Deps) -> None:
    """Ask for everything still needed, all at once.

    Causes: one round of events (``EvidenceRequested``, ``EvidenceAttached``, ``EvidenceNotHeld``), and a
        message to every other zone that is asked.
    Twice:  nothing; what was asked or answered is not asked again.

    Source of law: order-716-2019#7 (what can be had by sharing is not asked of the applicant).
    """
    case = get_case(case_id, deps)
    if case.stage != "received":
        return
    round_ = _ask_round(case, deps)
    if not (round_.asks or round_.found or round_.not_held):
        return
    for ask in round_.asks:
        _ask_other_zone(case, ask, deps)
    perform(case_id, round_, machine_of(deps), deps)


def own_records_wanted(case: Case, deps: Deps) -> tuple[tuple[EvidenceKindId, str], ...]:
    """Return what ``gather_evidence`` will look up here, so that a group is read with one question."""
    if case.stage != "received":
        return ()
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    return tuple(
        (open_.requirement.kind, open_.subject)
        for open_ in _open_questions(case, item, deps)
        if open_.subject and open_.holder == deps.zone
    )


@dataclass(frozen=True, slots=True)
class _Open:
    """A question that nobody was asked or has answered yet.

    Args:
        key: under which the case keeps the answer; several zones asked the same have one each.
        holder: the zone that may hold it, or None.
    """

    requirement: Requirement
    key: EvidenceKindId
    subject: str
    holder: ZoneId | None


def _open_questions(case: Case, item: ServiceItem, deps: Deps) -> Iterator[_Open]:
    """Yield what nobody was asked or has answered yet, with its subject and the zone that may hold it."""
    facts = answer_facts(case)
    for requirement in needed_requirements(case, item):
        subject = str(facts.get(requirement.subject, ""))
        for key in keys_of(requirement, case.deciding_zone, deps.catalogue.zones):
            held, asked = case.evidence.get(key), case.pending.get(key)
            if asked is not None and asked.ask.subject == subject:
                continue
            if asked is None and held is not None and held.subject in ("", subject):
                continue
            if requirement.is_spread:
                yield _Open(requirement, key, subject, ZoneId(key.partition("@")[2]))
            else:
                zones = deps.catalogue.zone_of_division
                holder = find_holder(requirement, facts, case.deciding_zone, zones)
                yield _Open(requirement, key, subject, holder)


def _ask_round(case: Case, deps: Deps) -> c.RecordGathering:
    """Return what is found here, what must be asked elsewhere, and what no register holds."""
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    uploads = _uploads(case, item, deps)
    asks: list[EvidenceAsk] = []
    found: list[Evidence] = []
    not_held: list[tuple[EvidenceKindId, ZoneId | None]] = []
    for one in _open_questions(case, item, deps):
        key, subject, holder = one.key, one.subject, one.holder
        if key in uploads:
            found.append(uploads[key])
        elif holder is None or not subject:
            not_held.append((key, holder))
        elif holder != deps.zone:
            asks.append(EvidenceAsk(key, holder, subject, one.requirement.ground))
        elif (own := _read_own_register(key, subject, deps)) is not None:
            found.append(own)
        else:
            not_held.append((key, holder))
    return c.RecordGathering(tuple(asks), tuple(found), tuple(not_held))


def _read_own_register(key: EvidenceKindId, subject: str, deps: Deps) -> Evidence | None:
    record = find_record(deps.catalogue.kinds[kind_of(key)], subject, deps)
    if record is None:
        return None
    return Evidence(
        kind=key,
        trust=record.trust,
        facts=record.facts,
        as_of=spoken_at(record, deps),
        authority=record.authority,
        holder=deps.zone,
        subject=subject,
    )


def _uploads(case: Case, item: ServiceItem, deps: Deps) -> dict[EvidenceKindId, Evidence]:
    """Return what the applicant uploaded as evidence: grade C, for a person to compare (gbh-2016-108)."""
    return {
        EvidenceKindId(question.evidence_kind): Evidence(
            kind=EvidenceKindId(question.evidence_kind),
            trust=Trust.UPLOADED,
            facts={},
            as_of=deps.clock.now(),
            authority=_APPLICANT,
            file_digest=str(case.answers[question.id]),
        )
        for question in item.form.questions
        if question.evidence_kind and question.id in case.answers
    }


def _ask_other_zone(case: Case, ask: EvidenceAsk, deps: Deps) -> None:
    """Queue the question; the message names the case, the item and the ground (pipl-2021#6)."""
    body = {
        "case": case.id,
        "item": case.item_id,
        "kind": kind_of(ask.kind),
        "subject": ask.subject,
        "ground": ask.ground,
    }
    deps.exchange.post(ask.holder, "evidence.request", body, case.id)


_APPLICANT = Text("申请人上传", "uploaded by the applicant")
