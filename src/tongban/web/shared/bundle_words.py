"""Bundles in words: where members stand, what the whole comes to, bundles as cards."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongban.domain.bundle.bundle import Bundle
from tongban.domain.bundle.opened import Standing
from tongban.kernel.text import Text
from tongban.reads.bundles import ReceiptPage
from tongban.web.shared.item_cards import OBJECTS
from tongban.web.shared.parts import Card, Tag

STANDINGS: dict[Standing, Tag] = {
    Standing.YOURS: Tag(Text("等您去办", "Yours to do"), "yellow"),
    Standing.LATER: Tag(Text("还不用去办", "Not yet"), "grey"),
    Standing.WAITS: Tag(Text("等前一项", "Waits for another"), "grey"),
    Standing.READY: Tag(Text("正在提交", "Being handed in"), "blue"),
    Standing.RUNS: Tag(Text("办理中", "Under way"), "blue"),
    Standing.CORRECTS: Tag(Text("等您补正", "Needs your correction"), "yellow"),
    Standing.DONE: Tag(Text("已办好", "Done"), "green"),
    Standing.FAILED: Tag(Text("没有办成", "Not granted"), "red"),
    Standing.STOPPED: Tag(Text("已停下", "Stopped"), "red"),
    Standing.DROPPED: Tag(Text("已撤回", "Withdrawn"), "grey"),
    Standing.STUCK: Tag(Text("没有自动提交", "Not handed in"), "red"),
}
OVERALL: dict[str, Tag] = {
    "done": Tag(Text("全部办好", "All done"), "green"),
    "partly": Tag(Text("部分办好", "Done in part"), "yellow"),
    "failed": Tag(Text("没有办成", "Not done"), "red"),
    "yours": Tag(Text("等您去办", "Your turn"), "yellow"),
    "runs": Tag(Text("办理中", "Under way"), "blue"),
}


def show_receipt_progress(
    request: HttpRequest, page: ReceiptPage, addresses: Mapping[str, str]
) -> HttpResponse:
    """Say again what is under way; tell the script to take the whole page once something has moved.

    Args:
        addresses: ``poll_url`` and ``page_url`` of whoever's page it is.
    """
    seen = request.GET.get("version", "")
    moved = seen.isdecimal() and int(seen) != page.version
    if moved or not page.is_moving:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "shared/parts/receipt_progress.html", {"page": page, **addresses})


def compose_bundle_card(bundle: Bundle) -> Card:
    """Return a bundle in a list."""
    handled = sum(1 for member in bundle.members if member.item is not None)
    facts: list[tuple[Text, Any]] = [
        (Text("包含事项", "Members"), Text(f"{len(bundle.members)} 件", f"{len(bundle.members)}")),
        (Text("在这里办", "Handled here"), Text(f"{handled} 件", f"{handled}")),
    ]
    tags = [
        Tag(Text("一件事", "One thing"), "green"),
        *(Tag(OBJECTS[kind], "blue") for kind in bundle.objects),
    ]
    return Card(bundle.title, reverse("applicant:bundle", args=[bundle.id]), bundle.summary, tags, facts)
