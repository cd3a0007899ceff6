"""A correction notice of another zone, answered online at a zone that knows nothing of the case."""

from tests.builders import BRANCH_FILING, PARENT
from tests.web.one_node import NODE_KEY
from tongban.store.exchange import open_body
from tongban.store.models import OutgoingMessage

START = "/my/corrections/"
NUMBER = "CZ260303-ABCD2345"
FORM = f"{START}?number={NUMBER}&deciding_zone=changzhou&item={BRANCH_FILING}"
GIVEN = {"branch_uscc": "91320411MB0000007D", "party": "320411199202030002"}


def test_it_is_sent_with_the_account_s_own_number_and_only_its_sender_sees_the_outcome(portal, log_in):
    owner = log_in(agent_id="", agent_name="")
    assert "只填补正通知书要求更正的" in owner.get(FORM).content.decode()
    assert owner.post(FORM, GIVEN).status_code == 302
    [sent] = portal.deps.exchange.outgoing(NUMBER)
    assert (sent.to_zone, sent.act) == ("changzhou", "correct")
    page = owner.get(START).content.decode()
    assert NUMBER in page
    assert "在途，等对方确认" in page
    assert NUMBER not in log_in().get(START).content.decode()


def test_nobody_answers_under_a_number_that_they_typed(portal, log_in):
    log_in(agent_id="", agent_name="").post(FORM, GIVEN)
    row = OutgoingMessage.objects.get(case_id=NUMBER)
    body = open_body(NODE_KEY, row.message_id, bytes(row.body))
    assert (body["party"], body["actor"]["kind"]) == (PARENT, "applicant")


def test_an_agent_answers_under_its_own_number(portal, log_in):
    log_in().post(FORM, GIVEN)
    row = OutgoingMessage.objects.get(case_id=NUMBER)
    assert open_body(NODE_KEY, row.message_id, bytes(row.body))["party"] == "agent"


def test_what_is_wrong_stands_at_its_field_and_nothing_is_sent(portal, log_in):
    owner = log_in(agent_id="", agent_name="")
    assert owner.post(FORM, {"branch_uscc": "12"}).status_code == 422
    assert owner.post(FORM, {}).status_code == 422
    assert "请选择办理地" in owner.get(FORM.replace("=changzhou", "=")).content.decode()
    here = owner.post(FORM.replace("=changzhou", "=suzhou"), GIVEN)
    assert "没有这个编号的办件" in here.content.decode()
    assert portal.deps.exchange.outgoing(NUMBER) == ()
