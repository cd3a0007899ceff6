"""Acts of the beginning and end: a form, a page that asks before, and the act under a name."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongban.domain.delivery import WAYS
from tongban.domain.procedure import Regime
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.ending_words import ACT_NAMES, WAY_WORDS
from tongban.reads.examination import Examination, read_examination
from tongban.web.officer.acts import (
    REASONS_LENGTH,
    actor_of,
    check_unchanged,
    compose_trail,
    finish,
    in_both,
    is_outdated,
    moved_on,
)
from tongban.web.officer.case_parts import compose_applicant
from tongban.web.officer.ending_act_words import ENDING_BY_SLUG, EndingAct, Words
from tongban.web.shared.case_parts import stage_tag
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Choice, Field
from tongban.wiring import get_deps

_WORD_LENGTH = 200
_NAMES = (
    "ground", "proposal", "authority", "number", "way", "received_by", "waybill", "delivered_on", "checked",
    "note", "reasons_zh", "reasons_en",
)  # fmt: skip


def end(request: HttpRequest, case_id: str, act: str) -> HttpResponse:
    """Show the form of an act, then what follows from it, and carry it out once it is confirmed."""
    chosen = ENDING_BY_SLUG.get(act)
    if chosen is None:
        raise NotFound(act)
    deps = get_deps()
    examination = read_examination(CaseId(case_id), request.user.role, deps)
    regime = examination.page.regime
    raw = {name: request.POST.get(name, "").replace("\x00", "")[: REASONS_LENGTH + 100] for name in _NAMES}
    if request.method == "POST" and is_outdated(request, examination.case):
        return moved_on(request, examination, [raw["reasons_zh"], raw["reasons_en"]])
    arrow = regime.get_arrow(examination.case.stage, chosen.command, request.user.role)
    context = _compose_page(chosen, examination) | {"arrow": arrow}
    context["remedies"] = deps.catalogue.zones[deps.zone].remedies if chosen.tells_remedies else ()
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step == "check":
        reasons = in_both(raw["reasons_zh"], raw["reasons_en"])
        return render(request, "officer/confirm_act.html", context | {"reasons": reasons, "hidden": raw})
    context["fields"] = _compose_fields(chosen, raw, regime, ())
    if step != "act":
        return render(request, "officer/act.html", context)
    try:
        with deps.unit():
            check_unchanged(request, examination.case.id, deps)
            chosen.carry(examination.case.id, _read_words(raw), actor_of(request), deps)
    except Refused as refused:
        context["fields"] = _compose_fields(chosen, raw, regime, refused.problems)
        return refuse_page(request, "officer/act.html", context, refused)
    return finish(request, examination.case, chosen.done)


def _read_words(raw: Mapping[str, str]) -> Words:
    act, _, ground = raw["proposal"].partition(":")
    delivered_on = None
    with suppress(ValueError):
        delivered_on = date.fromisoformat(raw["delivered_on"])
    return Words(
        reasons=in_both(raw["reasons_zh"][:REASONS_LENGTH], raw["reasons_en"][:REASONS_LENGTH]),
        ground=ground or raw["ground"],
        act=act,
        authority=raw["authority"][:_WORD_LENGTH],
        number=raw["number"][:_WORD_LENGTH],
        way=raw["way"],
        received_by=raw["received_by"][:_WORD_LENGTH],
        waybill=raw["waybill"][:_WORD_LENGTH],
        delivered_on=delivered_on,
        is_checked=raw["checked"] == "yes",
        note=raw["note"][:_WORD_LENGTH],
    )


def _compose_page(act: EndingAct, examination: Examination) -> dict[str, Any]:
    case = examination.case
    return {
        "act": act,
        "page": examination.page,
        "case": case,
        "stage": stage_tag(examination.page),
        "applicant": compose_applicant(examination)[:2],
        "open_criteria": (),
        "case_url": reverse("officer:case", args=[case.id]),
        "trail": compose_trail(examination),
        "here": act.title,
    }


def _compose_fields(
    act: EndingAct, raw: Mapping[str, str], regime: Regime, problems: tuple[Any, ...]
) -> list[Field]:
    """Return the fields that an act asks for, each with what is wrong with it."""
    fields = []
    for name in act.asks:
        for field_name in ("reasons_zh", "reasons_en") if name == "reasons" else (name,):
            fields.append(_field(field_name, act, raw, regime, problems))
    return fields


def _field(
    name: str, act: EndingAct, raw: Mapping[str, str], regime: Regime, problems: tuple[Any, ...]
) -> Field:
    label, kind = _LABELS[name]
    pointers = {name, _POINTERS.get(name, name)}
    return Field(
        name,
        label,
        kind,  # type: ignore[arg-type]
        value=raw[name],
        choices=_choices(name, act, regime),
        is_required=name not in _OPTIONAL and not (name == "authority" and act.slug == "deliver"),
        max_length=REASONS_LENGTH if kind == "long_text" else _WORD_LENGTH,
        problems=[problem for problem in problems if problem.pointer in pointers],
    )


def _choices(name: str, act: EndingAct, regime: Regime) -> list[Choice]:
    match name:
        case "way":
            return [Choice(way, WAY_WORDS[way]) for way in WAYS]
        case "ground":
            return [Choice(one.id, one.says) for one in regime.aftermath.list_grounds(act.command)]
        case "proposal":
            return [
                Choice(f"{one.act}:{one.id}", Text(f"{name.zh}：{one.says.zh}", f"{name.en}: {one.says.en}"))
                for one in regime.aftermath.grounds
                if one.is_heard and (name := ACT_NAMES[one.act])
            ]
    return []


_OPTIONAL = ("reasons_en", "waybill", "note", "checked")
_POINTERS = {
    "reasons_zh": "reasons",
    "checked": "is_identity_checked",
    "number": "document_number",
    "proposal": "ground",
}
_LABELS: Mapping[str, tuple[Text, str]] = {
    "ground": (Text("法定情形", "Ground of law"), "choice"),
    "proposal": (Text("拟作出的处理和法定情形", "What is proposed, on which ground"), "choice"),
    "authority": (Text("机关，或者代理权限", "Authority, or what the agent's authority rests on"), "text"),
    "number": (Text("决定书文号", "Number of the decision"), "text"),
    "way": (Text("送达方式", "How it was served"), "choice"),
    "received_by": (Text("签收人", "Received by"), "text"),
    "delivered_on": (Text("送达日期", "Day of delivery"), "date"),
    "waybill": (Text("快递公司和单号（邮寄的）", "Carrier and waybill, if posted"), "text"),
    "checked": (Text("看过来人的证件原件", "The original document of who came was seen"), "yes_no"),
    "note": (Text("签字情况", "About the signature"), "text"),
    "reasons_zh": (Text("理由", "Reasons, in Chinese"), "long_text"),
    "reasons_en": (Text("理由（英文）", "Reasons, in English"), "long_text"),
}
