"""My messages, and the ways on which I want to be told outside: chosen, proved and switched off by myself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.notification import EMAIL, OUTSIDE, hide_address
from tongban.flows.choose_channel import ask_code, prove_address, switch_off
from tongban.flows.note_read import note_read
from tongban.flows.notification_store import Channel, account_mark
from tongban.flows.ports import Deps
from tongban.flows.tell_parties import recipients_of_account
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.messages_told import CHANNEL_WORDS, read_messages
from tongban.web.applicant.parties import applicant_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps

_ADDRESS_CHARS, _CODE_CHARS = 254, 12
NOTHING: Mapping[str, str] = MappingProxyType({})


def my_messages(request: HttpRequest) -> HttpResponse:
    """Show my messages, newest first; take note that all of them were read."""
    deps = get_deps()
    recipients = recipients_of_account(applicant_of(request.user), request.user.username)
    if request.method == "POST":
        note_read(recipients, deps)
        return redirect("applicant:messages")
    before = request.GET.get("before", "")
    page = read_messages(recipients, before, deps)
    address = reverse("applicant:messages")
    context = {
        "lines": page.lines,
        "has_unread": any(line.is_unread for line in page.lines),
        "next_url": f"{address}?{urlencode({'before': page.before})}" if page.before else "",
        "back_url": address if before else "",
    }
    return render(request, "applicant/messages.html", context)


def channels(request: HttpRequest) -> HttpResponse:
    """Show on which ways I am told, and let me choose."""
    return render(request, "applicant/channels.html", _compose(request, get_deps()))


def give_address(request: HttpRequest, channel: str) -> HttpResponse:
    """Take an address and send a code to it."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps, account = get_deps(), request.user
    raw = request.POST.get(f"address-{channel}", "").replace("\x00", "")[: _ADDRESS_CHARS + 1]
    try:
        sent = ask_code(applicant_of(account), account.username, _known(channel), raw, deps)
    except Refused as refused:
        return _refuse(request, refused, channel, raw)
    said = _SHOWN.fill(words=sent.shown) if sent.shown else _SENT
    messages.success(request, said.in_language(current_language()))
    return redirect("applicant:channels")


def give_code(request: HttpRequest, channel: str) -> HttpResponse:
    """Take the code that was sent."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    account = request.user
    code = request.POST.get(f"code-{channel}", "").replace("\x00", "")[:_CODE_CHARS]
    try:
        prove_address(applicant_of(account), account.username, _known(channel), code, get_deps())
    except Refused as refused:
        return _refuse(request, refused, channel, "")
    messages.success(request, _PROVED.in_language(current_language()))
    return redirect("applicant:channels")


def stop(request: HttpRequest, channel: str) -> HttpResponse:
    """Switch a channel off and forget its address; twice is once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    switch_off(request.user.username, _known(channel), get_deps())
    messages.success(request, _STOPPED.in_language(current_language()))
    return redirect("applicant:channels")


def _known(channel: str) -> str:
    if channel not in OUTSIDE:
        raise NotFound(channel)
    return channel


def _refuse(request: HttpRequest, refused: Refused, channel: str, raw: str) -> HttpResponse:
    """Show the page again; each channel has fields of its own, so a problem points at its channel's."""
    problems = [
        replace(one, pointer=f"{'code' if one.pointer == 'code' else 'address'}-{channel}")
        for one in refused.problems
    ]
    context = _compose(request, get_deps(), problems, {channel: raw})
    return refuse_page(request, "applicant/channels.html", context, Refused(*problems))


def _compose(
    request: HttpRequest, deps: Deps, problems: Sequence[Problem] = (), typed: Mapping[str, str] = NOTHING
) -> dict[str, Any]:
    book = deps.catalogue.notifications
    quiet = book.zones.get(deps.zone, book.quiet)
    kept = {one.channel: one for one in deps.channels.list_of(account_mark(request.user.username))}
    rows = [_row(name, kept.get(name), deps, problems, typed.get(name, "")) for name in OUTSIDE]
    return {"rows": rows, "book": book, "quiet_from": f"{quiet.from_time:%H:%M}",
            "quiet_until": f"{quiet.until_time:%H:%M}"}  # fmt: skip


def _row(
    name: str, one: Channel | None, deps: Deps, problems: Sequence[Problem], typed: str
) -> dict[str, Any]:
    carrier, is_mail = deps.carriers.get(name), name == EMAIL
    label = Text("邮箱地址", "E-mail address") if is_mail else Text("手机号码", "Mobile number")
    is_waiting = bool(one and one.code and one.code_until and one.code_until >= deps.clock.now())

    def wrong(field: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == f"{field}-{name}"]

    return {
        "id": name,
        "title": CHANNEL_WORDS[name],
        "note": carrier.note if carrier and carrier.note.zh else None,
        "is_offered": carrier is not None,
        "address": hide_address(one.address) if one else "",
        "is_proved": bool(one and one.is_proved),
        "is_waiting": is_waiting,
        "address_field": Field(
            f"address-{name}", label, value=typed, max_length=_ADDRESS_CHARS, problems=wrong("address"),
            autocomplete="email" if is_mail else "tel",
        ),
        "code_field": Field(
            f"code-{name}", _CODE, max_length=_CODE_CHARS, problems=wrong("code"),
            autocomplete="one-time-code",
        ),
    }  # fmt: skip


_CODE = Text("收到的验证码", "The code that came")
_SENT = Text("验证码已发出，请在下面填写。", "A code is on its way; type it in below.")
_SHOWN = Text("演示，没有真的发出。本来会发：{words}", "Demonstration, nothing was sent. It says: {words}")
_PROVED = Text("已开通，以后的消息也会发到这里。", "Done: messages also go there from now on.")
_STOPPED = Text("已关闭，地址已删除。", "Switched off; the address is deleted.")
