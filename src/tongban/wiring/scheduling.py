"""Later checks whose day was not known while a year's holidays were unpublished: scheduled once they are."""

from tongban.flows.schedule_checks import schedule_checks
from tongban.kernel.errors import Conflict, Refused
from tongban.store.rebuild import list_of_items
from tongban.wiring.node import Node

_STAGES = ("accepted", "assessed", "granted", "concluded", "elsewhere")


def schedule_again(node: Node) -> int:
    """Schedule the checks that cases of this zone must have by now and have not; return how many.

    Causes: ``CheckScheduled``. Twice: nothing; a check has its name once.
    """
    deps = node.deps
    items = [item.id for item in deps.catalogue.list_items(deps.zone) if item.pledges]
    count = 0
    for case_id in list_of_items(node.store.session, items, _STAGES):
        before = deps.cases.find(case_id)
        if before is None or before.deciding_zone != deps.zone:
            continue
        try:
            with deps.unit():
                schedule_checks(case_id, deps)
        except (Conflict, Refused):
            continue
        after = deps.cases.find(case_id)
        count += len(after.checks) - len(before.checks) if after is not None else 0
    return count
