"""Parse: an item's manifest, ``item.yaml``, key by key; what is wrong goes to the complaints."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from tongban.domain.catalogue.item import (
    Announcement,
    GuideQuestion,
    Material,
    OpenWait,
    PowerElsewhere,
    Recurrence,
    Separation,
    WorkingDayFact,
)
from tongban.domain.catalogue.joint_parts import JointHandling
from tongban.domain.catalogue.parameter import Parameter, read_parameters
from tongban.domain.catalogue.parse_announcement import read_announcements
from tongban.domain.catalogue.parse_gate import GateFact, read_gate_facts
from tongban.domain.catalogue.parse_limits import LIST_MAX, read_limits
from tongban.domain.catalogue.parse_modes import read_modes
from tongban.domain.catalogue.parse_register import read_register, read_series
from tongban.domain.catalogue.register import CreditCodeSeries, RegisterRule
from tongban.domain.catalogue.succession import Succession
from tongban.domain.clock.statute import DatedLimit, LimitKind
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.evidence.requirement import Requirement
from tongban.domain.handover import MODES
from tongban.domain.pledge import Pledge
from tongban.domain.rules.complaints import FACT_NAME, LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.ids import EvidenceKindId, ItemId, LawKey, ZoneId
from tongban.kernel.text import Text

WORD_MAX = 60
"""Characters of one search word."""
CHANNELS = ("online", "window", "kiosk")
SERVICE_CLASSES = ("approval", "registration", "filing", "benefit", "service", "query")
OBJECTS = ("person", "firm")
REQUIRED = (
    "id", "version", "title", "summary", "regime", "service_class", "item_type", "objects", "codes",
    "legal_basis", "zones", "channels", "modes", "limits", "evidence", "materials", "owner",
)  # fmt: skip
OPTIONAL = (
    "words", "announcements", "working_days", "parameters", "visits", "visit_reason", "fee_fen",
    "fee_source", "questions", "notes", "gate", "separation", "pledges", "wait", "recurs",
    "decided_elsewhere", "joint", "register", "allots", "succeeds",
)  # fmt: skip

CANCELLED_REQUIRED = (
    "id", "version", "title", "summary", "regime", "service_class", "item_type", "objects", "codes",
    "legal_basis", "zones", "owner", "separation",
)  # fmt: skip

_HOLDER = re.compile(r"deciding|every-zone|other-zones|division:[a-z0-9_.-]+|[a-z0-9_-]+(\.[a-z0-9_-]+)+")
_CODE = re.compile(r"[0-9A-Z]{12}|[0-9A-Z]{31}|[0-9A-Z]{33}")
_ITEM_TYPE = re.compile(r"[0-9]{2}")
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``item.yaml`` says, before form, rules and credential are joined to it (see ``ServiceItem``)."""

    id: ItemId
    version: int
    title: Text
    summary: Text
    words: tuple[str, ...]
    regime: str
    service_class: str
    item_type: str
    objects: tuple[str, ...]
    codes: Mapping[str, str]
    codes_are_synthetic: bool
    legal_basis: tuple[LawKey, ...]
    zones: tuple[ZoneId, ...]
    channels: tuple[str, ...]
    modes: tuple[str, ...]
    statutory: tuple[DatedLimit, ...]
    promised: tuple[DatedLimit, ...]
    evidence: tuple[Requirement, ...]
    materials: tuple[Material, ...]
    announcements: tuple[Announcement, ...]
    working_day_facts: tuple[WorkingDayFact, ...]
    parameters: tuple[Parameter, ...]
    visits: int
    fee_fen: int
    visit_reason: Text | None
    fee_source: str
    questions: tuple[GuideQuestion, ...]
    notes: tuple[Text, ...]
    owner: str
    gate: Mapping[str, GateFact]
    separation: Separation | None
    pledges: tuple[Pledge, ...]
    wait: OpenWait | None
    recurs: Recurrence | None
    elsewhere: PowerElsewhere | None
    joint: JointHandling | None
    register: tuple[RegisterRule, ...]
    allots: CreditCodeSeries | None
    succeeds: tuple[Succession, ...]

    def as_keywords(self) -> dict[str, object]:
        """Return every part by name, to make a ``ServiceItem`` from."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def read_manifest(
    raw: object, kinds: Mapping[EvidenceKindId, EvidenceKind], complaints: Complaints
) -> Manifest:
    """Read a manifest; it is only whole when nothing was added to the complaints.

    A permit that was cancelled has nothing to apply for, so less need be said of it.
    """
    required = CANCELLED_REQUIRED if is_cancelled(raw) else REQUIRED
    part = complaints.read_mapping(raw, "", required, (*OPTIONAL, *REQUIRED)) or {}
    return Manifest(
        **_read_names(part, complaints),
        **_read_offer(part, complaints),
        **_read_demands(part, kinds, complaints),
        **_read_advice(part, complaints),
        **read_modes(part, tuple(kinds), complaints),
    )


def is_cancelled(raw: object) -> bool:
    """Say whether a manifest speaks of a permit that is no longer asked for."""
    separation = raw.get("separation") if isinstance(raw, Mapping) else None
    return isinstance(separation, Mapping) and separation.get("mode") == "cancelled"


Parts = dict[str, Any]
"""Some fields of a manifest, by name."""


def _read_names(part: Mapping[str, object], complaints: Complaints) -> Parts:
    """Read what the item is called and where it stands in law and catalogue."""
    read = complaints.read_matching
    codes = complaints.read_mapping(
        part.get("codes", {}), "codes", ("synthetic",), ("basic", "implementing", "handling")
    )
    listed = {name: code for name, code in (codes or {}).items() if name != "synthetic"}
    synthetic = complaints.read_yes_no((codes or {}).get("synthetic"), "codes.synthetic")
    return {
        "id": ItemId(read(part.get("id"), "id", SHORT_NAME, "travel-agency-branch-filing") or ""),
        "version": _read_whole(part.get("version", 0), "version", complaints),
        "title": complaints.read_text(part.get("title"), "title") or _NOTHING,
        "summary": complaints.read_text(part.get("summary"), "summary") or _NOTHING,
        "words": _read_search_words(part.get("words", []), complaints),
        "regime": read(part.get("regime"), "regime", SHORT_NAME, "filing") or "",
        "service_class": complaints.read_one_of(part.get("service_class"), "service_class", SERVICE_CLASSES)
        or "",
        "item_type": read(part.get("item_type"), "item_type", _ITEM_TYPE, "01") or "",
        "codes": {
            name: read(code, f"codes.{name}", _CODE, "001099020000") or "" for name, code in listed.items()
        },
        "codes_are_synthetic": synthetic is not False,
        "legal_basis": _read_keys(part.get("legal_basis", []), "legal_basis", complaints),
        "owner": str(part.get("owner", "")),
    }


def _read_offer(part: Mapping[str, object], complaints: Complaints) -> Parts:
    """Read for whom, where, how and within which time the item is offered, and what it costs."""
    stated = ("statutory",) if "limits" in part else ()
    limits = complaints.read_mapping(part.get("limits", {}), "limits", stated, ("promised",)) or {}
    statutory, promised = limits.get("statutory", []), limits.get("promised", [])
    zones = complaints.read_list(part.get("zones", []), "zones", LIST_MAX)
    reason = part.get("visit_reason")
    fee_source = part.get("fee_source")
    return {
        "objects": _read_words(part.get("objects", []), "objects", OBJECTS, complaints),
        "zones": tuple(ZoneId(str(zone)) for zone in zones),
        "channels": _read_words(part.get("channels", []), "channels", CHANNELS, complaints),
        "modes": _read_words(part.get("modes", []), "modes", MODES, complaints),
        "statutory": read_limits(statutory, "limits.statutory", LimitKind.STATUTORY, complaints),
        "promised": read_limits(promised, "limits.promised", LimitKind.PROMISED, complaints),
        "visits": _read_whole(part.get("visits", 0), "visits", complaints),
        "visit_reason": None if reason is None else complaints.read_text(reason, "visit_reason"),
        "fee_fen": _read_whole(part.get("fee_fen", 0), "fee_fen", complaints),
        "fee_source": ""
        if fee_source is None
        else complaints.read_matching(fee_source, "fee_source", LAW_KEY, "all-2019#58") or "",
    }


def _read_demands(
    part: Mapping[str, object], kinds: Mapping[EvidenceKindId, EvidenceKind], complaints: Complaints
) -> Parts:
    """Read what must be proved, what the guide lists, whom the zone tells, and what registers are told."""
    return {
        "evidence": _read_evidence(part.get("evidence", []), kinds, complaints),
        "materials": _read_materials(part.get("materials", []), complaints),
        "announcements": read_announcements(part.get("announcements", []), complaints),
        "working_day_facts": _read_working_days(part.get("working_days", []), complaints),
        "parameters": read_parameters(part.get("parameters", []), complaints),
        "register": read_register(part.get("register", []), kinds, complaints),
        "allots": read_series(part.get("allots"), complaints),
    }


def _read_advice(part: Mapping[str, object], complaints: Complaints) -> Parts:
    """Read the guide's questions and notes."""
    return {
        "questions": _read_questions(part.get("questions", []), complaints),
        "notes": _read_texts(part.get("notes", []), "notes", complaints),
        "gate": read_gate_facts(part.get("gate"), complaints),
    }


