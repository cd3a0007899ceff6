"""The board of supervision: how many alerts of each rule stand open, and each rule's alerts page by page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from tongban.domain.supervision.alert import SupervisionAlert, read_colour
from tongban.domain.supervision.book import RED, SupervisionRule
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.store.models import CaseIndex
from tongban.store.models import SupervisionAlert as Row

PAGE_ROWS = 25


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule on the board.

    Args:
        red: alerts not answered that count as red: of a red rule, or of any rule once the answer is late.
        overdue: those of them whose answer is late.
    """

    rule: SupervisionRule
    red: int
    yellow: int
    overdue: int


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert of a list; ``colour`` is red, yellow, or grey once it was answered."""

    number: int
    case_id: str
    item: Text | None
    cause_on: date
    raised_at: datetime
    handle_by: date | None
    handled_at: datetime | None
    colour: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class AlertPage:
    """A page of a list; ``next`` is where the following one begins, or empty."""

    lines: tuple[AlertLine, ...]
    next: str


def read_board(deps: Deps) -> tuple[RuleLine, ...]:
    """Return every rule with what stands open of it, with one question."""
    today = civil_date(deps.clock.now())
    rows = (
        Row.objects.filter(handled_at__isnull=True)
        .values("rule")
        .annotate(open=Count("number"), late=Count("number", filter=Q(handle_by__lt=today)))
    )
    counts = {row["rule"]: (row["open"], row["late"]) for row in rows}
    lines = []
    for rule in deps.catalogue.supervision.rules.values():
        is_open, late = counts.get(rule.id, (0, 0))
        red = is_open if rule.level == RED else late
        lines.append(RuleLine(rule, red, is_open - red, late))
    return tuple(lines)


def get_rule(rule_id: str, deps: Deps) -> SupervisionRule:
    """Return a rule, or raise NotFound."""
    rule = deps.catalogue.supervision.rules.get(rule_id)
    if rule is None:
        raise NotFound(rule_id)
    return rule


def read_alerts(rule: SupervisionRule, deps: Deps, *, is_done: bool = False, after: str = "") -> AlertPage:
    """Return the alerts of a rule: those to be answered, the oldest first, or those answered, the newest.

    Args:
        after: ``AlertPage.next`` of the page before; anything that is none begins at the front.
    """
    rows = Row.objects.filter(rule=rule.id, handled_at__isnull=not is_done)
    if after.isascii() and after.isdigit():
        rows = rows.filter(number__lt=int(after)) if is_done else rows.filter(number__gt=int(after))
    found = list(rows.order_by("-number" if is_done else "number")[: PAGE_ROWS + 1])
    titles = read_titles([row.case_id for row in found], deps)
    lines = tuple(_line(row, rule, titles.get(row.case_id), deps) for row in found[:PAGE_ROWS])
    return AlertPage(lines, str(lines[-1].number) if len(found) > PAGE_ROWS else "")


def read_titles(case_ids: list[str], deps: Deps) -> dict[str, Text]:
    """Return the item's title of each case that is known here, with one question."""
    rows = CaseIndex.objects.filter(case_id__in=case_ids).values_list("case_id", "item_id", "deciding_zone")
    titles = {}
    for case_id, item_id, zone in rows:
        try:
            titles[case_id] = deps.catalogue.get_item(ItemId(item_id), ZoneId(zone)).title
        except NotFound:
            titles[case_id] = Text(item_id, item_id)
    return titles


def _line(row: Row, rule: SupervisionRule, item: Text | None, deps: Deps) -> AlertLine:
    today = civil_date(deps.clock.now())
    bare = SupervisionAlert(
        row.rule, CaseId(row.case_id), row.cause, row.cause_on, row.raised_at, row.handle_by
    )
    colour = "grey" if row.handled_at is not None else read_colour(bare, rule.level, today)
    late = row.handled_at is None and row.handle_by is not None and today > row.handle_by
    return AlertLine(
        row.number,
        row.case_id,
        item,
        row.cause_on,
        row.raised_at,
        row.handle_by,
        row.handled_at,
        colour,
        late,
    )
