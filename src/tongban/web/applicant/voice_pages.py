"""Questions and complaints, for anyone: raise one, follow it by its number, read what was published."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.voice.book import COMPLAINT, QUESTION, VoiceKind
from tongban.domain.voice.checks import LINE_CHARS, WORDS_CHARS
from tongban.domain.voice.voice import About, Asker, Voice
from tongban.flows.answer_voice import take_back
from tongban.flows.ports import Deps
from tongban.flows.raise_voice import Said, raise_voice
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text
from tongban.reads.voices import read_own, read_published
from tongban.web.applicant.person_pages import read_way_back
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Choice, Field
from tongban.web.shared.voice_parts import read_line, read_words, voice_context
from tongban.wiring import get_deps

_CODES = "voice_codes"
_CODES_MAX = 20
_BY_ANYBODY = (QUESTION, COMPLAINT)


def holder_of(request: HttpRequest) -> str:
    """Return under which name somebody's own are kept; empty for who is not logged in as an applicant."""
    account = request.user
    return f"account:{account.username}" if account.is_authenticated and account.role == "applicant" else ""


def entrance(request: HttpRequest) -> HttpResponse:
    """Show what may be raised, how to follow it, and one's own; open one by number and code."""
    deps = get_deps()
    holder = holder_of(request)
    context = {
        "kinds": [deps.catalogue.voices.get(one) for one in _BY_ANYBODY],
        "own": read_own(holder, deps) if holder else (),
        "fields": [
            Field("number", _NUMBER, value=read_line(request, "number"), max_length=40, autocomplete="off"),
            Field("code", _CODE, value="", max_length=12, autocomplete="off"),
        ],
    }
    if request.method != "POST":
        return render(request, "applicant/voices.html", context)
    number, code = read_line(request, "number").strip().upper(), read_line(request, "code").strip().upper()
    voice = deps.voices.find(number[:40])
    if voice is None or not voice.code or voice.code != code:
        return refuse_page(
            request, "applicant/voices.html", context, Refused(Problem("voice.unknown", _UNKNOWN, "number"))
        )
    _remember(request, voice)
    return redirect("applicant:voice", voice.number)


def _remember(request: HttpRequest, voice: Voice) -> None:
    kept = dict(list(request.session.get(_CODES, {}).items())[-_CODES_MAX:])
    request.session[_CODES] = {**kept, voice.number: voice.code}


def raise_one(request: HttpRequest, kind_id: str) -> HttpResponse:
    """Ask what somebody wants to say, and keep it."""
    deps = get_deps()
    if kind_id not in _BY_ANYBODY:
        raise NotFound(kind_id)
    kind = deps.catalogue.voices.get(kind_id)
    context = _compose(request, kind, (), deps)
    if request.method != "POST":
        return render(request, "applicant/voice_form.html", context)
    about = About(
        ItemId(read_line(request, "item")), CaseId(read_line(request, "case").strip().upper()[:40]),
        read_line(request, "subject"), read_line(request, "place").strip(),
        read_line(request, "person").strip(),
    )  # fmt: skip
    asker = Asker(
        holder_of(request),
        "",
        read_line(request, "contact").strip(),
        "yes" in request.POST.getlist("publish"),
    )
    said = Said(kind.id, about, asker, read_words(request, "words"), read_line(request, "zone"))
    try:
        voice = raise_voice(said, deps)
    except Refused as refused:
        context = _compose(request, kind, refused.problems, deps)
        return refuse_page(request, "applicant/voice_form.html", context, refused)
    _remember(request, voice)
    messages.success(request, _RAISED.in_language(current_language()))
    back = read_way_back(request)
    address = reverse("applicant:voice", args=[voice.number])
    return redirect(f"{address}?{urlencode({'from': back})}" if back else address)


