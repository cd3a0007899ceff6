"""The seal's pages in a browser: nothing keeps people out; acts need no script."""

from datetime import timedelta

import pytest

from tests.builders import CHANGZHOU, TUESDAY
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults, open_as
from tests.web.seal.conftest import SECRETS, without_rota
from tests.web.seal.test_pages import A, activate, fill
from tongban.flows.keep_seal import propose_seal
from tongban.store.models import SealRefusal, SealUse

PAGES = ("/seal/", "/seal/uses/", "/seal/refusals/", "/seal/propose/", "/seal/confirm/", "/seal/suspend/")


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node, with something on every page."""
    node = without_rota(start_node(CHANGZHOU, tmp_path, monkeypatch), monkeypatch)
    activate(node)
    propose_seal(8, SECRETS[A.id], A, node.deps)
    fill(30)
    why = (
        ("seal.limit", "本小时用印已达上限（50000 次）。", "It was used 50000 times in this hour."),
        ("seal.wrong-digest", "文件内容与办件当时留下的不一致。", "Not what the event left."),
    )
    for number, (code, zh, en) in enumerate(why):
        SealRefusal.objects.create(
            kind="licence", document_id=f"1.2.156.3005.2.DEMO{number}", case_id="CZ260303-FILL0001",
            version=3, code=code, says_zh=zh, says_en=en,
            source="order-716-2019#9.1", first_at=TUESDAY, at=TUESDAY + timedelta(minutes=number),
            is_waiting=number == 0, times=3,
        )  # fmt: skip
    return node


def test_nothing_on_the_seals_pages_keeps_people_out(browser, node, live_server):
    client = node.log_in("custodian", "印章保管员庚（示例）")
    use = f"/seal/uses/{SealUse.objects.first().number}/"
    assert list_faults(browser, client, live_server.url, (*PAGES, use)) == []


def test_the_seal_is_suspended_without_script(browser, node, live_server):
    page = open_as(browser, node.log_in("custodian"), live_server.url, DESKTOP, script=False)
    page.goto(f"{live_server.url}/seal/")
    page.get_by_role("link", name="立即停用").click()
    page.get_by_label("停用的理由", exact=True).fill("演示：钥匙丢了")
    page.get_by_role("button", name="立即停用").click()
    assert page.get_by_text("演示：钥匙丢了").first.is_visible()
    assert not node.deps.seals.read().is_active(TUESDAY)
