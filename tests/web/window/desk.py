"""What a clerk does at the desk, for the tests: take in, open a case."""

from typing import Any

from django.test import Client

from tests.builders import PARENT, branch_answers
from tongban.kernel.ids import CaseId

AGENT_NUMBER = "11010519491231002X"
BRANCH = "/window/take-in/travel-agency-branch-filing/changzhou/"


def identity(**changes: Any) -> dict[str, Any]:
    """A well-filled identity form: the Wuxi agency, by an agent."""
    return {
        "firm_name": "无锡示例旅行社有限公司（演示）",
        "firm_id": PARENT,
        "mobile": "19900000001",
        "comes": "agent",
        "agent_name": "演示经办人",
        "agent_id": AGENT_NUMBER,
        "agent_acts": ["apply", "correct", "withdraw", "collect"],
        "agent_until": "2026-12-31",
        "checks": ["identity", "authorisation", "complete", "consent"],
    } | changes


def take_in(clerk: Client, **changes: Any) -> CaseId:
    """Take in the branch filing for Changzhou, and return the case's number."""
    clerk.get(BRANCH)
    clerk.post("/window/client/", identity())
    clerk.post("/window/form/", branch_answers(**changes))
    done = clerk.post("/window/check/", {"read_through": "yes"})
    return CaseId(done["Location"].split("/")[3])


def open_case(clerk: Client, case_id: str, number: str = PARENT) -> Any:
    """Open a case as a party's number allows."""
    return clerk.post(f"/window/cases/{case_id}/", {"party_number": number, "seen": "yes"})
