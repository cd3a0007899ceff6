"""Run what follows an event: inline in the same transaction, or later through a job kept in it."""

from tongban.domain.case.events import Recorded
from tongban.domain.case.state import Case
from tongban.flows.ports import Deps, Reaction


def inline(flow: str, where: str = "deciding") -> Reaction:
    """A reaction that only computes and writes: it runs in the same transaction."""
    return Reaction(flow, False, where)


def deferred(flow: str, where: str = "deciding") -> Reaction:
    """A reaction that waits for something: a job row is written in the same transaction."""
    return Reaction(flow, True, where)


def react(case: Case, recorded: tuple[Recorded, ...], deps: Deps, *, decides_now: bool = True) -> None:
    """Run or defer everything that follows these events in this zone.

    Args:
        decides_now: False leaves the deciding zone's inline reactions out; the stage of the case keeps what
            is to be done, and a worker finds it there (``advance``).
    """
    machine = deps.machine
    machine.tell(case, recorded, deps)
    for one in recorded:
        for reaction in (*machine.reactions[type(one.event)], *machine.every_event):
            if not _runs_here(reaction, case, deps):
                continue
            if reaction.is_deferred:
                deps.jobs.defer(reaction.flow, case_id=case.id)
            elif decides_now or reaction.where != "deciding":
                machine.flows[reaction.flow](case.id, deps)


def _runs_here(reaction: Reaction, case: Case, deps: Deps) -> bool:
    """Only the deciding zone acts on a case; the receiving zone hands over, shows, and leads a bundle."""
    is_decided_here, is_handed_over = (
        case.deciding_zone == deps.zone,
        case.receiving_zone != case.deciding_zone,
    )
    match reaction.where:
        case "receiving":
            return is_handed_over and case.receiving_zone == deps.zone
        case "bundle":
            return case.bundle is not None and case.receiving_zone == deps.zone
        case "reporting":
            return is_handed_over and is_decided_here
    return is_decided_here
