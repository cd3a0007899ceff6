"""The pages of the beginning and the end: each act has a form, a page that asks, and says what it did."""

from datetime import date

import pytest
from django.test import Client

from tests.web.one_node import OneNode
from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.case.state import Case
from tongban.domain.pledge import SignedPledge
from tongban.flows import end_licence
from tongban.flows.make_decision import grant
from tongban.flows.perform import perform
from tongban.flows.submit import Application, submit
from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text

HOLDER = Actor("applicant", "shop", "演示甲")
CASE = CaseId("CZ260303-ENDP2222")
SHOP = ApplicantRef("firm", "92320411YY9900014X", "常州新北晴窗理发店（演示）", "19900000006")


def permit(node: OneNode) -> Case:
    """Hand in a hairdresser's permit on a promise, which an officer grants."""
    item = node.deps.catalogue.get_item(ItemId("hairdresser-hygiene-permit"), node.deps.zone)
    node.keep("business-licence", SHOP.id, status="active", kind="individual", name=SHOP.name,
              scope=["hairdressing"], premises="演示路1号")  # fmt: skip
    node.keep("health-certificates", SHOP.id, all_valid=True)
    pledge = item.pledges[0]
    signed = (SignedPledge(pledge.id, pledge.version, pledge.text_hash, "演示甲"),)
    answers = {"premises": "演示路1号", "area_m2": "40", "staff_count": "3", "contact_mobile": "19900000006"}
    submit(
        CASE,
        Application(item.id, node.deps.zone, SHOP, answers, "online", pledges=signed),
        HOLDER,
        node.deps,
    )
    for kind, asked in node.find(CASE).pending.items():
        nothing = c.NoteNothingHeld(kind, asked.ask.holder, "NO_MATCH")
        perform(CASE, nothing, Actor("zone", asked.ask.holder), node.deps)
    grant(CASE, Text("经核查符合条件。", "Found in order."), Actor("officer", "o1", "虚构审批员"), node.deps)
    case = node.find(CASE)
    assert case.stage == "concluded"
    return case


def send(client: Client, node: OneNode, slug: str, step: str, **words: str):
    data = {"step": step, "version": str(node.find(CASE).version), **words}
    return client.post(f"/officer/cases/{CASE}/ending/{slug}/", data)


def test_a_delivery_is_asked_for_confirmed_and_recorded(node: OneNode, officer: Client) -> None:
    permit(node)
    page = officer.get(f"/officer/cases/{CASE}/").content.decode()
    assert f"/officer/cases/{CASE}/ending/deliver/" in page
    assert "ending/withdraw-licence" not in page
    words = {"way": "post", "received_by": "演示乙", "delivered_on": "2026-03-03", "waybill": "演示快递 1234"}
    assert "确认之后" in send(officer, node, "deliver", "check", **words).content.decode()
    assert node.find(CASE).ending.delivered is None
    wrong = send(officer, node, "deliver", "act", **words | {"waybill": ""})
    assert wrong.status_code == 422
    assert "请写明快递单号" in wrong.content.decode()
    assert send(officer, node, "deliver", "act", **words).status_code == 302
    delivered = node.find(CASE).ending.delivered
    assert delivered is not None
    assert delivered.delivered_on == date(2026, 3, 3)
    assert "演示快递 1234" in officer.get(f"/officer/cases/{CASE}/").content.decode()


def test_an_officer_proposes_the_holder_speaks_and_a_head_voids(node: OneNode, officer: Client) -> None:
    permit(node)
    words = {"proposal": "VoidLicence:not-eligible", "reasons_zh": "面积不实。"}
    assert send(officer, node, "propose", "act", **words).status_code == 302
    head = node.log_in("head", "虚构负责人")
    early = send(head, node, "void-licence", "act", ground="not-eligible", reasons_zh="面积不实。")
    assert early.status_code == 422
    assert "现在不能决定" in early.content.decode()
    end_licence.state_on_ending(CASE, "面积是对的。", HOLDER, node.deps)
    assert "面积是对的" in head.get(f"/officer/cases/{CASE}/").content.decode()
    assert (
        send(head, node, "void-licence", "act", ground="not-eligible", reasons_zh="面积不实。").status_code
        == 302
    )
    case = node.find(CASE)
    assert case.licence_state == "03"
    kept = node.deps.credentials.find(case.credential_id)
    assert (kept.state, kept.act, kept.ground) == ("03", "VoidLicence", "all-2019#69.4")
    page = officer.get(f"/officer/cases/{CASE}/").content.decode()
    assert "申请人不具备资格或者不符合法定条件" in page
    assert "给予赔偿" in page
    assert send(head, node, "restore-licence", "act", reasons_zh="复核后面积无误。").status_code == 302
    assert node.find(CASE).licence_state == "01"


@pytest.mark.parametrize("slug", ["not-needed", "not-competent"])
def test_what_needs_no_licence_or_is_not_ours_is_told_at_once(
    node: OneNode, officer: Client, slug: str
) -> None:
    case_id = node.hand_in("CZ260303-AAAA2222")
    url = f"/officer/cases/{case_id}/ending/{slug}/"
    version = str(node.find(case_id).version)
    data = {"step": "act", "version": version, "reasons_zh": "依法如此。", "authority": "演示区市场监管局"}
    assert officer.post(url, data | {"reasons_zh": ""}).status_code == 422
    assert officer.post(url, data).status_code == 302
    case = node.find(case_id)
    assert case.stage == ("unneeded" if slug == "not-needed" else "declined")
    page = officer.get(f"/officer/cases/{case_id}/").content.decode()
    assert ("演示区市场监管局" in page) == (slug == "not-competent")


def test_an_act_of_the_end_that_does_not_exist_is_not_found(node: OneNode, officer: Client) -> None:
    permit(node)
    assert officer.get(f"/officer/cases/{CASE}/ending/abolish/").status_code == 404
