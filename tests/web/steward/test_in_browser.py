"""The steward's pages and the later checks in a browser: nothing keeps people out; acts need no script."""

from datetime import timedelta

import pytest

from tests.builders import BRANCH_FILING, CHANGZHOU, TUESDAY
from tests.web.browser import DESKTOP
from tests.web.one_node import start_node
from tests.web.rooms_in_browser import list_faults, open_as
from tongban.domain.case.events import Actor
from tongban.flows.hold_machine import set_sampling
from tongban.flows.item_check_store import ItemCheck, Proved
from tongban.flows.keep_table import open_ticket
from tongban.flows.propose_standard import propose
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.store.models import DriftAlarm, LaterCheck, RailAct
from tongban.wiring.example_cases import list_example_cases
from tongban.wiring.proposing import current_text, keep_proposal
from tongban.wiring.replaying import replay_all

ITEM = f"/steward/items/{BRANCH_FILING}/"
STEWARD = Actor("steward", "changzhou-steward", "演示管理员")


@pytest.fixture
def node(browser, transactional_db, tmp_path, monkeypatch):
    """Changzhou's node, with something on every page."""
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    for page in ("item_pages", "alarm_pages", "example_pages", "proposal_pages"):
        monkeypatch.setattr(f"tongban.web.steward.{page}.get_node", lambda: node)
    set_sampling(
        BRANCH_FILING, 1_000_000, Text("演示：先全部抽查", "all of them at first"), STEWARD, node.deps
    )
    node.referred("CZ260303-AAAA0001", scope=("domestic",))
    node.referred("CZ260303-AAAA0002")
    for number in range(58):
        LaterCheck.objects.create(
            case_id=f"CZ260301-BBBB{number:04d}", item_id=BRANCH_FILING, rules_hash="a" * 64,
            chosen_at=TUESDAY, judged_at=TUESDAY, verdict="correct", reasons_zh="演示：无误",
            reasons_en="in order", actor_name="演示乙",
        )  # fmt: skip
    DriftAlarm.objects.create(
        item_id=BRANCH_FILING, rules_hash="a" * 64, block=5, feature="criterion:scope-inside-parents",
        value="met", before_hits=392, before_cases=400, now_hits=71, now_cases=100, chance_ppb=12, at=TUESDAY,
    )  # fmt: skip
    replay_all(node)
    keep_check(node)
    return node


def keep_check(node) -> None:
    """Keep a check of other content than runs, with something in every part of its section."""
    says = Text("演示：有人能获准。", "Demonstration: somebody is granted.")
    fault = Problem("pack.strange", says, f"items/{BRANCH_FILING}/zones/changzhou.yaml:18 vists", "", says)
    proved = Proved(41, 3, 2, (says, says), (Problem("proof.redundant", says, "rules.yaml:criteria[2]"),))
    node.deps.item_checks.keep([ItemCheck(BRANCH_FILING, 1, "f" * 64, TUESDAY, (fault,), 8, proved)])


def addresses(node) -> list[str]:
    changed = current_text(BRANCH_FILING).replace("may_grant: true", "may_grant: false")
    number = keep_proposal(node, BRANCH_FILING, "演示：改由人决定", changed, STEWARD)
    alarm = DriftAlarm.objects.get().pk
    example = list_example_cases(BRANCH_FILING)[0].path.stem
    return [
        "/steward/", ITEM, f"{ITEM}stop/", f"{ITEM}rate/", f"/steward/alarms/{alarm}/", "/steward/replay/",
        f"{ITEM}propose/", f"/steward/proposals/{number}/", f"/steward/proposals/{number}/shadow/",
        f"{ITEM}examples/", f"{ITEM}examples/{example}/?step=3",
    ]  # fmt: skip


def standard_addresses(node) -> list[str]:
    """A proposal and a ticket, and every page of the standard and the table about them."""
    proposal = propose(BRANCH_FILING, "演示：首次统一", STEWARD, node.deps)
    due_on = TUESDAY.date() + timedelta(days=30)
    ticket = open_ticket(BRANCH_FILING, "promised", CHANGZHOU, due_on, "演示：请统一", STEWARD, node.deps)
    return [
        "/steward/standard/", f"/steward/standard/items/{BRANCH_FILING}/",
        "/steward/standard/items/prepackaged-food-filing/propose/",
        f"/steward/standard/proposals/{proposal}/", f"/steward/standard/proposals/{proposal}/comment/",
        f"/steward/standard/proposals/{proposal}/ratify/", "/steward/table/",
        f"/steward/table/open/{BRANCH_FILING}/?feature=promised", f"/steward/table/{ticket}/",
        f"/steward/table/{ticket}/close/",
    ]  # fmt: skip


def test_no_page_keeps_anybody_out(node, live_server, browser):
    steward = node.log_in("steward", "演示管理员")
    assert list_faults(browser, steward, live_server.url, addresses(node)) == []
    assert list_faults(browser, steward, live_server.url, standard_addresses(node)) == []
    officer = node.log_in("officer", "演示乙")
    checks = ["/officer/checks/", "/officer/checks/CZ260303-AAAA0001/"]
    assert list_faults(browser, officer, live_server.url, checks) == []


def test_the_machine_is_stopped_without_script_and_with_the_keyboard_alone(node, live_server, browser):
    steward = node.log_in("steward", "演示管理员")
    page = open_as(browser, steward, live_server.url, DESKTOP, script=False)
    page.goto(f"{live_server.url}{ITEM}")
    page.get_by_role("link", name="暂停自动准予").first.press("Enter")
    page.get_by_label("理由", exact=True).press_sequentially("演示：规则有误")
    page.get_by_role("button", name="确认暂停").press("Enter")
    page.get_by_text("已暂停。").wait_for()
    page.context.close()
    assert RailAct.objects.order_by("-id")[0].kind == "stop"
