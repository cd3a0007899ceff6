"""The common standard as pages tell it: what is in force, what runs here, what is proposed, what differs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import unified_diff
from enum import StrEnum

from tongban.domain.catalogue.difference import list_features
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.standard.acts import Proposed
from tongban.domain.standard.proposal import Proposal, ProposalState, Standard, read_proposals, read_standards
from tongban.domain.standard.ticket import Ticket, read_tickets
from tongban.flows.ports import Deps
from tongban.flows.propose_standard import get_proposal
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

DIFF_LINES_MAX = 1_500
"""Lines of a diff that a page shows; beyond it the page says that there is more."""


class Place(StrEnum):
    """How what this node runs stands to the standard."""

    AS_RATIFIED = "as_ratified"
    OTHERWISE = "otherwise"
    NOTHING_RATIFIED = "nothing_ratified"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of this node beside the standard.

    Args:
        content_hash: of what this node runs.
        standard: what is in force; None when nothing was ever ratified.
        is_proposed: whether just this content is proposed and open.
    """

    item: ServiceItem
    content_hash: str
    standard: Standard | None
    is_proposed: bool

    @property
    def place(self) -> Place:
        """How it stands to the standard."""
        if self.standard is None:
            return Place.NOTHING_RATIFIED
        return Place.AS_RATIFIED if self.standard.content_hash == self.content_hash else Place.OTHERWISE


@dataclass(frozen=True, slots=True)
class StewardDesk:
    """What a steward sees first."""

    items: tuple[ItemLine, ...]
    proposals: tuple[Proposal, ...]
    tickets: tuple[Ticket, ...]
    titles: Mapping[ItemId, Text]
    today: date

    @property
    def deviations(self) -> tuple[ItemLine, ...]:
        """Items that this node runs otherwise than ratified."""
        return tuple(line for line in self.items if line.place is Place.OTHERWISE)


@dataclass(frozen=True, slots=True)
class FeatureRow:
    """One feature of an item as each zone has it.

    Args:
        values: in the order of the zones; None where a zone does not say it.
        ticket: the open ticket about it, or None.
    """

    name: str
    title: Text
    values: tuple[Text | None, ...]
    ticket: Ticket | None

    @property
    def differs(self) -> bool:
        """Whether the zones do not all say the same."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True)
class SideBySide:
    """An item as every zone implements it.

    Args:
        departures: how what runs here departs from what was ratified, as a diff; empty when it does not.
        is_cut: whether there is more of it than is shown.
    """

    line: ItemLine
    zones: tuple[Zone, ...]
    rows: tuple[FeatureRow, ...]
    proposals: tuple[Proposal, ...]
    tickets: tuple[Ticket, ...]
    departures: tuple["DiffLine", ...] = ()
    is_cut: bool = False

    @property
    def differing(self) -> int:
        """How many features differ."""
        return sum(1 for row in self.rows if row.differs)


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a diff: ``file``, ``place``, ``out``, ``in`` or ``same``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal with what it changes.

    Args:
        compared_with: the proposal whose content it is compared with; None when all of it is new.
        is_cut: whether the diff is longer than it is shown.
        runs_here: whether this node runs just this content.
    """

    proposal: Proposal
    title: Text
    zones: tuple[Zone, ...]
    diff: tuple[DiffLine, ...]
    compared_with: Proposal | None
    is_cut: bool
    runs_here: bool


def list_deviations(deps: Deps) -> list[str]:
    """Return the items whose base pack here is not the one that all zones have ratified."""
    acts = deps.alliance.list_acts()
    if not acts:
        return []
    standards = read_standards(read_proposals(acts, deps.catalogue.zones.keys()))
    return [line.item.id for line in _lines(deps, standards, ()) if line.place is Place.OTHERWISE]


def read_desk(deps: Deps) -> StewardDesk:
    """Return the items of this node beside the standard, the open proposals, and the tickets."""
    acts = deps.alliance.list_acts()
    proposals = read_proposals(acts, deps.catalogue.zones.keys())
    return StewardDesk(
        items=_lines(deps, read_standards(proposals), proposals),
        proposals=proposals,
        tickets=read_tickets(acts),
        titles=_titles(deps),
        today=civil_date(deps.clock.now()),
    )


