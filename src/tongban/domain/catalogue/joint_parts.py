"""What an item says of being handled jointly: which other zones take part, with what, and what they see."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.clock.statute import DatedLimit
from tongban.domain.evidence.requirement import find_named_zone
from tongban.kernel.ids import LawKey, ZoneId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class JointPart:
    """What one other zone does in it.

    Args:
        zone: the fact that names the zone, as ``Requirement.holder`` does; when it names none, or the zone
            that leads, there is no such part.
        does: what that zone examines.
        shows: the facts that it needs for that, and no others (pipl-2021#6).
        answer: its own step's limit, dated, oldest first.
    """

    zone: str
    does: Text
    shows: tuple[str, ...]
    answer: tuple[DatedLimit, ...]


@dataclass(frozen=True, slots=True)
class JointHandling:
    """An item of which other zones do a part, while one leads and decides (all-2019#26.2).

    Args:
        says: when it is so, and what then happens, for whoever applies.
    """

    says: Text
    source: LawKey
    parts: tuple[JointPart, ...]


def list_joint_parts(
    joint: JointHandling | None,
    facts: Mapping[str, object],
    lead: ZoneId,
    zone_of_division: Mapping[str, ZoneId],
) -> dict[ZoneId, JointPart]:
    """Return the parts that an application has, by the zone that does them; of each zone the first."""
    found: dict[ZoneId, JointPart] = {}
    for part in joint.parts if joint is not None else ():
        zone = find_named_zone(part.zone, facts, zone_of_division)
        if zone is not None and zone != lead:
            found.setdefault(zone, part)
    return found
