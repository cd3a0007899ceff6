"""Worked examples of statutory clocks: tables and reasons, computed from the law and calendars in content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from tongban.domain.clock.explain import explain_clock
from tongban.domain.clock.provisional import NotYetKnown, describe_provisional, find_reading
from tongban.domain.clock.statute import Extension, Pause, TimeLimit, Unit
from tongban.kernel.ids import LawKey, ZoneId
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment
from tongban.packs.load import PackCatalogue, load_catalogue
from tools.describe_content import table

CONTENT = Path(__file__).resolve().parents[1] / "content"
ZONE = ZoneId("changzhou")
NOT_COUNTED = LawKey("all-2019#45")


@dataclass(frozen=True)
class Example:
    """One clock, read on several moments.

    Args:
        title, told: heading, and the case in a sentence.
        law, limit: which article sets it, and under which name.
        accepted: when it begins to run; the readings say when somebody looks.
    """

    title: str
    told: str
    law: LawKey
    limit: str
    accepted: Moment
    readings: tuple[Moment, ...]
    pauses: tuple[Pause, ...] = ()
    extended_by: LawKey | None = None


def at(day: str, hour: int = 10) -> Moment:
    """A moment in China, by default at ten in the morning."""
    civil = date.fromisoformat(day)
    return Moment(datetime(civil.year, civil.month, civil.day, hour, tzinfo=CHINA_STANDARD_TIME))


def moments(*days: str) -> tuple[Moment, ...]:
    """Ten in the morning of each day."""
    return tuple(at(day) for day in days)


DECIDE = (LawKey("all-2019#42.1"), "decide")
EXAMPLES = (
    Example(
        "A holiday and a make-up Saturday",
        "Accepted on Monday 20 April 2026, before Labour Day.",
        *DECIDE,
        at("2026-04-20"),
        moments("2026-04-20", "2026-04-30", "2026-05-08", "2026-05-09", "2026-05-19", "2026-05-20"),
    ),
    Example(
        "A laboratory test stops the clock",
        "The same case; the test takes from 11 to 15 May and does not count.",
        *DECIDE,
        at("2026-04-20"),
        moments("2026-05-11", "2026-05-13", "2026-05-15", "2026-05-18", "2026-05-26"),
        pauses=(Pause(date(2026, 5, 11), date(2026, 5, 15), NOT_COUNTED),),
    ),
    Example(
        "A site survey does not",
        "The same case, surveyed on those days. A survey is not on article 45's list: nothing is taken out.",
        *DECIDE,
        at("2026-04-20"),
        moments("2026-05-11", "2026-05-15", "2026-05-20"),
    ),
    Example(
        "Extended by the head of the authority",
        "The same case; before the last day the head adds what the article allows, and tells why.",
        *DECIDE,
        at("2026-04-20"),
        moments("2026-05-19", "2026-06-02", "2026-06-03"),
        extended_by=LawKey("all-2019#42.1"),
    ),
    Example(
        "Silence accepts",
        "Received on Tuesday 29 September 2026, before National Day. If nobody answers by the due date, "
        "the case counts as accepted from the day of receipt.",
        LawKey("all-2019#32.4"),
        "ask_for_corrections",
        at("2026-09-29"),
        moments("2026-09-30", "2026-10-08", "2026-10-12", "2026-10-13"),
    ),
    Example(
        "Calendar days that end on a holiday",
        "A decision is served on Wednesday 4 March 2026; the days for asking for review end on a rest day.",
        LawKey("admin-review-2023#20.1"),
        "ask_for_review",
        at("2026-03-04"),
        moments("2026-04-01", "2026-05-03", "2026-05-06", "2026-05-07"),
    ),
    Example(
        "Months",
        "A decision is served on 31 August 2025; the sixth month after it has no 31st. Its last day is a "
        "Saturday, but one that is worked to make up for Spring Festival, so the period ends there.",
        LawKey("admin-litigation-2017#46.1"),
        "sue_directly",
        at("2025-08-31"),
        moments("2026-02-27", "2026-02-28", "2026-03-02"),
    ),
    Example(
        "Past the published holidays",
        "Accepted on Monday 14 December 2026, when the notice for 2027 is not loaded. No date is invented.",
        *DECIDE,
        at("2026-12-14"),
        moments("2026-12-15", "2026-12-31"),
    ),
)


def compose_examples() -> str:
    """Every example with its table and its reasons."""
    catalogue = load_catalogue(CONTENT)
    return "\n".join(show_example(number, each, catalogue) for number, each in enumerate(EXAMPLES, start=1))


def show_example(number: int, example: Example, catalogue: PackCatalogue) -> str:
    """Heading, table of readings, and the reasons as the case page gives them on the last of these days."""
    limit, calendar = get_limit(example.law, example.limit, catalogue), catalogue.get_calendar(ZONE)
    extensions = read_extensions(example, catalogue)
    readings = [
        find_reading(example.accepted, limit, example.pauses, calendar, now, extensions)
        for now in example.readings
    ]
    reasons = explain_clock(
        example.accepted, limit, example.pauses, calendar, example.readings[-1], extensions
    )
    rows = [show_reading(now.on, reading) for now, reading in zip(example.readings, readings, strict=True)]
    said = "".join(
        f"{place}. {reason.text.en}{f' `{reason.source}`' if reason.source else ''}\n"
        for place, reason in enumerate(reasons, start=1)
    )
    head = ["read on", "due on", "used", "left", "state"]
    return f"### {number}. {example.title}\n\n{example.told}\n\n{table(head, rows)}\nWhy this date:\n\n{said}"


def get_limit(key: LawKey, name: str, catalogue: PackCatalogue) -> TimeLimit:
    """The limit that an article sets."""
    article = catalogue.law.find(key)
    if article is None:
        raise KeyError(key)
    limit = article.limits[name]
    return TimeLimit(limit.amount, Unit(limit.unit), key)


def read_extensions(example: Example, catalogue: PackCatalogue) -> Sequence[Extension]:
    """What the head added: all that the article allows, or nothing."""
    if example.extended_by is None:
        return ()
    return (Extension(get_limit(example.extended_by, "extend", catalogue).amount, example.extended_by),)


def show_reading(on: date, reading: object) -> list[str]:
    """One line: a day, and what the clock shows on it."""
    day = f"{on:%a %Y-%m-%d}"
    match reading:
        case NotYetKnown():
            return [day, "not yet known", "", "", describe_provisional(reading).en]
        case _:
            state = "overdue" if reading.overdue else "paused" if reading.paused else "running"
            return [day, f"{reading.due_on:%a %Y-%m-%d}", str(reading.used), str(reading.left), state]
