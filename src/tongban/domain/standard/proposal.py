"""Proposals: what the acts of all zones make of each, in whatever order they came."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tongban.domain.standard.acts import Commented, Proposed, Ratified, RecordedAct, Retracted
from tongban.kernel.ids import ItemId, ZoneId


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as all that is known of it makes it.

    Args:
        ratified: zone to the instant of its ratification; only of this very content.
        history: every act about it, oldest first.
        effective_at: when the last zone ratified; None before.
    """

    id: str
    zone: ZoneId
    by: str
    at: datetime
    proposed: Proposed
    ratified: Mapping[ZoneId, datetime]
    history: tuple[RecordedAct, ...]
    effective_at: datetime | None
    state: ProposalState

    @property
    def comments(self) -> tuple[RecordedAct, ...]:
        """What was said about it, oldest first."""
        return tuple(one for one in self.history if isinstance(one.act, Commented))

    def waits_for(self, zones: Collection[ZoneId]) -> tuple[ZoneId, ...]:
        """Return the zones that have not ratified yet; none when it is no longer open."""
        if self.state is not ProposalState.OPEN:
            return ()
        return tuple(zone for zone in zones if zone not in self.ratified)


@dataclass(frozen=True, slots=True)
class Standard:
    """What is in force for one item: the content that all zones have ratified."""

    item: ItemId
    version: int
    content_hash: str
    since: datetime
    proposal: str


def read_proposals(acts: Iterable[RecordedAct], zones: Collection[ZoneId]) -> tuple[Proposal, ...]:
    """Return every proposal, the newest first. The order in which the acts came makes no difference.

    Effective is what every zone of the alliance has ratified, before anybody took it back. Of an item the one
    with the highest version is in force, and of two with the same the one that became so later.

    Args:
        zones: all zones of the alliance; a proposal needs each of them, that of the proposer too.
    """
    by_subject: dict[str, list[RecordedAct]] = {}
    for one in sorted(acts, key=lambda act: (act.at, act.id)):
        by_subject.setdefault(one.subject, []).append(one)
    read = [_read_one(history, zones) for history in by_subject.values()]
    proposals = [one for one in read if one is not None]
    in_force = {standard.proposal for standard in _standards(proposals).values()}
    told = [_with_place(one, in_force) for one in proposals]
    return tuple(sorted(told, key=lambda one: (one.at, one.id), reverse=True))


def read_standards(proposals: Iterable[Proposal]) -> dict[ItemId, Standard]:
    """Return what is in force, by item."""
    return _standards(proposals)


def _read_one(history: list[RecordedAct], zones: Collection[ZoneId]) -> Proposal | None:
    """Return the proposal of a history; None while the act that began it has not arrived."""
    begun = next((one for one in history if one.id == one.subject and isinstance(one.act, Proposed)), None)
    if begun is None or not isinstance(begun.act, Proposed):
        return None
    taken_back = [one.at for one in history if isinstance(one.act, Retracted) and one.zone == begun.zone]
    ends_at = min(taken_back, default=None)
    ratified: dict[ZoneId, datetime] = {}
    for one in history:
        fits = isinstance(one.act, Ratified) and one.act.content_hash == begun.act.content_hash
        if fits and one.zone in zones and (ends_at is None or one.at < ends_at):
            ratified.setdefault(one.zone, one.at)
    effective_at = max(ratified.values()) if zones and set(zones) <= ratified.keys() else None
    state = ProposalState.OPEN
    if effective_at is not None:
        state = ProposalState.SUPERSEDED
    elif ends_at is not None:
        state = ProposalState.RETRACTED
    return Proposal(
        begun.id, begun.zone, begun.by, begun.at, begun.act, ratified, tuple(history), effective_at, state
    )


def _standards(proposals: Iterable[Proposal]) -> dict[ItemId, Standard]:
    standards: dict[ItemId, Standard] = {}
    effective = [(one, one.effective_at) for one in proposals if one.effective_at is not None]
    for one, since in sorted(effective, key=lambda pair: (pair[0].proposed.version, pair[1], pair[0].id)):
        asked = one.proposed
        standards[asked.item] = Standard(asked.item, asked.version, asked.content_hash, since, one.id)
    return standards


def _with_place(one: Proposal, in_force: Collection[str]) -> Proposal:
    if one.id not in in_force:
        return one
    return Proposal(
        one.id, one.zone, one.by, one.at, one.proposed, one.ratified, one.history, one.effective_at,
        ProposalState.IN_FORCE,
    )  # fmt: skip
