"""Addresses of the window's room; clerks come in."""

from django.urls import path

from tongban.web.shared.access import View, for_roles
from tongban.web.window import act_pages, bundle_pages, case_pages, case_papers, desk_pages, take_in_pages


def _for_clerks(view: View) -> View:
    return for_roles(view, "clerk")


app_name = "window"
urlpatterns = [
    path("", _for_clerks(desk_pages.start), name="start"),
    path("next-client/", _for_clerks(desk_pages.next_client), name="next-client"),
    path("take-in/<slug:item_id>/<slug:zone_id>/", _for_clerks(take_in_pages.begin), name="begin"),
    path("client/", _for_clerks(take_in_pages.client), name="client"),
    path("form/", _for_clerks(take_in_pages.form), name="form"),
    path("check/", _for_clerks(take_in_pages.check), name="check"),
    path("bundles/<slug:bundle_id>/", _for_clerks(bundle_pages.begin), name="bundle-begin"),
    path("bundle/client/", _for_clerks(bundle_pages.client), name="bundle-client"),
    path("bundle/form/", _for_clerks(bundle_pages.form), name="bundle-form"),
    path("bundle/check/", _for_clerks(bundle_pages.check), name="bundle-check"),
    path("receipts/<slug:number>/", _for_clerks(bundle_pages.receipt), name="bundle-receipt"),
    path("cases/", _for_clerks(desk_pages.cases), name="cases"),
    path("cases/<slug:case_id>/", _for_clerks(case_pages.case), name="case"),
    path("cases/<slug:case_id>/receipt/", _for_clerks(case_pages.receipt), name="receipt"),
    path("cases/<slug:case_id>/document/", _for_clerks(case_pages.document), name="document"),
    path("cases/<slug:case_id>/papers/", _for_clerks(case_papers.dossier), name="dossier"),
    path("cases/<slug:case_id>/papers/<slug:paper_id>/", _for_clerks(case_papers.paper), name="paper"),
    path(
        "cases/<slug:case_id>/papers/<slug:paper_id>/data/", _for_clerks(case_papers.data), name="paper-data"
    ),
    path("cases/<slug:case_id>/correct/", _for_clerks(act_pages.correct_form), name="correct"),
    path("cases/<slug:case_id>/person/", _for_clerks(act_pages.ask_person), name="person"),
    path("cases/<slug:case_id>/withdraw/", _for_clerks(act_pages.withdraw_case), name="withdraw"),
]
