"""Parse: in which way an item is handled: separation, promises, waits, recurrence, who decides."""

from collections.abc import Mapping
from typing import Any

from tongban.domain.catalogue.item import OpenWait, PowerElsewhere, Recurrence, Separation
from tongban.domain.catalogue.joint_parts import JointHandling, JointPart
from tongban.domain.catalogue.parse_limits import LIST_MAX, read_limits
from tongban.domain.catalogue.succession import read_successions
from tongban.domain.clock.statute import LimitKind
from tongban.domain.pledge import Pledge, PledgeKind
from tongban.domain.rules.complaints import FACT_NAME, LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.ids import EvidenceKindId, ItemId, LawKey
from tongban.kernel.text import Text

SEPARATION_MODES: Mapping[str, Text] = {
    "cancelled": Text("直接取消审批", "approval cancelled"),
    "filing": Text("审批改为备案", "approval turned into filing"),
    "commitment": Text("实行告知承诺", "told and promised"),
    "optimised": Text("优化审批服务", "approval made lighter"),
}
"""The four ways of separating permits from the business licence (business-environment-2019#19)."""
_SEPARATION = ("instead", "permit", "drops", "validity_was_months")
_PLEDGE = ("id", "kind", "version", "title", "text", "consequence", "spares", "due", "source")
_NOTHING = Text("", "")


def read_modes(
    part: Mapping[str, object], kinds: tuple[EvidenceKindId, ...], complaints: Complaints
) -> dict[str, Any]:
    """Return the fields of a manifest that say in which way the item is handled, by name."""
    pledges = [
        pledge
        for place, entry in enumerate(complaints.read_list(part.get("pledges", []), "pledges", LIST_MAX))
        if (pledge := _read_pledge(entry, f"pledges[{place}]", kinds, complaints)) is not None
    ]
    names = [pledge.id for pledge in pledges]
    if len(set(names)) < len(names):
        complaints.add("twice", "pledges", "承诺的名称有重复。", "Two promises bear one name.")
    return {
        "separation": _read_separation(part.get("separation"), complaints),
        "pledges": tuple(pledges),
        "wait": _read_wait(part.get("wait"), complaints),
        "recurs": _read_recurrence(part.get("recurs"), kinds, complaints),
        "elsewhere": _read_elsewhere(part.get("decided_elsewhere"), complaints),
        "joint": _read_joint(part.get("joint"), complaints),
        "succeeds": read_successions(part.get("succeeds", []), complaints),
    }


def _read_separation(raw: object, complaints: Complaints) -> Separation | None:
    if raw is None:
        return None
    row = complaints.read_mapping(raw, "separation", ("mode", "says", "source"), _SEPARATION)
    if row is None:
        return None
    mode = complaints.read_one_of(row.get("mode"), "separation.mode", SEPARATION_MODES)
    says = complaints.read_text(row.get("says"), "separation.says")
    source = _read_source(row.get("source"), "separation.source", complaints)
    drops = [
        complaints.read_text(entry, f"separation.drops[{place}]")
        for place, entry in enumerate(
            complaints.read_list(row.get("drops", []), "separation.drops", LIST_MAX)
        )
    ]
    instead = complaints.read_list(row.get("instead", []), "separation.instead", LIST_MAX)
    was = row.get("validity_was_months")
    if was is not None and (type(was) is not int or was < 1):
        complaints.add("number", "separation.validity_was_months", "这里应为月数。", "Months belong here.")
    if mode is None or says is None or source is None:
        return None
    return Separation(
        mode=mode,
        says=says,
        source=source,
        instead=tuple(ItemId(str(name)) for name in instead),
        permit=str(row.get("permit", "")),
        drops=tuple(name for name in drops if name is not None),
        validity_was_months=was if type(was) is int else None,
    )


def _read_pledge(
    raw: object, here: str, kinds: tuple[EvidenceKindId, ...], complaints: Complaints
) -> Pledge | None:
    row = complaints.read_mapping(raw, here, _PLEDGE, ("remind",))
    if row is None:
        return None
    identity = complaints.read_matching(row.get("id"), f"{here}.id", SHORT_NAME, "hygiene-conditions")
    kind = complaints.read_one_of(row.get("kind"), f"{here}.kind", tuple(PledgeKind))
    version = row.get("version")
    if type(version) is not int or version < 1:
        complaints.add(
            "number", f"{here}.version", "这里应为从 1 起的整数。", "A whole number from 1 belongs here."
        )
    spares = complaints.read_list(row.get("spares", []), f"{here}.spares", LIST_MAX)
    for place, name in enumerate(spares):
        complaints.read_one_of(name, f"{here}.spares[{place}]", kinds)
    text = [
        complaints.read_text(entry, f"{here}.text[{place}]")
        for place, entry in enumerate(complaints.read_list(row.get("text", []), f"{here}.text", LIST_MAX))
    ]
    title = complaints.read_text(row.get("title"), f"{here}.title")
    consequence = complaints.read_text(row.get("consequence"), f"{here}.consequence")
    source = _read_source(row.get("source"), f"{here}.source", complaints)
    due = read_limits(row.get("due", []), f"{here}.due", LimitKind.STATUTORY, complaints)
    remind = read_limits(row.get("remind", []), f"{here}.remind", LimitKind.STATUTORY, complaints)
    if identity is None or kind is None or title is None or consequence is None or source is None:
        return None
    return Pledge(
        id=identity,
        kind=PledgeKind(kind),
        version=version if type(version) is int else 0,
        title=title,
        text=tuple(paragraph for paragraph in text if paragraph is not None),
        consequence=consequence,
        spares=tuple(EvidenceKindId(str(name)) for name in spares),
        due=due,
        remind=remind,
        source=source,
    )


