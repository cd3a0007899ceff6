"""Several cases at once: asked before, each by itself, and said of each what came of it."""

import pytest

from tests.builders import BRANCH_FILING
from tongban.domain.assignment import DeskOfficer, Team
from tongban.kernel.text import Text


@pytest.fixture
def cases(node, officer):
    """Two cases that a colleague was given; the officer who is logged in is competent, too."""
    with node.deps.unit():
        node.deps.desk.keep_team(Team("culture", Text("文旅组", "Culture"), frozenset({BRANCH_FILING})))
        node.deps.desk.keep_officer(DeskOfficer("mate", "虚构同事", frozenset({"culture"})))
    found = [node.referred(f"CZ260303-AAAA222{number}") for number in range(2)]
    with node.deps.unit():
        node.deps.desk.keep_officer(DeskOfficer("officer-0", "虚构审批员", frozenset({"culture"})))
    return found


def holders(node, cases) -> list[str]:
    return [node.deps.desk.find(one).officer for one in cases]


def test_nothing_is_done_before_it_is_confirmed_and_each_is_told(node, officer, cases):
    chosen = {"act": "take", "case": [*cases, "CZ260303-NOWHERE0"]}
    asked = officer.post("/officer/batch/", chosen).content.decode()
    assert all(one in asked for one in chosen["case"])
    assert "不在本区办理" in asked
    assert holders(node, cases) == ["mate", "mate"]
    done = officer.post("/officer/batch/", {**chosen, "step": "act", "reason": "同事培训"}).content.decode()
    assert done.count("已办理。") == 2
    assert holders(node, cases) == ["officer-0", "officer-0"]


def test_one_that_fails_leaves_the_others_alone_and_says_why(node, officer, cases):
    first, second = cases
    officer.post(f"/officer/cases/{first}/desk/", {"do": "declare", "about": "case", "reason": "亲属"})
    done = officer.post(
        "/officer/batch/", {"act": "take", "case": cases, "step": "act", "reason": "同事培训"}
    ).content.decode()
    assert "已申报利益关系" in done
    assert holders(node, [first, second]) == ["mate", "officer-0"]


def test_an_officer_gives_nothing_away_and_what_is_not_open_is_not_accepted(node, officer, cases):
    words = {"case": cases, "step": "act", "reason": "均衡", "officer": "officer-0"}
    assert "只有负责人可以改派" in officer.post("/officer/batch/", {**words, "act": "give"}).content.decode()
    assert "已办理" not in officer.post("/officer/batch/", {**words, "act": "accept"}).content.decode()
    assert holders(node, cases) == ["mate", "mate"]


def test_a_choice_of_nothing_leads_back_to_the_list(officer):
    assert officer.post("/officer/batch/", {"act": "take"})["Location"] == "/officer/"
    assert officer.get("/officer/batch/")["Location"] == "/officer/"


def test_what_is_no_case_number_is_left_out(officer):
    for wrong in ("", "a/b", "X" * 41, "%00"):
        assert officer.post("/officer/batch/", {"act": "take", "case": wrong})["Location"] == "/officer/"
