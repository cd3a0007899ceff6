"""The window asks other zones for an authorisation and shows what each answers."""

from tests.builders import PARENT, WUXI
from tests.web.window.desk import AGENT_NUMBER
from tongban.flows.receive import Incoming, receive
from tongban.kernel.ids import MessageId

ITEM = "travel-agency-branch-filing"
ASKED = {"principal": PARENT, "helper": AGENT_NUMBER, "item": ITEM}


def ask(clerk) -> str:
    done = clerk.post("/window/mandates/", ASKED)
    assert done.status_code == 302, done.content.decode()
    return done["Location"].rstrip("/").split("/")[-1]


def test_a_question_is_put_and_its_address_holds_no_number_of_anybody(node, clerk):
    number = ask(clerk)
    assert PARENT not in number
    page = clerk.get(f"/window/mandates/{number}/").content.decode()
    assert "等待答复" in page
    assert "再看一次" in page


def test_an_answer_lets_the_agent_act_today_and_shows_so(node, clerk):
    number = ask(clerk)
    asked = next(one for one in node.deps.inquiries.list_of(number) if one.zone == WUXI)
    body = {
        "case": number, "token": asked.token, "acts": ["apply"], "principal_name": "演示企业",
        "helper_name": "演示帮办",
    }  # fmt: skip
    receive(Incoming(WUXI, MessageId("m"), "mandate.answer", body), node.deps)
    page = clerk.get(f"/window/mandates/{number}/").content.decode()
    assert "有授权，当日有效" in page
    (kept,) = node.deps.hall.mandates.list_between(PARENT, AGENT_NUMBER, 9)
    assert (kept.acts, kept.consent) == (("apply",), "zone")


def test_what_is_missing_is_told_at_once_and_nothing_is_lost(node, clerk):
    refused = clerk.post("/window/mandates/", {**ASKED, "principal": "", "helper": ""})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "请填写委托人的证件号码" in page
    assert "请填写来人的证件号码" in page
    assert f'value="{ITEM}" selected' in page


def test_a_number_that_asked_nothing_is_none(node, clerk):
    assert clerk.get("/window/mandates/CZ-NOTHING/").status_code == 404
