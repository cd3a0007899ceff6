"""Over HTTP too a straight-through case is one transaction, whoever hands it in: a program or a person."""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from tests.store.commits import watch_commits
from tests.store.test_one_commit import STRAIGHT_THROUGH
from tongban.flows.ports import Deps
from tongban.hosting.story import FOLDER, log_in, read_story
from tongban.hosting.visitor import Visitor
from tongban.kernel.ids import CaseId
from tongban.wiring.programs import create_token

SESSION = {"django_session"}


@pytest.fixture
def server(live_server: Any, deps: Deps) -> str:
    """The node's address; requests come in other threads, so its transactions are real."""
    return live_server.url


def is_concluded(number: str, deps: Deps) -> bool:
    case = deps.cases.find(CaseId(number))
    return case is not None and case.stage == "concluded" and bool(case.credential_id)


def test_what_a_program_hands_in_is_one_transaction(server: str, food: Mapping[str, Any], deps: Deps) -> None:
    token = create_token("shop", "test", 1)
    with watch_commits() as commits:
        answer = httpx.post(
            f"{server}/api/v1/applications", json=dict(food), headers={"Authorization": f"Bearer {token}"},
            timeout=60, trust_env=False,
        )  # fmt: skip
    assert answer.status_code == 201, answer.text
    assert is_concluded(answer.json()["case_id"], deps)
    (only,) = commits
    assert only >= STRAIGHT_THROUGH


def test_what_a_person_hands_in_is_one_transaction_besides_the_session(
    server: str, food: Mapping[str, Any], deps: Deps
) -> None:
    answers = {name: _typed(value) for name, value in food["answers"].items()}
    with Visitor(server) as visitor:
        log_in(visitor, "shop", read_story(FOLDER)["password"])
        form = visitor.open(f"/apply/{food['item_id']}/suzhou/", fresh="1")
        check = visitor.send(form, form.get_form("premises"), answers)
        with watch_commits() as commits:
            case = visitor.send(check, check.get_form("truth"), {"truth": "yes"})
    assert is_concluded(case.address.rstrip("/").rpartition("/")[2], deps), case.html
    # The draft is dropped from the visitor's session once the case is kept.
    session, case = sorted(commits, key=len)
    assert session == SESSION
    assert case >= STRAIGHT_THROUGH


def _typed(value: object) -> Any:
    """An answer as a form sends it."""
    return ("yes" if value else "no") if isinstance(value, bool) else value
