"""How the machine is held on every item of this zone, and what is known of how well it does."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.guard.bound import upper_bound
from tongban.domain.guard.drift import Shift
from tongban.domain.guard.gate import Gate, read_gate
from tongban.domain.guard.parameters import MILLION, Watching, watching_on
from tongban.flows.guard_ports import Rail, RailAct
from tongban.flows.item_check_store import ItemCheck
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ItemId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.store.models import (
    DriftAlarm,
    LaterCheck,
    Proposal,
    ReplayDrift,
    ReplayRun,
    RuleTable,
    WatchBlock,
)

ALARMS_SHOWN = 30
DRIFTS_SHOWN = 100
VERSIONS_SHOWN = 30
_BILLION = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What later checks of an item have brought.

    Args:
        checked: cases with a verdict; false: those that should not have been granted.
        waiting: chosen and not looked at yet.
        bound: the share of false approvals not exceeded, with ``confidence``; 1.0 when none is checked.
    """

    checked: int
    false: int
    waiting: int
    bound: float
    confidence: float


@dataclass(frozen=True, slots=True)
class ItemRails:
    """One item as the steward's list shows it.

    Args:
        rate_ppm: the sampling rate in force; is_own_rate: somebody set it for this item.
        alarms: open alarms; shadows: proposals that are evaluated beside.
    """

    item: ServiceItem
    gate: Gate
    rail: Rail
    rate_ppm: int
    is_own_rate: bool
    checks: Checked
    alarms: int
    shadows: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """A block of decisions that differs from the reference.

    Args:
        shift: what moved, and by how much.
        seen_by: who has looked into it, empty while nobody has.
    """

    number: int
    item_id: ItemId
    rules_hash: str
    block: int
    shift: Shift
    at: datetime
    seen_by: str
    seen_at: datetime | None
    seen: Text


@dataclass(frozen=True, slots=True)
class Version:
    """A rule table that has decided something.

    Args:
        pack_version: of the pack with which it was used first; nought where that was not recorded.
    """

    hash: str
    version: int
    pack_version: int
    is_in_force: bool
    decided: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Everything the steward's page of one item shows of the machine, and of its pack.

    Args:
        pack_hash: of the pack that this node runs.
        check: the newest that was kept, of whatever content.
    """

    rails: ItemRails
    watching: Watching
    acts: tuple[RailAct, ...]
    alarms: tuple[Alarm, ...]
    versions: tuple[Version, ...]
    pack_hash: str
    check: ItemCheck | None

    @property
    def is_check_current(self) -> bool:
        """Whether the check looked at the content that this node runs."""
        return self.check is not None and self.check.content_hash == self.pack_hash


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """One run over past decisions, with what came out otherwise."""

    run: ReplayRun
    drifts: tuple[ReplayDrift, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Some items of this zone, and figures of all of them.

    Args:
        stopped: items on which the machine is stopped; waiting: cases chosen for a check and not looked at;
            alarms: open ones.
    """

    items: tuple[ItemRails, ...]
    stopped: int
    waiting: int
    alarms: int


def read_overview(items: Sequence[ServiceItem], deps: Deps) -> Overview:
    """Return how the machine is held on these items, with a handful of questions however many there are."""
    watching = _watching(deps)
    checks, alarms, shadows = _count_checks(), _count_alarms(), _count_shadows()
    listed = deps.catalogue.list_items(deps.zone)
    return Overview(
        tuple(
            _compose(item, watching, checks[item.id], alarms.get(item.id, 0), shadows.get(item.id, 0), deps)
            for item in items
        ),
        stopped=sum(deps.rails.read(item.id).stopped is not None for item in listed),
        waiting=sum(checks[item.id].get("", 0) for item in listed if item.id in checks),
        alarms=sum(alarms.get(item.id, 0) for item in listed),
    )


