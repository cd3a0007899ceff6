"""Addresses of the officer's room; officers and heads of approvals come in."""

from django.urls import path

from tongban.web.officer import acts, check_pages, correction, later_checks, notices, papers, ratings, views
from tongban.web.shared.access import View, for_roles


def _for_officers(view: View) -> View:
    return for_roles(view, "officer", "head")


app_name = "officer"
urlpatterns = [
    path("", _for_officers(views.worklist), name="worklist"),
    path("find/", _for_officers(views.find), name="find"),
    path("checks/", _for_officers(later_checks.checks), name="checks"),
    path("checks/<str:case_id>/", _for_officers(later_checks.check), name="check"),
    path("notices/", _for_officers(notices.notices), name="notices"),
    path("notices/<int:number>/", _for_officers(notices.notice), name="notice"),
    path("ratings/", for_roles(ratings.bad_ratings, "head"), name="ratings"),
    path("ratings/<str:case_id>/<slug:part>/", for_roles(ratings.bad_rating, "head"), name="rating"),
    path("promises/", _for_officers(check_pages.due_checks), name="due-checks"),
    path("cases/<str:case_id>/", _for_officers(views.case_page), name="case"),
    path("cases/<str:case_id>/checks/", _for_officers(check_pages.case_checks), name="case-checks"),
    path("cases/<str:case_id>/checks/<str:check>/", _for_officers(check_pages.record), name="record-check"),
    path("cases/<str:case_id>/copies/<str:digest>/", _for_officers(views.copy), name="copy"),
    path("cases/<str:case_id>/correction/", _for_officers(correction.request_one), name="correction"),
    path("cases/<str:case_id>/papers/", _for_officers(papers.dossier), name="dossier"),
    path("cases/<str:case_id>/papers/<slug:paper_id>/", _for_officers(papers.paper), name="paper"),
    path("cases/<str:case_id>/papers/<slug:paper_id>/data/", _for_officers(papers.data), name="paper-data"),
    path("cases/<str:case_id>/<slug:act>/", _for_officers(acts.decide), name="act"),
]
