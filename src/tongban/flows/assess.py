"""Run the rule table over the facts; grant only on a full yes, else hand to a person."""

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case import commands as c
from tongban.domain.case.events import Assessed
from tongban.domain.rules.evaluate import Assessment, Outcome, evaluate, to_plain
from tongban.flows.perform import facts_now, get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text


def assess(case_id: CaseId, deps: Deps) -> None:
    """Assess an accepted case.

    Causes: ``Assessed``, then ``Granted`` by rules, or ``Referred`` with the reason.
    Twice:  nothing; only an accepted case is assessed.

    Source of law: all-2019#34, all-2019#38; a machine never refuses (pipl-2021#24).
    """
    case = get_case(case_id, deps)
    if case.stage != "accepted":
        return
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    assessment = evaluate(item.rules, facts_now(case, deps))
    case = perform(
        case_id, c.RecordAssessment(_assessed(assessment, item.rules_hash)), machine_of(deps), deps
    )
    if case.needs_person:
        return
    if assessment.outcome is Outcome.GRANT:
        perform(case_id, c.Grant("rules"), machine_of(deps), deps)
    else:
        perform(case_id, c.Refer("criteria-not-all-met", _NOT_ALL_MET), machine_of(deps), deps)


def _assessed(assessment: Assessment, rules_hash: str) -> Assessed:
    """Return the event: the record and the hashes that let anybody run it again."""
    record = to_plain(assessment, rules_hash)
    return Assessed(
        outcome=assessment.outcome.value,
        record=record,
        rules_hash=rules_hash,
        inputs_hash=hex_digest(canonical(record["facts"])),
    )


_NOT_ALL_MET = Text(
    "有条件没有满足或者无法由系统确认，转由工作人员审查。",
    "Some criteria are not met, or a machine cannot tell; a person examines the case.",
)
