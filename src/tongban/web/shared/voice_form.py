"""What is asked of somebody who raises something, on their own page and at a window."""

from collections.abc import Sequence

from django.http import HttpRequest

from tongban.domain.voice.book import QUESTION, VoiceKind
from tongban.domain.voice.checks import LINE_CHARS, WORDS_CHARS
from tongban.domain.voice.voice import About
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.web.shared.parts import Choice, Field
from tongban.web.shared.voice_parts import read_line


def read_about(request: HttpRequest) -> About:
    """Return what it is about, as it was sent."""
    return About(
        ItemId(read_line(request, "item")), CaseId(read_line(request, "case").strip().upper()[:40]),
        read_line(request, "subject"), read_line(request, "place").strip(),
        read_line(request, "person").strip(),
    )  # fmt: skip


def compose_voice_fields(
    request: HttpRequest,
    kind: VoiceKind,
    problems: Sequence[Problem],
    deps: Deps,
    *,
    has_contact: bool,
    has_name: bool = False,
) -> list[Field]:
    """Return the questions with what was answered so far.

    Args:
        has_contact: ask for a way to reach somebody who has no account; has_name: and for a name.
    """
    given = request.POST if request.method == "POST" else request.GET

    def wrong(name: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == name]

    def line(name: str) -> str:
        return given.get(name, "").replace("\x00", "")[: LINE_CHARS * 2]

    zones = [Choice(zone.id, zone.short_name) for zone in deps.catalogue.zones.values()]
    fields = [
        Field("zone", _ZONE, "select", value=line("zone") or deps.zone, choices=zones, problems=wrong("zone"))
    ]
    if kind.id == QUESTION:
        items = [
            Choice("", _NO_ITEM),
            *(Choice(one.id, one.title) for one in deps.catalogue.list_items(deps.zone)),
        ]
        fields.append(Field("item", _ITEM, "select", value=line("item"), choices=items, is_required=False,
                            problems=wrong("item")))  # fmt: skip
    else:
        subjects = [Choice(one, title) for one, title in kind.subjects.items()]
        fields += [
            Field("subject", _SUBJECT, "choice", value=line("subject"), choices=subjects,
                  problems=wrong("subject")),
            Field("place", _PLACE, value=line("place"), is_required=False, max_length=LINE_CHARS,
                  problems=wrong("place")),
            Field("person", _PERSON, value=line("person"), is_required=False, max_length=LINE_CHARS,
                  help=_PERSON_HELP, problems=wrong("person"), autocomplete="off"),
        ]  # fmt: skip
    asked = {"name": has_name, "contact": has_contact}
    return fields + _words_fields(request, kind, problems, asked)


def _words_fields(
    request: HttpRequest, kind: VoiceKind, problems: Sequence[Problem], asked: dict[str, bool]
) -> list[Field]:
    """Return what every kind asks: the case, the words, who and how to reach them, and publishing."""
    given = request.POST if request.method == "POST" else request.GET

    def wrong(name: str) -> list[Problem]:
        return [problem for problem in problems if problem.pointer == name]

    def line(name: str) -> str:
        return given.get(name, "").replace("\x00", "")[: LINE_CHARS * 2]

    words = given.get("words", "").replace("\x00", "")[: WORDS_CHARS * 2]
    fields = [
        Field("case", _CASE, value=line("case"), is_required=False, max_length=40, problems=wrong("case")),
        Field("words", _WORDS, "long_text", value=words, max_length=WORDS_CHARS, problems=wrong("words")),
    ]
    if asked["name"]:
        fields.append(Field("name", _NAME, value=line("name"), is_required=False, max_length=LINE_CHARS,
                            help=_NAME_HELP, problems=wrong("name"), autocomplete="off"))  # fmt: skip
    if asked["contact"]:
        fields.append(Field("contact", _CONTACT, value=line("contact"), is_required=False,
                            max_length=LINE_CHARS, help=_CONTACT_HELP, law="pipl-2021#19",
                            problems=wrong("contact"), autocomplete="off"))  # fmt: skip
    if kind.id == QUESTION:
        chosen = ("yes",) if "yes" in given.getlist("publish") else ()
        fields.append(Field("publish", _PUBLISH, "choices", values=chosen, is_required=False,
                            choices=[Choice("yes", _PUBLISH_YES)]))  # fmt: skip
    return fields


_ZONE = Text("问哪个高新区", "Which zone is it about?")
_ITEM = Text("事项", "Item")
_NO_ITEM = Text("不针对某个事项", "None in particular")
_SUBJECT = Text("投诉什么", "What is it about?")
_PLACE = Text("窗口或者地点", "Window or place")
_PERSON = Text("是谁", "Who was it?")
_PERSON_HELP = Text("写明的人不会经手这件投诉。", "Whoever is named does not handle this complaint.")
_CASE = Text("办件编号", "Number of the case")
_WORDS = Text("要说的事", "What you want to say")
_NAME = Text("来人姓名", "Who came")
_NAME_HELP = Text(
    "可以不写。写了的，只有本区答复的人看得到，不发给其他高新区。",
    "May be left out. Only whoever answers in this zone sees it; it is never sent to another zone.",
)
_CONTACT = Text("联系方式", "A way to reach you")
_CONTACT_HELP = Text(
    "可以不写，凭编号和查询码查看答复。写了的，加密保存，办完后删除，不发给其他高新区。",
    "You need not: number and code show you the answer. It is kept locked, deleted afterwards, and never"
    " sent to another zone.",
)
_PUBLISH = Text("公开", "Publishing")
_PUBLISH_YES = Text(
    "同意公开这个问题和答复，不带任何个人信息", "Question and answer may be published, without personal data"
)
