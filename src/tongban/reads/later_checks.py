"""Grants by rules that an officer looks at again: what waits, and what was found lately."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.party import mask_name
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.store.models import CaseIndex, LaterCheck

PAGE_ROWS = 25
_SHOWN_DONE = 25


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One grant on the list.

    Args:
        applicant: a firm's name, or a person's with all but the first character hidden; empty once erased.
        verdict: empty while nobody has looked.
    """

    case_id: CaseId
    item: Text
    applicant: str
    credential_id: str
    chosen_at: datetime
    verdict: str
    reasons: Text
    judged_by: str
    judged_at: datetime | None


@dataclass(frozen=True, slots=True)
class CheckList:
    """A page of what waits, oldest first, and what was judged lately; ``next`` is the next page's place."""

    waiting: tuple[CheckLine, ...]
    done: tuple[CheckLine, ...]
    next: str


def read_checks(after: tuple[datetime, str] | None, deps: Deps, size: int = PAGE_ROWS) -> CheckList:
    """Return the list with three questions, however long it is."""
    waiting = LaterCheck.objects.filter(verdict="").order_by("chosen_at", "case_id")
    if after is not None:
        at, case_id = after
        waiting = waiting.filter(chosen_at__gte=at).exclude(chosen_at=at, case_id__lte=case_id)
    found = list(waiting[: size + 1])
    done = list(LaterCheck.objects.exclude(verdict="").order_by("-judged_at")[:_SHOWN_DONE])
    index = _index(one.case_id for one in (*found, *done))
    shown = found[:size]
    last = f"{shown[-1].chosen_at.isoformat()}~{shown[-1].case_id}" if len(found) > size else ""
    return CheckList(
        tuple(_compose(row, index, deps) for row in shown),
        tuple(_compose(row, index, deps) for row in done),
        last,
    )


def read_check(case_id: CaseId, deps: Deps) -> CheckLine:
    """Return one grant that chance chose, or raise NotFound."""
    row = LaterCheck.objects.filter(pk=case_id).first()
    if row is None:
        raise NotFound(case_id)
    return _compose(row, _index([row.case_id]), deps)


def parse_check_place(text: str) -> tuple[datetime, str] | None:
    """Return the place that an address names, or None."""
    at, _, case_id = text.partition("~")
    try:
        chosen_at = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (chosen_at, case_id) if case_id and chosen_at.tzinfo and "\x00" not in case_id else None


def _index(case_ids: Iterable[str]) -> dict[str, CaseIndex]:
    return CaseIndex.objects.in_bulk(list(case_ids))


def _compose(row: LaterCheck, index: dict[str, CaseIndex], deps: Deps) -> CheckLine:
    case = index.get(row.case_id)
    applicant = ""
    if case is not None:
        is_person = case.applicant_kind == "person"
        applicant = mask_name(case.applicant_name) if is_person else case.applicant_name
    return CheckLine(
        CaseId(row.case_id),
        _title(ItemId(row.item_id), deps),
        applicant,
        case.credential_id if case is not None else "",
        row.chosen_at,
        row.verdict,
        Text(row.reasons_zh, row.reasons_en),
        row.actor_name,
        row.judged_at,
    )


def _title(item_id: ItemId, deps: Deps) -> Text:
    try:
        return deps.catalogue.get_item(item_id, deps.zone).title
    except NotFound:
        return Text(item_id, item_id)
