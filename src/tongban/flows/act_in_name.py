"""Accept or decide for another zone: only under a delegation in force, and in that authority's name."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import ActedInName, ZoneAct
from tongban.domain.liaison.delegation import COMMANDS, get_covering
from tongban.flows.delegations import get_delegation_for, list_delegations
from tongban.flows.liaison import check_length, tell_zone_act, zones_of
from tongban.flows.make_decision import tell_remedies
from tongban.flows.perform import get_case, perform, setting_for
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def act_in_name(case_id: CaseId, command: str, words: str, actor: Actor, deps: Deps) -> None:
    """Accept, decline, grant or refuse in the name of the zone that decides.

    Causes: a signed message; the deciding zone looks at its own register of delegations, carries it out as
        its own act, and the copy here follows.

    Raises:
        Refused: no delegation in force covers it, or the case is not at this step; with why.

    Source of law: all-2019#24.
    """
    case = get_case(case_id, deps)
    if actor.kind not in ("officer", "head"):
        raise Refused(Problem("delegation.wrong-role", _WRONG_ROLE))
    if command not in COMMANDS or case.deciding_zone == deps.zone or deps.zone not in zones_of(case):
        raise NotFound(case_id)
    delegation = get_delegation_for(case, command, deps)
    asked = _compose(case, command, words, deps)
    setting = setting_for(case, asked, actor, deps)
    setting.regime.get_arrow(case.stage, command, actor.kind)
    problems = list(check_length(words, "words"))
    if command != "Accept" and not words.strip():
        problems.append(Problem("decision.no-reasons", _NO_REASONS, "words", "all-2019#38.2"))
    if problems:
        raise Refused(*problems)
    act = ActedInName(delegation.id, command, words.strip())
    tell_zone_act(act, delegation.history[0], case_id, zones_of(case), actor, deps)


def carry_out_in_name(told: ZoneAct, act: ActedInName, deps: Deps) -> None:
    """Carry out what an officer of the delegate did in this zone's name.

    Raises:
        Refused: no delegation that this zone gave covers it today, or the rules of the case say no.
    """
    case = get_case(told.case_id, deps)
    if case.deciding_zone != deps.zone or act.command not in COMMANDS:
        raise Refused(Problem("message.wrong-route", _NOT_DECIDED_HERE))
    today = civil_date(deps.clock.now())
    found = get_covering(list_delegations(deps), (deps.zone, told.zone), case.item_id, act.command, today)
    delegate = deps.catalogue.zones[told.zone].short_name.zh
    name = _IN_NAME.zh.format(name=told.name, zone=delegate, number=found.id)
    who = Actor("officer", f"{told.zone}/{told.by}", name)
    perform(case.id, _compose(case, act.command, act.words, deps), who, deps)


def _compose(case: Case, command: str, words: str, deps: Deps) -> c.Command:
    reasons = Text(words, f"(in Chinese only) {words}")
    match command:
        case "Accept":
            return c.Accept()
        case "Grant":
            return c.Grant("officer", reasons)
        case "Refuse":
            return c.Refuse(reasons, tell_remedies(case, deps))
    return c.Decline(reasons, tell_remedies(case, deps))


_IN_NAME = Text("{name}（{zone}，受委托，{number}）", "{name} ({zone}, delegated, {number})")
_WRONG_ROLE = Text("只有审批人员和负责人可以这样做。", "Only officers and heads may do this.")
_NO_REASONS = Text("请写明理由。", "Give the reasons.")
_NOT_DECIDED_HERE = Text("这件办件不由本区办理。", "This case is not decided here.")
