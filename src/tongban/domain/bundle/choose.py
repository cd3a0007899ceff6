"""Which members a situation calls for, and in which order they may run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tongban.domain.bundle.bundle import FIRM, LEAD, Bundle, Member, SituationTest
from tongban.kernel.ids import ZoneId

_SITUATION = "situations."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A member that is wanted.

    Args:
        needs: wanted members it waits for; one that is not wanted is replaced by what it would wait for.
        zone: the zone that decides it, or that leads the bundle when it is handled elsewhere.
    """

    member: Member
    needs: tuple[str, ...]
    zone: ZoneId


@dataclass(frozen=True, slots=True)
class Choice:
    """What a situation calls for.

    Args:
        wanted: in an order in which each stands behind all it needs.
        left_out: members not wanted, with the conditions that do not hold.
    """

    wanted: tuple[Chosen, ...]
    left_out: tuple[tuple[Member, tuple[SituationTest, ...]], ...]

    @property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """Return what each wanted member waits for."""
        return {one.member.id: one.needs for one in self.wanted}

    def get_party_kind(self, member: Member, asker_kind: str) -> str:
        """Return who applies for a member: whoever hands in, or the firm that a wanted one brings about."""
        return FIRM if self.is_by_firm_to_come(member) else asker_kind

    def is_by_firm_to_come(self, member: Member) -> bool:
        """Say whether an earlier member that is wanted brings the applicant of this one into being."""
        return member.applicant is not None and member.applicant.member in self.needs


def choose_members(bundle: Bundle, situation: Mapping[str, object], lead: ZoneId) -> Choice:
    """Return the members that a situation calls for.

    Args:
        situation: typed answers to ``bundle.situations``; a question not asked is absent, and a condition
            on it does not hold.
        lead: the zone that leads.
    """
    failing = {
        member.id: tuple(one for one in member.when if not holds(one, situation)) for member in bundle.members
    }
    ordered = sort_members({member.id: member.needs for member in bundle.members})
    needs: dict[str, tuple[str, ...]] = {}
    for member_id in ordered:
        # In order, so that what an unwanted member waits for is already known.
        expanded = [
            one
            for need in bundle.get_member(member_id).needs
            for one in (needs[need] if failing[need] else (need,))
        ]
        needs[member_id] = tuple(dict.fromkeys(expanded))
    wanted = tuple(
        Chosen(member, needs[member.id], _zone_of(member, situation, lead))
        for member in (bundle.get_member(member_id) for member_id in ordered)
        if not failing[member.id]
    )
    left_out = tuple((member, failing[member.id]) for member in bundle.members if failing[member.id])
    return Choice(wanted, left_out)


def holds(condition: SituationTest, situation: Mapping[str, object]) -> bool:
    """Say whether a condition holds; of several choices one is enough."""
    given = situation.get(condition.question)
    if isinstance(given, (list, tuple)):
        return any(value in condition.values for value in given)
    return given in condition.values


def _zone_of(member: Member, situation: Mapping[str, object], lead: ZoneId) -> ZoneId:
    if member.zone == LEAD or member.item is None:
        return lead
    named = situation.get(member.zone.removeprefix(_SITUATION))
    return ZoneId(named) if isinstance(named, str) else lead


def sort_members(needs: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the members so that each stands behind all it needs, else in the order given.

    Raises:
        ValueError: they wait for each other in a circle, named in the message (``a -> b -> a``).
    """
    done: dict[str, None] = {}
    for start in needs:
        _visit(start, needs, done, ())
    return tuple(done)


def _visit(
    member: str, needs: Mapping[str, Sequence[str]], done: dict[str, None], trail: tuple[str, ...]
) -> None:
    if member in done:
        return
    if member in trail:
        raise ValueError(" -> ".join((*trail[trail.index(member) :], member)))
    for need in needs.get(member, ()):
        if need in needs:
            _visit(need, needs, done, (*trail, member))
    done[member] = None
