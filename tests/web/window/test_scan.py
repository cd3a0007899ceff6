"""One field finds client, case, ticket and item; what is missing is told; a licence is handed out once."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.builders import PARENT, branch_answers
from tests.web.window.desk import AGENT_NUMBER, BRANCH, identity, open_case, take_in
from tongban.domain.case.events import Actor
from tongban.flows.collect import collect
from tongban.kernel.errors import Conflict, Refused
from tongban.kernel.text import Text
from tongban.reads.scan_hints import read_scan_hints
from tongban.web.window import scan_pages

CLERK = Actor("clerk", "clerk", "虚构窗口员")
OTHER = "91320411MB0000007D"
TEMPLATES = Path(scan_pages.__file__).parent / "templates" / "window"


def scan(clerk, text: str):
    return clerk.post("/window/scan/", {"scan": text})


def test_a_card_finds_the_clients_cases_and_fills_the_identity_form(node, clerk):
    case_id = take_in(clerk)
    clerk.post("/window/next-client/")
    page = scan(clerk, AGENT_NUMBER)
    assert case_id in page.content.decode()
    assert "Location" not in page.headers  # a number never stands in an address
    page = scan(clerk, PARENT)
    assert case_id in page.content.decode()
    clerk.get(BRANCH)
    assert PARENT in clerk.get("/window/client/").content.decode()
    assert open_case(clerk, case_id).status_code == 302


def test_a_firms_name_comes_from_the_register_that_this_zone_keeps(node, clerk):
    node.keep("business-licence", PARENT, name="登记簿上的名字（演示）", status="active")
    assert "登记簿上的名字（演示）" in scan(clerk, PARENT).content.decode()
    clerk.get(BRANCH)
    assert "登记簿上的名字（演示）" in clerk.get("/window/client/").content.decode()


def test_a_case_is_not_opened_by_scanning_alone(node, clerk):
    case_id = take_in(clerk)
    clerk.post("/window/next-client/")
    scan(clerk, AGENT_NUMBER)
    assert clerk.get(f"/window/cases/{case_id}/receipt/").status_code == 404
    without_seeing = clerk.post(f"/window/cases/{case_id}/", {"party_number": AGENT_NUMBER})
    assert without_seeing.status_code == 422


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("A012", "/hall/tickets/A012/"),
        ("SZ260303-7K3M9QXD", "/window/cases/?number=SZ260303-7K3M9QXD"),
        ("P-SZ-000001", "/window/provisional/"),
        ("旅行社", "/window/?q=%E6%97%85%E8%A1%8C%E7%A4%BE"),
        ("", "/window/"),
    ],
)
def test_everything_else_leads_where_it_belongs(node, clerk, text, address):
    assert scan(clerk, text)["Location"] == address


def test_the_next_client_finds_nothing_of_who_was_scanned(node, clerk):
    scan(clerk, AGENT_NUMBER)
    clerk.post("/window/next-client/")
    clerk.get(BRANCH)
    assert AGENT_NUMBER not in clerk.get("/window/client/").content.decode()
    assert clerk.get("/window/scan/").status_code == 405


def test_two_clients_are_never_mixed_by_scanning(node, clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    page = scan(clerk, OTHER)
    assert page.context["is_filled"] is False
    assert "另一位客户的资料" in page.content.decode()
    assert OTHER not in clerk.get("/window/client/").content.decode()
    assert scan(clerk, AGENT_NUMBER).context["is_filled"] is True
    clerk.post("/window/next-client/")
    assert scan(clerk, OTHER).context["is_filled"] is True


def test_what_is_missing_is_listed_at_once_to_be_printed(node, clerk):
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    clerk.post("/window/form/", branch_answers(branch_uscc="", branch_name=""))
    page = clerk.get("/window/missing/")
    assert len(page.context["missing"]) == 2
    assert "不是补正通知书" in page.content.decode()


def test_a_bad_scan_is_hinted_at_and_a_good_one_is_not(node):
    def keep(size: tuple[int, int], grey: int) -> tuple[str, str]:
        kept = io.BytesIO()
        Image.new("L", size, grey).save(kept, "PNG")
        return node.deps.files.put(kept.getvalue(), "image/png", "扫描.png"), "扫描.png"

    small, blank = keep((300, 200), 255), node.deps.files.put(b"%PDF-1.7", "application/pdf", "a.pdf")
    hints = read_scan_hints([small, (blank, "a.pdf")], node.deps)
    assert [one.name for one in hints] == ["扫描.png"]
    assert any("分辨率低" in hint.zh for hint in hints[0].hints)
    assert any("空白" in hint.zh for hint in hints[0].hints)
    assert all(isinstance(hint, Text) and hint.en for hint in hints[0].hints)


def test_every_key_that_is_told_is_in_a_page_and_none_is_used_twice_in_one(node, clerk):
    told = {key for key, _ in scan_pages.KEYS}
    used = set()
    for path in TEMPLATES.rglob("*.html"):
        found = re.findall(r'accesskey="(.)"', path.read_text("utf-8"))
        assert len(found) == len(set(found)), path
        used |= set(found)
    assert used == told
    assert "Alt" in clerk.get("/window/keys/").content.decode()


def test_a_case_without_a_licence_has_nothing_to_collect(node, clerk):
    case_id = take_in(clerk)
    with pytest.raises(Refused):
        collect(case_id, "", CLERK, node.deps)
    assert case_id not in clerk.get("/window/pickups/").content.decode()


def test_a_licence_is_handed_out_once(node):
    node.deps.hall.pickups.keep("SZ-1", "applicant", "clerk", node.clock.now())
    assert node.deps.hall.pickups.is_handed_out("SZ-1")
    with pytest.raises(Conflict):
        node.deps.hall.pickups.keep("SZ-1", "agent", "clerk", node.clock.now())
