"""The demo logins as the launcher prints them; who they are stands in content/fiction/story.yaml."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

STORY = Path("content/fiction/story.yaml")


@dataclass(frozen=True, slots=True)
class Logins:
    """Names to sign in with.

    Args:
        password: the same for all; it protects nothing.
        everywhere: applicants, who are the same at every zone.
        staff: of one zone's hall, with ``{zone}`` where its name stands.
    """

    password: str
    everywhere: Sequence[str]
    staff: Sequence[str]

    def staff_of(self, zone: str) -> list[str]:
        """The staff's logins at one zone."""
        return [name.format(zone=zone) for name in self.staff]


def read_logins(checkout: Path) -> Logins:
    """Read the demo logins from the content."""
    story = yaml.safe_load((checkout / STORY).read_text(encoding="utf-8"))
    everywhere, staff = (
        [row["username"] for row in story["accounts"][kind]] for kind in ("everywhere", "staff")
    )
    return Logins(story["password"], everywhere, staff)
