"""Addresses of the applicant's room."""

from django.urls import path

from tongban.web.applicant import (
    apply_pages,
    bundle_pages,
    case_pages,
    case_papers,
    catalogue_pages,
    composite_pages,
    correction_pages,
    dispute_pages,
    due_pages,
    ending_pages,
    heard_pages,
    mandate_pages,
    message_pages,
    my_pages,
    person_pages,
    precheck_pages,
    rating_pages,
    receipt_pages,
    talk_pages,
    voice_pages,
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
    path(
        "apply/<slug:item_id>/<slug:zone_id>/<slug:number>/precheck/",
        for_roles(precheck_pages.ask, "applicant"),
        name="precheck-ask",
    ),
    path("prechecks/<slug:number>/", for_roles(precheck_pages.precheck, "applicant"), name="precheck"),
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
        "receipts/<slug:number>/progress/",
        for_roles(receipt_pages.progress, "applicant"),
        name="receipt_progress",
    ),
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
        "receipts/<slug:number>/join/<slug:composite_id>/",
        for_roles(composite_pages.join_of_receipt, "applicant"),
        name="receipt_join",
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
    path("my/mandates/", for_roles(mandate_pages.mandates, "applicant"), name="mandates"),
    path("my/mandates/give/", for_roles(mandate_pages.give, "applicant"), name="mandate_give"),
    path(
        "my/mandates/<slug:mandate_id>/revoke/",
        for_roles(mandate_pages.revoke, "applicant"),
        name="mandate_revoke",
    ),
    path("my/messages/", for_roles(message_pages.my_messages, "applicant"), name="messages"),
    path("my/channels/", for_roles(message_pages.channels, "applicant"), name="channels"),
    path(
        "my/channels/<slug:channel>/address/",
        for_roles(message_pages.give_address, "applicant"),
        name="channel_address",
    ),
    path(
        "my/channels/<slug:channel>/code/",
        for_roles(message_pages.give_code, "applicant"),
        name="channel_code",
    ),
    path("my/channels/<slug:channel>/stop/", for_roles(message_pages.stop, "applicant"), name="channel_stop"),
    path("my/corrections/", for_roles(correction_pages.elsewhere, "applicant"), name="correct_elsewhere"),
    path("my/", for_roles(my_pages.my_cases, "applicant"), name="cases"),
    path("cases/<slug:case_id>/", for_roles(case_pages.case, "applicant"), name="case"),
    path("cases/<slug:case_id>/progress/", for_roles(case_pages.progress, "applicant"), name="progress"),
    path("cases/<slug:case_id>/correct/", for_roles(case_pages.correct_form, "applicant"), name="correct"),
    path("cases/<slug:case_id>/person/", for_roles(case_pages.ask_person, "applicant"), name="person"),
    path("cases/<slug:case_id>/withdraw/", for_roles(case_pages.withdraw_case, "applicant"), name="withdraw"),
    path("cases/<slug:case_id>/statement/", for_roles(heard_pages.state, "applicant"), name="statement"),
    path("cases/<slug:case_id>/answer/", for_roles(talk_pages.answer, "applicant"), name="answer"),
    path("cases/<slug:case_id>/hearing/", for_roles(heard_pages.ask_hearing, "applicant"), name="hearing"),
    path(
        "cases/<slug:case_id>/hearing/waive/", for_roles(heard_pages.waive, "applicant"), name="waive-hearing"
    ),
    path(
        "cases/<slug:case_id>/hearing/chair/",
        for_roles(heard_pages.challenge, "applicant"),
        name="challenge-chair",
    ),
    path("cases/<slug:case_id>/due/<str:check>/", for_roles(due_pages.answer, "applicant"), name="due"),
    path(
        "cases/<slug:case_id>/received/",
        for_roles(ending_pages.confirm_receipt, "applicant"),
        name="confirm-receipt",
    ),
    path("cases/<slug:case_id>/reply/", for_roles(ending_pages.state_case, "applicant"), name="reply"),
    path("cases/<slug:case_id>/document/", for_roles(case_pages.document, "applicant"), name="document"),
    path("help/", for_anyone(person_pages.ask), name="help"),
    path("voices/", for_anyone(voice_pages.entrance), name="voices"),
    path("voices/answers/", for_anyone(voice_pages.published), name="voice-answers"),
    path("voices/new/<slug:kind_id>/", for_anyone(voice_pages.raise_one), name="raise"),
    path("voices/at/<slug:number>/", for_anyone(voice_pages.voice), name="voice"),
    path("voices/at/<slug:number>/<slug:digest>/", for_anyone(voice_pages.voice_file), name="voice-file"),
    path("cases/<slug:case_id>/objection/", for_roles(dispute_pages.object_to, "applicant"), name="object"),
    path("cases/<slug:case_id>/review/", for_roles(dispute_pages.ask_review, "applicant"), name="review"),
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
