"""The questions of an authorisation: who may act, what, in which items, until when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongban.domain.identifiers.written import make_plain
from tongban.domain.mandate import ACTS, SOURCE
from tongban.flows.mandates import Scope
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Choice, Field

_NAME_LENGTH = 120
_NUMBER_LENGTH = 40
_DATE_LENGTH = 10
_MOST = 80


def compose_scope_fields(
    raw: Mapping[str, Any], problems: Sequence[Problem], items: Mapping[ItemId, Text] | None = None
) -> list[Field]:
    """Return the fields, with the answers so far; ``items`` only where they are chosen."""

    def wrong(pointer: str) -> list[Problem]:
        return [one for one in problems if one.pointer == pointer]

    fields = [
        Field("name", Text("代理人姓名", "Agent's name"), value=str(raw.get("name", ""))[:_NAME_LENGTH],
              max_length=_NAME_LENGTH, problems=wrong("name"), law=SOURCE),
        Field("number", Text("代理人公民身份号码", "Agent's citizen number"), max_length=_NUMBER_LENGTH,
              value=str(raw.get("number", ""))[:_NUMBER_LENGTH],
              problems=[*wrong("number"), *wrong("helper_id")], autocomplete="off"),
        Field("acts", Text("可以办的手续", "What they may do"), "choices", values=_list(raw, "acts"),
              choices=[Choice(key, words) for key, words in ACTS.items()], problems=wrong("acts")),
        Field("until", Text("截止日期，如 2026-12-31", "Last day, as 2026-12-31"), problems=wrong("until"),
              value=str(raw.get("until", ""))[:_DATE_LENGTH], max_length=_DATE_LENGTH),
    ]  # fmt: skip
    if items is not None:
        choices = [Choice(key, words) for key, words in items.items()]
        fields.append(
            Field("items", Text("可以办的事项", "In which items"), "choices", values=_list(raw, "items"),
                  choices=choices, problems=wrong("items"))
        )  # fmt: skip
    return fields


def read_scope_fields(raw: Any, items: tuple[ItemId, ...] | None = None) -> tuple[tuple[str, str], Scope]:
    """Return who may act (number, name) and the scope; raises Refused with what cannot be read at all."""
    name = str(raw.get("name", "")).replace("\x00", "").strip()[:_NAME_LENGTH]
    number = make_plain(str(raw.get("number", "")).replace("\x00", "")[:_NUMBER_LENGTH])
    problems = []
    if not name:
        problems.append(Problem("mandate.no-name", _NO_NAME, "name", SOURCE))
    if not number:
        problems.append(Problem("mandate.no-number", _NO_NUMBER, "number", SOURCE))
    try:
        until_on = date.fromisoformat(str(raw.get("until", "")).strip()[:_DATE_LENGTH])
    except ValueError:
        until_on = date.min
        problems.append(Problem("mandate.no-date", _NO_DATE, "until", SOURCE))
    if problems:
        raise Refused(*problems)
    chosen = tuple(ItemId(one) for one in _list(raw, "items")) if items is None else items
    return (number, name), Scope(chosen, tuple(_list(raw, "acts")), until_on)


def show_scope_form(
    request: HttpRequest, context: dict[str, Any], fields: list[Field], refused: Refused | None
) -> HttpResponse:
    """Show the form, with everything that is wrong at once."""
    context = context | {"fields": fields, "action": request.path}
    if refused is not None:
        return refuse_page(request, "shared/form_page.html", context, refused)
    return render(request, "shared/form_page.html", context)


def _list(raw: Any, name: str) -> list[str]:
    listed = raw.getlist(name) if hasattr(raw, "getlist") else raw.get(name, [])
    return [str(one)[:_MOST] for one in listed][:_MOST]


_NO_NAME = Text("请填写代理人姓名", "Give the agent's name")
_NO_NUMBER = Text("请填写代理人的公民身份号码", "Give the agent's citizen number")
_NO_DATE = Text("请写明截止日期，如 2026-12-31", "Give the last day, as 2026-12-31")
