"""What other zones have told this one: the list, a notice beside the register's entry, and taking note."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.rules.words import fill
from tongban.flows.take_note import WORDS_CHARS, take_note
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.notices import NoticePage, count_open, read_notice, read_notices
from tongban.web.officer.acts import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps

_TAKEN = "taken"
_NUMBER_DIGITS = 18


def notices(request: HttpRequest) -> HttpResponse:
    """Show what other zones have told this one, first what nobody has taken note of."""
    is_taken = request.GET.get("show") == _TAKEN
    before, after = _read_number(request, "before"), _read_number(request, "after")
    at = after if after is not None else before
    page = read_notices(get_deps(), is_taken=is_taken, at=at, is_before=after is None and before is not None)
    context = {
        "lines": page.lines,
        "is_taken": is_taken,
        "open_count": count_open(),
        "open_url": reverse("officer:notices"),
        "taken_url": reverse("officer:notices") + _address(is_taken=True),
        "back_url": _address(is_taken, "before", page.back),
        "next_url": _address(is_taken, "after", page.next),
    }
    return render(request, "officer/notices.html", context)


def _read_number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _NUMBER_DIGITS else None


def _address(is_taken: bool, name: str = "", number: int | None = None) -> str:
    """Return the address of a page of the list; empty when it is asked for a page that is not there."""
    if name and number is None:
        return ""
    parts = {"show": _TAKEN if is_taken else "", name: str(number or "")}
    return "?" + urlencode({key: value for key, value in parts.items() if value})


def notice(request: HttpRequest, number: int) -> HttpResponse:
    """Show one notice with the entry of the register that it concerns; take note of it."""
    deps = get_deps()
    page = read_notice(number, deps)
    words = request.POST.get("words", "").replace("\x00", "").replace("\r\n", "\n").strip()
    if request.method != "POST":
        return render(request, "officer/notice.html", _compose(page, "", ()))
    try:
        take_note(number, words, actor_of(request), deps)
    except Refused as refused:
        shown = read_notice(number, deps)
        context = _compose(shown, words[: WORDS_CHARS * 2], refused.problems)
        return refuse_page(request, "officer/notice.html", context, refused)
    done = _DONE_MARKED if page.entry is not None and page.entry.will_mark else _DONE
    messages.success(request, done.in_language(current_language()))
    return redirect("officer:notice", number)


def _compose(page: NoticePage, words: str, problems: tuple[Problem, ...]) -> dict[str, Any]:
    about_words = [problem for problem in problems if problem.pointer == "words"]
    return {
        "page": page,
        "notice": page.notice,
        "heading": fill(_HEADING, zone=page.from_zone.short_name, item=page.item),
        "fields": [
            Field("words", _WORDS, "long_text", value=words, help=_WORDS_HELP, is_required=False,
                  max_length=WORDS_CHARS, problems=about_words)
        ],
        "problems": problems,
    }  # fmt: skip


_HEADING = Text("{zone}通报：{item}", "Notice from {zone}: {item}")
_WORDS = Text("备注", "A note")
_WORDS_HELP = Text(
    "例如已在本部门系统中作了什么处理。没有可写的，不用填。",
    "For example what was done in your own system. Leave it empty if there is nothing to say.",
)
_DONE = Text("已记录阅知。", "It is recorded that you have taken note.")
_DONE_MARKED = Text(
    "已记录阅知，登记记录已同时更新。",
    "It is recorded that you have taken note; the register's entry is updated.",
)
