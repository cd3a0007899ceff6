"""What a window has taken in, newest first: one indexed predicate, pages by keyset."""

from dataclasses import dataclass
from datetime import datetime

from tongban.domain.catalogue.zone import Zone
from tongban.domain.party import mask_name
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.reads.keyset import lies_behind
from tongban.store.models import CaseIndex

PAGE_ROWS = 20


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """A place in the list, from which the next or the previous page is found.

    Args:
        is_before: True for the page that ends before it, False for the one that begins after it.
    """

    received_at: datetime
    case_id: str
    is_before: bool = False

    @property
    def text(self) -> str:
        """The place as part of an address."""
        return f"{self.received_at.isoformat()}~{self.case_id}"


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One case that was taken in here.

    Args:
        applicant: a firm's name, or a person's with all but the first character hidden.
        stage: its code, for colours; status: the same in words.
    """

    case_id: CaseId
    item: Text
    applicant: str
    deciding: Zone
    received_at: datetime
    taken_in_by: str
    stage: str
    status: Text


@dataclass(frozen=True, slots=True)
class DeskList:
    """One page of it; ``back`` and ``next`` are None at the two ends."""

    lines: tuple[DeskLine, ...]
    back: DeskPlace | None
    next: DeskPlace | None


def parse_desk_place(text: str, *, is_before: bool = False) -> DeskPlace | None:
    """Return the place an address names, or None when it names none."""
    at, _, case_id = text.partition("~")
    try:
        received_at = datetime.fromisoformat(at)
    except ValueError:
        return None
    return DeskPlace(received_at, case_id, is_before) if case_id and received_at.tzinfo else None


def read_taken_in(by: str, at: DeskPlace | None, deps: Deps, size: int = PAGE_ROWS) -> DeskList:
    """Return the cases taken in by a clerk of this zone, or by anybody of it when ``by`` is empty."""
    chosen = CaseIndex.objects.filter(receiving_zone=deps.zone).exclude(taken_in_by="")
    if by:
        chosen = chosen.filter(taken_in_by=by)
    is_backwards = at is not None and at.is_before
    if at is not None:
        place = {"received_at": at.received_at, "case_id": at.case_id}
        chosen = chosen.filter(lies_behind(place, is_before=not at.is_before))
    order = ("received_at", "case_id") if is_backwards else ("-received_at", "-case_id")
    found = list(chosen.order_by(*order)[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_backwards:
        found.reverse()
    if not found:
        return DeskList((), None, None)
    has_back = has_more if is_backwards else at is not None
    return DeskList(
        tuple(compose_desk_line(row, deps) for row in found),
        DeskPlace(found[0].received_at, found[0].case_id, is_before=True) if has_back else None,
        DeskPlace(found[-1].received_at, found[-1].case_id) if is_backwards or has_more else None,
    )


def compose_desk_line(row: CaseIndex, deps: Deps) -> DeskLine:
    """Return one row of the index as the window's lists show it."""
    deciding = deps.catalogue.zones[ZoneId(row.deciding_zone)]
    item = deps.catalogue.get_item(ItemId(row.item_id), deciding.id)
    return DeskLine(
        case_id=CaseId(row.case_id),
        item=item.title,
        applicant=mask_name(row.applicant_name) if row.applicant_kind == "person" else row.applicant_name,
        deciding=deciding,
        received_at=row.received_at,
        taken_in_by=row.taken_in_by,
        stage=row.stage,
        status=deps.catalogue.get_regime(item.regime).stages[row.stage],
    )
