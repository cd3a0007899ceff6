"""Items as cards: what each is, for whom, how fast at best, what is not asked for."""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.words import join
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text
from tongban.reads.catalogue import ItemEntry
from tongban.reads.search import Hit, Where
from tongban.web.shared.parts import Card, Tag

OBJECTS = {"person": Text("个人", "Persons"), "firm": Text("企业", "Firms")}
"""Who may apply, in words."""


def compose_card(entry: ItemEntry, zone: ZoneId | None = None, hits: Sequence[Hit] = ()) -> Card:
    """Return an item in a list of several zones; with a zone, as that zone offers it.

    Args:
        hits: why a search found it; told on the card.
    """
    offer = next((one for one in entry.offers if one.zone.id == zone), entry.quickest)
    limit = offer.promised or offer.statutory
    facts = [
        (Text("办理地", "Decided in"), join(one.zone.short_name for one in entry.offers)),
        (
            Text("时限", "Limit") if zone else Text("最快", "At best"),
            limit.in_words if limit else _NOTHING_TO_DO,
        ),
        *_spared(entry.item),
        *([(Text("找到的原因", "Why it is here"), explain_hits(hits))] if hits else []),
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


def explain_hits(hits: Sequence[Hit]) -> Text:
    """Return in words why a search found an item, word by word."""
    told = [_HIT_WORDS[hit.where].fill(asked=hit.asked, term=hit.term) for hit in hits]
    return Text("；".join(one.zh for one in told), "; ".join(one.en for one in told))


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


_HIT_WORDS: Mapping[Where, Text] = {
    Where.TITLE: Text("名称里有“{asked}”", "“{asked}” is in its title"),
    Where.WORD: Text("也叫“{term}”", "also called “{term}”"),
    Where.EVENT: Text("属于“{term}”", "belongs to “{term}”"),
    Where.SAME: Text("“{asked}”与它的说法意思相同", "“{asked}” means the same as a word of it"),
    Where.SOUND: Text("“{asked}”是“{term}”的拼音", "“{asked}” is the sound of “{term}”"),
    Where.INITIALS: Text("“{asked}”是“{term}”的拼音首字母", "“{asked}” are the initials of “{term}”"),
    Where.ALIKE: Text("“{asked}”与“{term}”同音", "“{asked}” sounds like “{term}”"),
    Where.SUMMARY: Text("说明里有“{asked}”", "“{asked}” is in its description"),
    Where.SLIP: Text(
        "“{asked}”像是“{term}”少打、多打或打错一个字", "“{asked}” is “{term}” but for one letter"
    ),
    Where.PARTS: Text("都有“{term}”", "both say “{term}”"),
}
"""By where a hit is: why it counts, with what was asked and the term as it is written."""
