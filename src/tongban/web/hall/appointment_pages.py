"""Appointments: choose a day and a slot, book it with an account or a mobile number, cancel it."""

from contextlib import suppress
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render

from tongban.flows.book_appointment import MOBILE_DIGITS, book_appointment, cancel_appointment
from tongban.flows.ports import Deps
from tongban.flows.take_ticket import get_appointment
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.moment import CHINA_STANDARD_TIME
from tongban.kernel.text import Text
from tongban.reads.hall import list_days, read_slots
from tongban.web.shared.errors import refuse_page
from tongban.web.shared.parts import Field
from tongban.wiring import get_deps

_NAME_LENGTH = 40
_SHOWN = 20
_MOBILE_TYPED = MOBILE_DIGITS + 5  # with the spaces and signs that people write


def choose(request: HttpRequest) -> HttpResponse:
    """Show businesses, days and free slots; what is already booked when somebody is logged in."""
    context = _compose(request, request.GET, "", get_deps())
    return render(request, "hall/appointments.html", context)


def book(request: HttpRequest) -> HttpResponse:
    """Book a slot."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps = get_deps()
    business = request.POST.get("business", "")[:_NAME_LENGTH]
    mobile = request.POST.get("mobile", "").replace("\x00", "")[:_MOBILE_TYPED]
    starts_at = _read_instant(request.POST.get("slot", "")[:_NAME_LENGTH])
    try:
        if starts_at is None:
            raise Refused(Problem("appointment.no-slot", _NO_SLOT, "slot"))
        account = request.user.username if request.user.is_authenticated else ""
        booked = book_appointment(business, starts_at, account, mobile, deps)
    except Refused as refused:
        context = _compose(request, request.POST, mobile, deps, refused)
        return refuse_page(request, "hall/appointments.html", context, refused)
    return redirect("hall:appointment", booked.code)


def appointment(request: HttpRequest, code: str) -> HttpResponse:
    """Show an appointment to whoever has its code."""
    return _show(request, code, get_deps())


def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel an appointment; only a form may."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    deps = get_deps()
    try:
        cancel_appointment(code, deps)
    except Refused as refused:
        return _show(request, code, deps, refused)
    return redirect("hall:appointment", code)


def _show(request: HttpRequest, code: str, deps: Deps, refused: Refused | None = None) -> HttpResponse:
    try:
        found = get_appointment(code[:_NAME_LENGTH], deps)
    except Refused:
        raise NotFound("appointment") from None
    context = {
        "appointment": found,
        "business": deps.catalogue.hall.get_business(found.business),
        "place": deps.catalogue.zones[deps.zone].windows.get("hall"),
    }
    if refused:
        return refuse_page(request, "hall/appointment.html", context, refused)
    response = render(request, "hall/appointment.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _compose(
    request: HttpRequest, asked: object, mobile: str, deps: Deps, refused: Refused | None = None
) -> dict[str, object]:
    book, days = deps.catalogue.hall.of(deps.zone), list_days(deps)
    offered = [one for one in book.businesses if book.slots.capacity.get(one.id)]
    wanted = asked.get("business", "")  # type: ignore[attr-defined]
    chosen = next((one for one in offered if one.id == wanted), offered[0] if offered else None)
    day = _choose_day(asked, days)
    slots = read_slots(chosen.id, day, deps) if chosen and day else ()
    problems = [one for one in refused.problems if one.pointer == "mobile"] if refused else []
    return {
        "businesses": offered,
        "chosen": chosen,
        "days": days,
        "day": day,
        "slots": slots,
        "mobile_field": Field(
            "mobile", _MOBILE, value=mobile, help=_MOBILE_HELP, autocomplete="tel", max_length=_MOBILE_TYPED,
            is_required=not request.user.is_authenticated, problems=problems,
        ),
        "own": _read_own(request, deps),
        "is_synthetic": book.is_synthetic,
    }  # fmt: skip


def _read_own(request: HttpRequest, deps: Deps) -> list[tuple[object, object]]:
    if not request.user.is_authenticated:
        return []
    own = deps.hall.appointments.list_of_holder(f"account:{request.user.username}", _SHOWN)
    return [(one, deps.catalogue.hall.get_business(one.business)) for one in own]


def _choose_day(asked: object, days: tuple[date, ...]) -> date | None:
    slot = _read_instant(asked.get("slot", "")[:_NAME_LENGTH])  # type: ignore[attr-defined]
    wanted = slot.astimezone(CHINA_STANDARD_TIME).date() if slot else None
    with suppress(ValueError):
        wanted = wanted or date.fromisoformat(asked.get("day", "")[:_NAME_LENGTH])  # type: ignore[attr-defined]
    return wanted if wanted in days else (days[0] if days else None)


def _read_instant(written: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo else None


_NO_SLOT = Text("请选择一个时段", "Choose a slot")
_MOBILE = Text("手机号码", "Mobile number")
_MOBILE_HELP = Text(
    "只用于提醒这次预约，加密保存，办完、取消或过期即删除。",
    "For the reminder of this appointment alone; kept locked, deleted when it ends.",
)
