"""At the window, for any zone's case: put an error right, hand a licence over, take a statement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.ending import Delivered
from tongban.flows.deliver import deliver
from tongban.flows.end_licence import state_on_ending
from tongban.flows.ports import Deps
from tongban.flows.read_ending_act import STATEMENT_MAX
from tongban.flows.tell_at_once import WHAT_MAX, correct_at_once
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage
from tongban.reads.prefill import raw_answers
from tongban.web.shared.application_form import Filled, KeptFile, compose_sections, read_posted
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field
from tongban.web.window.bar import compose_bar
from tongban.web.window.case_pages import check_helper, get_opened, may_at_window
from tongban.web.window.take_in_pages import actor_of
from tongban.wiring import get_deps

_WORD_LENGTH = 200
Problems = tuple[Problem, ...]


def hand_over_licence(request: HttpRequest, case_id: str) -> HttpResponse:
    """Note who took the licence, after looking at the document of who came."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "RecordDelivery" not in may_at_window(page):
        return redirect("window:case", case_id)
    raw = _read(request, ("received_by", "authority", "checked", "note"), _WORD_LENGTH)
    if request.method != "POST":
        who = page.case.applicant
        raw["received_by"] = who.agent_name or who.name
        return _show(request, page, _HAND_OVER, _deliver_fields(raw, ()), deps)
    today = Moment(deps.clock.now()).on
    delivered = Delivered(
        "pick-up", raw["received_by"], today, deps.zone, "", raw["authority"], raw["checked"] == "yes",
        raw["note"],
    )  # fmt: skip
    try:
        check_helper(request, page, "collect", deps)
        deliver(page.case.id, delivered, actor_of(request), deps)
    except Refused as refused:
        return _show(request, page, _HAND_OVER, _deliver_fields(raw, refused.problems), deps, refused)
    return _back(request, page, _HANDED_OVER)


def take_statement(request: HttpRequest, case_id: str) -> HttpResponse:
    """Write down what the holder says against an act that is proposed."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "StateOnEnding" not in may_at_window(page):
        return redirect("window:case", case_id)
    words = _read(request, ("statement",), STATEMENT_MAX)["statement"]
    if request.method != "POST":
        return _show(request, page, _STATE, [_statement(words, ())], deps)
    try:
        check_helper(request, page, "be-heard", deps)
        state_on_ending(page.case.id, words, actor_of(request), deps)
    except Refused as refused:
        return _show(request, page, _STATE, [_statement(words, refused.problems)], deps, refused)
    return _back(request, page, _STATED)


def put_right(request: HttpRequest, case_id: str) -> HttpResponse:
    """Show the form as it was handed in, and put right on the spot what is wrong in it."""
    deps = get_deps()
    page = get_opened(request, case_id, deps)
    if "CorrectAtOnce" not in may_at_window(page):
        return redirect("window:case", case_id)
    form = page.item.form
    answers = raw_answers(form, page.case.answers)
    kept = {
        question.id: KeptFile(str(answers[question.id]), _EARLIER.in_language(current_language()), 0)
        for question in form.questions
        if question.type == "file" and answers.get(question.id)
    }
    filled, what = Filled(answers, kept, {}), _read(request, ("what",), WHAT_MAX)["what"]
    if request.method != "POST":
        return _show_form(request, page, filled, what, None, deps)
    posted = read_posted(form, request.POST, filled)
    try:
        correct_at_once(page.case.id, what, posted, actor_of(request), deps)
    except Refused as refused:
        return _show_form(request, page, Filled(posted, kept, {}), what, refused, deps)
    return _back(request, page, _PUT_RIGHT)


def _show_form(
    request: HttpRequest, page: CasePage, filled: Filled, what: str, refused: Refused | None, deps: Deps
) -> HttpResponse:
    problems = refused.problems if refused else ()
    context = {
        "page": page,
        "sections": compose_sections(page.item.form, filled, problems),
        "what": Field("what", _WHAT, value=what, max_length=WHAT_MAX, law="all-2019#32.3",
                      problems=_of("what", problems)),
        "bar": compose_bar(request, deps),
    }  # fmt: skip
    if refused:
        return refuse_page(request, "window/put_right.html", context, refused)
    return render(request, "window/put_right.html", context)


def _show(
    request: HttpRequest,
    page: CasePage,
    heading: Text,
    fields: list[Field],
    deps: Deps,
    refused: Refused | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "heading": heading,
        "fields": fields,
        "submit_label": heading,
        "back_url": reverse("window:case", args=[page.case.id]),
        "bar": compose_bar(request, deps),
    }
    if refused:
        return refuse_page(request, "window/one_form.html", context, refused)
    return render(request, "window/one_form.html", context)


def _deliver_fields(raw: dict[str, str], problems: Problems) -> list[Field]:
    return [
        Field("received_by", _WHO, value=raw["received_by"], max_length=_WORD_LENGTH,
              problems=_of("received_by", problems)),
        Field("authority", _AUTHORITY, value=raw["authority"], max_length=_WORD_LENGTH, is_required=False,
              law="all-2019#29.2"),
        Field("checked", _CHECKED, "yes_no", value=raw["checked"],
              problems=_of("is_identity_checked", problems)),
        Field("note", _NOTE, value=raw["note"], max_length=_WORD_LENGTH, is_required=False),
    ]  # fmt: skip


def _statement(words: str, problems: Problems) -> Field:
    return Field("statement", _WORDS, "long_text", value=words, max_length=STATEMENT_MAX, law="all-2019#7",
                 problems=_of("statement", problems))  # fmt: skip


def _of(pointer: str, problems: Problems) -> list[Problem]:
    return [problem for problem in problems if problem.pointer == pointer]


def _read(request: HttpRequest, names: tuple[str, ...], most: int) -> dict[str, str]:
    return {name: request.POST.get(name, "").replace("\x00", "").strip()[:most] for name in names}


def _back(request: HttpRequest, page: CasePage, done: Text) -> HttpResponse:
    words = done if page.is_own else _SENT
    messages.success(request, words.in_language(current_language()))
    return redirect("window:case", page.case.id)


_HAND_OVER = Text("当面交付证照", "Hand the licence over")
_HANDED_OVER = Text("已登记，送达回证随后生成。", "Noted; the proof of service is written.")
_STATE = Text("记录陈述、申辩", "Take a statement")
_STATED = Text("已记录。", "It was taken down.")
_PUT_RIGHT = Text("已当场更正。", "It was put right.")
_SENT = Text(
    "已送往办理地，对方确认后这里会更新。", "Sent to the deciding zone; this page changes once they confirm."
)
_EARLIER = Text("已上传的文件", "the file handed in")
_WHO = Text("由谁领取", "Who takes it")
_AUTHORITY = Text("代领的，凭什么代领（委托书日期、编号）", "If an agent: what the authority rests on")
_CHECKED = Text("看过来人的证件原件，人证一致", "I have seen the original document, and it is that person")
_NOTE = Text("签字情况", "About the signature")
_WORDS = Text("照来人所说", "As the client says it")
_WHAT = Text("当场更正了什么", "What was put right on the spot")
