"""The calendars of content/, read once for all tests of the clock."""

from pathlib import Path

import pytest
import yaml

from tongban.domain.clock.calendar import WorkingCalendar, merge_calendars
from tongban.domain.clock.parse import parse_calendar

CALENDARS = Path(__file__).parents[3] / "content" / "calendars"


@pytest.fixture(scope="session")
def china() -> WorkingCalendar:
    """All years loaded, 2024 to 2026, as one calendar."""
    return merge_calendars(
        *(
            parse_calendar(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)
            for path in sorted(CALENDARS.glob("cn-*.yaml"))
        )
    )
