"""A real browser loses its connection: the window goes on, and what it took in comes back exactly once."""

import pytest

from tests.builders import PARENT, SUZHOU
from tests.web.browser import DESKTOP, PATIENCE_MS
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults

ITEM = "travel-agency-branch-filing:changzhou"
NAME = "无锡示例旅行社有限公司（演示）"
READY = "() => navigator.serviceWorker.ready.then(() => caches.match('/window/offline/')).then(Boolean)"
KEPT = """() => new Promise((done) => { const asked = indexedDB.open('tongban-window');
    asked.onsuccess = () => { const all = asked.result.transaction('boxes').objectStore('boxes').getAll();
    all.onsuccess = () => done(JSON.stringify(all.result)); }; })"""

CACHED = """async () => { const all = [];
    for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys())
      all.push(new URL(one.url).pathname);
    return all; }"""


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Suzhou's node; the browser's requests come in other threads, so transactions are real."""
    return start_node(SUZHOU, tmp_path, monkeypatch)


@pytest.fixture
def page(node, live_server, browser):
    """A clerk's browser under the page's own policy, that has kept the offline page and has its numbers."""
    client = node.log_in("clerk", "虚构窗口甲")
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    context.set_default_timeout(PATIENCE_MS)
    cookies = [{"name": c.key, "value": c.value, "url": live_server.url} for c in client.cookies.values()]
    context.add_cookies(cookies)
    opened = context.new_page()
    opened.goto(f"{live_server.url}/window/")
    opened.wait_for_function(READY)
    opened.goto(f"{live_server.url}/window/offline/")
    opened.get_by_text("节点在线").wait_for()
    opened.locator("[data-left]", has_text="50").wait_for()
    yield opened
    context.close()


def take_in(page, name: str = NAME) -> str:
    """Take one client in while the node is away; returns the number on the paper."""
    page.get_by_label("事项").select_option(ITEM)
    page.get_by_label("企业", exact=True).press("Space")
    page.get_by_label("姓名或企业名称").fill(name)
    page.get_by_label("公民身份号码或统一社会信用代码").fill(PARENT)
    page.get_by_label("看过来人的证件原件").press("Space")
    page.get_by_role("button", name="登记，出具暂收凭证").click()
    number = page.locator("[data-receipt=number]")
    number.filter(has_text="P-SZ-").wait_for()
    return number.inner_text()


def test_a_window_goes_on_without_the_node_and_nothing_is_lost_or_doubled(node, live_server, page):
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/window/cases/")  # any page of the room leads to the one that is kept
    page.get_by_role("heading", name="断网收件").wait_for()
    page.get_by_text("连不上节点：现在登记的都是暂收").wait_for()
    first = take_in(page)
    assert page.get_by_text("临时凭证").is_visible()
    page.get_by_role("button", name="下一位客户").click()
    assert NAME not in page.content()
    second = take_in(page, "另一家示例旅行社（演示）")
    assert first != second
    kept = page.evaluate(KEPT)
    assert first in kept
    assert PARENT not in kept
    assert node.deps.hall.intakes.list_open(9) == ()
    page.context.set_offline(False)
    page.locator("[data-offline][data-settled='0']").wait_for()
    assert [one.number for one in node.deps.hall.intakes.list_open(9)] == [first, second]
    assert page.evaluate(KEPT) == "[]"


def lose_one(page):
    """Let the node take what is brought first, and nobody hear of it; return what was lost."""
    lost = []

    def lose(route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)  # before anything waits: the next one must find it
        route.fetch()
        route.abort()

    page.route("**/bring-back/", lose)
    return lost


def test_what_was_lost_on_the_way_is_brought_again_by_itself(node, live_server, page):
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/window/offline/")
    page.get_by_text("连不上节点：现在登记的都是暂收").wait_for()
    number = take_in(page)
    lost = lose_one(page)
    page.context.set_offline(False)
    page.locator("[data-offline][data-settled='0']").wait_for()
    assert len(lost) == 1
    assert [one.number for one in node.deps.hall.intakes.list_open(9)] == [number]


def test_an_answer_that_is_lost_on_the_way_doubles_nothing(node, live_server, page):
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/window/offline/")
    page.get_by_text("连不上节点：现在登记的都是暂收").wait_for()
    number = take_in(page)
    lost = lose_one(page)
    page.context.set_offline(False)
    page.wait_for_function("() => document.querySelector('[data-told]').textContent !== ''")
    page.get_by_role("button", name="现在连接").click()
    page.locator("[data-offline][data-settled='0']").wait_for()
    assert len(lost) == 1
    assert [one.number for one in node.deps.hall.intakes.list_open(9)] == [number]
    assert "没有重复" in page.locator("[data-outcomes]").inner_text()


def test_the_browser_keeps_no_page_of_a_client(page):
    kept = page.evaluate(CACHED)
    assert [one for one in kept if not one.startswith("/static/")] == ["/window/offline/"]


def test_the_pages_keep_nobody_out(node, live_server, browser):
    clerk = node.log_in("clerk", "虚构窗口甲")
    assert list_faults(browser, clerk, live_server.url, ["/window/offline/", "/window/provisional/"]) == []
