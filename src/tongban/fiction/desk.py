"""The officers of a demonstration node in their groups."""

from collections.abc import Mapping
from typing import Any

from tongban.domain.assignment import DeskOfficer, Team
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.text import Text


def compose_desk(
    plain: Mapping[str, Any], zone: ZoneId, names: Mapping[str, str]
) -> tuple[tuple[Team, ...], tuple[DeskOfficer, ...]]:
    """Return a zone's groups and officers.

    Args:
        plain: as ``content/fiction/desk.yaml`` has it.
        names: of the staff, by username.
    """
    teams = tuple(
        Team(
            id_, Text(row["title"]["zh"], row["title"]["en"]), frozenset(ItemId(one) for one in row["items"])
        )
        for id_, row in plain["teams"].items()
    )
    officers = tuple(
        DeskOfficer(username.format(zone=zone), names[username.format(zone=zone)], frozenset(in_teams))
        for username, in_teams in plain["officers"].items()
    )
    return teams, officers
