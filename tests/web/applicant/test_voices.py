"""Questions, complaints, objections, review on the pages: raised, answered at a desk, followed."""

import re

import pytest

from tests.web.applicant.test_case import NUMBER, PAGE, granted

ASK = {
    "zone": "changzhou",
    "item": "travel-agency-branch-filing",
    "words": "外地分社能备案吗？",
    "publish": "yes",
}


def number_of(response) -> str:
    return response["Location"].rstrip("/").split("/")[-1]


def test_anybody_asks_without_login_and_follows_it_by_number_and_code(client, node):
    asked = client.post("/voices/new/question/", ASK | {"contact": "13900000000"})
    number = number_of(asked)
    page = client.get(asked["Location"]).content.decode()
    code = re.search(r"<code>([0-9A-Z]{8})</code>", page)
    assert code
    client.cookies.clear()
    assert client.get(asked["Location"]).status_code == 404
    wrong = client.post("/voices/", {"number": number, "code": "WRONG222"})
    assert wrong.status_code == 422
    assert client.post("/voices/", {"number": number, "code": code[1]}).status_code == 302
    assert client.get(asked["Location"]).status_code == 200


def test_what_is_wrong_is_told_and_nothing_is_lost(client, node):
    wrong = client.post("/voices/new/complaint/", {"zone": "changzhou", "place": "3号窗口", "words": ""})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert "请写明要说的事" in page
    assert "请选择一项" in page
    assert "3号窗口" in page


def test_an_officer_answers_a_question_and_publishes_it_without_anybody_in_it(client, node):
    number = number_of(client.post("/voices/new/question/", ASK))
    officer = node.log_in("officer")
    assert number in officer.get("/officer/voices/question/").content.decode()
    one = f"/officer/voices/at/{number}/"
    assert officer.post(one, {"act": "answer", "words": ""}).status_code == 422
    assert officer.post(one, {"act": "answer", "words": "可以。"}).status_code == 302
    refused = officer.post(one, {"act": "publish", "question": "13912345678 能吗？", "answer": "可以。"})
    assert refused.status_code == 422
    assert (
        officer.post(one, {"act": "publish", "question": "外地能吗？", "answer": "可以。"}).status_code == 302
    )
    assert "外地能吗？" in client.get("/voices/answers/").content.decode()
    assert "可以。" in client.get(f"/voices/at/{number}/").content.decode()
    assert number in officer.get("/officer/voices/question/?show=done").content.decode()


def test_a_complaint_is_only_the_heads_and_not_of_the_head_it_names(client, node):
    said = {"zone": "changzhou", "subject": "officer", "person": "被投诉的人", "words": "态度不好"}
    number = number_of(client.post("/voices/new/complaint/", said))
    one = f"/officer/voices/at/{number}/"
    assert node.log_in("officer").get(one).status_code == 404
    assert node.log_in("officer").get("/officer/voices/complaint/").status_code == 404
    assert node.log_in("head", "被投诉的人").get(one).status_code == 404
    head = node.log_in("head", "另一位负责人")
    assert head.post(one, {"act": "answer", "words": "已核实。", "outcome": "founded"}).status_code == 302


def test_a_list_asks_the_tables_a_bounded_number_of_times(client, node, django_assert_max_num_queries):
    for _ in range(30):
        client.post("/voices/new/question/", ASK)
    officer = node.log_in("officer")
    with django_assert_max_num_queries(5):
        page = officer.get("/officer/voices/question/").content.decode()
    following = re.search(r'href="(\?after=[^"]+)"', page)
    assert following
    second = officer.get("/officer/voices/question/" + following[1].replace("&amp;", "&")).content.decode()
    numbers = [set(re.findall(r"at/(CZ-Q[0-9A-Z-]+)/", one)) for one in (page, second)]
    assert (len(numbers[0]), len(numbers[1])) == (25, 5)
    assert not numbers[0] & numbers[1]


@pytest.fixture
def ended(node):
    granted(node)
    return node


def test_a_holder_objects_to_what_a_machine_granted_and_a_person_answers(agent, ended):
    assert PAGE + "objection/" in agent.get(PAGE).content.decode()
    assert agent.post(PAGE + "objection/", {"words": ""}).status_code == 422
    objected = agent.post(PAGE + "objection/", {"subject": "wrong-content", "words": "地址写错了"})
    number = number_of(objected)
    assert agent.post(PAGE + "objection/", {"subject": "not-wanted", "words": "再来"}).status_code == 422
    one = f"/officer/voices/at/{number}/"
    officer = ended.log_in("officer")
    early = officer.post(one, {"act": "answer", "words": "已更正。", "outcome": "changed"})
    assert early.status_code == 422
    assert "请先在办件页面作出该行为" in early.content.decode()
    assert officer.post(one, {"act": "answer", "words": "内容无误。", "outcome": "upheld"}).status_code == 302
    assert "内容无误。" in agent.get(objected["Location"]).content.decode()
    beside = agent.get(PAGE).content.decode().split('id="disputes"')[1].split("</section>")[0]
    assert number in beside
    assert "已答复" in beside
    assert "结果：" in beside


def test_review_is_asked_for_beside_the_decision_with_one_file_and_a_receipt(agent, ended):
    assert PAGE + "review/" in agent.get(PAGE).content.decode()
    form = agent.get(PAGE + "review/").content.decode()
    assert "新北区人民政府" in form
    assert agent.post(PAGE + "review/", {"words": ""}).status_code == 422
    said = {"subject": "law", "words": "适用错误", "known_on": "2026-03-03"}
    filed = agent.post(PAGE + "review/", said)
    page = agent.get(filed["Location"]).content.decode()
    assert "演示复收-" in page
    beside = agent.get(PAGE).content.decode().split('id="disputes"')[1].split("</section>")[0]
    assert "已提交复议机关" in beside
    assert "结果：" not in beside
    digest = re.search(r"/voices/at/[0-9A-Z-]+/([0-9a-f]{64})/", page)
    assert digest
    handed_over = agent.get(digest[0]).content
    assert b"history.json" in handed_over
    assert b"application.json" in handed_over
    assert number_of(filed) in agent.get(PAGE).content.decode()


def test_what_comes_late_is_filed_and_says_so(agent, ended):
    said = {"subject": "law", "words": "适用错误", "known_on": "2025-01-02"}
    filed = agent.post(PAGE + "review/", said)
    assert filed.status_code == 302
    assert "晚于六十日" in agent.get(filed["Location"]).content.decode()


def test_somebody_elses_case_is_not_disputed(ended, log_in):
    other_agent = log_in(party_id="91320000000000000X")
    assert other_agent.get(f"/cases/{NUMBER}/review/").status_code == 404
    assert other_agent.get(f"/cases/{NUMBER}/objection/").status_code == 404
