"""The worklist as values for its templates: one row, the lights as links, the filters as fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.assignment import DeskOfficer, Team
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.provisional import NotYetKnown
from tongban.domain.clock.reading import Light as Lamp
from tongban.domain.clock.reading import Reading
from tongban.domain.clock.statute import amount_in_words
from tongban.domain.rules.words import show_date
from tongban.flows.ports import Deps
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.case_words import DATE_TO_FOLLOW, LAST_DAY, LEFT, OVERDUE
from tongban.reads.worklist import MINE, NOBODYS, STAGES, Counts, WaitingCase, Wish
from tongban.web.shared.parts import Choice, Field, Light, Tag


@dataclass(frozen=True, slots=True)
class LightLink:
    """One light with how many cases have it, as a link that narrows the list to it."""

    light: Light | None
    words: Text
    count: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A due date in words, empty when it is not known, with its lamp."""

    value: Text | None
    light: Light


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the worklist, ready to be shown."""

    number: str
    url: str
    item: Text
    stage: Tag
    applicant: str
    why: Text
    received_on: date
    received_in: Text
    due: Due
    told: tuple[Tag, ...] = ()
    holder: str = ""


def compose_row(
    row: WaitingCase, deps: Deps, told: tuple[Tag, ...] = (), names: Mapping[str, str] | None = None
) -> ListRow:
    """Return a line of the list.

    Args:
        told: what somebody was told of it by the clock.
        names: of officers, by username.
    """
    zone = deps.catalogue.zones.get(row.received_in)
    return ListRow(
        number=row.case_id,
        url=reverse("officer:case", args=[row.case_id]),
        item=row.item,
        stage=Tag(row.stage, "blue"),
        applicant=row.applicant,
        why=row.why,
        received_on=civil_date(row.received_at),
        received_in=zone.short_name if zone else Text(row.received_in, row.received_in),
        due=compose_due(row.reading, row.light),
        told=told,
        holder=(names or {}).get(row.officer, row.officer),
    )


def compose_due(reading: Reading | NotYetKnown | None, lamp: Lamp | None) -> Due:
    """Return the due date with its lamp and how much is left."""
    on = reading.due_on if reading is not None else None
    return Due(show_date(on) if on else None, compose_light(reading, lamp))


def compose_light(reading: Reading | NotYetKnown | None, lamp: Lamp | None) -> Light:
    """Return a lamp with its words; grey when no clock runs or its date is not known."""
    colour = lamp.value if lamp else "grey"
    match reading:
        case Reading():
            return Light(colour, _left(reading))  # type: ignore[arg-type]
        case NotYetKnown():
            return Light(colour, _LATE if lamp is Lamp.RED else DATE_TO_FOLLOW)  # type: ignore[arg-type]
    return Light("grey", _NO_CLOCK)


def _left(reading: Reading) -> Text:
    words = amount_in_words(abs(reading.left), reading.unit)
    if reading.overdue:
        return OVERDUE.fill(zh=words.zh, en=words.en)
    return LAST_DAY if reading.left == 0 else LEFT.fill(zh=words.zh, en=words.en)


def compose_lights(counts: Counts, wish: Wish) -> list[LightLink]:
    """Return all, red, yellow and green with their numbers, each a link that keeps the other filters."""
    more = "+" if counts.is_capped else ""
    rows = (
        ("", None, _ALL, f"{counts.all}{more}"),
        ("red", Lamp.RED, _LIGHT_WORDS[Lamp.RED], str(counts.red)),
        ("yellow", Lamp.YELLOW, _LIGHT_WORDS[Lamp.YELLOW], str(counts.yellow)),
        ("green", Lamp.GREEN, _LIGHT_WORDS[Lamp.GREEN], f"{counts.green}{more}"),
    )
    return [
        LightLink(
            light=Light(lamp.value, words) if lamp else None,
            words=words,
            count=count,
            url="?" + urlencode({**wish.parts, "light": code} if code else _without(wish, "light")),
            is_here=wish.light == code,
        )
        for code, lamp, words, count in rows
    ]


def compose_whose(wish: Wish) -> list[LightLink]:
    """Return everybody's, one's own and nobody's cases as links that keep the other filters."""
    rows = (("", _EVERYBODYS), (MINE, _MINE), (NOBODYS, _NOBODYS))
    return [
        LightLink(
            light=None,
            words=words,
            count="",
            url="?" + urlencode({**wish.parts, "whose": code} if code else _without(wish, "whose")),
            is_here=wish.whose == code,
        )
        for code, words in rows
    ]


def _without(wish: Wish, name: str) -> dict[str, str]:
    return {each: value for each, value in wish.parts.items() if each != name}


def compose_people(wish: Wish, teams: Sequence[Team], officers: Sequence[DeskOfficer]) -> list[Field]:
    """Return group and person as fields; none where the zone keeps no groups."""
    if not teams:
        return []
    return [
        Field("team", Text("审批组", "Group"), "select", value=wish.team, is_required=False,
              choices=[Choice(one.id, one.title) for one in teams]),
        Field("whose", Text("承办人员", "Officer"), "select", value=wish.whose, is_required=False,
              choices=[Choice(MINE, _MINE), Choice(NOBODYS, _NOBODYS),
                       *(Choice(one.username, Text(one.name, one.name)) for one in officers)]),
    ]  # fmt: skip


def compose_filters(wish: Wish, items: Sequence[ServiceItem], deps: Deps) -> list[Field]:
    """Return item, zone and stage as fields; the light is chosen by its links."""
    regimes = [deps.catalogue.get_regime(item.regime) for item in items]
    stages = [
        Choice(stage, next((r.stages[stage] for r in regimes if stage in r.stages), Text(stage, stage)))
        for stage in STAGES
    ]
    return [
        Field("item", Text("事项", "Item"), "select", value=wish.item, is_required=False,
              choices=[Choice(item.id, item.title) for item in items]),
        Field("zone", Text("收件地", "Received in"), "select", value=wish.zone, is_required=False,
              choices=[Choice(zone.id, zone.short_name) for zone in deps.catalogue.zones.values()]),
        Field("stage", Text("阶段", "Stage"), "select", value=wish.stage, is_required=False, choices=stages),
    ]  # fmt: skip


_EVERYBODYS = Text("全部人员", "Everybody's")
_MINE = Text("我的", "Mine")
_NOBODYS = Text("未分派", "Nobody's")
_ALL = Text("全部", "All")
_LIGHT_WORDS = {
    Lamp.RED: Text("已超期", "Overdue"),
    Lamp.YELLOW: Text("快到期", "Due soon"),
    Lamp.GREEN: Text("时间充足", "In good time"),
}
_LATE = Text("已超期", "Overdue")
_NO_CLOCK = Text("未计时", "No clock runs")
