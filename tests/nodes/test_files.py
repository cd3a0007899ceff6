"""Files through three real nodes: Changzhou's officer opens what came in at Suzhou; the PDF comes back."""

import re
from collections.abc import Mapping

from tests.patience import ask_until
from tongban.crypto.digest import hex_digest
from tongban.hosting.nodes import Node, start_node, wait_until_healthy
from tongban.hosting.processes import Family
from tongban.hosting.story import FOLDER, log_in, read_story
from tongban.hosting.visitor import Page, Visitor

APPLY = "/apply/travel-agency-branch-filing/changzhou/"


def enter(node: Node, login: str) -> Visitor:
    visitor = Visitor(node.url)
    log_in(visitor, login, read_story(FOLDER)["password"])
    return visitor


def wait_until(visitor: Visitor, path: str, status: int) -> Page:
    """Open an address until it answers with a status."""
    return ask_until(lambda: visitor.open(path), lambda page: page.status == status)


def hand_in(visitor: Visitor, content: bytes) -> str:
    """File the story's branch with a copy of the parent's licence; return the case number."""
    answers = read_story(FOLDER)["answers"]
    form = visitor.open(APPLY, fresh="1")
    files = {"parent_licence_copy": ("许可证.jpg", content, "image/jpeg")}
    check = visitor.send(form, form.get_form(*answers), answers, files)
    case = visitor.send(check, check.get_form("truth"), {"truth": "yes"})
    number = re.search(r"/cases/([\w-]+)/", case.address)
    assert number, case.html
    return number[1]


def test_an_upload_and_the_sealed_document_reach_the_zones_that_need_them(zones: Mapping[str, Node]) -> None:
    photo = b"\xff\xd8\xff" + b"three nodes " * 200_000  # three parts
    with (
        enter(zones["suzhou"], "agency") as agency,
        enter(zones["changzhou"], "changzhou-officer") as officer,
    ):
        number = hand_in(agency, photo)
        copy = f"/officer/cases/{number}/copies/{hex_digest(photo)}/"
        assert wait_until(officer, copy, 200).content == photo
        act = wait_until(officer, f"/officer/cases/{number}/grant/", 200)
        confirm = officer.send(
            act, act.get_form("reasons_zh"), {"reasons_zh": "副本与原件一致（演示）", "agrees": "yes"}
        )
        officer.send(confirm, confirm.get_form("reasons_zh"), {"step": "act"})
        document = wait_until(agency, f"/cases/{number}/document/", 200)
    assert document.content.startswith(b"%PDF-")


def test_an_upload_for_a_zone_that_is_down_comes_when_it_is_back(
    zones: Mapping[str, Node], zone_family: Family
) -> None:
    photo = b"\xff\xd8\xff" + b"changzhou is down"
    changzhou = zones["changzhou"]
    for child in [child for child in zone_family.children if child.name.startswith("changzhou")]:
        zone_family.kill(child)
    try:
        with enter(zones["suzhou"], "agency") as agency:
            number = hand_in(agency, photo)
    finally:
        start_node(zone_family, changzhou)
        wait_until_healthy(zone_family, [changzhou])
    with enter(changzhou, "changzhou-officer") as officer:
        copy = f"/officer/cases/{number}/copies/{hex_digest(photo)}/"
        assert wait_until(officer, copy, 200).content == photo
