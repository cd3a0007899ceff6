"""The seal's register: its state, every use and every refusal, by page, by day, by case and by document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from tongban.domain.case.state import Case
from tongban.domain.seal.book import SealBook, SealRule
from tongban.domain.seal.decide import check_ready, hour_of, may_reopen
from tongban.domain.seal.events import SealAct
from tongban.domain.seal.state import Seal
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem
from tongban.kernel.moment import CHINA_STANDARD_TIME
from tongban.kernel.text import Text
from tongban.reads.case_timeline import COMMAND_OF
from tongban.store.models import SealRefusal, SealUse

PAGE_ROWS = 25
ACTS_SHOWN = 15
COUNTED_AT_MOST = 1_000
"""Counting stops here; beyond it the exact number helps nobody."""


@dataclass(frozen=True, slots=True)
class SealPage:
    """The seal as it stands now.

    Args:
        problem: why it may not move; None when it may.
        used: how often it moved in this hour of the clock.
        waiting: documents that wait for it; ``is_more`` when there are more than were counted.
        acts: the newest first.
        has_rota: a demonstration puts it to use by itself.
    """

    seal: Seal
    book: SealBook
    rule: SealRule
    problem: Problem | None
    used: int
    waiting: int
    is_more: bool
    acts: Sequence[SealAct]
    has_rota: bool


@dataclass(frozen=True, slots=True)
class RegisterWish:
    """What somebody looks for; an empty part means all.

    Args:
        on: the civil day.
        number: of a case, of a licence, or of a document as it is printed or in its address.
    """

    on: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of uses or refusals, the newest first; ``back`` and ``next`` are None at the two ends."""

    rows: Sequence[Any]
    back: int | None
    next: int | None


def read_seal_page(deps: Deps) -> SealPage:
    """Return the state of this zone's seal with a handful of questions."""
    book, now, seal = deps.catalogue.seal, deps.clock.now(), deps.seals.read()
    rule, used = book.get_rule(deps.zone), deps.seals.count_hour(hour_of(now))
    is_open = deps.seal_key.is_open() or may_reopen(seal, deps.rota, now)
    waiting = (
        SealRefusal.objects.filter(is_waiting=True).order_by("at", "number")[: COUNTED_AT_MOST + 1].count()
    )
    return SealPage(
        seal,
        book,
        rule,
        check_ready(seal, used, now, book, rule, is_open=is_open),
        used,
        min(waiting, COUNTED_AT_MOST),
        waiting > COUNTED_AT_MOST,
        deps.seals.acts(ACTS_SHOWN),
        bool(deps.rota),
    )


def read_uses(wish: RegisterWish, after: int | None, before: int | None) -> RegisterPage:
    """Return one page of the uses, each search by an index of its own."""
    rows = SealUse.objects.all()
    if wish.number:
        number = wish.number
        rows = rows.filter(Q(case_id=number) | Q(document_id=number) | Q(printed_number=number))
    return _page(_of_day(rows, "at", wish.on), after, before)


def read_refusals(wish: RegisterWish, after: int | None, before: int | None) -> RegisterPage:
    """Return one page of the refusals; the day is that of the first."""
    rows = SealRefusal.objects.all()
    if wish.number:
        rows = rows.filter(Q(case_id=wish.number) | Q(document_id=wish.number))
    return _page(_of_day(rows, "first_at", wish.on), after, before)


def read_use(number: int) -> SealUse:
    """Return one use, or raise NotFound."""
    row = SealUse.objects.filter(number=number).first()
    if row is None:
        raise NotFound(str(number))
    return row


def read_event_words(deps: Deps) -> Mapping[str, Text]:
    """Return what the procedures of this zone call each event after which something may be sealed."""
    regimes = {item.regime for item in deps.catalogue.list_items(deps.zone)}
    arrows = [arrow for name in sorted(regimes) for arrow in deps.catalogue.get_regime(name).arrows]
    says = {arrow.command: arrow.says for arrow in reversed(arrows)}
    return {event: says[command] for event, command in COMMAND_OF.items() if command in says}


def find_why_unsealed(case: Case, deps: Deps) -> Text | None:
    """Return why the document of a licence waits for the seal; None when it does not."""
    if case.stage != "concluded" or case.document_digest or case.deciding_zone != deps.zone:
        return None
    waiting = deps.seals.find_waiting(case.id)
    return Text(waiting.says.zh + _IN_FORCE.zh, f"{waiting.says.en} {_IN_FORCE.en}") if waiting else None


def list_refusals_since(at: datetime, limit: int) -> Sequence[SealRefusal]:
    """Return what the seal refused, or had to let wait, since an instant, the oldest first.

    For whoever watches over the zone: ``code`` is ``seal.limit`` when the limit of an hour was reached.
    """
    return tuple(SealRefusal.objects.filter(first_at__gte=at).order_by("first_at", "number")[:limit])


def _of_day(rows: QuerySet[Any], column: str, on: date | None) -> QuerySet[Any]:
    if on is None:
        return rows
    begins = datetime.combine(on, time(), CHINA_STANDARD_TIME)
    return rows.filter(**{f"{column}__gte": begins, f"{column}__lt": begins + timedelta(days=1)})


def _page(rows: QuerySet[Any], after: int | None, before: int | None) -> RegisterPage:
    """Return a page by keyset, the newest first: older ones behind ``after``, newer before ``before``."""
    is_backwards = before is not None
    if is_backwards:
        rows = rows.filter(number__gt=before).order_by("number")
    else:
        rows = (rows if after is None else rows.filter(number__lt=after)).order_by("-number")
    found = list(rows[: PAGE_ROWS + 1])
    has_more, found = len(found) > PAGE_ROWS, found[:PAGE_ROWS]
    if is_backwards:
        found.reverse()
    if not found:
        return RegisterPage((), None, None)
    has_back = has_more if is_backwards else after is not None
    has_next = True if is_backwards else has_more
    return RegisterPage(found, found[0].number if has_back else None, found[-1].number if has_next else None)


_IN_FORCE = Text(
    "电子证照已经生效，不受影响；印章启用后自动盖章，您不用再来。",
    "The licence is in force all the same; the document is sealed by itself once the seal is in use, and you "
    "need do nothing.",
)
