"""A case's page: what happened, what comes next and by when, what was found; and it is nobody else's."""

import re

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, SUZHOU, a_branch_application
from tests.web.peers import fetch, play_elsewhere, tell
from tongban.domain.case import commands as c
from tongban.domain.case.events import Actor
from tongban.flows.perform import perform
from tongban.kernel.text import Text

NUMBER = "CZ260303-AAAA2222"
PAGE = f"/cases/{NUMBER}/"
SUBPAGES = ("", "progress/", "correct/", "person/", "withdraw/", "document/", "credential/")


def granted(node) -> None:
    """A case that is granted by the rules and has its licence."""
    node.referred(NUMBER, scope=("domestic",))


def without_what_varies(response, number: str) -> str:
    """A page without its form token, its request number and the number in its address."""
    page = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", response.content.decode())
    return page.replace(response["X-Request-Id"], "").replace(number, "")


def test_the_page_names_law_authority_who_instant_and_next_date(agent, node):
    node.hand_in(NUMBER)
    page = agent.get(PAGE).content.decode()
    assert "行政许可法第二十九条" in page
    assert "2026年3月3日 10:00:00" in page
    assert "申请人 演示经办人" in page
    assert "最迟告知是否需要补正" in page
    assert "2026年3月10日" in page
    assert "为什么是这一天" in page
    assert "正在等无锡高新区答复" in page
    assert "收件不等于受理" in page


def test_the_page_looks_again_by_itself_while_zones_are_asked_and_has_a_link_without_script(agent, node):
    node.hand_in(NUMBER)
    page = agent.get(PAGE).content.decode()
    assert f'hx-get="/cases/{NUMBER}/progress/?version=' in page
    assert "刷新" in page
    part = agent.get(PAGE + "progress/", {"version": node.find(NUMBER).version})
    assert part.status_code == 200
    assert "<html" not in part.content.decode()


def test_the_part_that_moves_asks_for_the_whole_page_once_the_case_has_moved(agent, node):
    node.keep_branch()
    node.hand_in(NUMBER)
    version = node.find(NUMBER).version
    node.answer(NUMBER, "deposit-proof", paid=True, amount_fen=20_000_000)
    response = agent.get(PAGE + "progress/", {"version": version})
    assert (response.status_code, response["HX-Refresh"]) == (204, "true")


def test_a_granted_case_shows_its_licence_with_everything_to_take_away(agent, node):
    granted(node)
    page = agent.get(PAGE).content.decode()
    case = node.find(NUMBER)
    assert case.credential_id in page
    total = len(node.deps.catalogue.get_item(case.item_id, case.deciding_zone).rules.criteria)
    assert f"共 {total} 项条件：{total} 项符合" in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert f"/v/{case.credential_id}." in page
    token = agent.get(PAGE + "credential/")
    assert token.content.decode() == case.token
    assert "attachment" in token["Content-Disposition"]


def test_the_sealed_document_is_handed_out_once_it_is_made(agent, node):
    from tongban.flows.seal_document import seal_document

    granted(node)
    assert agent.get(PAGE + "document/").status_code == 404
    seal_document(NUMBER, node.deps)
    document = agent.get(PAGE + "document/")
    assert document["Content-Type"] == "application/pdf"
    assert document.content == node.deps.files.find(node.find(NUMBER).document_digest)


def test_the_sealed_document_of_another_zone_is_on_its_way_until_it_is_here(agent, portal):
    network = play_elsewhere(NUMBER, SUZHOU)
    portal.hand_in(NUMBER)
    tell(portal, network, CHANGZHOU, "case.update")
    page = agent.get(PAGE).content.decode()
    assert "正在从常州高新区取盖章文件" in page
    assert "盖章 PDF 正在从常州高新区取来" in page
    assert "hx-get=" in page  # the page looks again by itself
    assert agent.get(PAGE + "document/").status_code == 404
    tell(portal, network, CHANGZHOU, "file.offer")
    (wanted,) = portal.deps.transfers.claim_due(portal.clock.now(), 1)
    portal.deps.transfers.record_failure(wanted, "peer.away", portal.clock.now(), portal.clock.now())
    page = agent.get(PAGE + "?lang=en").content.decode()
    assert "1 tries so far; we keep trying" in page
    fetch(portal, network)
    page = agent.get(PAGE + "?lang=zh").content.decode()
    assert "下载盖章 PDF" in page
    assert "正在从" not in page
    document = agent.get(PAGE + "document/")
    assert document.content == network[CHANGZHOU].files.find(portal.find(NUMBER).document_digest)


