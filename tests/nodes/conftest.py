"""A program's client of the three nodes: tokens made by the nodes' own command, answers awaited by asking."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import httpx
import pytest

from tests.builders import CONTENT
from tests.patience import PATIENCE_SECONDS, ask_until
from tongban.fiction.words import parse_words
from tongban.fiction.zone import FictionalZone, generate_zone
from tongban.hosting.nodes import Node
from tongban.kernel.ids import ZoneId
from tongban.kernel.moment import civil_date
from tongban.packs.load import Reading


@dataclass(frozen=True)
class Program:
    """A program that acts for one account at one node."""

    node: Node
    http: httpx.Client

    def hand_in(self, item: str, zone: str, answers: Mapping[str, object], key: str) -> dict[str, Any]:
        """Hand an application in and return the receipt."""
        body = {"item_id": item, "zone": zone, "answers": dict(answers)}
        answer = self.http.post("/api/v1/applications", json=body, headers={"Idempotency-Key": key})
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    def follow(self, number: str) -> dict[str, Any]:
        """Return a case as it stands."""
        answer = self.http.get(f"/api/v1/cases/{number}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def wait_for(self, number: str, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Ask until a case is as wanted; fails with the last answer when it does not get there."""
        return ask_until(lambda: self.follow(number), is_so)


def story() -> Mapping[str, str]:
    """Return the numbers of the story's firms and people."""
    return fiction().story


@cache
def fiction() -> FictionalZone:
    """Return Suzhou's fictional people, firms and records, as the nodes were seeded with them."""
    reading = Reading(CONTENT)
    words, lines = (reading.read_plain(CONTENT / "fiction" / name) for name in ("words.yaml", "story.yaml"))
    today = civil_date(datetime.now(UTC))
    return generate_zone(ZoneId("suzhou"), parse_words(words, lines), today)


def create_token(node: Node, username: str) -> str:
    """Have the node make a token, as its operator does."""
    command = [sys.executable, "manage.py", "createtoken", username]
    done = subprocess.run(
        command, cwd=node.checkout, env=dict(node.environment), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture(scope="session")
def agency(zones: Mapping[str, Node]) -> Iterator[Program]:
    """The Wuxi travel agency's program at Suzhou's node."""
    node = zones["suzhou"]
    token = create_token(node, "agency")
    with httpx.Client(
        base_url=node.url,
        headers={"Authorization": f"Bearer {token}"},
        timeout=PATIENCE_SECONDS,
        trust_env=False,
    ) as http:
        yield Program(node, http)


@pytest.fixture
def branch_answers() -> dict[str, object]:
    """The form of the branch filing, as the story's agency fills it."""
    people = story()
    return {
        "parent_uscc": people["agency"],
        "branch_uscc": people["branch"],
        "branch_name": "无锡云帆旅行社有限公司常州新北分社（演示）",
        "branch_address": "常州市新北区演示路901号",
        "branch_head": "林若溪（示例）",
        "contact_mobile": "19900000001",
        "scope": ["domestic"],
    }
