"""The applicant reads what an officer wrote on the case's page, and answers there."""

from tests.domain.case.examining_cases import FIRST
from tests.web.applicant.test_be_heard import NUMBER, hand_in
from tongban.flows.talk import write_to_applicant


def test_the_applicant_reads_a_message_and_answers_it(node, agent):
    hand_in(node)
    assert f"/cases/{NUMBER}/answer/" not in agent.get(f"/cases/{NUMBER}/").content.decode()
    assert agent.get(f"/cases/{NUMBER}/answer/").status_code == 302
    write_to_applicant(NUMBER, "门牌是几号？", "核对场所", FIRST, node.deps)
    page = agent.get(f"/cases/{NUMBER}/").content.decode()
    assert "门牌是几号？" in page
    assert "留言不是补正通知" in page
    form = agent.get(f"/cases/{NUMBER}/answer/").content.decode()
    assert "这不是补正通知" in form
    assert agent.post(f"/cases/{NUMBER}/answer/", {"words": " "}).status_code == 422
    done = agent.post(f"/cases/{NUMBER}/answer/", {"words": "演示路三号"}, follow=True)
    assert "演示路三号" in done.content.decode()


def test_the_applicant_is_told_that_a_message_waits(node, agent):
    hand_in(node)
    write_to_applicant(NUMBER, "门牌是几号？", "核对场所", FIRST, node.deps)
    page = agent.get("/my/messages/").content.decode()
    assert "有工作人员给您的留言" in page
    assert "门牌" not in page
