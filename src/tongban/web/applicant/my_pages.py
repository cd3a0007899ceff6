"""My cases and my licences."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tongban import wiring
from tongban.domain.precheck import Precheck
from tongban.flows.ports import Deps
from tongban.flows.tell_parties import recipients_of_account
from tongban.kernel.text import Text
from tongban.reads.bundles import ReceiptLine, list_receipts
from tongban.reads.composites import list_composites, list_joinable
from tongban.reads.messages_told import count_unread
from tongban.reads.my_space import CaseLine, list_cases, list_licences
from tongban.web.applicant.parties import applicant_of, owns_draft
from tongban.web.shared.bundle_words import OVERALL
from tongban.web.shared.case_parts import STAGE_COLOURS
from tongban.web.shared.dates import say_moment
from tongban.web.shared.parts import Cell, Tag
from tongban.web.shared.precheck_parts import compose_state

COLUMNS = (
    Text("办件", "Case"),
    Text("状态", "Where it stands"),
    Text("办理地", "Decided in"),
    Text("收件时间", "Received"),
)


MOST_PRECHECKS = 20
RECEIPT_COLUMNS = (
    Text("一件事", "One thing"),
    Text("状态", "Where it stands"),
    Text("办好", "Done"),
    Text("提交时间", "Handed in"),
)


def my_cases(request: HttpRequest) -> HttpResponse:
    """Show my cases, newest first, and my licences."""
    deps = wiring.get_deps()
    party = applicant_of(request.user)
    after = request.GET.get("after", "")
    found = list_cases(party, after, deps)
    address = reverse("applicant:cases")
    context = {
        "party": party,
        "unread": count_unread(recipients_of_account(party, request.user.username), deps),
        "columns": COLUMNS,
        "rows": [_cells(line) for line in found.lines],
        "next_url": f"{address}?{urlencode({'after': found.after})}" if found.after else "",
        "back_url": address if after else "",
        "licences": () if after else list_licences(party, deps),
        "receipts": () if after else [_receipt(line) for line in list_receipts(party, deps)],
        "joinable": () if after else [one for one, _ in list_joinable(party, deps)],
        "composites": () if after else list_composites(party, deps),
        "prechecks": () if after else _prechecks(request, deps),
        "receipt_columns": RECEIPT_COLUMNS,
        "is_first": not after,
    }
    return render(request, "applicant/my_cases.html", context)


def _prechecks(request: HttpRequest, deps: Deps) -> list[tuple[Precheck, Text, Tag]]:
    """Return the drafts of this account that were put to pre-check, the newest first."""
    party = applicant_of(request.user)
    return [
        (one, deps.catalogue.get_item(one.item_id, one.zone).title, compose_state(one, deps))
        for one in deps.prechecks.list_of(party.id, MOST_PRECHECKS)
        if owns_draft(request.user, one.applicant)
    ]


def _receipt(line: ReceiptLine) -> list[Cell]:
    return [
        Cell(line.title, reverse("applicant:receipt", args=[line.number]), note=line.number),
        Cell("", tag=OVERALL[line.state]),
        Cell(f"{line.done} / {line.members}"),
        Cell(Text(say_moment(line.opened_at, "zh"), say_moment(line.opened_at, "en"))),
    ]


def _cells(line: CaseLine) -> list[Cell]:
    action = Text("等您补正", "Your turn") if line.is_yours_to_act else None
    return [
        Cell(line.title, reverse("applicant:case", args=[line.case_id]), note=line.case_id),
        Cell("", tag=Tag(action or line.status, "yellow" if action else STAGE_COLOURS[line.stage])),
        Cell(line.deciding.short_name),
        Cell(Text(say_moment(line.received_at, "zh"), say_moment(line.received_at, "en"))),
    ]
