"""Finding an item and reading its guide; open to everybody, logged in or not."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tongban import wiring
from tongban.domain.catalogue.finding import LifeEvent
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.joint_parts import JointPart
from tongban.domain.catalogue.parse_modes import SEPARATION_MODES
from tongban.domain.clock.statute import TimeLimit
from tongban.domain.pledge import Pledge, PledgeKind
from tongban.flows.ports import Deps
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.bundles import search_bundles
from tongban.reads.catalogue import find_event, list_events, list_zones, search_items
from tongban.reads.compare import compare_offers
from tongban.reads.fees import read_fee
from tongban.reads.guide import read_guide
from tongban.reads.held import read_held
from tongban.reads.search import MAX_QUERY_CHARACTERS
from tongban.web.applicant.parties import applicant_of
from tongban.web.shared.bundle_words import compose_bundle_card
from tongban.web.shared.case_parts import qr_image
from tongban.web.shared.item_cards import OBJECTS, compose_card
from tongban.web.shared.pages import cut_page

CHANNELS = {
    "online": Text("网上办理", "Online"),
    "window": Text("任一高新区窗口", "At any zone's window"),
    "kiosk": Text("自助终端", "At a kiosk"),
}
MODES = {
    "whole-process-online": Text("全程网办", "Whole process online"),
    "receive-and-forward": Text("异地代收代办", "Received here, decided there"),
    "joint-handling": Text("多地联办", "Handled jointly"),
}
MODE_LAW = "state-council-office-2020-35#"


def items(request: HttpRequest) -> HttpResponse:
    """Show the items that fit a search, a zone and a kind of applicant."""
    deps = wiring.get_deps()
    query = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_QUERY_CHARACTERS]
    zones = list(list_zones(deps))
    zone = next((z.id for z in zones if z.id == request.GET.get("zone")), None)
    who = request.GET.get("for", "")
    who = who if who in OBJECTS else ""
    event = find_event(request.GET.get("event", "")[:80], deps)
    page = cut_page(search_items(query, deps, zone, who, event.id if event else ""), request)
    context: dict[str, Any] = {
        "query": query,
        "page": page,
        "cards": [compose_card(one.entry, zone, one.hits) for one in page.rows],
        "bundles": [compose_bundle_card(one) for one in search_bundles(query, deps, who)]
        if not (event or page.back_url)
        else [],
        "event": event,
        "events": _list_occasions(who, deps),
        "zone_filter": [_choice(request, "zone", "", zone or "", _ALL_ZONES),
                        *(_choice(request, "zone", z.id, zone or "", z.short_name) for z in zones)],
        "who_filter": [_choice(request, "for", "", who, _EVERYBODY),
                       *(_choice(request, "for", kind, who, words) for kind, words in OBJECTS.items())],
        "is_filtered": bool(zone or who),
    }  # fmt: skip
    return render(request, "applicant/items.html", context)


def _list_occasions(who: str, deps: Deps) -> list[tuple[Text, list[tuple[LifeEvent, str]]]]:
    """Return the occasions of firms and of persons, each with the address of its items."""
    address = reverse("applicant:items")
    return [
        (words, [(one, f"{address}?{urlencode({'event': one.id})}") for one in events])
        for kind, words in _EVENTS.items()
        if (not who or who == kind) and (events := list_events(deps, kind))
    ]


def _choice(request: HttpRequest, name: str, value: str, chosen: str, words: Text) -> tuple[Text, str, bool]:
    """Return a filter's choice: words, address with it, whether it is chosen."""
    query = {
        key: request.GET[key] for key in ("q", "zone", "for", "event") if request.GET.get(key) and key != name
    }
    if value:
        query[name] = value
    return words, f"{reverse('applicant:items')}?{urlencode(query)}", value == chosen


def guide(request: HttpRequest, item_id: str) -> HttpResponse:
    """Show the guide of an item as one zone implements it."""
    deps = wiring.get_deps()
    asked = request.GET.get("zone", "")
    zone = ZoneId(asked) if asked in deps.catalogue.zones else None
    found = read_guide(ItemId(item_id), zone, deps)
    account = request.user
    is_applicant = account.is_authenticated and account.role == "applicant"
    held = read_held(found.item, applicant_of(account), deps) if is_applicant else {}
    address = f"{deps.public_url}{request.path}?{urlencode({'zone': found.offer.zone.id})}"
    context = {
        "guide": found,
        "materials": [(line, held.get(line.kind.id) if line.kind else None) for line in found.materials],
        "applicant_name": account.party_name if held else "",
        "compared": compare_offers(found.offers, civil_date(deps.clock.now())),
        "address": address,
        "qr_image": qr_image(address),
        "item": found.item,
        "fee": read_fee(found.item, deps),
        "offer": found.offer,
        "own_zone": deps.zone,
        "objects": [OBJECTS[kind] for kind in found.item.objects if kind in OBJECTS],
        "channels": [CHANNELS[channel] for channel in found.item.channels],
        "modes": [(MODES[mode], MODE_LAW + mode) for mode in found.item.modes],
        "codes": _codes(found.item),
        "trail": [(Text("首页", "Home"), "/"), (Text("办事", "Services"), reverse("applicant:items"))],
    }
    if found.item.is_cancelled:
        return render(request, "applicant/cancelled.html", context | _instead_of(found.item, deps))
    return render(request, "applicant/guide.html", context | _modes_of(found.item, deps))


def _instead_of(item: ServiceItem, deps: Deps) -> dict[str, Any]:
    """Return the items that somebody may have been looking for who finds a cancelled permit."""
    named = item.separation.instead if item.separation else ()
    return {"instead": [deps.catalogue.get_item(name, item.zone) for name in named]}


def _modes_of(item: ServiceItem, deps: Deps) -> dict[str, Any]:
    """Return the words of how an item is handled beside the plain way."""
    outside = deps.catalogue.authorities.get(item.elsewhere.authority) if item.elsewhere else None
    return {
        "mode_words": SEPARATION_MODES[item.separation.mode] if item.separation else None,
        "authority": outside.name if outside else None,
        "authority_note": outside.note if outside and outside.is_simulated else None,
        "wait_limit": item.wait.lasts[-1].limit.in_words if item.wait else None,
        "joint_parts": _parts_of(item),
        "commitments": _pledges_of(item, PledgeKind.COMMITMENT),
        "deferred": _pledges_of(item, PledgeKind.DEFERRED),
    }


def _parts_of(item: ServiceItem) -> list[tuple[JointPart, Text | None]]:
    """Return what other zones do of a joint item, each with the time that is set for it."""
    parts = item.joint.parts if item.joint else ()
    return [(one, one.answer[-1].limit.in_words if one.answer else None) for one in parts]


def _pledges_of(item: ServiceItem, kind: PledgeKind) -> list[tuple[Pledge, TimeLimit | None]]:
    """Return the promises of a kind, each with the time that is set for it."""
    return [(one, one.due[-1].limit if one.due else None) for one in item.pledges if one.kind is kind]


def _codes(item: ServiceItem) -> list[tuple[Text, str]]:
    return [(_CODE_NAMES[name], code) for name, code in item.codes.items() if name in _CODE_NAMES]


_EVENTS = {"firm": Text("企业事", "For firms"), "person": Text("个人事", "For persons")}
_ALL_ZONES = Text("三个高新区", "All three zones")
_EVERYBODY = Text("全部", "Everybody")
_CODE_NAMES = {
    "basic": Text("基本编码", "Basic code"),
    "implementing": Text("实施编码", "Implementing code"),
    "handling": Text("业务办理项编码", "Handling code"),
}
