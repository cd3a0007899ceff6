"""Applying: all problems at once and nothing lost; checked once more; pressed twice, applied once."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import PARENT, branch_answers
from tongban.domain.delivery import DeliveryWish
from tongban.flows.keep_upload import MAX_UPLOAD_BYTES
from tongban.reads.my_space import list_cases
from tongban.web.applicant.parties import applicant_of

START = "/apply/travel-agency-branch-filing/changzhou/"
PDF = b"%PDF-1.7 demonstration"


def begin(client, **query) -> str:
    """Begin an application and return the address of its form."""
    return client.get(START, query)["Location"]


def checked(client, **changes) -> str:
    """Fill a form in well and return the address of the check."""
    form = begin(client, fresh="1")
    response = client.post(form, branch_answers(**changes))
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def cases_of(node, client):
    account = client.get(START, follow=True).wsgi_request.user
    return list_cases(applicant_of(account), "", node.deps).lines


def test_the_form_begins_with_what_the_account_already_says(agent, node):
    page = agent.get(START, follow=True).content.decode()
    assert f'value="{PARENT}"' in page
    assert 'value="19900000001"' in page
    assert page.count("您的账号 实名信息") == 2


def test_every_question_shows_its_ground(agent, node):
    page = agent.get(begin(agent)).content.decode()
    assert page.count("tb-law") >= 8
    assert "旅行社条例第十条第一款" in page


def test_all_problems_come_back_at_once_each_at_its_field_and_every_answer_is_kept(agent, node):
    wrong = branch_answers(
        branch_uscc="91320411MB00000070", branch_name="演示😀", branch_head="", contact_mobile="12",
        scope=["space"], branch_address="甲‮乙",
    )  # fmt: skip
    response = agent.post(begin(agent), wrong)
    page = response.content.decode()
    assert response.status_code == 422
    for field in ("branch-uscc", "branch-name", "branch-address", "branch-head", "contact-mobile", "scope"):
        assert f'href="#field-{field}"' in page
        assert f'id="field-{field}-problems"' in page
    assert "有 6 处需要改正" in page
    assert 'value="91320411MB00000070"' in page
    assert "演示😀" in page


def test_the_problems_stand_in_the_order_of_the_questions(agent, node):
    page = agent.post(begin(agent), {}).content.decode()
    order = re.findall(r'<a href="#(field-[a-z-]+)"', page.split("</section>")[0])
    assert order == ["field-parent-uscc", "field-branch-uscc", "field-branch-name", "field-branch-address",
                     "field-branch-head", "field-contact-mobile", "field-scope"]  # fmt: skip


def test_an_answer_of_ten_megabytes_is_one_problem_among_the_others(agent, node):
    huge = "字" * (10 * 1024 * 1024 // 3)
    response = agent.post(begin(agent), branch_answers(branch_name=huge, branch_head=""))
    page = response.content.decode()
    assert response.status_code == 422
    assert "最多 80 个字" in page
    assert 'href="#field-branch-head"' in page
    assert "常州市新北区演示路1号" in page
    assert len(page) < 300_000


def test_what_was_filled_in_is_there_after_a_reload_and_after_a_wrong_turn(agent, node):
    form = begin(agent)
    agent.post(form, branch_answers(branch_head=""))
    assert "常州市新北区演示路1号" in agent.get(form).content.decode()
    assert begin(agent) == form
    assert begin(agent, fresh="1") != form


def test_the_check_shows_every_answer_with_a_way_back_and_what_will_be_asked_of_whom(agent, node):
    page = agent.get(checked(agent)).content.decode()
    assert "国内旅游业务" in page
    assert "#field-branch-name" in page
    assert "向常州高新区的“市场主体登记”查询" in page
    assert "向无锡高新区的“旅行社业务经营许可登记”查询" in page
    assert "个人信息保护法第十七条" in page


def test_nothing_is_handed_in_without_the_statement_of_truth(agent, node):
    check = checked(agent)
    response = agent.post(check, {})
    assert response.status_code == 422
    assert "请先确认所填内容真实" in response.content.decode()
    assert cases_of(node, agent) == ()


def test_handed_in_twice_it_is_one_case(agent, node):
    check = checked(agent)
    first = agent.post(check, {"truth": "yes"})
    second = agent.post(check, {"truth": "yes"})
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert len(cases_of(node, agent)) == 1


def test_the_case_number_is_the_one_that_was_shown_before(agent, node):
    check = checked(agent)
    number = check.split("/")[-3]
    assert agent.post(check, {"truth": "yes"})["Location"] == f"/cases/{number}/"


def test_a_number_that_this_browser_did_not_begin_leads_to_a_new_form(agent, log_in, node):
    check = checked(agent)
    agent.post(check, {"truth": "yes"})
    stranger = log_in(party_id="91320205MB0000009K", agent_id="other")
    for address in (check, check.replace("check/", ""), START + "CZ260303-NOTHING1/"):
        assert stranger.get(address)["Location"] == START


def test_an_item_for_persons_is_not_for_a_firms_account(agent, node):
    response = agent.get("/apply/nurse-change-of-practice/changzhou/")
    assert response.status_code == 422
    assert "由个人申请" in response.content.decode()


def test_what_is_not_offered_is_not_found(agent, node):
    assert agent.get("/apply/nothing-of-the-kind/changzhou/").status_code == 404
    assert agent.get("/apply/travel-agency-branch-filing/atlantis/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("licence.exe", b"MZ\x90", "只能上传 PDF、JPG 或 PNG"),
        ("licence.pdf", b"PK\x03\x04 not what it says", "只能上传 PDF、JPG 或 PNG"),
        ("large.pdf", b"%PDF-" + b"0" * MAX_UPLOAD_BYTES, "文件超过 10 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_its_field(agent, node, name, content, says):
    copy = SimpleUploadedFile(name, content)
    response = agent.post(begin(agent), branch_answers(parent_licence_copy=copy))
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert 'href="#field-parent-licence-copy"' in page


def test_a_file_is_kept_while_other_answers_are_mended_and_may_be_taken_away(agent, node):
    form = begin(agent)
    copy = SimpleUploadedFile("总社许可证.pdf", PDF)
    agent.post(form, branch_answers(branch_head="", parent_licence_copy=copy))
    assert "总社许可证.pdf" in agent.get(form).content.decode()
    check = agent.post(form, branch_answers())["Location"]
    assert "总社许可证.pdf" in agent.get(check).content.decode()
    agent.post(form, {**branch_answers(), "parent_licence_copy-remove": "yes"})
    assert "总社许可证.pdf" not in agent.get(check).content.decode()


def test_an_uploaded_copy_is_evidence_of_grade_c(agent, node):
    node.keep_branch()
    check = checked(agent, parent_licence_copy=SimpleUploadedFile("a.pdf", PDF))
    case_url = agent.post(check, {"truth": "yes"})["Location"]
    page = agent.get(case_url).content.decode()
    assert "C 级：申请人上传，由工作人员核对" in page


def test_a_paper_copy_is_wished_for_on_the_check_and_stands_with_the_answers(agent, node):
    check = checked(agent)
    page = agent.get(check).content.decode()
    assert "怎样领取结果" in page
    assert "只要电子证照" in page
    wished = {"truth": "yes", "receive": "post", "receive_address": "常州市新北区演示路9号"}
    done = agent.post(check, wished)
    (line,) = cases_of(node, agent)
    assert node.find(line.case_id).wish == DeliveryWish("post", address="常州市新北区演示路9号")
    assert "另邮寄纸质件：常州市新北区演示路9号" in agent.get(done["Location"]).content.decode()


def test_a_wish_that_lacks_something_is_told_with_the_rest_and_nothing_is_handed_in(agent, node):
    wrong = agent.post(checked(agent), {"receive": "post", "receive_address": " "})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert "请填写邮寄地址" in page
    assert "请先确认所填内容真实" in page
    assert cases_of(node, agent) == ()


def test_whoever_leaves_the_check_to_ask_a_person_finds_the_wish_again(agent, node):
    check = checked(agent)
    left = agent.post(
        check, {"leave": "person", "receive": "post", "receive_address": "常州市新北区演示路9号"}
    )
    assert left.status_code == 302
    page = agent.get(check).content.decode()
    assert 'value="常州市新北区演示路9号"' in page
    assert re.search(r'value="post"[^>]*checked', page)
