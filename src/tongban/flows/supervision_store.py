"""The port of supervision: what the rules find in this zone, the alerts raised, and the head's answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tongban.domain.supervision.alert import AlertHandling, Sighting, SupervisionAlert
from tongban.domain.supervision.book import SupervisionRule


class Supervision(Protocol):
    """Alerts and answers are only ever added. Several workers may look at once: a name is kept once."""

    def find_sightings(
        self, rule: SupervisionRule, since: datetime | None, until: datetime, limit: int
    ) -> tuple[Sighting, ...]:
        """Return what a rule looks for and has no alert yet, oldest first.

        What counts is when it became a finding (``Sighting.seen_at``): from ``since``, or ever, until
        ``until``. What came right later was still late: it does not matter when somebody looks.
        """

    def keep(self, alerts: Sequence[SupervisionAlert]) -> int:
        """Keep alerts, each name once ever; return how many are new."""

    def find(self, number: int) -> SupervisionAlert | None:
        """Return an alert with every answer, or None."""

    def answer(self, before: SupervisionAlert, handling: AlertHandling) -> None:
        """Add an answer behind the others; raises Conflict when another one came in between."""

    def find_mark(self, rule: str) -> datetime | None:
        """Return until when a rule has been looked after, or None when never."""

    def set_mark(self, rule: str, upto: datetime) -> None:
        """Keep until when; a mark never goes back."""
