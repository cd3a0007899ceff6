"""The agenda of a case as the catalogue makes it: what stores and fakes ask whenever a case changes."""

from collections.abc import Callable

from tongban.domain.agenda import Entry
from tongban.domain.case.agenda import Outlook, list_entries
from tongban.domain.case.state import Case
from tongban.flows.ports import Catalogue
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ZoneId

Plan = Callable[[Case], tuple[Entry, ...]]


def plan_for(catalogue: Catalogue, zone: ZoneId) -> Plan:
    """Return what says, for one zone, which things fall due in a case and when."""

    def plan(case: Case) -> tuple[Entry, ...]:
        try:
            item = catalogue.get_item(case.item_id, case.deciding_zone)
        except NotFound:
            return ()  # the item was taken out of the catalogue; its cases are still shown
        regime = catalogue.get_regime(item.regime)
        calendar = catalogue.get_calendar(case.deciding_zone)
        return list_entries(Outlook(case, item, regime, calendar, catalogue.agenda, zone))

    return plan
