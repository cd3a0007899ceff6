"""The steward's pages of the standard: what runs here, what is proposed, who ratified, zones side by side."""

import pytest

from tests.builders import TUESDAY
from tongban.domain.standard.acts import Ratified, RecordedAct, hash_files
from tongban.domain.standard.proposal import ProposalState
from tongban.flows.propose_standard import get_proposal
from tongban.kernel.ids import ItemId, ZoneId

FOOD = ItemId("prepackaged-food-filing")
OTHERS = (ZoneId("wuxi"), ZoneId("changzhou"))


def page(client, address: str, language: str = "zh") -> str:
    answer = client.get(f"/steward/{address}", {"lang": language})
    assert answer.status_code == 200, answer
    return answer.content.decode()


def propose(client) -> str:
    answer = client.post(f"/steward/standard/items/{FOOD}/propose/", {"reason": "首次统一"})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].rstrip("/").split("/")[-1]


def others_ratify(node, number: str, content_hash: str = "") -> None:
    given = content_hash or node.deps.catalogue.get_base(FOOD).content_hash
    for zone in OTHERS:
        act = RecordedAct(f"{zone}-r", number, zone, "他区管理员（示例）", TUESDAY, Ratified(given))
        node.deps.alliance.keep(act)


def test_the_desk_says_of_every_item_what_runs_here_and_that_nothing_is_ratified_yet(node, steward):
    desk = page(steward, "standard/")
    for item in node.deps.catalogue.list_items(node.deps.zone):
        assert item.title.zh in desk
        assert node.deps.catalogue.get_base_hash(item.id)[:12] in desk
    assert desk.count("尚无标准") == len(node.deps.catalogue.list_items(node.deps.zone))


def test_a_proposal_shows_its_content_and_waits_for_every_zone(node, steward):
    number = propose(steward)
    shown = page(steward, f"standard/proposals/{number}/")
    assert "首次统一" in shown
    assert node.deps.catalogue.get_base(FOOD).content_hash in shown
    assert "此前没有标准" in shown
    assert "no-other-food-activity" in shown
    assert shown.count("尚未批准") == 3
    desk = page(steward, "standard/")
    assert "等待：" in desk
    assert "已提出" in desk


def test_the_proposal_goes_to_each_other_zone(node, steward):
    number = propose(steward)
    told = {(message.to_zone, message.type) for message in node.deps.exchange.outgoing(number)}
    assert told == {(zone, "standard.act") for zone in OTHERS}


def test_it_is_in_force_when_the_last_zone_ratifies_here(node, steward):
    number = propose(steward)
    others_ratify(node, number)
    assert get_proposal(number, node.deps).state is ProposalState.OPEN
    shown = page(steward, f"standard/proposals/{number}/ratify/")
    content_hash = node.deps.catalogue.get_base(FOOD).content_hash
    assert f'name="content_hash" value="{content_hash}"' in shown
    answer = steward.post(f"/steward/standard/proposals/{number}/ratify/", {"content_hash": content_hash})
    assert answer.status_code == 302
    assert get_proposal(number, node.deps).state is ProposalState.IN_FORCE
    assert "与标准一致" in page(steward, f"standard/items/{FOOD}/")
    assert "代表本区批准" not in page(steward, f"standard/proposals/{number}/")


def test_ratifying_what_was_not_read_is_refused(node, steward):
    number = propose(steward)
    answer = steward.post(f"/steward/standard/proposals/{number}/ratify/", {"content_hash": "0" * 64})
    assert answer.status_code == 422
    assert "提案内容与您所看的不同" in answer.content.decode()


