"""Open the sub-cases of an item that is handled jointly, as soon as the lead has accepted the application."""

from collections.abc import Mapping

from tongban.domain.case.facts import answer_facts
from tongban.domain.catalogue.joint_parts import JointPart, list_joint_parts
from tongban.domain.liaison.plain import LIST_MAX, NAME_CHARS
from tongban.flows.joint import Asked, begin_joint, compose_joint, find_joint
from tongban.flows.perform import get_case, machine_of
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId


def open_parts(case_id: CaseId, deps: Deps) -> None:
    """Ask the zones that the item names for their parts.

    Causes: what ``joint.begin_joint`` does, by the zone's own machine; nothing for an item that is not
        handled jointly, or when no other zone has a part in this application.
    Twice:  nothing; whether it is opened is read first.

    Source of law: all-2019#26.2.
    """
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    if item.joint is None:
        return
    facts = answer_facts(case)
    parts = list_joint_parts(item.joint, facts, deps.zone, deps.catalogue.zone_of_division)
    if not parts:
        return
    with deps.unit():
        if find_joint(case, deps) is not None:
            return
        asked = {zone: Asked(part.does.zh, _show(part, facts)) for zone, part in parts.items()}
        words = "；".join(dict.fromkeys(part.does.zh for part in parts.values()))
        opened = compose_joint(case, tuple(sorted(parts)), words, deps)
        begin_joint(case, opened, asked, machine_of(deps), deps)


def _show(part: JointPart, facts: Mapping[str, object]) -> tuple[str, ...]:
    """Return what a zone is shown: each fact's name, then its value; several values each by itself."""
    shown: list[str] = []
    for name in part.shows:
        value = facts.get(name)
        for one in value if isinstance(value, list | tuple) else (value,):
            if one not in (None, ""):
                shown += (name, str(one)[:NAME_CHARS])
    return tuple(shown[:LIST_MAX])