def _read_whole(raw: object, pointer: str, complaints: Complaints) -> int:
    if type(raw) is int and raw >= 0:
        return raw
    complaints.add("number", pointer, "这里应为从 0 起的整数。", "A whole number from 0 belongs here.")
    return 0


def _read_words(raw: object, pointer: str, known: tuple[str, ...], complaints: Complaints) -> tuple[str, ...]:
    words = [
        complaints.read_one_of(word, f"{pointer}[{place}]", known)
        for place, word in enumerate(complaints.read_list(raw, pointer, LIST_MAX))
    ]
    return tuple(word for word in words if word is not None)


def _read_search_words(raw: object, complaints: Complaints) -> tuple[str, ...]:
    words = complaints.read_list(raw, "words", LIST_MAX)
    for place, word in enumerate(words):
        if not isinstance(word, str) or not 0 < len(word.strip()) <= WORD_MAX:
            complaints.add(
                "text",
                f"words[{place}]",
                f"这里应为 1 至 {WORD_MAX} 字的检索词。",
                f"A search word belongs here, 1 to {WORD_MAX} characters.",
            )
    return tuple(str(word) for word in words)


def _read_keys(raw: object, pointer: str, complaints: Complaints) -> tuple[LawKey, ...]:
    keys = [
        complaints.read_matching(key, f"{pointer}[{place}]", LAW_KEY, "all-2019#32.4")
        for place, key in enumerate(complaints.read_list(raw, pointer, LIST_MAX))
    ]
    return tuple(LawKey(key) for key in keys if key is not None)


