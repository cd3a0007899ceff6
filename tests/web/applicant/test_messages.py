"""My messages and how I am told: mine alone, chosen and proved by myself, shown on the case."""

import re

import pytest

from tongban.domain.notification import EMAIL, SMS
from tongban.flows.memory_notifications import MemoryCarrier
from tongban.flows.notification_store import FAILED, HandedOver
from tongban.flows.send_notifications import send_notifications
from tongban.notify.simulated import SimulatedCarrier
from tongban.reads.messages_told import MESSAGES_A_PAGE


@pytest.fixture
def carrier(node) -> MemoryCarrier:
    return node.deps.carriers[EMAIL]


def choose(agent, carrier, address="demo@example.cn"):
    agent.post("/my/channels/e-mail/address/", {"address-e-mail": address})
    code = re.search(r"\d{6}", carrier.carried.pop().body)[0]
    return agent.post("/my/channels/e-mail/code/", {"code-e-mail": code}, follow=True)


def test_without_messages_the_page_says_what_will_come(node, agent):
    assert "还没有消息" in agent.get("/my/messages/").content.decode()


def test_a_message_stands_unread_until_it_was_read(node, agent):
    node.hand_in("CZ260303-AAAA2222")
    page = agent.get("/my/messages/").content.decode()
    assert "CZ260303-AAAA2222" in page
    assert "未读" in page
    assert "条未读" in agent.get("/my/").content.decode()
    agent.post("/my/messages/")
    assert "未读" not in agent.get("/my/messages/").content.decode()
    assert "条未读" not in agent.get("/my/").content.decode()


def test_nobody_else_reads_my_messages(node, agent, log_in):
    node.hand_in("CZ260303-AAAA2222")
    for other in ({"agent_id": "another"}, {"party_id": "91320411MB0000007D"}, {"party_kind": "person"}):
        assert "CZ260303-AAAA2222" not in log_in(**other).get("/my/messages/").content.decode()


def test_pages_of_messages_lose_and_repeat_none_and_ask_one_question(
    node, agent, django_assert_max_num_queries
):
    for n in range(MESSAGES_A_PAGE // 2):
        node.referred(f"CZ260303-AAAA{n:04d}", scope=("domestic",))
    with django_assert_max_num_queries(3):
        first = agent.get("/my/messages/")
    second = agent.get(first.context["next_url"])
    numbers = [line.number for page in (first, second) for line in page.context["lines"]]
    assert numbers == sorted(set(numbers), reverse=True)
    assert len(first.context["lines"]) == MESSAGES_A_PAGE
    for strange in ("x", "-1", "9" * 40, "\x00"):
        assert agent.get("/my/messages/", {"before": strange}).status_code == 200


def test_an_address_counts_once_the_code_that_came_was_typed_in(node, agent, carrier):
    agent.post("/my/channels/e-mail/address/", {"address-e-mail": "demo@example.cn"})
    page = agent.get("/my/channels/").content.decode()
    assert "等待验证" in page
    assert "d***@example.cn" in page
    assert "demo@example.cn" not in page
    code = re.search(r"\d{6}", carrier.carried[-1].body)[0]
    wrong = agent.post("/my/channels/e-mail/code/", {"code-e-mail": "000"})
    assert wrong.status_code == 422
    assert "验证码不对" in wrong.content.decode()
    agent.post("/my/channels/e-mail/code/", {"code-e-mail": code})
    assert "已开通" in agent.get("/my/channels/").content.decode()


def test_the_case_page_shows_what_went_out_and_how_it_ended(node, agent, carrier):
    choose(agent, carrier)
    carrier.said["demo@example.cn"] = HandedOver(FAILED, "550 no such mailbox")
    node.hand_in("CZ260303-AAAA2222")
    send_notifications(node.deps)
    page = agent.get("/cases/CZ260303-AAAA2222/").content.decode()
    assert "发出的消息" in page
    assert "550 no such mailbox" in page


def test_an_officer_sees_what_went_out(node):
    node.hand_in("CZ260303-AAAA2222")
    assert "发出的消息" in node.log_in("officer").get("/officer/cases/CZ260303-AAAA2222/").content.decode()


def test_a_channel_is_switched_off_at_once_and_its_address_gone(node, agent, carrier):
    choose(agent, carrier)
    agent.post("/my/channels/e-mail/stop/")
    page = agent.get("/my/channels/").content.decode()
    assert "d***@example.cn" not in page
    node.hand_in("CZ260303-AAAA2222")
    assert send_notifications(node.deps) == 0


def test_what_is_no_address_says_so_at_its_own_field(node, agent):
    page = agent.post("/my/channels/sms/address/", {"address-sms": "12"})
    assert page.status_code == 422
    assert "11 位手机号码" in page.content.decode()
    assert 'href="#field-address-sms"' in page.content.decode()


def test_a_channel_that_is_not_there_is_not_found(node, agent):
    assert agent.post("/my/channels/fax/address/", {}).status_code == 404
    assert agent.post("/my/channels/fax/stop/", {}).status_code == 404


def test_a_simulated_channel_says_so_and_shows_what_it_would_have_sent(node, agent):
    node.deps.carriers[SMS] = SimulatedCarrier()
    assert "模拟" in agent.get("/my/channels/").content.decode()
    agent.post("/my/channels/sms/address/", {"address-sms": "19900000001"})
    assert "没有真的发出" in agent.get("/my/channels/").content.decode()


def test_a_channel_without_a_carrier_is_not_offered(node, agent):
    del node.deps.carriers[SMS]
    assert "本区没有开通这种渠道" in agent.get("/my/channels/").content.decode()
    assert agent.post("/my/channels/sms/address/", {"address-sms": "19900000001"}).status_code == 422