def read_item_page(item_id: ItemId, deps: Deps) -> ItemPage:
    """Return one item; raises NotFound when this zone does not offer it."""
    item = next((one for one in deps.catalogue.list_items(deps.zone) if one.id == item_id), None)
    if item is None:
        raise NotFound(item_id)
    (found,) = read_overview([item], deps).items
    alarms = DriftAlarm.objects.filter(item_id=item_id).order_by("-id")[:ALARMS_SHOWN]
    return ItemPage(
        found,
        _watching(deps),
        tuple(deps.rails.acts(item_id)),
        tuple(_compose_alarm(row) for row in alarms),
        _read_versions(found.item),
        deps.catalogue.get_pack_hash(item_id),
        deps.item_checks.find(item_id),
    )


def read_alarm(number: int) -> Alarm:
    """Return one alarm, or raise NotFound."""
    row = DriftAlarm.objects.filter(pk=number).first()
    if row is None:
        raise NotFound(str(number))
    return _compose_alarm(row)


def read_last_replay() -> ReplayReport | None:
    """Return the newest run that has begun, with the first of its drifts; None when none has."""
    run = ReplayRun.objects.order_by("-id").first()
    if run is None:
        return None
    return ReplayReport(run, tuple(run.drifts.order_by("id")[:DRIFTS_SHOWN]))


def read_replays(limit: int = 30) -> tuple[ReplayRun, ...]:
    """Return the newest runs."""
    return tuple(ReplayRun.objects.order_by("-id")[:limit])


def _watching(deps: Deps) -> Watching:
    return watching_on(deps.catalogue.watching, civil_date(deps.clock.now()))


def _compose(
    item: ServiceItem,
    watching: Watching,
    counted: Mapping[str, int],
    alarms: int,
    shadows: int,
    deps: Deps,
) -> ItemRails:
    rail = deps.rails.read(item.id)
    false = counted.get("false", 0)
    checked = false + counted.get("correct", 0)
    confidence = watching.confidence_ppm / MILLION
    checks = Checked(checked, false, counted.get("", 0), upper_bound(false, checked, confidence), confidence)
    return ItemRails(
        item=item,
        gate=read_gate(item, deps.catalogue.get_regime(item.regime), deps.catalogue.gate),
        rail=rail,
        rate_ppm=watching.sample_ppm if rail.sample_ppm is None else rail.sample_ppm,
        is_own_rate=rail.sample_ppm is not None,
        checks=checks,
        alarms=alarms,
        shadows=shadows,
    )


def _count_checks() -> defaultdict[str, dict[str, int]]:
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for item_id, verdict, count in LaterCheck.objects.values_list("item_id", "verdict").annotate(
        n=Count("pk")
    ):
        counts[item_id][verdict] = count
    return counts


def _count_alarms() -> dict[str, int]:
    seen = DriftAlarm.objects.filter(seen_at=None).values_list("item_id").annotate(n=Count("pk"))
    return dict(seen)


def _count_shadows() -> dict[str, int]:
    return dict(Proposal.objects.filter(state="shadow").values_list("item_id").annotate(n=Count("pk")))


def _compose_alarm(row: DriftAlarm) -> Alarm:
    shift = Shift(
        row.feature,
        row.value,
        row.before_hits,
        row.before_cases,
        row.now_hits,
        row.now_cases,
        row.chance_ppb / _BILLION,
    )
    return Alarm(
        row.pk,
        ItemId(row.item_id),
        row.rules_hash,
        row.block,
        shift,
        row.at,
        row.seen_by,
        row.seen_at,
        Text(row.seen_zh, row.seen_en),
    )


def _read_versions(item: ServiceItem) -> tuple[Version, ...]:
    tables = RuleTable.objects.filter(item_id=item.id).order_by("-version", "hash")[:VERSIONS_SHOWN]
    blocks: defaultdict[str, list[WatchBlock]] = defaultdict(list)
    for block in WatchBlock.objects.filter(item_id=item.id).order_by("number"):
        blocks[block.rules_hash].append(block)
    return tuple(
        Version(
            table.hash,
            table.version,
            table.pack_version,
            table.hash == item.rules_hash,
            sum(block.cases for block in blocks[table.hash]),
            min((block.began_at for block in blocks[table.hash]), default=None),
        )
        for table in tables
    )
