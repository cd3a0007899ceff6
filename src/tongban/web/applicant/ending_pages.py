"""After the decision: confirm that the licence came, and state one's case against an act that is proposed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.domain.case.ending import Delivered
from tongban.flows.deliver import deliver
from tongban.flows.end_licence import state_on_ending
from tongban.flows.read_ending_act import STATEMENT_MAX
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import Moment
from tongban.kernel.text import Text
from tongban.reads.case_page import CasePage
from tongban.web.applicant.case_pages import read_own
from tongban.web.applicant.parties import actor_of
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.parts import Field


def confirm_receipt(request: HttpRequest, case_id: str) -> HttpResponse:
    """Ask whether the licence came, and record that it did."""
    page, deps = read_own(request, case_id)
    if "RecordDelivery" not in page.may:
        return redirect("applicant:case", case_id)
    if request.method == "POST":
        actor, today = actor_of(request.user), Moment(deps.clock.now()).on
        deliver(page.case.id, Delivered("electronic", actor.name, today, deps.zone), actor, deps)
        _say(request, page, _CONFIRMED)
        return redirect("applicant:case", case_id)
    context = {
        "heading": Text("确认收到证照？", "Confirm that the licence came?"),
        "consequences": _CONSEQUENCES,
        "confirm_label": Text("确认收到", "I have received it"),
        "cancel_url": reverse("applicant:case", args=[case_id]),
    }
    return render(request, "shared/confirm.html", context)


def state_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """Take a statement against an act that is proposed."""
    page, deps = read_own(request, case_id)
    if "StateOnEnding" not in page.may:
        return redirect("applicant:case", case_id)
    words = request.POST.get("statement", "").replace("\x00", "")[: STATEMENT_MAX + 100]
    context = {
        "heading": Text("陈述、申辩", "State your case"),
        "lead": _LEAD,
        "fields": [_field(words, ())],
        "submit_label": Text("提交", "Hand in"),
        "back_url": reverse("applicant:case", args=[case_id]),
    }
    if request.method != "POST":
        return render(request, "shared/form_page.html", context)
    try:
        state_on_ending(page.case.id, words[:STATEMENT_MAX], actor_of(request.user), deps)
    except Refused as refused:
        context["fields"] = [_field(words, refused.problems)]
        return refuse_page(request, "shared/form_page.html", context, refused)
    _say(request, page, _STATED)
    return redirect("applicant:case", case_id)


def _field(words: str, problems: tuple[Problem, ...]) -> Field:
    return Field("statement", _WORDS, "long_text", value=words, max_length=STATEMENT_MAX, law="all-2019#7",
                 problems=problems)  # fmt: skip


def _say(request: HttpRequest, page: CasePage, words: Text) -> None:
    said = words if page.is_own else _SENT
    messages.success(request, said.in_language(current_language()))


_CONSEQUENCES = [
    Text("生成送达回证，写明今天由您签收。", "A proof of service is written: received by you, today."),
    Text("证照的效力不因此改变。", "The licence is the same with or without it."),
]
_CONFIRMED = Text("已确认收到。", "Confirmed.")
_STATED = Text("您的意见已提交。", "Your statement was handed in.")
_SENT = Text("已收到，正在转交办理地。", "It was received and is on its way to the deciding zone.")
_WORDS = Text("您的意见", "Your statement")
_LEAD = Text(
    "拟作出的处理、理由和期限写在办理过程里。您的意见由作出决定的负责人考虑。",
    "What is proposed, why, and until when stands in the history. Whoever decides considers what you say.",
)
