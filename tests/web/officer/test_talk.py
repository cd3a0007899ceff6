"""An officer's page of messages: it says that it is no correction notice, and keeps what was typed."""

from tongban.domain.case.decide_talk import WORDS_CHARS
from tongban.domain.case.events import Actor
from tongban.flows.talk import answer_officer

NUMBER = "CZ260303-AAAA2222"


def test_a_message_is_sent_from_the_case_page_and_stands_there_with_its_answer(node, officer):
    case_id = node.referred(NUMBER)
    address = f"/officer/cases/{case_id}/messages/"
    assert address in officer.get(f"/officer/cases/{case_id}/").content.decode()
    form = officer.get(address).content.decode()
    assert "留言不是补正通知" in form
    assert officer.post(address, {"words": "门牌是几号？", "reason": "核对场所"}).status_code == 302
    answer_officer(case_id, "三号，演示路", Actor("applicant", "agent", "演示经办人"), node.deps)
    page = officer.get(f"/officer/cases/{case_id}/").content.decode()
    for words in ("门牌是几号？", "原因：核对场所", "三号，演示路", "工作人员给申请人留言", "申请人回复"):
        assert words in page
    assert node.find(case_id).stage == "assessed"


def test_a_message_without_words_or_reason_is_refused_and_kept(node, officer):
    case_id = node.referred(NUMBER)
    address = f"/officer/cases/{case_id}/messages/"
    sent = officer.post(address, {"words": "长" * (WORDS_CHARS + 1), "reason": ""})
    assert sent.status_code == 422
    page = sent.content.decode()
    assert "长长长" in page
    assert "最多 1000 个字" in page
    assert "请写明为什么需要联系申请人" in page
    assert node.find(case_id).talk == ()
