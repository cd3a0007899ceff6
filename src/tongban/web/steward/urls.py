"""Addresses of the steward's room; stewards and heads of approvals come in, proposals are a steward's."""

from django.urls import path

from tongban.web.shared.access import View, for_roles
from tongban.web.steward import (
    alarm_pages,
    example_pages,
    item_pages,
    proposal_pages,
    rail_pages,
    standard_pages,
    table_pages,
)


def _open(view: View) -> View:
    return for_roles(view, "steward", "head")


def _for_stewards(view: View) -> View:
    return for_roles(view, "steward")


app_name = "steward"
urlpatterns = [
    path("", _open(item_pages.items), name="items"),
    path("replay/", _open(item_pages.replays), name="replay"),
    path("alarms/<int:number>/", _open(alarm_pages.alarm), name="alarm"),
    path("proposals/<int:number>/", _open(proposal_pages.proposal), name="proposal"),
    path("proposals/<int:number>/patch/", _open(proposal_pages.patch), name="patch"),
    path("proposals/<int:number>/<slug:state>/", _for_stewards(proposal_pages.change_state), name="state"),
    path("items/<slug:item_id>/", _open(item_pages.item), name="item"),
    path("items/<slug:item_id>/examples/", _open(example_pages.examples), name="examples"),
    path("items/<slug:item_id>/examples/<slug:name>/", _open(example_pages.example), name="example"),
    path("items/<slug:item_id>/propose/", _for_stewards(proposal_pages.propose), name="propose"),
    path("items/<slug:item_id>/<slug:act>/", _open(rail_pages.turn), name="turn"),
    path("standard/", _for_stewards(standard_pages.desk), name="standard"),
    path("standard/items/<slug:item_id>/", _for_stewards(standard_pages.side_by_side), name="standard-item"),
    path(
        "standard/items/<slug:item_id>/propose/",
        _for_stewards(standard_pages.propose_item),
        name="standard-propose",
    ),
    path(
        "standard/proposals/<slug:proposal_id>/",
        _for_stewards(standard_pages.proposal),
        name="standard-proposal",
    ),
    path(
        "standard/proposals/<slug:proposal_id>/<slug:act>/",
        _for_stewards(standard_pages.act),
        name="standard-act",
    ),
    path("table/", _for_stewards(table_pages.tickets), name="table"),
    path("table/open/<slug:item_id>/", _for_stewards(table_pages.open_one), name="open-ticket"),
    path("table/<slug:ticket_id>/", _for_stewards(table_pages.ticket), name="ticket"),
    path("table/<slug:ticket_id>/<slug:act>/", _for_stewards(table_pages.act), name="ticket-act"),
]
