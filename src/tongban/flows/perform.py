"""The spine: read, fold, decide, append; then what follows. Every write of a case goes through here."""

from datetime import date

from tongban.domain.case import commands as c
from tongban.domain.case.decide import decide
from tongban.domain.case.events import Actor, Recorded
from tongban.domain.case.facts import case_facts
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case, apply
from tongban.flows.belonging import check_belongs
from tongban.flows.check_power import check_power
from tongban.flows.hold_files import hold_files
from tongban.flows.ports import Deps
from tongban.flows.react import react
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import Moment


def perform(
    case_id: CaseId, command: c.Command, actor: Actor, deps: Deps, *, decides_now: bool = True
) -> Case:
    """Carry out a command on a case, in one transaction with everything that follows inline.

    Args:
        decides_now: False leaves what the deciding zone's machine does next to a worker.

    Returns:
        The case as it stands after all inline reactions.

    Raises:
        Refused: the rules say no; nothing was written.
        NotFound: no such case here, or no such item.
        Conflict: somebody wrote first; the caller may try again.
    """
    with deps.unit():
        before = deps.cases.find(case_id)
        if before is None and not isinstance(command, c.Submit):
            raise NotFound(case_id)
        before = before or Case(case_id)
        check_belongs(before, command, actor, deps)
        check_power(before, command, actor, deps)
        setting = setting_for(before, command, actor, deps)
        events = decide(before, command, setting)
        if not events:
            return before
        now = setting.moment.at
        recorded = tuple(
            Recorded(case_id, before.version + number, now, deps.zone, actor, event)
            for number, event in enumerate(events, start=1)
        )
        after = before
        for one in recorded:
            after = apply(after, one)
        deps.cases.append(before, recorded, after)
        hold_files(recorded, deps)
        react(after, recorded, deps, decides_now=decides_now)
        return get_case(case_id, deps)


def setting_for(case: Case, command: c.Command, actor: Actor, deps: Deps) -> Setting:
    """Return what decide may look at: the item as the deciding zone implements it, and the moment."""
    if isinstance(command, c.Submit):
        item_id, zone = command.item_id, command.deciding_zone
    else:
        item_id, zone = case.item_id, case.deciding_zone
    item = deps.catalogue.get_item(item_id, zone)
    return Setting(
        item=item,
        regime=deps.catalogue.get_regime(item.regime),
        kinds=deps.catalogue.kinds,
        moment=Moment(deps.clock.now()),
        actor=actor,
        zone=deps.zone,
        calendar=deps.catalogue.get_calendar(zone),
        zones=tuple(deps.catalogue.zones),
    )


def get_case(case_id: CaseId, deps: Deps) -> Case:
    """Return a case of this zone, or raise NotFound."""
    case = deps.cases.find(case_id)
    if case is None:
        raise NotFound(case_id)
    return case


def machine_of(deps: Deps) -> Actor:
    """Return the zone's own machine as an actor; what it does is shown as done by rules, not by a person."""
    return Actor("machine", deps.zone)


def facts_now(case: Case, deps: Deps) -> dict[str, object]:
    """Return the facts of a case as a machine may rely on them today."""
    return facts_on(case, Moment(deps.clock.now()).on, deps)


def facts_on(case: Case, day: date, deps: Deps) -> dict[str, object]:
    """Return the facts of a case as a machine may rely on them on a day: what is too old then is absent."""
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    calendar = deps.catalogue.get_calendar(case.deciding_zone)
    return case_facts(case, item, deps.catalogue.kinds, calendar, day, tuple(deps.catalogue.zones))
