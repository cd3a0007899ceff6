"""Addresses of the seal's room; custodians act, heads of approvals look."""

from django.urls import path

from tongban.web.seal import act_pages, register_pages
from tongban.web.shared.access import View, for_roles


def _open(view: View) -> View:
    return for_roles(view, "custodian", "head")


app_name = "seal"
urlpatterns = [
    path("", _open(register_pages.state), name="state"),
    path("uses/", _open(register_pages.uses), name="uses"),
    path("uses/<int:number>/", _open(register_pages.use), name="use"),
    path("refusals/", _open(register_pages.refusals), name="refusals"),
    path("<slug:act>/", for_roles(act_pages.act, "custodian"), name="act"),
]
