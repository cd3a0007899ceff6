"""A client's cases at the window, by the number on the card; and licences that wait to be collected."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from tongban.flows.ports import Deps
from tongban.kernel.ids import EvidenceKindId
from tongban.reads.desk import DeskLine, compose_desk_line
from tongban.store.models import CaseIndex, HallPickup

_SHOWN = 30
_DAYS = 60
"""What was not collected for longer is found by the client's number."""


def list_cases_of(number: str, deps: Deps) -> tuple[DeskLine, ...]:
    """Return the cases in which somebody applies or acts, the newest first; two questions."""
    own = list(CaseIndex.objects.filter(applicant_id=number).order_by("-received_at", "-case_id")[:_SHOWN])
    helped = (
        CaseIndex.objects.filter(agent_id=number).exclude(agent_id="").order_by("-received_at", "-case_id")
    )
    rows = {row.case_id: row for row in (*own, *helped[:_SHOWN])}
    found = sorted(rows.values(), key=lambda row: (row.received_at, row.case_id), reverse=True)
    return tuple(compose_desk_line(row, deps) for row in found[:_SHOWN])


def list_pickups(deps: Deps) -> tuple[DeskLine, ...]:
    """Return cases taken in here whose licence was issued and not handed out, the newest first."""
    since = deps.clock.now() - timedelta(days=_DAYS)
    served = Q(stage="concluded", due_on__isnull=True, item_id__in=_list_served_items(deps))
    handed = HallPickup.objects.filter(case_id=OuterRef("case_id"))
    rows = (
        CaseIndex.objects.filter(Q(receiving_zone=deps.zone) & ~Q(credential_id="") & ~Q(taken_in_by=""))
        .filter(Q(received_at__gte=since) & ~Exists(handed) & ~served)
        .order_by("-received_at", "-case_id")[:_SHOWN]
    )
    return tuple(compose_desk_line(row, deps) for row in rows)


def _list_served_items(deps: Deps) -> list[str]:
    """Return the items whose procedure records the service: without a day for it, theirs is done."""
    items = {item.id: item for zone in deps.catalogue.zones for item in deps.catalogue.list_items(zone)}
    regimes = deps.catalogue.get_regime
    return [item.id for item in items.values() if item.regime and "deliver" in regimes(item.regime).limits]


def find_registered_name(uscc: str, deps: Deps) -> str:
    """Return a firm's name as this zone's own register has it, or nothing."""
    record = deps.registers.find(EvidenceKindId("business-licence"), uscc)
    return str(record.facts.get("name", "")) if record else ""
