"""What is measured, and the goals: on two cores, every commit durable."""

from collections.abc import Mapping
from dataclasses import dataclass

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table.

    Args:
        what: in words.
        part: the measurement, and the figure of it that counts.
        least, most: the bound; None for a figure that is only told.
        unit: behind the number.
    """

    what: str
    part: str
    figure: str
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def words(self) -> str:
        """The goal as the table shows it."""
        if self.least is not None:
            return f"≥ {self.least:,g} {self.unit}"
        return f"≤ {self.most:,g} {self.unit}" if self.most is not None else "—"

    def find(self, measured: Mapping[str, Figures]) -> float | None:
        """Return the figure, or None when it was not measured."""
        return measured.get(self.part, {}).get(self.figure)

    def is_met(self, value: float) -> bool | None:
        """Return whether a figure meets the goal; None where there is none."""
        if self.least is not None:
            return value >= self.least
        return value <= self.most if self.most is not None else None


GOALS = (
    Goal("Intake over HTTP, decided later", "intake", "per_s", "/s", least=300),
    Goal("  the same, p99 under that load", "intake", "p99_ms", "ms"),
    Goal("Straight through over HTTP: submit to issued credential", "straight", "per_s", "/s", least=150),
    Goal("  the same, p99 under that load", "straight", "p99_ms", "ms"),
    Goal("  p50 with one client", "straight_alone", "p50_ms", "ms", most=100),
    Goal("  p99 with one client", "straight_alone", "p99_ms", "ms"),
    Goal("Waiting cases decided and issued in groups of 100", "groups", "per_s", "/s", least=1500),
    Goal("Rule table of 20 rows", "rules", "us", "µs", most=20),
    Goal("Signed evidence round trip between two processes", "exchange", "per_s", "/s", least=300),
    Goal("Ledger leaves filed, 100 a transaction", "ledger", "filed_per_s", "/s"),
    Goal("Ledger leaves sequenced under signed checkpoints", "ledger", "sequenced_per_s", "/s"),
    Goal("  inclusion proof made from the tables, p50", "ledger", "proof_p50_ms", "ms"),
    Goal("  inclusion proof checked", "ledger", "check_us", "µs"),
    Goal("Past decisions run again (10,000 in one pass)", "replay", "per_s", "/s"),
    Goal("Search among 1,000 items, p50", "search", "p50_ms", "ms"),
    Goal("  p99", "search", "p99_ms", "ms", most=50),
    Goal("Calling the next of 100,000 waiting numbers, p50", "tickets", "p50_ms", "ms"),
    Goal("  p99", "tickets", "p99_ms", "ms", most=100),
    Goal("Clock: a day's reminders and escalations at 1,000,000 open cases", "clocks", "day_s", "s", most=60),
    Goal("  after ten days in which no worker ran", "clocks", "stopped_s", "s", most=60),
    Goal("Every list page at 1,000,000 cases, 1,000 items, 200 officers: pages opened", "pages", "pages", ""),
    Goal("  the slowest page, p50", "pages", "p50_ms", "ms"),
    Goal("  the slowest page, p99", "pages", "p99_ms", "ms", most=50),
    Goal("An officer's page of a case with 10 events, p50", "ages", "page_10_p50_ms", "ms"),
    Goal("  with 400 events, p50", "ages", "page_400_p50_ms", "ms"),
    Goal("  with 400 events, p99", "ages", "page_400_p99_ms", "ms", most=50),
    Goal("An act on a case with 10 events, p50", "ages", "act_10_p50_ms", "ms"),
    Goal("  with 400 events, p50", "ages", "act_400_p50_ms", "ms"),
    Goal("  with 400 events, p99", "ages", "act_400_p99_ms", "ms", most=50),
    Goal("Worklist at 100,000 cases: page of the list, p50", "lists", "p50_ms", "ms"),
    Goal("  p99", "lists", "p99_ms", "ms", most=50),
    Goal("  whole page over HTTP, p50", "list_page", "p50_ms", "ms"),
    Goal("  whole page over HTTP, p99", "list_page", "p99_ms", "ms", most=50),
)
