"""Before the machine grants: is it stopped, and does chance put the grant on the list of later checks."""

from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.domain.case.state import Case
from tongban.domain.guard.parameters import Watching, watching_on
from tongban.flows.guard_ports import PARTS_PER_MILLION, LaterCheck, Rail
from tongban.flows.perform import perform
from tongban.flows.ports import Chance, Deps
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


def hand_over_if_stopped(case: Case, actor: Actor, deps: Deps) -> bool:
    """Hand a case to a person where the machine is stopped on its item; return whether it is.

    Causes: ``Referred`` with the reason of the stop, or nothing.
    """
    stopped = deps.rails.read(case.item_id).stopped
    if stopped is None:
        return False
    perform(case.id, c.Refer("machine-stopped", _STOPPED.fill(zh=stopped.zh, en=stopped.en)), actor, deps)
    return True


def choose_for_check(case: Case, rules_hash: str, deps: Deps) -> None:
    """Draw whether an officer looks at this grant again, in the unit that grants.

    Source of law: pipl-2021#24.1.
    """
    now = deps.clock.now()
    watching = watching_on(deps.catalogue.watching, civil_date(now))
    if is_chosen(deps.rails.read(case.item_id), watching, deps.chance):
        deps.rails.choose(LaterCheck(case.id, case.item_id, rules_hash, now))


def is_chosen(rail: Rail, watching: Watching, chance: Chance) -> bool:
    """Draw whether an officer looks at a grant again; nobody can know it before, the applicant least."""
    rate = watching.sample_ppm if rail.sample_ppm is None else rail.sample_ppm
    return rate > 0 and chance.draw(PARTS_PER_MILLION) < rate


_STOPPED = Text(
    "本区已暂停系统自动准予这个事项（{zh}），转由工作人员审查。",
    "This zone has stopped its machine from granting this item ({en}); a person examines the case.",
)