def test_a_node_that_runs_something_else_than_ratified_says_so(node, steward):
    from tests.domain.standard.acts import files, proposed, ratified_by_all

    for act in (proposed(item=FOOD), *ratified_by_all()):
        node.deps.alliance.keep(act)
    desk = page(steward, "standard/")
    assert "本节点有 1 个事项的运行内容与现行标准不一致" in desk
    assert hash_files(files(2))[:12] in desk
    item = page(steward, f"standard/items/{FOOD}/")
    assert "与标准不一致" in item
    assert "How it departs from the standard" in page(steward, f"standard/items/{FOOD}/", "en")
    assert "引用的条文和期限（articles.txt）" in item
    number = propose(steward)
    assert "与第2版标准比较" in page(steward, f"standard/proposals/{number}/")


def test_one_changed_limit_of_the_law_is_shown_as_the_departure_and_nothing_else_is(node, steward):
    from dataclasses import replace

    from tests.domain.standard.acts import proposed, ratified_by_all

    runs = dict(node.deps.catalogue.get_base(FOOD).files)
    once = {**runs, "calendars.txt": runs["calendars.txt"].replace("2026-01-03", "2026-01-02", 1)}
    first = proposed(item=FOOD)
    act = replace(first.act, files=once, content_hash=hash_files(once))
    node.deps.alliance.keep(replace(first, act=act))
    for one in ratified_by_all():
        node.deps.alliance.keep(replace(one, act=Ratified(act.content_hash)))
    shown = page(steward, f"standard/items/{FOOD}/")
    assert shown.count("steward-file") == 1
    assert "工作日历（calendars.txt）" in shown
    assert "calendars/cn-2026.holidays[0].to = 2026-01-03" in shown.split("steward-in")[1]


@pytest.mark.parametrize(("act", "field"), [("comment", "words"), ("retract", "reason")])
def test_words_are_wanted_and_recorded(node, steward, act, field):
    number = propose(steward)
    address = f"/steward/standard/proposals/{number}/{act}/"
    refused = steward.post(address, {field: " "})
    assert refused.status_code == 422
    assert "请写明内容" in refused.content.decode()
    assert steward.post(address, {field: "请写明标签要求"}).status_code == 302
    assert "请写明标签要求" in page(steward, f"standard/proposals/{number}/")


def test_what_has_been_taken_back_is_offered_no_more(node, steward):
    number = propose(steward)
    steward.post(f"/steward/standard/proposals/{number}/retract/", {"reason": "有误"})
    shown = page(steward, f"standard/proposals/{number}/")
    assert "已撤回" in shown
    assert "代表本区批准" not in shown


def test_zones_stand_side_by_side_with_their_differences_marked(node, steward):
    shown = page(steward, f"standard/items/{FOOD}/")
    assert "10分钟" in shown
    assert "2小时" in shown
    row = shown.split("承诺时限")[1].split("</tr>")[0]
    assert "不同" in row
    assert "?feature=promised" in row
    only = steward.get(f"/steward/standard/items/{FOOD}/?show=differences").content.decode()
    assert "承诺时限" in only
    assert "法定时限" not in only


def test_the_pages_are_complete_in_english(node, steward):
    number = propose(steward)
    for address, words in (
        ("standard/", "One item, one standard"),
        (f"standard/items/{FOOD}/", "Zones side by side"),
        (f"standard/proposals/{number}/", "Ratify for this zone"),
        (f"standard/proposals/{number}/comment/", "If you confirm:"),
        ("table/", "The table of the alliance"),
    ):
        assert words in page(steward, address, "en")


def test_what_is_not_there_is_not_found(node, steward):
    for address in (
        "standard/items/nothing/",
        "standard/proposals/nothing/",
        "table/nothing/",
        f"standard/items/{FOOD}x/propose/",
    ):
        assert steward.get(f"/steward/{address}").status_code == 404
    number = propose(steward)
    assert steward.get(f"/steward/standard/proposals/{number}/enact/").status_code == 404


def test_a_desk_asks_few_questions_however_many_items(node, steward, django_assert_max_num_queries):
    propose(steward)
    with django_assert_max_num_queries(8):
        page(steward, "standard/")
