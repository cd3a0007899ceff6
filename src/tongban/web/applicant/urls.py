"""Addresses of the applicant's room."""

from django.urls import path

from tongban.web.applicant import (
    apply_pages,
    bundle_pages,
    case_pages,
    case_papers,
    catalogue_pages,
    composite_pages,
    due_pages,
    my_pages,
    rating_pages,
    receipt_pages,
)
from tongban.web.shared.access import for_anyone, for_roles

app_name = "applicant"
urlpatterns = [
    path("items/", for_anyone(catalogue_pages.items), name="items"),
    path("items/<slug:item_id>/", for_anyone(catalogue_pages.guide), name="guide"),
    path("apply/<slug:item_id>/<slug:zone_id>/", for_roles(apply_pages.start, "applicant"), name="start"),
    path(
        "apply/<slug:item_id>/<slug:zone_id>/<slug:number>/",
        for_roles(apply_pages.form, "applicant"),
        name="form",
    ),
    path(
        "apply/<slug:item_id>/<slug:zone_id>/<slug:number>/check/",
        for_roles(apply_pages.check, "applicant"),
        name="check",
    ),
    path("bundles/<slug:bundle_id>/", for_anyone(bundle_pages.bundle), name="bundle"),
    path("bundles/<slug:bundle_id>/plan/", for_anyone(bundle_pages.plan), name="bundle_plan"),
    path("bundles/<slug:bundle_id>/start/", for_roles(bundle_pages.start, "applicant"), name="bundle_start"),
    path(
        "bundles/<slug:bundle_id>/<slug:number>/",
        for_roles(bundle_pages.form, "applicant"),
        name="bundle_form",
    ),
    path(
        "bundles/<slug:bundle_id>/<slug:number>/check/",
        for_roles(bundle_pages.check, "applicant"),
        name="bundle_check",
    ),
    path("receipts/<slug:number>/", for_roles(receipt_pages.receipt, "applicant"), name="receipt"),
    path(
        "receipts/<slug:number>/done/<slug:member>/",
        for_roles(receipt_pages.report, "applicant"),
        name="receipt_report",
    ),
    path(
        "receipts/<slug:number>/withdraw/",
        for_roles(receipt_pages.withdraw, "applicant"),
        name="receipt_withdraw",
    ),
    path(
        "receipts/<slug:number>/person/",
        for_roles(receipt_pages.ask_person, "applicant"),
        name="receipt_person",
    ),
    path(
        "composites/join/<slug:composite_id>/",
        for_roles(composite_pages.join, "applicant"),
        name="composite_join",
    ),
    path("composites/<str:number>/", for_roles(composite_pages.composite, "applicant"), name="composite"),
    path(
        "composites/<str:number>/document/",
        for_roles(composite_pages.document, "applicant"),
        name="composite_document",
    ),
    path("my/", for_roles(my_pages.my_cases, "applicant"), name="cases"),
    path("cases/<slug:case_id>/", for_roles(case_pages.case, "applicant"), name="case"),
    path("cases/<slug:case_id>/progress/", for_roles(case_pages.progress, "applicant"), name="progress"),
    path("cases/<slug:case_id>/correct/", for_roles(case_pages.correct_form, "applicant"), name="correct"),
    path("cases/<slug:case_id>/person/", for_roles(case_pages.ask_person, "applicant"), name="person"),
    path("cases/<slug:case_id>/withdraw/", for_roles(case_pages.withdraw_case, "applicant"), name="withdraw"),
    path("cases/<slug:case_id>/due/<str:check>/", for_roles(due_pages.answer, "applicant"), name="due"),
    path("cases/<slug:case_id>/document/", for_roles(case_pages.document, "applicant"), name="document"),
    path("ratings/", for_anyone(rating_pages.numbers), name="ratings"),
    path(
        "cases/<slug:case_id>/rate/<slug:part>/", for_roles(rating_pages.rate_case, "applicant"), name="rate"
    ),
    path("cases/<slug:case_id>/papers/", for_roles(case_papers.dossier, "applicant"), name="dossier"),
    path(
        "cases/<slug:case_id>/papers/<slug:paper_id>/",
        for_roles(case_papers.paper, "applicant"),
        name="paper",
    ),
    path(
        "cases/<slug:case_id>/papers/<slug:paper_id>/data/",
        for_roles(case_papers.data, "applicant"),
        name="paper-data",
    ),
    path(
        "cases/<slug:case_id>/credential/", for_roles(case_pages.credential, "applicant"), name="credential"
    ),
]
