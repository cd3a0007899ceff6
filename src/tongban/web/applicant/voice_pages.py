"""Questions and complaints, for anyone: raise one, follow it by its number, read what was published."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.voice.book import COMPLAINT, QUESTION, VoiceKind
from tongban.domain.voice.voice import Asker, Voice
from tongban.flows.answer_voice import take_back
from tongban.flows.ports import Deps
from tongban.flows.raise_voice import Said, raise_voice
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.reads.voices import read_own, read_published
from tongban.web.applicant.person_pages import read_way_back
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.web.shared.voice_form import compose_voice_fields, read_about
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
    asker = Asker(
        holder_of(request),
        "",
        read_line(request, "contact").strip(),
        "yes" in request.POST.getlist("publish"),
    )
    said = Said(kind.id, read_about(request), asker, read_words(request, "words"), read_line(request, "zone"))
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
    fields = compose_voice_fields(request, kind, problems, deps, has_contact=not holder_of(request))
    back = read_way_back(request)
    return {"kind": kind, "fields": fields, "back_url": back, "way_back": back}


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