def _read_texts(raw: object, pointer: str, complaints: Complaints) -> tuple[Text, ...]:
    texts = [
        complaints.read_text(entry, f"{pointer}[{place}]")
        for place, entry in enumerate(complaints.read_list(raw, pointer, LIST_MAX))
    ]
    return tuple(text for text in texts if text is not None)


def _read_evidence(
    raw: object, kinds: Mapping[EvidenceKindId, EvidenceKind], complaints: Complaints
) -> tuple[Requirement, ...]:
    requirements = []
    required = ("kind", "proves", "subject", "holder", "source", "ground")
    for place, entry in enumerate(complaints.read_list(raw, "evidence", LIST_MAX)):
        here = f"evidence[{place}]"
        row = complaints.read_mapping(entry, here, required, ("may_upload", "needed_when"))
        if row is None:
            continue
        kind = complaints.read_one_of(row.get("kind"), f"{here}.kind", tuple(kinds))
        proves = complaints.read_text(row.get("proves"), f"{here}.proves")
        subject = complaints.read_matching(
            row.get("subject"), f"{here}.subject", FACT_NAME, "answers.parent_uscc"
        )
        holder = complaints.read_matching(row.get("holder"), f"{here}.holder", _HOLDER, "deciding")
        source = complaints.read_matching(row.get("source"), f"{here}.source", LAW_KEY, "order-716-2019#7")
        ground = complaints.read_matching(row.get("ground"), f"{here}.ground", LAW_KEY, "order-716-2019#7")
        may_upload = complaints.read_yes_no(row.get("may_upload", True), f"{here}.may_upload")
        if None in (kind, proves, subject, holder, source, ground):
            continue
        requirements.append(
            Requirement(
                kind=EvidenceKindId(kind or ""),
                proves=proves or _NOTHING,
                subject=subject or "",
                holder=holder or "",
                source=LawKey(source or ""),
                ground=LawKey(ground or ""),
                may_upload=may_upload is True,
                needed_when=str(row.get("needed_when", "")),
            )
        )
    return tuple(requirements)


def _read_materials(raw: object, complaints: Complaints) -> tuple[Material, ...]:
    materials = []
    for place, entry in enumerate(complaints.read_list(raw, "materials", LIST_MAX)):
        here = f"materials[{place}]"
        row = complaints.read_mapping(entry, here, ("name", "source"), ("exempt_through",))
        name = complaints.read_text(row.get("name"), f"{here}.name") if row else None
        source = (
            complaints.read_matching(row.get("source"), f"{here}.source", LAW_KEY, "all-2019#31")
            if row
            else None
        )
        if row is not None and name is not None and source is not None:
            materials.append(Material(name, str(row.get("exempt_through", "")), LawKey(source)))
    return tuple(materials)


def _read_working_days(raw: object, complaints: Complaints) -> tuple[WorkingDayFact, ...]:
    facts = []
    for place, entry in enumerate(complaints.read_list(raw, "working_days", LIST_MAX)):
        here = f"working_days[{place}]"
        row = complaints.read_mapping(entry, here, ("fact", "from", "to", "says"))
        if row is None:
            continue
        names = [
            complaints.read_matching(row.get(key), f"{here}.{key}", FACT_NAME, "case.received_on")
            for key in ("fact", "from", "to")
        ]
        says = complaints.read_text(row.get("says"), f"{here}.says")
        if says is not None and None not in names:
            facts.append(WorkingDayFact(names[0] or "", names[1] or "", names[2] or "", says))
    return tuple(facts)


def _read_questions(raw: object, complaints: Complaints) -> tuple[GuideQuestion, ...]:
    questions = []
    for place, entry in enumerate(complaints.read_list(raw, "questions", LIST_MAX)):
        here = f"questions[{place}]"
        row = complaints.read_mapping(entry, here, ("asks", "answers"))
        asks = complaints.read_text(row.get("asks"), f"{here}.asks") if row else None
        answers = complaints.read_text(row.get("answers"), f"{here}.answers") if row else None
        if asks is not None and answers is not None:
            questions.append(GuideQuestion(asks, answers))
    return tuple(questions)
