"""The guide of an item as one zone implements it: all that the law wants published, from the pack.

Source of law: all-2019#30 (what must be published), order-716-2019#7.1 (what may not be asked for).
"""

from dataclasses import dataclass

from tongban.domain.case.events import ApplicantRef
from tongban.domain.catalogue.item import Material, ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.evidence.requirement import EVERY_ZONE, Requirement, find_holder, keys_of
from tongban.domain.guard.gate import Gate, read_gate
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import EvidenceKindId, ItemId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.catalogue import ZoneOffer, compose_offer, list_items


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """A paper of the published list.

    Args:
        kind: the evidence that replaces it; None when the applicant hands it in.
        held_by: in words, whose register is asked.
        law: why it is required; ground: why the register may be asked instead.
        may_upload: whether a copy can be uploaded when no register holds it.
    """

    material: Material
    kind: EvidenceKind | None
    held_by: Text | None
    proves: Text | None
    law: str
    ground: str
    may_upload: bool


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What will be asked of whom for one application.

    Args:
        zone: the zone that holds it; None when the number's division is not one of the alliance.
        subject: the number it is searched by.
    """

    requirement: Requirement
    kind: EvidenceKind
    zone: Zone | None
    subject: str


@dataclass(frozen=True, slots=True)
class Guide:
    """An item's guide page.

    Args:
        offer: the zone chosen, with its limits; offers: every zone's.
        spared: how many papers of the list are not asked for.
        gate: whether a machine may grant it at all, criterion by criterion.
        is_stopped: its machine is stopped now; only known of this node's own zone.
    """

    item: ServiceItem
    offer: ZoneOffer
    offers: tuple[ZoneOffer, ...]
    materials: tuple[MaterialLine, ...]
    spared: int
    gate: Gate
    is_stopped: bool = False


def read_guide(item_id: ItemId, zone_id: ZoneId | None, deps: Deps) -> Guide:
    """Return an item's guide in a zone: the one asked for, else this node's, else the first that offers it.

    Raises:
        NotFound: no zone has such an item, or not the zone asked for.
    """
    entry = next((one for one in list_items(deps) if one.item.id == item_id), None)
    if entry is None:
        raise NotFound(item_id)
    offers = {offer.zone.id: offer for offer in entry.offers}
    chosen = zone_id or (deps.zone if deps.zone in offers else entry.offers[0].zone.id)
    if chosen not in offers:
        raise NotFound(f"{item_id} in {chosen}")
    item = offers[chosen].item
    materials = tuple(_read_material(material, item, deps) for material in item.materials)
    is_stopped = chosen == deps.zone and deps.rails.read(item.id).stopped is not None
    gate = read_gate(item, deps.catalogue.get_regime(item.regime), deps.catalogue.gate)
    spared = sum(1 for material in materials if material.kind)
    return Guide(item, offers[chosen], entry.offers, materials, spared, gate, is_stopped)


def read_offer(item_id: ItemId, zone_id: ZoneId, deps: Deps) -> ZoneOffer:
    """Return an item in a zone with its limits today, or raise NotFound."""
    item = deps.catalogue.get_item(item_id, zone_id)
    return compose_offer(item, deps.catalogue.zones[zone_id], civil_date(deps.clock.now()))


def _read_material(material: Material, item: ServiceItem, deps: Deps) -> MaterialLine:
    kind = deps.catalogue.kinds.get(EvidenceKindId(material.exempt_through))
    need = next((one for one in item.evidence if kind and one.kind == kind.id), None)
    uploads = {question.evidence_kind for question in item.form.questions if question.evidence_kind}
    return MaterialLine(
        material=material,
        kind=kind,
        held_by=_held_by(need, item, deps) if need else None,
        proves=need.proves if need else None,
        law=material.source,
        ground=need.ground if need else "",
        may_upload=kind is not None and kind.id in uploads,
    )


def _held_by(need: Requirement, item: ServiceItem, deps: Deps) -> Text:
    """Return in words which zone's register is asked; which one it is may depend on an answer."""
    if need.holder == "deciding":
        return deps.catalogue.zones[item.zone].short_name
    if need.is_spread:
        return _EACH_ZONE if need.holder == EVERY_ZONE else _OTHER_ZONES
    fact = need.holder.removeprefix("division:")
    question = next((q for q in item.form.questions if fact == f"answers.{q.id}"), None)
    named = question.label if question else _YOUR_NUMBER
    template = _BY_NUMBER if need.holder.startswith("division:") else _BY_ANSWER
    return template.fill(zh=named.zh, en=named.en)


def read_asked_of(
    item: ServiceItem, answers: dict[str, object], applicant: ApplicantRef, deps: Deps
) -> tuple[AskedOf, ...]:
    """Return what will be asked of which zone once these answers are handed in (pipl-2021#17)."""
    facts: dict[str, object] = {f"answers.{name}": value for name, value in answers.items()}
    facts |= {"applicant.id": applicant.id, "applicant.kind": applicant.kind}
    asked = []
    for need in item.evidence:
        if need.needed_when and facts.get(need.needed_when) is not True:
            continue
        kind, subject = deps.catalogue.kinds[need.kind], str(facts.get(need.subject, ""))
        for holder in _holders(need, facts, item, deps):
            zone = deps.catalogue.zones.get(holder) if holder else None
            asked.append(AskedOf(need, kind, zone, subject))
    return tuple(asked)


def _holders(
    need: Requirement, facts: dict[str, object], item: ServiceItem, deps: Deps
) -> tuple[ZoneId | None, ...]:
    """Return the zones that are asked; several where the law wants every register looked at."""
    if need.is_spread:
        keys = keys_of(need, item.zone, deps.catalogue.zones)
        return tuple(ZoneId(key.partition("@")[2]) for key in keys)
    return (find_holder(need, facts, item.zone, deps.catalogue.zone_of_division),)


_EACH_ZONE = Text("每个高新区", "each zone")
_OTHER_ZONES = Text("另外两个高新区", "the other zones")
_YOUR_NUMBER = Text("您的证件号码", "your number")
_BY_NUMBER = Text("“{zh}”所属的高新区", "the zone to which “{en}” belongs")
_BY_ANSWER = Text("“{zh}”所指的高新区", "the zone named by “{en}”")