def _compose(
    request: HttpRequest, kind: VoiceKind, problems: tuple[Problem, ...], deps: Deps
) -> dict[str, object]:
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
    fields += _words_fields(request, kind, problems)
    back = read_way_back(request)
    return {"kind": kind, "fields": fields, "back_url": back, "way_back": back}


def _words_fields(request: HttpRequest, kind: VoiceKind, problems: tuple[Problem, ...]) -> list[Field]:
    """Return what every kind asks: the case, the words, a way to reach somebody, and publishing."""
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
    if not holder_of(request):
        fields.append(Field("contact", _CONTACT, value=line("contact"), is_required=False,
                            max_length=LINE_CHARS, help=_CONTACT_HELP, law="pipl-2021#19",
                            problems=wrong("contact")))  # fmt: skip
    if kind.id == QUESTION:
        chosen = ("yes",) if "yes" in given.getlist("publish") else ()
        fields.append(Field("publish", _PUBLISH, "choices", values=chosen, is_required=False,
                            choices=[Choice("yes", _PUBLISH_YES)]))  # fmt: skip
    return fields


def voice(request: HttpRequest, number: str) -> HttpResponse:
    """Show something raised to whoever raised it: where it lies, by when it is answered, the answer."""
    deps = get_deps()
    found = _get_own(request, number, deps)
    if request.method == "POST" and request.POST.get("act") == "take-back":
        take_back(found, deps)
        messages.success(request, _TAKEN_BACK.in_language(current_language()))
        return redirect("applicant:voice", number)
    context = voice_context(found, deps) | {
        "show_code": bool(found.code and not found.asker.holder),
        "way_back": read_way_back(request),
    }
    return render(request, "applicant/voice.html", context)


def voice_file(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """Hand out a file of something raised: what was attached, or the file that went to the review body."""
    deps = get_deps()
    found = _get_own(request, number, deps)
    content = deps.files.find(digest) if digest in found.files else None
    if content is None:
        raise NotFound(digest)
    disposition = f'attachment; filename="{digest[:12]}.zip"'
    if found.files[digest].isascii():
        disposition = f'attachment; filename="{found.files[digest]}"'
    return HttpResponse(content, "application/octet-stream", headers={"Content-Disposition": disposition})


def _get_own(request: HttpRequest, number: str, deps: Deps) -> Voice:
    """Return something the person in front of the page raised; NotFound for any other."""
    found = deps.voices.find(number[:40])
    holder = holder_of(request)
    if found is None or found.filed_in != deps.zone:
        raise NotFound(number)
    is_own = bool(holder) and found.asker.holder == holder
    if not is_own and not (found.code and request.session.get(_CODES, {}).get(number) == found.code):
        raise NotFound(number)
    return found


def published(request: HttpRequest) -> HttpResponse:
    """Show published questions and answers, of one item or of all; open to everybody."""
    item = request.GET.get("item", "")[:80].replace("\x00", "")
    deps = get_deps()
    return render(request, "applicant/voice_answers.html", {
        "rows": read_published(item, deps), "item": item,
        "ask_url": reverse("applicant:raise", args=[QUESTION]),
    })  # fmt: skip


_NUMBER = Text("编号", "Number")
_CODE = Text("查询码", "Code")
_UNKNOWN = Text("编号或查询码不对", "There is no such number with this code")
_RAISED = Text("已收到。请记下编号。", "It was received. Please note its number.")
_TAKEN_BACK = Text("已撤回。", "It was taken back.")
_ZONE = Text("问哪个高新区", "Which zone is it about?")
_ITEM = Text("事项", "Item")
_NO_ITEM = Text("不针对某个事项", "None in particular")
_SUBJECT = Text("投诉什么", "What is it about?")
_PLACE = Text("窗口或者地点", "Window or place")
_PERSON = Text("是谁", "Who was it?")
_PERSON_HELP = Text("写明的人不会经手这件投诉。", "Whoever is named does not handle this complaint.")
_CASE = Text("办件编号", "Number of the case")
_WORDS = Text("要说的事", "What you want to say")
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
