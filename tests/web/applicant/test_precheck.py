"""A draft looked at before it is handed in: advice, no case, nothing typed twice, one press to hand in."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tongban.kernel.ids import CaseId

START = "/apply/food-licence-new/changzhou/"
PDF = b"%PDF-1.7 demonstration"
ANSWERS = {
    "premises": "常州市新北区演示路1号", "area_square_metres": "60", "projects": ["hot-food"],
    "safety_officer": "演示甲", "may_be_visited_on": "2026-03-10", "contact_mobile": "19900000001",
}  # fmt: skip


def fill_in(client) -> str:
    """Fill the form in and return the number of the draft."""
    form = client.get(START, {"fresh": "1"})["Location"]
    files = {name: SimpleUploadedFile(f"{name}.pdf", PDF) for name in ("plan", "rules")}
    response = client.post(form, {**ANSWERS, **files})
    assert response.status_code == 302, response.content.decode()
    return form.rstrip("/").rpartition("/")[2]


def put(client) -> str:
    number = fill_in(client)
    assert "先请预审" in client.get(f"{START}{number}/check/").content.decode()
    assert client.post(f"{START}{number}/precheck/").status_code == 302
    return number


def answer(node, officer, number, **values):
    asked_at = node.deps.prechecks.find(CaseId(number)).asked_at.isoformat()
    return officer.post(f"/officer/prechecks/{number}/", {"asked_at": asked_at, **values})


@pytest.fixture
def officer(node):
    return node.log_in("officer", "虚构审批员")


def test_putting_a_draft_makes_no_case_and_promises_a_day(agent, node):
    number = put(agent)
    asked = node.deps.prechecks.find(CaseId(number))
    assert node.deps.cases.find(CaseId(number)) is None
    assert asked.until_on.isoformat() == "2026-03-05"
    page = agent.get(f"/prechecks/{number}/").content.decode()
    assert "等待预审" in page
    assert "不计法定期限" in page
    assert number in agent.get("/my/").content.decode()


def test_pressing_twice_puts_it_once(agent, node):
    number = put(agent)
    before = node.deps.prechecks.find(CaseId(number))
    node.clock.at += timedelta(hours=1)
    agent.post(f"{START}{number}/precheck/")
    assert node.deps.prechecks.find(CaseId(number)) == before


def test_an_officer_sees_the_answers_and_the_files_and_says_what_to_correct(agent, officer, node):
    number = put(agent)
    assert number in officer.get("/officer/prechecks/").content.decode()
    page = officer.get(f"/officer/prechecks/{number}/").content.decode()
    assert "常州市新北区演示路1号" in page
    digest = node.deps.prechecks.find(CaseId(number)).files[0].digest
    assert officer.get(f"/officer/prechecks/{number}/files/{digest}/").content == PDF
    assert officer.get(f"/officer/prechecks/{number}/files/{'0' * 64}/").status_code == 404
    done = answer(node, officer, number, outcome="correct", **{"mark-premises": "请写到门牌号和楼层"})
    assert done.status_code == 302
    assert "预审建议修改" in officer.get("/officer/prechecks/").content.decode()
    page = agent.get(f"/prechecks/{number}/").content.decode()
    assert "请写到门牌号和楼层" in page
    assert "预审建议修改" in page


def test_the_mark_stands_at_its_question_and_every_answer_is_still_there(agent, officer, node):
    number = put(agent)
    answer(node, officer, number, outcome="correct", **{"mark-premises": "请写到门牌号和楼层"})
    account = agent.get("/my/").wsgi_request.user
    agent = Client()  # another device: the session of the first is not there
    agent.force_login(account, "django.contrib.auth.backends.ModelBackend")
    back = agent.post(f"/prechecks/{number}/", {"step": "edit"})
    assert back.status_code == 302
    page = agent.get(back["Location"]).content.decode()
    assert 'id="field-premises-problems"' in page
    assert "请写到门牌号和楼层" in page
    assert 'value="演示甲"' in page
    assert "plan.pdf" in page


def test_one_press_hands_in_what_was_looked_at_and_the_draft_is_forgotten(agent, officer, node):
    number = put(agent)
    answer(node, officer, number, outcome="fit")
    assert "可以提交" in agent.get(f"/prechecks/{number}/").content.decode()
    done = agent.post(f"/prechecks/{number}/", {"step": "submit"})
    assert done["Location"] == f"/cases/{number}/"
    case = node.find(CaseId(number))
    assert case.answers["premises"] == ANSWERS["premises"]
    assert node.deps.prechecks.find(CaseId(number)) is None
    assert agent.get(f"/prechecks/{number}/")["Location"] == f"/cases/{number}/"


def test_it_may_be_handed_in_without_waiting_for_an_answer(agent, node):
    number = put(agent)
    agent.post(f"/prechecks/{number}/", {"step": "submit"})
    assert node.find(CaseId(number)).id == number


def test_advice_to_correct_must_say_what_and_nothing_typed_is_lost(agent, officer, node):
    number = put(agent)
    assert answer(node, officer, number, outcome="correct").status_code == 422
    refused = answer(node, officer, number, outcome="fit", **{"mark-premises": "请写到门牌号"})
    assert refused.status_code == 422
    assert "请写到门牌号" in refused.content.decode()
    assert answer(node, officer, number).status_code == 422
    assert node.deps.prechecks.find(CaseId(number)).advice is None


def test_a_draft_put_anew_is_not_answered_by_what_an_officer_wrote_about_the_old_one(agent, officer, node):
    number = put(agent)
    old = node.deps.prechecks.find(CaseId(number)).asked_at.isoformat()
    node.clock.at += timedelta(hours=1)
    agent.post(f"{START}{number}/", {**ANSWERS, "safety_officer": "演示乙"})
    agent.post(f"{START}{number}/precheck/")
    late = officer.post(f"/officer/prechecks/{number}/", {"asked_at": old, "outcome": "fit"})
    assert late.status_code == 422
    assert node.deps.prechecks.find(CaseId(number)).advice is None


def test_nobody_else_sees_a_draft(agent, log_in, node):
    number = put(agent)
    other = log_in(party_id="91320411MB0000007D", party_name="别的公司")
    assert other.get(f"/prechecks/{number}/").status_code == 404
    assert agent.get(f"/officer/prechecks/{number}/").status_code == 403


def test_an_item_whose_data_says_nothing_offers_none(agent, node):
    start = "/apply/travel-agency-branch-filing/changzhou/"
    number = agent.get(start, {"fresh": "1"})["Location"].rstrip("/").rpartition("/")[2]
    assert agent.post(f"{start}{number}/precheck/").status_code == 422
    assert node.deps.prechecks.find(CaseId(number)) is None
