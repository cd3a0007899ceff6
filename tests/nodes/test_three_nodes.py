"""Three real nodes, each with its web process, its worker and its database, over HTTP."""

from collections.abc import Mapping

import httpx
import psycopg

from tests.nodes.conftest import Program
from tests.patience import PATIENCE_SECONDS, ask_until
from tongban.hosting.nodes import Node, start_node, wait_until_healthy
from tongban.hosting.processes import Family

ITEM = "travel-agency-branch-filing"


def is_concluded(case: Mapping[str, object]) -> bool:
    """Say whether the licence is issued and its document made."""
    return case["stage"] == "concluded" and bool(case["document_digest"])


def check(node: Node, number: str) -> dict:
    """Check a licence publicly at any node."""
    answer = httpx.get(
        f"{node.url}/api/v1/checks", params={"number": number}, timeout=PATIENCE_SECONDS, trust_env=False
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_branch_filed_at_suzhou_ends_with_a_licence_that_a_third_zone_can_check(
    zones: Mapping[str, Node], agency: Program, branch_answers: dict[str, object]
) -> None:
    receipt = agency.hand_in(ITEM, "changzhou", branch_answers, "three-nodes-happy")
    case = agency.wait_for(receipt["case_id"], is_concluded)
    names = [step["name"] for step in case["steps"]]
    assert names[0] == "Submitted"
    assert "EvidenceRequested" in names
    assert "Granted" in names
    verdict = ask_until(
        lambda: check(zones["wuxi"], case["licence_number"]), lambda now: now["outcome"] != "unsure"
    )
    assert verdict["outcome"] == "good", verdict
    assert verdict["claims"] == {}, "a check by number tells nothing about the holder"


def test_the_same_key_is_the_same_case(agency: Program, branch_answers: dict[str, object]) -> None:
    first = agency.hand_in(ITEM, "changzhou", branch_answers, "three-nodes-twice")
    again = agency.hand_in(ITEM, "changzhou", branch_answers, "three-nodes-twice")
    assert first["case_id"] == again["case_id"]


def test_a_case_waits_for_a_zone_that_is_down_and_goes_on_when_it_is_back(
    zones: Mapping[str, Node],
    zone_family: Family,
    agency: Program,
    branch_answers: dict[str, object],
) -> None:
    wuxi = zones["wuxi"]
    down = [child for child in zone_family.children if child.name.startswith("wuxi")]
    for child in down:
        zone_family.kill(child)
    try:
        receipt = agency.hand_in(ITEM, "changzhou", branch_answers, "three-nodes-down")
        case = agency.wait_for(receipt["case_id"], lambda now: len(now["pending"]) == 2)
        assert {asked["zone"] for asked in case["pending"]} == {"wuxi"}
        assert all(asked["asked_at"] for asked in case["pending"])
    finally:
        start_node(zone_family, wuxi)
        wait_until_healthy(zone_family, [wuxi])
    agency.wait_for(receipt["case_id"], is_concluded)


def test_a_worker_that_is_killed_leaves_nothing_undone(
    zones: Mapping[str, Node],
    zone_family: Family,
    agency: Program,
    branch_answers: dict[str, object],
) -> None:
    changzhou = zones["changzhou"]
    worker = next(child for child in zone_family.children if child.name == "changzhou worker")
    receipt = agency.hand_in(ITEM, "changzhou", branch_answers, "three-nodes-kill")
    zone_family.kill(worker)
    zone_family.kill(next(child for child in zone_family.children if child.name == "changzhou seal"))
    web = next(child for child in zone_family.children if child.name == "changzhou web")
    web.process.terminate()
    web.process.wait()
    zone_family.children.remove(web)
    start_node(zone_family, changzhou)
    wait_until_healthy(zone_family, [changzhou])
    case = agency.wait_for(receipt["case_id"], is_concluded)
    assert [step["name"] for step in case["steps"]].count("CredentialIssued") == 1


def test_a_worker_whose_connections_to_the_database_are_cut_goes_on_by_itself(
    zones: Mapping[str, Node],
    zone_family: Family,
    agency: Program,
    branch_answers: dict[str, object],
) -> None:
    changzhou = zones["changzhou"]
    for round_ in range(3):
        cut_all(changzhou)
        receipt = agency.hand_in(ITEM, "changzhou", branch_answers, f"three-nodes-cut-{round_}")
        cut_all(changzhou)
        agency.wait_for(receipt["case_id"], is_concluded)
    assert zone_family.find_ended() is None


def cut_all(node: Node) -> None:
    """End every connection to a zone's database, as a restart of the server does."""
    with psycopg.connect(node.environment["TONGBAN_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
