"""Officers find the grants that chance chose, give a verdict with reasons, and can correct it."""

import pytest

from tests.builders import BRANCH_FILING, TUESDAY
from tongban.domain.case.events import Actor
from tongban.flows.hold_machine import set_sampling
from tongban.kernel.text import Text
from tongban.store.models import LaterCheck, LedgerLeaf

CASE = "CZ260303-AAAA2222"


@pytest.fixture
def chosen(node) -> str:
    """A grant that an officer is to look at again."""
    steward = Actor("steward", "s", "演示管理员")
    set_sampling(BRANCH_FILING, 1_000_000, Text("演示", "demonstration"), steward, node.deps)
    node.referred(CASE, scope=("domestic",))
    return f"/officer/checks/{CASE}/"


def text(response) -> str:
    return response.content.decode()


def test_a_chosen_grant_stands_on_the_list_and_leads_to_its_case(officer, chosen):
    assert CASE in text(officer.get("/officer/checks/"))
    page = text(officer.get(chosen))
    assert f"/officer/cases/{CASE}/" in page
    assert "证照不因此失效" in page


def test_nothing_chosen_says_so(officer):
    assert "没有等待抽查的办件" in text(officer.get("/officer/checks/"))


def test_a_verdict_is_recorded_leaves_a_leaf_and_can_be_corrected(node, officer, chosen):
    officer.post(chosen, {"verdict": "false", "reasons_zh": "演示：登记有误"})
    kept = LaterCheck.objects.get()
    assert (kept.verdict, kept.reasons_zh, kept.actor_name) == ("false", "演示：登记有误", "虚构审批员")
    assert "(in Chinese only)" in kept.reasons_en
    assert "已经下过结论" in text(officer.get(chosen))
    node.clock.at = TUESDAY.replace(hour=5)
    officer.post(chosen, {"verdict": "correct", "reasons_zh": "演示：复核后无误"})
    assert LaterCheck.objects.get().verdict == "correct"
    assert LedgerLeaf.objects.filter(key__startswith="check:").count() == 2
    page = text(officer.get("/officer/checks/?lang=en"))
    assert "Rightly granted" in page
    assert "Nothing waits for a check" in page


def test_all_that_is_wrong_is_told_at_once_and_the_words_are_kept(officer, chosen):
    response = officer.post(chosen, {"verdict": "maybe", "reasons_zh": " "})
    assert response.status_code == 422
    assert "请选择" in text(response)
    assert "请写明理由" in text(response)
    assert LaterCheck.objects.get().verdict == ""


def test_a_case_that_was_not_chosen_has_no_page(node, officer):
    node.referred(CASE)
    assert officer.get(f"/officer/checks/{CASE}/").status_code == 404
    assert (
        officer.post(f"/officer/checks/{CASE}/", {"verdict": "correct", "reasons_zh": "x"}).status_code == 404
    )


def test_places_that_make_no_sense_are_left_out(officer, chosen):
    for after in ("garbage", "2026-03-03~x", "~", "%00~%00"):
        assert officer.get(f"/officer/checks/?after={after}").status_code == 200


def test_the_list_is_read_in_pages(officer, chosen, monkeypatch):
    monkeypatch.setattr("tongban.reads.later_checks.read_checks.__defaults__", (1,))
    LaterCheck.objects.create(
        case_id="CZ260303-ZZZZ0001", item_id=BRANCH_FILING, rules_hash="a", chosen_at=TUESDAY
    )
    first = text(officer.get("/officer/checks/"))
    assert CASE in first
    place = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = text(officer.get(f"/officer/checks/{place}"))
    assert "CZ260303-ZZZZ0001" in second
    assert f"/officer/checks/{CASE}/" not in second


def test_a_steward_judges_nothing(node, chosen):
    assert node.log_in("steward").get(chosen).status_code == 403