def test_a_document_that_was_not_the_one_named_is_to_be_had_where_it_was_made(agent, portal):
    network = play_elsewhere(NUMBER, SUZHOU)
    portal.hand_in(NUMBER)
    tell(portal, network, CHANGZHOU, "case.update", "file.offer")
    (wanted,) = portal.deps.transfers.claim_due(portal.clock.now(), 1)
    portal.deps.transfers.record_failure(wanted, "file.wrong-content", portal.clock.now(), None)
    page = agent.get(PAGE).content.decode()
    assert "与办件记载的摘要不符" in page
    assert "hx-get=" not in page


def test_a_referred_case_says_which_criterion_is_not_met_by_which_facts_and_what_would_change_it(agent, node):
    node.referred(NUMBER)
    page = agent.get(PAGE).content.decode()
    assert "总社没有获准经营：出境旅游业务" in page
    assert "怎样会改变这一条" in page
    assert "来自无锡高新区旅行社业务经营许可登记" in page
    assert "由审批人员审查并作出决定" in page
    assert "承诺办结" in page
    assert "最迟作出决定（法定期限）" in page


def test_a_referred_case_says_the_smallest_change_that_would_lead_to_a_grant(agent, node):
    node.referred(NUMBER)
    page = agent.get(PAGE).content.decode()
    assert "最少只需改变 1 项" in page
    assert "把“分社经营业务”由国内旅游业务、出境旅游业务改为国内旅游业务。" in page
    assert "为了符合：分社经营业务不超出总社的许可范围" in page
    english = agent.get(PAGE + "?lang=en").content.decode()
    assert "Change “Business of the branch” from" in english


def test_a_granted_case_is_told_no_change(agent, node):
    granted(node)
    assert "怎样就能准予" not in agent.get(PAGE).content.decode()


def test_what_registers_say_beyond_the_criteria_is_not_shown(agent, node):
    node.referred(NUMBER)
    page = agent.get(PAGE).content.decode()
    assert "200,000" not in page
    assert "20000000" not in page


def test_a_refusal_names_its_reasons_and_both_remedies(agent, node):
    node.referred(NUMBER)
    refuse = c.Refuse(Text("超出总社许可范围", "beyond the parent's licence"), Text("可以复议", "review"))
    perform(NUMBER, refuse, Actor("officer", "o-1", "虚构审批员"), node.deps)
    page = agent.get(PAGE).content.decode()
    top = page.split('id="timeline"')[0]
    assert "决定：不予备案" in top
    assert "超出总社许可范围" in top
    assert "审批人员 虚构审批员" in top
    assert "行政复议" in page
    assert "60日内" in page
    assert "6个月内" in page


@pytest.mark.parametrize(
    "other",
    [
        {"party_id": "91320205MB0000009K", "agent_id": "agent"},
        {"agent_id": "another-agent"},
        {"party_kind": "person"},
        {"party_id": "", "agent_id": ""},
    ],
)
@pytest.mark.parametrize("subpage", SUBPAGES)
def test_somebody_elses_case_and_no_case_at_all_are_the_same_page(log_in, node, other, subpage):
    granted(node)
    stranger = log_in(**other)
    theirs, nobodys = (stranger.get(f"/cases/{number}/{subpage}") for number in (NUMBER, "CZ260303-NOTHING1"))
    assert theirs.status_code == nobodys.status_code == 404
    said = [without_what_varies(response, number) for response, number in
            ((theirs, NUMBER), (nobodys, "CZ260303-NOTHING1"))]  # fmt: skip
    assert said[0] == said[1]


def test_the_party_itself_sees_what_its_agent_handed_in(log_in, node):
    granted(node)
    assert log_in(agent_id="", agent_name="").get(PAGE).status_code == 200


