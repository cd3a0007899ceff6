"""The table's pages: a difference becomes a ticket with owner and day, and its owner closes it."""

from tests.builders import TUESDAY
from tests.web.steward.standard.test_standard import FOOD, page
from tongban.domain.standard.acts import RecordedAct, TicketOpened
from tongban.flows.keep_table import get_ticket
from tongban.kernel.ids import ZoneId

OPEN = f"/steward/table/open/{FOOD}/?feature=promised"
GIVEN = {"owner": "suzhou", "due_on": "2026-04-01", "words": "请统一承诺时限"}


def open_ticket(steward, **changes: str) -> str:
    answer = steward.post(OPEN, {**GIVEN, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].rstrip("/").split("/")[-1]


def test_the_form_shows_what_each_zone_says_and_proposes_a_day(node, steward):
    form = steward.get(OPEN).content.decode()
    assert "10分钟" in form
    assert "2小时" in form
    assert 'value="2026-04-02"' in form


def test_a_ticket_is_listed_with_owner_and_day_and_told_to_each_zone(node, steward):
    number = open_ticket(steward)
    listed = page(steward, "table/")
    assert "仅销售预包装食品备案：承诺时限" in listed
    assert "2026年4月1日" in listed
    told = {(message.to_zone, message.type) for message in node.deps.exchange.outgoing(number)}
    assert told == {(ZoneId(zone), "table.act") for zone in ("wuxi", "changzhou")}
    assert "见单" in page(steward, f"standard/items/{FOOD}/")


def test_everything_that_is_wrong_is_told_at_once(node, steward):
    refused = steward.post(OPEN, {"owner": "", "due_on": "2026-03-03", "words": ""})
    assert refused.status_code == 422
    words = refused.content.decode()
    for one in ("请选择负责的区", "期限应在今天之后", "请写明内容"):
        assert one in words


def test_a_day_that_is_none_is_told(node, steward):
    refused = steward.post(OPEN, {**GIVEN, "due_on": "soon"})
    assert refused.status_code == 422
    assert "请填写日期" in refused.content.decode()


def test_the_owner_closes_it_with_a_note(node, steward):
    number = open_ticket(steward)
    assert "销号" in page(steward, f"table/{number}/")
    refused = steward.post(f"/steward/table/{number}/close/", {"note": ""})
    assert refused.status_code == 422
    assert steward.post(f"/steward/table/{number}/close/", {"note": "三地统一为10分钟"}).status_code == 302
    shown = page(steward, f"table/{number}/")
    assert "已销号" in shown
    assert "三地统一为10分钟" in shown
    assert get_ticket(number, node.deps).closing is not None


def test_another_zones_ticket_is_seen_and_commented_and_not_closed_here(node, steward):
    act = TicketOpened(FOOD, "promised", {"wuxi": ("2小时", "2 hours")}, ZoneId("wuxi"), TUESDAY.date(), "改")
    node.deps.alliance.keep(RecordedAct("wuxi-t", "wuxi-t", ZoneId("wuxi"), "他区（示例）", TUESDAY, act))
    shown = page(steward, "table/wuxi-t/")
    assert "/close/" not in shown
    assert steward.post("/steward/table/wuxi-t/note/", {"words": "本区同意"}).status_code == 302
    assert "本区同意" in page(steward, "table/wuxi-t/")
    assert steward.post("/steward/table/wuxi-t/close/", {"note": "代销"}).status_code == 422


def test_a_difference_that_is_none_is_not_found(node, steward):
    assert steward.get(f"/steward/table/open/{FOOD}/?feature=colour").status_code == 404
    assert steward.get(f"/steward/table/open/{FOOD}/").status_code == 404
