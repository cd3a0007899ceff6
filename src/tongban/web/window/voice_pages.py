"""Questions and complaints of somebody at the window: written down, read back, and handed out on paper."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongban.domain.voice.book import COMPLAINT, QUESTION, VoiceKind
from tongban.domain.voice.voice import Asker
from tongban.flows.ports import Deps
from tongban.flows.raise_voice import Said, check_said, raise_voice
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Choice, Field
from tongban.web.shared.voice_form import compose_voice_fields, read_about
from tongban.web.shared.voice_parts import read_line, read_words, voice_context
from tongban.web.window.bar import compose_bar
from tongban.web.window.client import read_client, save_client
from tongban.web.window.take_in_pages import actor_of
from tongban.wiring import get_deps

_TAKEN_DOWN = (QUESTION, COMPLAINT)


def take_down(request: HttpRequest, kind_id: str) -> HttpResponse:
    """Ask what the client says, have it read back to them, and keep it under a number."""
    deps = get_deps()
    if kind_id not in _TAKEN_DOWN:
        raise NotFound(kind_id)
    kind = deps.catalogue.voices.get(kind_id)
    if request.method != "POST":
        return render(request, "window/voice_form.html", _compose(request, kind, (), deps))
    try:
        number = _raise(request, kind, deps)
    except Refused as refused:
        context = _compose(request, kind, refused.problems, deps)
        return refuse_page(request, "window/voice_form.html", context, refused)
    now = read_client(request.session)
    save_client(request.session, replace(now, raised=(*now.raised, number)))
    return redirect("window:voice", number)


def _raise(request: HttpRequest, kind: VoiceKind, deps: Deps) -> str:
    """Keep it; raises Refused with everything that is wrong, that it was not read back too."""
    asker = Asker(
        "",
        read_line(request, "name").strip(),
        read_line(request, "contact").strip(),
        "yes" in request.POST.getlist("publish"),
    )
    said = Said(
        kind.id, read_about(request), asker, read_words(request, "words"), read_line(request, "zone"),
        taken_down_by=actor_of(request),
    )  # fmt: skip
    if "yes" in request.POST.getlist("read_back"):
        return raise_voice(said, deps).number
    raise Refused(*check_said(said, deps), _NOT_READ)


def _compose(
    request: HttpRequest, kind: VoiceKind, problems: tuple[Problem, ...], deps: Deps
) -> dict[str, object]:
    fields = compose_voice_fields(request, kind, problems, deps, has_contact=True, has_name=True)
    read_back = Field(
        "read_back", _READ_BACK, "choices", choices=[Choice("yes", _READ_BACK_YES)],
        values=request.POST.getlist("read_back")[:1],
        problems=[one for one in problems if one.pointer == "read_back"],
    )  # fmt: skip
    return {"kind": kind, "fields": [*fields, read_back], "bar": compose_bar(request, deps)}


def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was written down for the client at the window, to be printed; gone with the next client."""
    deps = get_deps()
    found = deps.voices.find(number[:40]) if number in read_client(request.session).raised else None
    if found is None:
        raise NotFound(number)
    context = voice_context(found, deps) | {
        "issuer": deps.catalogue.zones[deps.zone].authority.name,
        "bar": compose_bar(request, deps),
    }
    return render(request, "window/voice_receipt.html", context)


_READ_BACK = Text("念给来人听", "Read back")
_READ_BACK_YES = Text("已念给来人听，来人认可所记内容", "Read to the client, who agrees with what is written")
_NOT_READ = Problem(
    "voice.not-read-back",
    Text("请先把记下的内容念给来人听，由其认可", "Read to the client what is written, and let them agree"),
    "read_back",
)