def _read_wait(raw: object, complaints: Complaints) -> OpenWait | None:
    row = None if raw is None else complaints.read_mapping(raw, "wait", ("lasts", "told", "source"))
    if row is None:
        return None
    lasts = read_limits(row.get("lasts", []), "wait.lasts", LimitKind.STATUTORY, complaints)
    told = complaints.read_text(row.get("told"), "wait.told")
    source = _read_source(row.get("source"), "wait.source", complaints)
    return None if told is None or source is None else OpenWait(lasts, told, source)


def _read_recurrence(
    raw: object, kinds: tuple[EvidenceKindId, ...], complaints: Complaints
) -> Recurrence | None:
    wanted = ("every", "answer", "kind", "fact", "subject", "says", "source")
    row = None if raw is None else complaints.read_mapping(raw, "recurs", wanted, ("name",))
    if row is None:
        return None
    kind = complaints.read_one_of(row.get("kind"), "recurs.kind", kinds)
    subject = complaints.read_matching(row.get("subject"), "recurs.subject", FACT_NAME, "applicant.id")
    says = complaints.read_text(row.get("says"), "recurs.says")
    source = _read_source(row.get("source"), "recurs.source", complaints)
    return Recurrence(
        every=read_limits(row.get("every", []), "recurs.every", LimitKind.STATUTORY, complaints),
        answer=read_limits(row.get("answer", []), "recurs.answer", LimitKind.STATUTORY, complaints),
        kind=EvidenceKindId(kind or ""),
        fact=str(row.get("fact", "")),
        subject=subject or "",
        says=says or _NOTHING,
        source=source or LawKey(""),
        name=complaints.read_text(row["name"], "recurs.name") if "name" in row else None,
    )


def _read_elsewhere(raw: object, complaints: Complaints) -> PowerElsewhere | None:
    row = (
        None
        if raw is None
        else complaints.read_mapping(raw, "decided_elsewhere", ("authority", "why", "source"))
    )
    if row is None:
        return None
    authority = complaints.read_matching(
        row.get("authority"), "decided_elsewhere.authority", SHORT_NAME, "medical-insurance-centre"
    )
    why = complaints.read_text(row.get("why"), "decided_elsewhere.why")
    source = _read_source(row.get("source"), "decided_elsewhere.source", complaints)
    return (
        None if authority is None or why is None or source is None else PowerElsewhere(authority, why, source)
    )


def _read_joint(raw: object, complaints: Complaints) -> JointHandling | None:
    row = None if raw is None else complaints.read_mapping(raw, "joint", ("says", "source", "parts"))
    if row is None:
        return None
    says = complaints.read_text(row.get("says"), "joint.says")
    source = _read_source(row.get("source"), "joint.source", complaints)
    entries = complaints.read_list(row.get("parts", []), "joint.parts", LIST_MAX)
    if not entries:
        complaints.add("missing", "joint.parts", "至少写明一个部分。", "At least one part belongs here.")
    parts = [
        part
        for place, entry in enumerate(entries)
        if (part := _read_joint_part(entry, f"joint.parts[{place}]", complaints)) is not None
    ]
    return None if says is None or source is None else JointHandling(says, source, tuple(parts))


def _read_joint_part(raw: object, here: str, complaints: Complaints) -> JointPart | None:
    row = complaints.read_mapping(raw, here, ("zone", "does", "shows", "answer"))
    if row is None:
        return None
    zone = complaints.read_matching(row.get("zone"), f"{here}.zone", FACT_NAME, "answers.store_zone")
    does = complaints.read_text(row.get("does"), f"{here}.does")
    shows = [
        complaints.read_matching(name, f"{here}.shows[{place}]", FACT_NAME, "applicant.name")
        for place, name in enumerate(complaints.read_list(row.get("shows", []), f"{here}.shows", LIST_MAX))
    ]
    answer = read_limits(row.get("answer", []), f"{here}.answer", LimitKind.STATUTORY, complaints)
    if zone is None or does is None:
        return None
    return JointPart(zone, does, tuple(name for name in shows if name), answer)


def _read_source(raw: object, pointer: str, complaints: Complaints) -> LawKey | None:
    key = complaints.read_matching(raw, pointer, LAW_KEY, "business-environment-2019#19")
    return None if key is None else LawKey(key)
