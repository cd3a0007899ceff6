"""Which promises may be offered to an applicant here; other zones' lists are asked once it is handed in."""

from tongban.domain.case.facts import BROKEN_PROMISES
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.pledge import Pledge
from tongban.flows.ports import Deps


def list_offered_pledges(item: ServiceItem, applicant_id: str, deps: Deps) -> tuple[Pledge, ...]:
    """Return the item's promises; none for whom this zone's own list of broken promises holds.

    Source of law: state-council-office-2020-42#broken-promise.
    """
    if not item.pledges:
        return ()
    record = deps.registers.find(BROKEN_PROMISES, applicant_id)
    is_listed = record is not None and record.facts.get("is_listed") is True
    return () if is_listed else item.pledges
