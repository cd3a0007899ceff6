"""Every URL says who may open it, and every role is tried at every URL."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, path

from tongban.web.shared.access import (
    ROLES,
    check_doors,
    for_any_role,
    for_anyone,
    for_machines,
    for_roles,
    list_doors,
)

DOORS = list_doors(get_resolver().url_patterns)
ROOMS = {
    "window": {"clerk"},
    "officer": {"officer", "head"},
    "steward": {"steward", "head"},
    "seal": {"custodian", "head"},
}
"""Addresses below which only these roles are ever let in."""


def somebody(role: str | None) -> SimpleNamespace:
    """An account of a role, or nobody."""
    return SimpleNamespace(is_authenticated=role is not None, role=role, display_name="虚构人员")


def knock(view, role: str | None, *, method: str = "get", address: str = "/somewhere/?a=1", **headers):
    """Open a view as somebody of a role."""
    request = getattr(RequestFactory(), method)(address, headers=headers)
    request.user = somebody(role)
    return view(request)


def page(request):
    """The page behind a door."""
    return HttpResponse("inside")


def test_every_url_says_who_may_open_it():
    assert DOORS
    assert [door.route for door in DOORS if door.access is None] == []


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_role_is_turned_away_at_every_url_that_is_not_its_own(role):
    """Who is not admitted never reaches the view, whatever stands in the address."""
    for door in DOORS:
        if door.access.admits(role) or door.access.for_machines:
            continue
        names = re.findall(r"<(?:\w+:)?(\w+)>", door.route)
        request = RequestFactory().get("/behind/this/door/")
        request.user = somebody(role)
        response = door.view(request, **dict.fromkeys(names, "x"))
        assert response.status_code == (302 if role is None else 403), door
        if role is None:
            assert response["Location"] == "/login/?next=%2Fbehind%2Fthis%2Fdoor%2F"


def test_who_may_open_what_is_what_is_written_here():
    """One line for each first part of an address: no page changes hands unseen."""
    for door in DOORS:
        room = door.route.split("/")[0]
        if room in ROOMS:
            assert door.access.roles <= ROOMS[room], door
            assert door.access.roles, door


def test_a_role_that_is_named_comes_in_and_another_does_not():
    view = for_roles(page, "officer", "head")
    assert knock(view, "officer").content == b"inside"
    assert knock(view, "head").content == b"inside"
    for role in ROLES.keys() - {"officer", "head"}:
        assert knock(view, role).status_code == 403


def test_who_is_turned_away_is_told_whose_page_it_is():
    said = knock(for_roles(page, "officer", "head"), "clerk").content.decode()
    assert "审批人员、审批负责人" in said


def test_nobody_is_sent_to_log_in_and_brought_back_to_the_same_place():
    response = knock(for_roles(page, "clerk"), None)
    assert response.status_code == 302
    assert response["Location"] == "/login/?next=%2Fsomewhere%2F%3Fa%3D1"


def test_a_form_sent_by_nobody_leads_back_to_its_page_without_its_answers():
    response = knock(for_roles(page, "clerk"), None, method="post")
    assert response["Location"] == "/login/?next=%2Fsomewhere%2F"


def test_a_script_is_told_to_take_the_whole_page_to_the_login():
    response = knock(for_roles(page, "clerk"), None, **{"HX-Request": "true"})
    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/login/?next=")


def test_a_page_for_a_role_is_kept_by_nobody():
    assert "no-store" in knock(for_any_role(page), "steward")["Cache-Control"]


def test_a_page_for_anyone_opens_for_nobody_and_for_all():
    for role in (None, *ROLES):
        assert knock(for_anyone(page), role).content == b"inside"


def test_an_url_that_does_not_say_stops_the_start_by_name():
    with pytest.raises(ImproperlyConfigured, match="forgotten/"):
        check_doors([path("said/", for_anyone(page)), path("forgotten/", page)])


def test_a_role_that_does_not_exist_stops_the_start():
    with pytest.raises(ImproperlyConfigured):
        for_roles(page, "oficer")
    with pytest.raises(ImproperlyConfigured):
        for_roles(page)


def test_an_api_declares_all_its_urls_at_once():
    target = for_machines(
        ([path("a/", for_anyone(page)), path("b/", lambda request: page(request))], "api", "api")
    )
    doors = list_doors(target[0])
    assert [door.access.for_machines for door in doors] == [True, True]
    check_doors(target[0])


def test_an_account_with_a_role_that_does_not_exist_is_turned_away_everywhere():
    assert knock(for_any_role(page), "emperor").status_code == 403