def test_asking_for_a_person_asks_first_and_then_no_machine_decides(agent, node):
    node.keep_branch()
    node.hand_in(NUMBER)
    assert "转为人工办理？" in agent.get(PAGE + "person/").content.decode()
    assert not node.find(NUMBER).needs_person
    page = agent.post(PAGE + "person/", follow=True).content.decode()
    assert "已转为人工办理" in page
    assert node.find(NUMBER).needs_person
    assert f'href="{PAGE}person/"' not in page


def test_withdrawing_asks_first_says_what_follows_and_keeps_the_reason(agent, node):
    node.hand_in(NUMBER)
    assert "撤回后不能恢复" in agent.get(PAGE + "withdraw/").content.decode()
    page = agent.post(PAGE + "withdraw/", {"reason": "改了主意"}, follow=True).content.decode()
    assert node.find(NUMBER).stage == "withdrawn"
    assert "改了主意" in page
    assert agent.get(PAGE + "withdraw/").status_code == 302


def test_a_granted_case_offers_nothing_that_can_no_longer_be_done(agent, node):
    granted(node)
    page = agent.get(PAGE).content.decode()
    assert "撤回申请" not in page
    for act in ("person/", "withdraw/", "correct/"):
        assert agent.post(PAGE + act)["Location"] == PAGE


def test_a_case_of_another_zone_shows_where_it_is_and_carries_acts_there(agent, portal):
    number = portal.hand_in("SZ260303-AAAA2222", a_branch_application())
    page = agent.get(f"/cases/{number}/").content.decode()
    assert "正在把申请转交常州高新区" in page
    assert "苏州高新区收件，常州高新区办理" in page
    page = agent.post(f"/cases/{number}/withdraw/", follow=True).content.decode()
    assert "已送往常州高新区" in page
    assert "刚才的操作正在送往常州高新区" in page
    assert [m.type for m in portal.deps.exchange.outgoing(number)] == ["case.submit", "case.act"]


def refuse_act(portal, number):
    """Let the last act be refused for good, as the deciding zone's signed receipt would."""
    act = portal.deps.exchange.outgoing(number)[-1]
    now = portal.deps.clock.now()
    portal.store.messages.record_failure(act.message_id, "procedure.not-now", now, None, "receipt")


def test_while_an_act_is_on_its_way_none_that_contradicts_it_is_offered(agent, portal):
    number = portal.hand_in("SZ260303-AAAA2222", a_branch_application())
    agent.post(f"/cases/{number}/withdraw/")
    page = agent.get(f"/cases/{number}/").content.decode()
    assert "不能再作与它矛盾的操作" in page
    assert f"/cases/{number}/withdraw/" not in page
    assert "不能再作与它矛盾的操作" in agent.post(f"/cases/{number}/person/", follow=True).content.decode()
    assert [m.type for m in portal.deps.exchange.outgoing(number)] == ["case.submit", "case.act"]


def test_an_act_that_was_refused_is_told_with_the_reason_and_may_be_done_again(agent, portal):
    number = portal.hand_in("SZ260303-AAAA2222", a_branch_application())
    agent.post(f"/cases/{number}/withdraw/")
    refuse_act(portal, number)
    page = agent.get(f"/cases/{number}/").content.decode()
    assert "没有生效：撤回申请" in page
    assert "办件已经进入下一阶段" in page
    assert "正在送往" not in page
    assert f"/cases/{number}/withdraw/" in page
    english = agent.get(f"/cases/{number}/?lang=en").content.decode()
    assert "Without effect: the withdrawal" in english
    assert "any zone" in english


def test_a_case_is_asked_of_the_tables_in_few_questions(agent, node, django_assert_max_num_queries):
    granted(node)
    with django_assert_max_num_queries(20):
        assert agent.get(PAGE).status_code == 200


def test_the_page_is_complete_in_english(agent, node):
    node.referred(NUMBER)
    page = agent.get(PAGE, {"lang": "en"}).content.decode()
    assert "What would change this" in page
    assert "A case officer examines and decides" in page
    assert "Administrative Licensing Law art. 29" in page
    assert BRANCH_FILING not in page.split("<main")[1]
