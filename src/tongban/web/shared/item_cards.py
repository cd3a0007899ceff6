"""Items as cards: what each is, for whom, how fast at best, what is not asked for."""

from django.urls import reverse

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.words import join
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text
from tongban.reads.catalogue import ItemEntry
from tongban.web.shared.parts import Card, Tag

OBJECTS = {"person": Text("个人", "Persons"), "firm": Text("企业", "Firms")}
"""Who may apply, in words."""


def compose_card(entry: ItemEntry, zone: ZoneId | None = None) -> Card:
    """Return an item in a list of several zones; with a zone, as that zone offers it."""
    offer = next((one for one in entry.offers if one.zone.id == zone), entry.quickest)
    limit = offer.promised or offer.statutory
    facts = [
        (Text("办理地", "Decided in"), join(one.zone.short_name for one in entry.offers)),
        (
            Text("时限", "Limit") if zone else Text("最快", "At best"),
            limit.in_words if limit else _NOTHING_TO_DO,
        ),
        *_spared(entry.item),
    ]
    address = reverse("applicant:guide", args=[entry.item.id])
    return Card(
        entry.item.title,
        f"{address}?zone={zone}" if zone else address,
        entry.item.summary,
        [
            *(Tag(OBJECTS[kind], "blue") for kind in entry.item.objects if kind in OBJECTS),
            *_at_once(entry.item),
        ],
        facts,
    )


_NOTHING_TO_DO = Text("已取消，不用办理", "Cancelled: nothing to do")


def compose_short_card(item: ServiceItem) -> Card:
    """Return an item for the first page."""
    address = reverse("applicant:guide", args=[item.id])
    return Card(item.title, address, None, _at_once(item), _spared(item))


def _at_once(item: ServiceItem) -> list[Tag]:
    return [Tag(Text("可当场办结", "May be settled at once"), "green")] if item.rules.may_grant else []


def _spared(item: ServiceItem) -> list[tuple[Text, Text | str]]:
    """Return how many of the listed papers are not asked for; nothing when the item lists none."""
    if not item.materials:
        return []
    spared = sum(1 for material in item.materials if material.exempt_through)
    return [(Text("免交材料", "Papers not asked for"), f"{spared} / {len(item.materials)}")]
