"""A case as the public API tells it to its own applicant."""

from tongban.api.problems import problem_out, text_out
from tongban.api.schemas import CaseOut, DueOut, FindingOut, PendingOut, Receipt, StepOut
from tongban.domain.case.state import Case
from tongban.domain.case.waiting import read_waiting
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.requirement import kind_of
from tongban.domain.rules.evaluate import from_plain
from tongban.domain.rules.explain import explain
from tongban.flows.ports import Deps
from tongban.reads.case_timeline import Due, Step, read_steps


def compose_receipt(case: Case) -> Receipt:
    """Return where a case stands, in a few fields."""
    return Receipt.model_construct(**_receipt_fields(case))


def _receipt_fields(case: Case) -> dict[str, object]:
    return {
        "case_id": case.id,
        "item_id": case.item_id,
        "zone": case.deciding_zone,
        "receiving_zone": case.receiving_zone,
        "stage": case.stage,
        "waits_for": read_waiting(case).value,
        "received_at": case.received_at,
        "licence_number": case.credential_id,
    }


def compose_case(case: Case, deps: Deps) -> CaseOut:
    """Return a case with its whole history; asks for the history once."""
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    regime = deps.catalogue.get_regime(item.regime)
    steps = read_steps(case.id, deps.cases.history(case.id), item, regime, deps.catalogue)
    return CaseOut.model_construct(
        **_receipt_fields(case),
        title=text_out(item.title),
        channel=case.channel,
        accepted_on=case.accepted_on,
        decided_on=case.decision.decided_on if case.decision else None,
        is_granted=case.decision.granted if case.decision else None,
        needs_person=case.needs_person,
        pending=[
            PendingOut(
                kind=kind,
                title=text_out(deps.catalogue.kinds[kind_of(kind)].title),
                zone=asked.ask.holder,
                asked_at=asked.asked_at,
            )
            for kind, asked in case.pending.items()
        ],
        correction=[problem_out(problem) for problem in case.correction],
        findings=_findings(case, item),
        steps=[_step(step) for step in steps],
        credential=case.token or None,
        document_digest=case.document_digest or None,
    )


def _findings(case: Case, item: ServiceItem) -> list[FindingOut]:
    if case.assessment is None:
        return []
    return [
        FindingOut(
            criterion=line.criterion,
            mark=line.mark.value,
            asks=text_out(line.asked),
            says=text_out(line.verdict),
            source=line.source,
        )
        for line in explain(from_plain(case.assessment.record), item.rules).lines
    ]


def _step(step: Step) -> StepOut:
    return StepOut(
        name=step.name,
        title=text_out(step.title),
        at=step.at,
        who=text_out(step.who),
        authority=text_out(step.authority),
        source=step.law,
        details=[text_out(detail) for detail in step.details],
        due=_due(step.due) if step.due else None,
    )


def _due(due: Due) -> DueOut:
    return DueOut(
        what=text_out(due.what),
        on=due.on,
        at=due.at,
        limit=text_out(due.limit),
        source=due.law,
        note=text_out(due.note) if due.note else None,
    )
