"""The examination on the officer's pages: where it stands, what may be done, and each act's form."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongban.domain.case.examining_commands import TellHearingRight
from tongban.domain.case.may_decide import (
    find_verification,
    list_approval_reasons,
    list_open,
    must_tell_parties,
    name_of,
)
from tongban.domain.case.setting import Setting
from tongban.domain.case.state import Case
from tongban.domain.rules.words import fill, join, show_date
from tongban.flows.perform import setting_for
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.examination import Examination, read_examination
from tongban.reads.examining_words import kind_name
from tongban.web.officer.acts import actor_of, check_unchanged, compose_trail, finish, is_outdated, moved_on
from tongban.web.officer.case_parts import compose_applicant
from tongban.web.officer.examining_acts import (
    EXAMINING_ACTS,
    EXAMINING_BY_SLUG,
    ExaminingAct,
    list_names,
)
from tongban.web.officer.examining_fields import LINE_CHARS, compose_fields, list_typed
from tongban.web.shared.case_parts import stage_tag
from tongban.web.shared.errors import refuse_page
from tongban.wiring import get_deps

_TYPED_CHARS = 2_100
"""A little longer than may be kept, so that what is too long can be shown again."""


@dataclass(frozen=True, slots=True)
class ExaminingOffer:
    """An act that is open now."""

    title: Text
    help: Text
    url: str
    law: str


def compose_examining(examination: Examination, request: HttpRequest, deps: Deps) -> dict[str, Any]:
    """Return what the case page shows of the examination; nothing where the regime knows none of it."""
    case, actor = examination.case, actor_of(request)
    setting = setting_for(case, TellHearingRight(), actor, deps)
    if not setting.regime.scrutiny.special or case.stage not in ("accepted", "assessed"):
        return {}
    offers = [
        ExaminingOffer(
            act.title, act.help, reverse("officer:examine", args=[case.id, act.slug]), arrow.source
        )
        for act in EXAMINING_ACTS
        if (arrow := setting.regime.find_arrow(case.stage, act.command)) is not None
        and actor.kind in arrow.who
        and _makes_sense(act, case, setting)
    ]
    return {
        "examining_offers": offers,
        "examining_open": list_open(case, setting),
        "examining_facts": _compose_facts(case, setting),
    }


def act(request: HttpRequest, case_id: str, slug: str) -> HttpResponse:
    """Show the form of an act, and carry it out."""
    chosen = EXAMINING_BY_SLUG.get(slug)
    if chosen is None:
        raise NotFound(slug)
    deps = get_deps()
    examination = read_examination(CaseId(case_id), request.user.role, deps)
    values = {
        name: request.POST.get(name, "").replace("\x00", "")[:_TYPED_CHARS] for name in list_names(chosen)
    }
    if request.method == "POST" and is_outdated(request, examination.case):
        return moved_on(request, examination, list(values.values()))
    arrow = examination.page.regime.get_arrow(examination.case.stage, chosen.command, request.user.role)
    context = _compose_page(chosen, examination) | {"arrow": arrow}
    setting = setting_for(examination.case, TellHearingRight(), actor_of(request), deps)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step not in ("check", "act"):
        context["fields"] = compose_fields(chosen, values, (), examination.case, setting, deps.catalogue.law)
        return render(request, "officer/examine.html", context)
    try:
        with suppress(_Tried), deps.unit():
            check_unchanged(request, examination.case.id, deps)
            _check_lengths(chosen, values)
            chosen.carry(examination.case.id, values, actor_of(request), deps)
            if step == "check":
                raise _Tried
    except Refused as refused:
        context["fields"] = compose_fields(
            chosen, values, refused.problems, examination.case, setting, deps.catalogue.law
        )
        return refuse_page(request, "officer/examine.html", context, refused)
    if step == "check":
        typed = list_typed(chosen, values, examination.case, setting, deps.catalogue.law)
        return render(request, "officer/confirm_examine.html", context | {"typed": typed, "hidden": values})
    return finish(request, examination.case, chosen.done)


class _Tried(Exception):
    """Everything would be accepted; nothing of it is kept before it is confirmed."""


def _check_lengths(chosen: ExaminingAct, values: dict[str, str]) -> None:
    long = [
        Problem("answer.too-long", _TOO_LONG.fill(most=LINE_CHARS), name)
        for name in ("name", "place", "at_time")
        if name in chosen.asks and len(values[name]) > LINE_CHARS
    ]
    if long:
        raise Refused(*long)


def _makes_sense(act: ExaminingAct, case: Case, setting: Setting) -> bool:
    """Say whether an act would not only be refused as the case stands."""
    examination, today = case.examination, setting.moment.on
    hearing, running = examination.hearing, examination.running
    signed = {finding.by.id for finding in examination.findings}
    may = {
        "sign": find_verification(setting.item, setting.regime) is not None
        and setting.actor.id not in signed,
        "special": running is None,
        "special-end": running is not None and running.kind != "hearing",
        "hearing-right": not hearing.told or bool(examination.list_untold()),
        "hearing-ask": hearing.may_be_asked_for(today),
        "party-none": must_tell_parties(case, setting.item, setting.regime),
        "hearing-waive": hearing.held is None
        and bool(set(hearing.told) - set(hearing.waived))
        and (bool(hearing.asked_by) or hearing.may_be_asked_for(today)),
        "hearing-notice": hearing.is_awaited,
        "chair-challenge": hearing.is_awaited and hearing.has_chair and hearing.challenge is None,
        "chair-decide": hearing.challenge is not None,
        "hearing-record": hearing.is_awaited and hearing.has_chair and hearing.challenge is None,
        "submit": any(
            list_approval_reasons(case, setting.item, setting.regime, granted=granted)
            for granted in (True, False)
        ),
        "approve": examination.draft is not None,
        "send-back": examination.draft is not None,
    }
    return may.get(act.slug, True)


def _compose_facts(case: Case, setting: Setting) -> list[tuple[Text, Text]]:
    """Return where the examination stands: label and words."""
    examination, regime = case.examination, setting.regime
    facts = []
    for stop in examination.stops:
        ends = show_date(stop.ended_on or stop.expected_on)
        words = _ENDED if stop.ended_on else _RUNS
        says = fill(words, kind=kind_name(stop.kind, regime), start=show_date(stop.started_on), end=ends)
        facts.append((_SPECIAL, says))
    heard = {statement.by for statement in examination.statements}
    for party in examination.parties.values():
        words = _HEARD if party.id in heard else _UNHEARD
        facts.append((_PARTY, fill(words, name=_same(party.name), day=show_date(party.until_on))))
    if examination.no_party is not None:
        facts.append((_PARTY, fill(_NO_PARTY, how=examination.no_party)))
    for finding in examination.findings:
        facts.append(
            (
                _SIGNED,
                Text(f"{finding.by.name}：{finding.words.zh}", f"{finding.by.name}: {finding.words.en}"),
            )
        )
    hearing = examination.hearing
    if hearing.scheduled is not None:
        held = hearing.scheduled
        facts.append((_HEARING, join((show_date(held.held_on), _same(held.at_time), _same(held.chair_name)))))
    elif hearing.until_on is not None:
        facts.append((_HEARING, fill(_ASK_UNTIL, day=show_date(hearing.until_on))))
    facts += [(_HEARING, fill(_WAIVED, who=name_of(case, one))) for one in hearing.waived]
    if hearing.challenge is not None:
        words = _same(hearing.challenge.words)
        facts.append((_CHALLENGE, fill(_ASKS, who=name_of(case, hearing.challenge.by), words=words)))
    if examination.draft is not None:
        draft = examination.draft
        outcome = _GRANT if draft.granted else _REFUSE
        facts.append((_DRAFT, Text(f"{outcome.zh}：{draft.reasons.zh}", f"{outcome.en}: {draft.reasons.en}")))
    if examination.sent_back is not None:
        facts.append((_SENT_BACK, examination.sent_back))
    return facts


def _compose_page(chosen: ExaminingAct, examination: Examination) -> dict[str, Any]:
    draft = examination.case.examination.draft
    return {
        "act": chosen,
        "page": examination.page,
        "case": examination.case,
        "stage": stage_tag(examination.page),
        "applicant": compose_applicant(examination)[:2],
        "draft": draft if chosen.slug in ("approve", "send-back") else None,
        "case_url": reverse("officer:case", args=[examination.case.id]),
        "trail": compose_trail(examination),
        "here": chosen.title,
    }


def _same(words: str) -> Text:
    return Text(words, words)


_TOO_LONG = Text("最多 {most} 个字。", "At most {most} characters.")
_SPECIAL = Text("特别程序", "Special procedure")
_RUNS = Text(
    "{kind}：自{start}起，预计到{end}，期限停止计算",
    "{kind}: since {start}, expected until {end}; the clock stands",
)
_ENDED = Text("{kind}：{start}至{end}，已结束", "{kind}: {start} to {end}, ended")
_PARTY = Text("利害关系人", "Interested party")
_HEARD = Text("{name}，已听取意见", "{name}, heard")
_UNHEARD = Text("{name}，尚未陈述，期限到{day}", "{name}, not heard yet, may speak until {day}")
_NO_PARTY = Text("查明没有利害关系人：{how}", "None was found: {how}")
_WAIVED = Text("{who}不要求听证", "{who}: no hearing is wanted")
_CHALLENGE = Text("回避申请", "Request for another chair")
_ASKS = Text("{who}：{words}", "{who}: {words}")
_SIGNED = Text("核查意见", "Finding")
_HEARING = Text("听证", "Hearing")
_ASK_UNTIL = Text("可以在{day}以前申请", "may be asked for until {day}")
_DRAFT = Text("待批准", "Waits for approval")
_GRANT, _REFUSE = Text("准予", "Grant"), Text("不予", "Refuse")
_SENT_BACK = Text("负责人退回", "Sent back by the head")
