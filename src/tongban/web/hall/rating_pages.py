"""Rating a visit to the hall: by whoever took the number, once, on the day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongban.flows.ports import Deps
from tongban.flows.rate import Opinion, name_visit, rate_visit
from tongban.flows.rating_store import VISIT
from tongban.flows.take_ticket import get_ticket
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.language import current_language
from tongban.web.shared.rating_parts import NO_OPINION, THANKS, compose_rating_fields, read_opinion
from tongban.wiring import get_deps

_TAKEN = "hall_tickets"
_TAKEN_MAX = 5
_LABEL_LENGTH = 40


def remember_ticket(request: HttpRequest, label: str) -> None:
    """Keep in the session that this browser took the number; a number alone says nothing of who has it."""
    taken = _name(label, get_deps())
    kept = [one for one in request.session.get(_TAKEN, []) if one != taken]
    request.session[_TAKEN] = [*kept, taken][-_TAKEN_MAX:]


def _name(label: str, deps: Deps) -> list[str]:
    return [civil_date(deps.clock.now()).isoformat(), label]


def may_rate(request: HttpRequest, label: str, deps: Deps) -> bool:
    """Say whether this browser took the number today; staff rate nobody."""
    account = request.user
    if account.is_authenticated and account.role != "applicant":
        return False
    return _name(label, deps) in request.session.get(_TAKEN, [])


def is_rated(label: str, deps: Deps) -> bool:
    """Say whether a visit of today was rated."""
    return deps.ratings.find(name_visit(get_ticket(label, deps)), VISIT) is not None


def rate(request: HttpRequest, label: str) -> HttpResponse:
    """Ask for a rating of a visit that has ended, and take it, once."""
    deps = get_deps()
    label = label[:_LABEL_LENGTH]
    if not may_rate(request, label, deps):
        raise NotFound(label)
    ticket = get_ticket(label, deps)
    if is_rated(label, deps):
        return redirect("hall:ticket", label)
    if request.method != "POST":
        return render(request, "shared/rate.html", _compose(label, NO_OPINION, (), deps))
    opinion = read_opinion(request)
    try:
        rate_visit(ticket, opinion, deps)
    except Refused as refused:
        context = _compose(label, opinion, refused.problems, deps)
        return refuse_page(request, "shared/rate.html", context, refused)
    messages.success(request, THANKS.in_language(current_language()))
    return redirect("hall:ticket", label)


def _compose(label: str, opinion: Opinion, problems: tuple[Problem, ...], deps: Deps) -> dict[str, object]:
    return {
        "back_url": reverse("hall:ticket", args=[label]),
        "heading": _HEADING.fill(label=label),
        "fields": compose_rating_fields(opinion, problems, deps),
    }


_HEADING = Text("{label} 号，窗口办得怎么样？", "Number {label}: how were you served?")
