"""Reasons, shares and actors, as the pages of this room ask for them and say them."""

from collections.abc import Sequence
from math import ceil

from django.http import HttpRequest

from tongban.domain.case.events import Actor
from tongban.domain.guard.parameters import MILLION
from tongban.flows.hold_machine import REASONS_MAX
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.web.shared.parts import Field

_REASONS = Text("理由", "Reasons, in Chinese")
_REASONS_EN = Text("理由（英文）", "Reasons, in English")
_HELP = Text("以您的姓名记录，不能删改。", "Recorded under your name; it cannot be changed or deleted.")
_ENGLISH_HELP = Text("不填写时，英文页面显示中文原文。", "Left empty, English pages show the Chinese words.")


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts: by role, login and name."""
    account = request.user
    return Actor(account.role, account.username, account.display_name)


def read_words(request: HttpRequest, name: str, most: int = REASONS_MAX) -> str:
    """Return what was typed, a little longer at most than may be kept, so that it can be shown again."""
    text = request.POST.get(name, "").replace("\x00", "").replace("\r\n", "\n")
    return text[: most + 100].strip()


def read_reasons(request: HttpRequest) -> Text:
    """Return the reasons in both languages; without English, that side shows the Chinese and says so."""
    zh, en = read_words(request, "reasons_zh"), read_words(request, "reasons_en")
    return Text(zh, en or (f"(in Chinese only) {zh}" if zh else ""))


def reason_fields(
    request: HttpRequest, problems: Sequence[Problem], label: tuple[Text, Text] = (_REASONS, _REASONS_EN)
) -> list[Field]:
    """Return the two fields for reasons, with what was typed and what is wrong with it."""
    return [
        Field(
            "reasons_zh",
            label[0],
            "long_text",
            value=read_words(request, "reasons_zh"),
            help=_HELP,
            max_length=REASONS_MAX,
            problems=[problem for problem in problems if problem.pointer == "reasons_zh"],
        ),
        Field(
            "reasons_en",
            label[1],
            "long_text",
            value=read_words(request, "reasons_en"),
            help=_ENGLISH_HELP,
            is_required=False,
            max_length=REASONS_MAX,
        ),
    ]


def say_bound(share: float) -> str:
    """Say an upper bound as percent, rounded up: a bound that is rounded down is none."""
    percent = share * 100
    if percent >= 100:
        return "100%"
    places = 1 if percent >= 1 else 2 if percent >= 0.1 else 3
    return f"{ceil(percent * 10**places) / 10**places:.{places}f}%"


def say_ppm(ppm: int) -> str:
    """Say a rate in millionths as percent."""
    return f"{ppm / MILLION * 100:g}%"
