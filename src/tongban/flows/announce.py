"""Tell another zone what the law says it must be told once a case is concluded."""

from tongban.domain.case import commands as c
from tongban.domain.rules.table import plain_value
from tongban.flows.perform import facts_now, get_case, machine_of, perform
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, EvidenceKindId, ZoneId


def announce(case_id: CaseId, deps: Deps) -> None:
    """Queue every announcement of the item, with the facts it names and the register's entry it concerns.

    Causes: a message and ``ZoneNotified`` for each; nothing when the zone to be told is this one.
    Twice:  nothing; what was told is in the history.

    Source of law: named by each announcement, e.g. nurses-2020#9.
    """
    case = get_case(case_id, deps)
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    if not item.announcements:
        return
    facts = facts_now(case, deps)
    for announcement in item.announcements:
        zone = ZoneId(str(facts.get(announcement.zone, "")))
        if zone == deps.zone or zone not in deps.catalogue.zones:
            continue
        if (zone, announcement.notice) in case.notified:
            continue
        body: dict[str, object] = {
            "case": case.id,
            "item": case.item_id,
            "notice": announcement.notice,
            "ground": announcement.source,
            "facts": {name: plain_value(facts[name]) for name in announcement.facts if name in facts},
        }
        held = case.evidence.get(EvidenceKindId(announcement.concerns))
        if held is not None and held.holder == zone:
            body["entry"] = {"kind": held.kind, "subject": held.subject}
        message_id = deps.exchange.post(zone, "zone.notice", body, case.id)
        notice = c.RecordNotice(zone, announcement.notice, announcement.source, message_id)
        perform(case_id, notice, machine_of(deps), deps)
