"""What registers hold of the very firm or person who looks at a guide: what will not be asked for, and why.

Only the own zone's registers are looked into, and only under the applicant's own number (pipl-2021#6): other
zones are asked once an application is handed in, with its ground, and not for looking at a page.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tongban.domain.case.events import ApplicantRef
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.evidence.requirement import Requirement, find_holder
from tongban.flows.ports import Deps
from tongban.kernel.ids import EvidenceKindId


class Holding(StrEnum):
    """What is known before anything was handed in.

    ``held`` our register holds it · ``empty`` our register holds nothing · ``will-be-asked`` of a zone ·
    ``several-asked`` of more than one zone · ``depends`` on an answer that is not given yet.
    """

    HELD = "held"
    EMPTY = "empty"
    WILL_BE_ASKED = "will-be-asked"
    SEVERAL_ASKED = "several-asked"
    DEPENDS = "depends"


@dataclass(frozen=True, slots=True)
class HeldLine:
    """What is known of one proof for this applicant; ``as_of`` only where our register holds it."""

    holding: Holding
    zone: Zone | None = None
    as_of: datetime | None = None


def read_held(item: ServiceItem, applicant: ApplicantRef, deps: Deps) -> dict[EvidenceKindId, HeldLine]:
    """Return a line for every proof of an item as its zone implements it; empty for whoever may not apply."""
    if not applicant.id or applicant.kind not in item.objects:
        return {}
    facts: dict[str, object] = {"applicant.id": applicant.id, "applicant.kind": applicant.kind}
    for question in item.form.questions:
        if question.prefill == "applicant.id":
            facts[f"answers.{question.id}"] = applicant.id
    return {need.kind: _read_line(need, item, facts, applicant.id, deps) for need in item.evidence}


def _read_line(
    need: Requirement, item: ServiceItem, facts: dict[str, object], own_number: str, deps: Deps
) -> HeldLine:
    if need.is_spread:
        return HeldLine(Holding.SEVERAL_ASKED)
    holder = find_holder(need, facts, item.zone, deps.catalogue.zone_of_division)
    if holder is None:
        return HeldLine(Holding.DEPENDS)
    zone = deps.catalogue.zones[holder]
    if holder != deps.zone:
        return HeldLine(Holding.WILL_BE_ASKED, zone)
    if facts.get(need.subject) != own_number:
        return HeldLine(Holding.DEPENDS, zone)
    record = deps.registers.find(need.kind, own_number)
    return HeldLine(Holding.HELD, zone, record.as_of) if record else HeldLine(Holding.EMPTY, zone)
