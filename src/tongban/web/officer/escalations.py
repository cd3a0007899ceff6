"""What the head was told of: limits that ran out, promises missed, checks and deliveries that are late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tongban.domain.rules.words import show_date
from tongban.reads.agenda import Standing, read_escalations
from tongban.web.shared.parts import Colour, Light, Tag
from tongban.wiring import get_deps

_LENGTH = 110


def escalations(request: HttpRequest) -> HttpResponse:
    """Show what is overdue and not settled, the longest standing first."""
    deps = get_deps()
    page = read_escalations(request.GET.get("after", "")[:_LENGTH].replace("\x00", ""), deps)
    context = {
        "rows": [
            (row, Light("red", show_date(row.since)), reverse("officer:case", args=[row.case_id]))
            for row in page.rows
        ],
        "next_url": f"?{urlencode({'after': page.next})}" if page.next else "",
    }
    return render(request, "officer/escalations.html", context)


def compose_told(standing: tuple[Standing, ...]) -> tuple[Tag, ...]:
    """Return what somebody was told of a case, as tags: red where the head was, and then no reminder."""
    escalated = [one for one in standing if one.kind.does == "escalate"]
    colour: Colour = "red" if escalated else "yellow"
    return tuple(Tag(one.kind.title, colour) for one in escalated or standing)