def read_side_by_side(item_id: ItemId, deps: Deps) -> SideBySide:
    """Return an item as every zone implements it today, feature by feature; raises NotFound."""
    desk = read_desk(deps)
    line = next((one for one in desk.items if one.item.id == item_id), None)
    if line is None:
        raise NotFound(item_id)
    zones, told, titles = [], [], {}
    for zone in sorted(deps.catalogue.zones):
        try:
            item = deps.catalogue.get_item(item_id, zone)
        except NotFound:
            continue
        features = list_features(item, desk.today, deps.catalogue.get_regime(item.regime).title)
        zones.append(deps.catalogue.zones[zone])
        told.append({feature.name: feature.value for feature in features})
        titles.update({feature.name: feature.title for feature in features if feature.name not in titles})
    about = [ticket for ticket in desk.tickets if ticket.opened.item == item_id]
    is_open = {ticket.opened.feature: ticket for ticket in about if ticket.closing is None}
    rows = tuple(
        FeatureRow(name, title, tuple(one.get(name) for one in told), is_open.get(name))
        for name, title in titles.items()
    )
    proposals = tuple(one for one in desk.proposals if one.proposed.item == item_id)
    departures = _find_departures(line, deps)
    return SideBySide(
        line, tuple(zones), rows, proposals, tuple(about),
        departures[:DIFF_LINES_MAX], len(departures) > DIFF_LINES_MAX,
    )  # fmt: skip


def read_proposal_page(proposal_id: str, deps: Deps) -> ProposalPage:
    """Return a proposal with a diff against the content on which it was based; raises NotFound."""
    proposal = get_proposal(proposal_id, deps)
    asked = proposal.proposed
    before = _find_content(asked, deps)
    lines = _compare(before.proposed.files if before else {}, asked.files)
    try:
        runs_here = deps.catalogue.get_base_hash(asked.item) == asked.content_hash
    except NotFound:
        runs_here = False
    return ProposalPage(
        proposal=proposal,
        title=_titles(deps).get(asked.item, Text(asked.item, asked.item)),
        zones=tuple(deps.catalogue.zones[zone] for zone in sorted(deps.catalogue.zones)),
        diff=tuple(lines[:DIFF_LINES_MAX]),
        compared_with=before,
        is_cut=len(lines) > DIFF_LINES_MAX,
        runs_here=runs_here,
    )


def _find_departures(line: ItemLine, deps: Deps) -> tuple[DiffLine, ...]:
    """Return what runs here against what all zones ratified; nothing when it is the same, or none was."""
    if line.standard is None or line.place is not Place.OTHERWISE:
        return ()
    ratified = get_proposal(line.standard.proposal, deps).proposed.files
    return tuple(_compare(ratified, deps.catalogue.get_base(line.item.id).files))


def read_title(item_id: ItemId, deps: Deps) -> Text:
    """Return an item's title, or its id when no zone offers it."""
    return _titles(deps).get(item_id, Text(item_id, item_id))


def _lines(
    deps: Deps, standards: Mapping[ItemId, Standard], proposals: tuple[Proposal, ...]
) -> tuple[ItemLine, ...]:
    is_open = {one.proposed.content_hash for one in proposals if one.state is ProposalState.OPEN}
    lines = []
    for item in deps.catalogue.list_items(deps.zone):
        content_hash = deps.catalogue.get_base_hash(item.id)
        lines.append(ItemLine(item, content_hash, standards.get(item.id), content_hash in is_open))
    return tuple(lines)


def _titles(deps: Deps) -> dict[ItemId, Text]:
    zones: list[ZoneId] = [deps.zone, *deps.catalogue.zones]
    return {item.id: item.title for zone in reversed(zones) for item in deps.catalogue.list_items(zone)}


def _find_content(asked: Proposed, deps: Deps) -> Proposal | None:
    """Return the proposal that holds the content on which another was based, with its files."""
    if not asked.based_on:
        return None
    for one in read_proposals(deps.alliance.list_acts(), deps.catalogue.zones.keys()):
        if one.proposed.item == asked.item and one.proposed.content_hash == asked.based_on:
            return get_proposal(one.id, deps)
    return None


def _compare(before: Mapping[str, str], after: Mapping[str, str]) -> list[DiffLine]:
    """Return a unified diff of the files, the pack's own first; files that are the same are left out."""
    lines: list[DiffLine] = []
    for name in sorted({*before, *after}, key=lambda name: (not name.endswith(".yaml"), name)):
        old, new = before.get(name, "").splitlines(), after.get(name, "").splitlines()
        changed = list(unified_diff(old, new, n=3, lineterm=""))[2:]
        if changed:
            lines.append(DiffLine("file", name))
            lines.extend(_line(text) for text in changed)
    return lines


def _line(text: str) -> DiffLine:
    kind = {"@": "place", "-": "out", "+": "in"}.get(text[:1], "same")
    return DiffLine(kind, text if kind == "place" else text[1:])
