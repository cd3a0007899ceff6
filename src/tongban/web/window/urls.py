"""Addresses of the window's room; clerks come in."""

from django.urls import path

from tongban.web.shared.access import View, for_roles
from tongban.web.window import (
    act_pages,
    bundle_pages,
    case_pages,
    case_papers,
    correction_pages,
    delivery_pages,
    desk_pages,
    ending_pages,
    heard_pages,
    liaison_pages,
    mandate_pages,
    mandate_questions,
    offline_pages,
    queue_pages,
    scan_pages,
    take_in_pages,
    voice_pages,
)


def _for_clerks(view: View) -> View:
    return for_roles(view, "clerk")


app_name = "window"
urlpatterns = [
    path("", _for_clerks(desk_pages.start), name="start"),
    path("queue/", _for_clerks(queue_pages.queue), name="queue"),
    path("queue/sit/", _for_clerks(queue_pages.sit), name="sit"),
    path("queue/next/", _for_clerks(queue_pages.call_next), name="call-next"),
    path("queue/<slug:label>/<slug:verb>/", _for_clerks(queue_pages.act), name="ticket"),
    path("scan/", _for_clerks(scan_pages.scan), name="scan"),
    path("keys/", _for_clerks(scan_pages.keys), name="keys"),
    path("missing/", _for_clerks(scan_pages.missing), name="missing"),
    path("deliveries/", _for_clerks(delivery_pages.deliveries), name="deliveries"),
    path("deliveries/elsewhere/", _for_clerks(delivery_pages.elsewhere), name="deliver-elsewhere"),
    path("corrections/", _for_clerks(correction_pages.elsewhere), name="correct-elsewhere"),
    path("voices/<slug:kind_id>/", _for_clerks(voice_pages.take_down), name="take-down"),
    path("voices/at/<slug:number>/", _for_clerks(voice_pages.receipt), name="voice"),
    path("mandates/", _for_clerks(mandate_questions.ask), name="mandate-question"),
    path("mandates/<slug:number>/", _for_clerks(mandate_questions.answers), name="mandate-answers"),
    path("pickups/", _for_clerks(scan_pages.pickups), name="pickups"),
    path("cases/<slug:case_id>/hand-out/", _for_clerks(scan_pages.hand_out), name="hand-out"),
    path("worker.js", _for_clerks(offline_pages.worker), name="worker"),
    path("offline/", _for_clerks(offline_pages.offline), name="offline"),
    path("offline/state/", _for_clerks(offline_pages.state), name="offline-state"),
    path("offline/numbers/", _for_clerks(offline_pages.numbers), name="offline-numbers"),
    path("offline/bring-back/", _for_clerks(offline_pages.bring_back), name="bring-back"),
    path("provisional/", _for_clerks(offline_pages.provisional), name="provisional"),
    path("provisional/<slug:number>/", _for_clerks(offline_pages.complete), name="complete"),
    path("provisional/<slug:number>/<slug:digest>/settle/", _for_clerks(offline_pages.settle), name="settle"),
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
    path("receipts/<slug:number>/progress/", _for_clerks(bundle_pages.progress), name="bundle-progress"),
    path("cases/", _for_clerks(desk_pages.cases), name="cases"),
    path("between/", _for_clerks(liaison_pages.desk), name="between-desk"),
    path("cases/<slug:case_id>/between/", _for_clerks(liaison_pages.case), name="between"),
    path("cases/<slug:case_id>/between/slip/<slug:original>/", _for_clerks(liaison_pages.slip), name="slip"),
    path("cases/<slug:case_id>/between/<slug:deed>/", _for_clerks(liaison_pages.deed), name="between-act"),
    path("cases/<slug:case_id>/", _for_clerks(case_pages.case), name="case"),
    path("cases/<slug:case_id>/receipt/", _for_clerks(case_pages.receipt), name="receipt"),
    path("cases/<slug:case_id>/document/", _for_clerks(case_pages.document), name="document"),
    path("cases/<slug:case_id>/papers/", _for_clerks(case_papers.dossier), name="dossier"),
    path("cases/<slug:case_id>/papers/<slug:paper_id>/", _for_clerks(case_papers.paper), name="paper"),
    path(
        "cases/<slug:case_id>/papers/<slug:paper_id>/data/", _for_clerks(case_papers.data), name="paper-data"
    ),
    path("cases/<slug:case_id>/at-once/", _for_clerks(ending_pages.put_right), name="at-once"),
    path("cases/<slug:case_id>/deliver/", _for_clerks(ending_pages.hand_over_licence), name="deliver"),
    path("cases/<slug:case_id>/reply/", _for_clerks(ending_pages.take_statement), name="reply"),
    path("cases/<slug:case_id>/mandate/", _for_clerks(mandate_pages.record), name="mandate"),
    path("cases/<slug:case_id>/correct/", _for_clerks(act_pages.correct_form), name="correct"),
    path("cases/<slug:case_id>/person/", _for_clerks(act_pages.ask_person), name="person"),
    path("cases/<slug:case_id>/statement/", _for_clerks(heard_pages.state), name="statement"),
    path("cases/<slug:case_id>/hearing/", _for_clerks(heard_pages.ask_hearing), name="hearing"),
    path("cases/<slug:case_id>/hearing/waive/", _for_clerks(heard_pages.waive), name="waive-hearing"),
    path("cases/<slug:case_id>/hearing/chair/", _for_clerks(heard_pages.challenge), name="challenge-chair"),
    path("cases/<slug:case_id>/withdraw/", _for_clerks(act_pages.withdraw_case), name="withdraw"),
]
