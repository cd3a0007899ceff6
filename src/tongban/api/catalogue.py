"""Catalogue for programs: zones, items by words, and one item with its form, papers and criteria."""

import unicodedata
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Query, Router

from tongban.api.compose_item import compose_detail, compose_summary
from tongban.api.problems import text_out
from tongban.api.schemas import ItemDetail, ItemList, ZoneList, ZoneOut
from tongban.domain.catalogue.item import ServiceItem
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.wiring import get_deps

router = Router(tags=["catalogue"])

ItemPath = Annotated[str, Path(max_length=80)]
ZoneQuery = Annotated[str, Query(max_length=40, description="A zone's id; the zone asked when left out.")]
WordsQuery = Annotated[str, Query(max_length=100, description="Words in Chinese or English; all must occur.")]


@router.get("/zones", response=ZoneList, summary="Every zone of the alliance")
def list_zones(request: HttpRequest) -> ZoneList:  # noqa: ARG001
    """The zones, which divisions lead to them, and which authority decides there."""
    deps = get_deps()
    zones = [
        ZoneOut(
            id=zone.id,
            name=text_out(zone.name),
            divisions=list(zone.divisions),
            authority=text_out(zone.authority.name),
            authority_code=zone.authority.code,
            is_fictional=zone.authority.is_fictional,
        )
        for zone in deps.catalogue.zones.values()
    ]
    return ZoneList(here=deps.zone, zones=zones)


@router.get("/items", response=ItemList, summary="Find service items")
def list_items(
    request: HttpRequest,  # noqa: ARG001
    zone: ZoneQuery = "",
    q: WordsQuery = "",
    after: Annotated[str, Query(max_length=80, description="`next` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ItemList:
    """Items as a zone implements them, in order of id; a page at a time."""
    deps = get_deps()
    asked = get_zone(zone, deps, "zone")
    words = _fold(q).split()
    found = [
        item
        for item in deps.catalogue.list_items(asked)
        if item.id > after and all(word in _text_of(item) for word in words)
    ]
    today = civil_date(deps.clock.now())
    shown = found[:limit]
    return ItemList(
        zone=asked,
        items=[compose_summary(item, today) for item in shown],
        next=shown[-1].id if len(found) > limit else None,
    )


@router.get("/items/{item_id}", response=ItemDetail, summary="One item, whole")
def get_item(request: HttpRequest, item_id: ItemPath, zone: ZoneQuery = "") -> ItemDetail:  # noqa: ARG001
    """Form, papers and what replaces them, criteria, limits: each with the article behind it."""
    deps = get_deps()
    item = deps.catalogue.get_item(ItemId(item_id), get_zone(zone, deps, "zone"))
    return compose_detail(item, deps.catalogue, civil_date(deps.clock.now()))


def get_zone(zone: str, deps: Deps, pointer: str) -> ZoneId:
    """Return the zone of that id, this zone for an empty one; raises Refused when there is none such."""
    if not zone:
        return deps.zone
    if ZoneId(zone) not in deps.catalogue.zones:
        names = ", ".join(deps.catalogue.zones)
        raise Refused(Problem("zone.unknown", _UNKNOWN_ZONE.fill(names=names), pointer))
    return ZoneId(zone)


def _text_of(item: ServiceItem) -> str:
    """Everything by which an item is found."""
    texts = (item.title, item.summary)
    return _fold(" ".join((item.id, *item.words, *(f"{text.zh} {text.en}" for text in texts))))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


_UNKNOWN_ZONE = Text("没有这个高新区；可用的有：{names}。", "There is no such zone; there are: {names}.")
