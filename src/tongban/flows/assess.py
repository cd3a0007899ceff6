"""Run the rule table over the facts; grant only on a full yes, else hand to a person."""

from datetime import date

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case import commands as c
from tongban.domain.case.events import Assessed
from tongban.domain.case.later import count_until
from tongban.domain.case.may_decide import find_verification
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import OpenWait, ServiceItem
from tongban.domain.clock.statute import get_in_force
from tongban.domain.guard.replay import outcome_hash
from tongban.domain.rules.evaluate import Assessment, Outcome, evaluate, to_plain
from tongban.flows.keep_in_bounds import choose_for_check, hand_over_if_stopped
from tongban.flows.perform import facts_now, get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text


def assess(case_id: CaseId, deps: Deps) -> None:
    """Assess an accepted case.

    Causes: ``Assessed``, then ``Granted`` by rules, ``WaitOpened`` where others may object first,
            ``ApplicationForwarded`` where the power lies elsewhere, or ``Referred`` with the reason. The
            table is kept, and chance puts some grants on the list of later checks. Where the machine is
            stopped, the case is handed to a person instead of being granted.
    Twice:  nothing; only an accepted case is assessed.

    Source of law: all-2019#34, all-2019#38; a machine never refuses (pipl-2021#24).
    """
    with deps.unit():
        case = get_case(case_id, deps)
        if case.stage != "accepted":
            return
        item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
        deps.rule_tables.keep(item.rules_hash, item.rules, item.version)
        assessment = evaluate(item.rules, facts_now(case, deps))
        assessed = _assessed(assessment, item.rules_hash)
        case = perform(case_id, c.RecordAssessment(assessed), machine_of(deps), deps)
        if item.elsewhere is not None:
            perform(case_id, c.ForwardToAuthority(), machine_of(deps), deps)
        elif not case.needs_person:
            _act_on(case, assessment.outcome, item.rules_hash, deps)


def _act_on(case: Case, outcome: Outcome, rules_hash: str, deps: Deps) -> None:
    """Grant on a full yes if the machine may act now, else hand over."""
    machine = machine_of(deps)
    if outcome is not Outcome.GRANT:
        perform(case.id, c.Refer("criteria-not-all-met", _NOT_ALL_MET), machine, deps)
        return
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    if find_verification(item, deps.catalogue.get_regime(item.regime)) is not None:
        perform(case.id, c.Refer("substance", _VERIFY_SUBSTANCE), machine, deps)
        return
    if not hand_over_if_stopped(case, machine, deps):
        _grant(case, item, rules_hash, deps)


def _grant(case: Case, item: ServiceItem, rules_hash: str, deps: Deps) -> None:
    """Grant at once, or let others object first where the law says so."""
    if item.wait is None:
        choose_for_check(case, rules_hash, deps)
        perform(case.id, c.Grant("rules"), machine_of(deps), deps)
        return
    try:
        until_on = wait_until(item.wait, deps)
    except Refused:
        # The holidays of that year are not published yet: no day can be promised to anybody.
        perform(case.id, c.Refer("calendar-not-loaded", _NO_CALENDAR), machine_of(deps), deps)
        return
    perform(case.id, c.OpenWait(until_on), machine_of(deps), deps)


def wait_until(wait: OpenWait, deps: Deps) -> date:
    """Return the last day on which others may object, counted from today.

    Raises:
        Refused: ``calendar.not-loaded``.
    """
    today = Moment(deps.clock.now()).on
    return count_until(today, get_in_force(wait.lasts, today), deps.catalogue.get_calendar(deps.zone))


def _assessed(assessment: Assessment, rules_hash: str) -> Assessed:
    """Return the event: the record and the hashes that let anybody run it again."""
    record = to_plain(assessment, rules_hash)
    return Assessed(
        outcome=assessment.outcome.value,
        record=record,
        rules_hash=rules_hash,
        inputs_hash=hex_digest(canonical(record["facts"])),
        outcome_hash=outcome_hash(record),
    )


_NO_CALENDAR = Text(
    "征询异议的期限越过了尚未公布的节假日安排，转由工作人员处理。",
    "The time for objections runs past the published holidays; a person takes over.",
)
_VERIFY_SUBSTANCE = Text(
    "决定以前须由两名以上工作人员核查实质内容。",
    "Two or more officers verify the substance before it is decided.",
)
_NOT_ALL_MET = Text(
    "有条件没有满足或者无法由系统确认，转由工作人员审查。",
    "Some criteria are not met, or a machine cannot tell; a person examines the case.",
)
