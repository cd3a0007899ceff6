"""Acts of an officer: asked before, under the officer's name, only when open; words are never lost."""

import pytest

from tongban.domain.case.events import Accepted, Declined, Granted, GrantRefused


def open_form(client, case_id, act):
    return client.get(f"/officer/cases/{case_id}/{act}/").content.decode()


def send(client, node, case_id, act, step, **words):
    version = words.pop("version", node.find(case_id).version)
    words.setdefault("agrees", "yes")
    return client.post(f"/officer/cases/{case_id}/{act}/", {"version": version, "step": step, **words})


def events_of(node, case_id, kind):
    return [one for one in node.deps.cases.history(case_id) if isinstance(one.event, kind)]


def test_a_grant_is_confirmed_first_and_then_issues_the_licence_under_the_officers_name(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    assert "系统认为没有满足或无法确定的条件" in open_form(officer, case_id, "grant")
    asked = send(officer, node, case_id, "grant", "check", reasons_zh="总社已经增项。")
    assert "立即签发电子证照并记入账本" in asked.content.decode()
    assert node.find(case_id).stage == "assessed"
    done = send(officer, node, case_id, "grant", "act", reasons_zh="总社已经增项。")
    assert done["Location"] == f"/officer/cases/{case_id}/"
    assert node.find(case_id).stage == "concluded"
    (granted,) = events_of(node, case_id, Granted)
    assert granted.actor.kind == "officer"
    assert granted.actor.name == "虚构审批员"
    assert granted.event.reasons.zh == "总社已经增项。"
    assert granted.event.reasons.en == "(in Chinese only) 总社已经增项。"


def test_a_refusal_shows_the_remedies_before_and_tells_them_with_the_reasons(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    for page in (
        open_form(officer, case_id, "refuse"),
        send(officer, node, case_id, "refuse", "check", reasons_zh="超出许可范围。").content.decode(),
    ):
        assert "常州市新北区人民政府" in page
        assert "常州市新北区人民法院" in page
        assert "行政许可法第三十八条第二款" in page
    send(
        officer,
        node,
        case_id,
        "refuse",
        "act",
        reasons_zh="超出许可范围。",
        reasons_en="Wider than its licence.",
    )
    (refused,) = events_of(node, case_id, GrantRefused)
    assert "常州市新北区人民政府" in refused.event.remedies.zh
    assert refused.event.reasons.en == "Wider than its licence."


@pytest.mark.parametrize("step", ["check", "act"])
@pytest.mark.parametrize("reasons", ["", "   \n ", "x" * 2001, "好的😀"])
def test_reasons_that_will_not_do_come_back_with_the_words_and_change_nothing(node, officer, step, reasons):
    case_id = node.referred("CZ260303-AAAA2222")
    version = node.find(case_id).version
    response = send(officer, node, case_id, "refuse", step, reasons_zh=reasons, reasons_en="Kept words.")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Kept words." in page
    assert 'href="#field-reasons-zh"' in page
    assert 'id="field-reasons-zh"' in page
    assert node.find(case_id).version == version


def test_a_form_opened_before_somebody_else_acted_records_nothing_and_keeps_the_words(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    version = node.find(case_id).version
    other = node.log_in("head", "虚构负责人")
    send(other, node, case_id, "refuse", "act", reasons_zh="超出许可范围。")
    late = send(officer, node, case_id, "grant", "act", reasons_zh="我写了很久的理由。", version=version)
    page = late.content.decode()
    assert late.status_code == 409
    assert "办件已有新的进展" in page
    assert "我写了很久的理由。" in page
    assert "虚构负责人" in page
    assert node.find(case_id).stage == "refused"


def test_without_a_version_nothing_is_done(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    response = officer.post(f"/officer/cases/{case_id}/grant/", {"step": "act", "reasons_zh": "好。"})
    assert response.status_code == 409
    assert node.find(case_id).stage == "assessed"


def test_an_act_that_is_not_open_now_says_where_the_case_stands(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    response = officer.get(f"/officer/cases/{case_id}/accept/")
    assert response.status_code == 422
    assert "审查中" in response.content.decode()


def test_an_act_that_does_not_exist_is_not_found(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    assert officer.get(f"/officer/cases/{case_id}/abolish/").status_code == 404


@pytest.mark.parametrize("role", ["officer", "head"])
def test_accepting_by_hand_although_a_register_is_silent(node, role):
    case_id = node.hand_in("CZ260303-AAAA2222")
    client = node.log_in(role)
    assert "法定办理期限从今天起计算" in send(client, node, case_id, "accept", "check").content.decode()
    send(client, node, case_id, "accept", "act")
    (accepted,) = events_of(node, case_id, Accepted)
    assert accepted.actor.kind == role


def test_declining_ends_the_case_with_its_reasons(node, officer):
    case_id = node.hand_in("CZ260303-AAAA2222")
    send(officer, node, case_id, "decline", "act", reasons_zh="不属于本机关职权，请向演示区申请。")
    (declined,) = events_of(node, case_id, Declined)
    assert declined.event.reasons.zh.startswith("不属于本机关职权")
    assert "演示" in declined.event.remedies.zh
    assert node.find(case_id).stage == "declined"


def test_declining_tells_review_and_suit_before_and_after(node, officer):
    case_id = node.hand_in("CZ260303-AAAA2222")
    shown = send(officer, node, case_id, "decline", "check", reasons_zh="不属于本机关职权。").content.decode()
    assert "将一并告知的救济途径" in shown
    assert "行政复议" in shown
    send(officer, node, case_id, "decline", "act", reasons_zh="不属于本机关职权。")
    page = officer.get(f"/officer/cases/{case_id}/").content.decode()
    assert node.deps.catalogue.zones["changzhou"].remedies[0].body.zh in page


def test_going_back_from_the_confirmation_keeps_the_words(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    page = send(officer, node, case_id, "grant", "edit", reasons_zh="写好的理由。").content.decode()
    assert "写好的理由。" in page
    assert node.find(case_id).stage == "assessed"


def test_a_form_without_its_token_is_refused(node):
    from django.test import Client

    case_id = node.referred("CZ260303-AAAA2222")
    known = node.log_in("officer")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = known.cookies
    response = send(strict, node, case_id, "grant", "act", reasons_zh="好。")
    assert response.status_code == 403
    assert node.find(case_id).stage == "assessed"


@pytest.mark.parametrize(
    ("said", "anchor"),
    [({"agrees": ""}, "field-agrees"), ({"agrees": "no"}, "field-differs"),
     ({"agrees": "no", "differs": "字" * 501}, "field-differs")],
)  # fmt: skip
def test_a_decision_after_the_machines_findings_says_whether_it_agrees(node, officer, said, anchor):
    case_id = node.referred("CZ260303-AAAA2222")
    refused = send(officer, node, case_id, "refuse", "act", reasons_zh="超出许可范围。", **said)
    assert refused.status_code == 422
    assert f'href="#{anchor}"' in refused.content.decode()
    assert node.find(case_id).stage == "assessed"


def test_agreement_or_the_reason_for_differing_is_kept_with_the_decision_and_shown(node, officer):
    agreed, differing = node.referred("CZ260303-AAAA2222"), node.referred("CZ260303-AAAA3333")
    send(officer, node, agreed, "refuse", "act", reasons_zh="超出许可范围。")
    words = {"agrees": "no", "differs": "总社昨日已经增项。"}
    asked = send(officer, node, differing, "grant", "check", reasons_zh="总社已经增项。", **words)
    assert "总社昨日已经增项。" in asked.content.decode()
    send(officer, node, differing, "grant", "act", reasons_zh="总社已经增项。", **words)
    (refused,), (granted,) = events_of(node, agreed, GrantRefused), events_of(node, differing, Granted)
    assert refused.event.review.agrees
    assert not granted.event.review.agrees
    assert granted.event.review.differs.zh == "总社昨日已经增项。"
    assert "总社昨日已经增项。" in officer.get(f"/officer/cases/{differing}/").content.decode()
    assert "同意系统的核对结果" in officer.get(f"/officer/cases/{agreed}/").content.decode()
