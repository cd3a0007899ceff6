"""Licences that are granted and not served yet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongban.reads.deliveries import read_outstanding
from tongban.wiring import get_deps

_LENGTH = 60


def deliveries(request: HttpRequest) -> HttpResponse:
    """Show what is to be served, the nearest limit first."""
    page = read_outstanding(request.GET.get("after", "")[:_LENGTH].replace("\x00", ""), get_deps())
    return render(request, "officer/deliveries.html", {"page": page, "open_name": "officer:case"})
