"""The cases that a figure of handling may count: queries are answered, and no figure counts them."""

from django.db.models import QuerySet

from tongban.flows.ports import Deps
from tongban.store.models import CaseIndex


def handled_cases(deps: Deps) -> QuerySet[CaseIndex]:
    """Return the cases decided in this zone without its queries; every count of cases begins here.

    Source: the procedure says so (``Regime.counts_as_handling``); queries far outnumber real handling.
    """
    uncounted = [
        item.id
        for item in deps.catalogue.list_items(deps.zone)
        if not deps.catalogue.get_regime(item.regime).counts_as_handling
    ]
    return CaseIndex.objects.filter(deciding_zone=deps.zone).exclude(item_id__in=uncounted)
