"""A proposal is tried, kept and run in shadow from the pages, and examples are stepped through."""

import pytest

from tests.builders import BRANCH_FILING, CONTENT
from tongban.store.models import Proposal
from tongban.wiring.example_cases import list_example_cases

ITEM = f"/steward/items/{BRANCH_FILING}/"
TEXT = (CONTENT / "items" / BRANCH_FILING / "rules.yaml").read_text(encoding="utf-8")
BLOCKED = TEXT.replace("may_grant: true", "may_grant: false").replace("version: ", "version: 10", 1)


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def kept(node, steward) -> Proposal:
    """A proposal that lets no machine grant."""
    steward.post(f"{ITEM}propose/", {"step": "keep", "says": "演示：改由人决定", "text": BLOCKED})
    return Proposal.objects.get()


def test_the_form_begins_with_the_rules_in_force(steward):
    assert "may_grant: true" in text(steward.get(f"{ITEM}propose/"))


def test_trying_tells_who_would_fare_otherwise_and_keeps_nothing(node, steward):
    node.referred("CZ260303-AAAA2222", scope=("domestic",))
    page = text(steward.post(f"{ITEM}propose/?lang=en", {"step": "try", "says": "", "text": BLOCKED}))
    assert "1 decisions compared, 1 would have come out otherwise" in page
    assert "CZ260303-AAAA2222" in page
    assert Proposal.objects.count() == 0


def test_what_is_wrong_is_told_and_every_word_kept(steward):
    wrong = {"step": "keep", "says": "", "text": "version: 1\nmay_grant: yes\n"}
    response = steward.post(f"{ITEM}propose/", wrong)
    assert response.status_code == 422
    assert "写明改什么" in text(response)
    assert "may_grant: yes" in text(response)


def test_a_kept_proposal_shows_its_patch_and_hands_it_over(steward, kept):
    page = text(steward.get(f"/steward/proposals/{kept.pk}/"))
    assert "-may_grant: true" in page
    patch = steward.get(f"/steward/proposals/{kept.pk}/patch/")
    assert patch["Content-Type"].startswith("text/x-diff")
    assert b"+may_grant: false" in patch.content
    assert "attachment" in patch["Content-Disposition"]


def test_a_shadow_is_begun_and_ended_after_a_question(steward, kept):
    for state in ("shadow", "draft", "closed", "draft"):
        address = f"/steward/proposals/{kept.pk}/{state}/"
        assert steward.get(address).status_code == 200
        steward.post(address)
        kept.refresh_from_db()
        assert kept.state == state
    assert steward.get(f"/steward/proposals/{kept.pk}/live/").status_code == 404
    assert steward.post(f"/steward/proposals/{kept.pk}/live/").status_code == 404


def test_a_head_reads_a_proposal_and_changes_nothing_of_it(node, kept):
    head = node.log_in("head")
    assert head.get(f"/steward/proposals/{kept.pk}/").status_code == 200
    assert head.post(f"/steward/proposals/{kept.pk}/shadow/").status_code == 403


def test_the_examples_are_listed_and_one_is_stepped_through(steward):
    page = text(steward.get(f"{ITEM}examples/"))
    first = list_example_cases(BRANCH_FILING)[0]
    assert first.path.stem in page
    address = f"{ITEM}examples/{first.path.stem}/"
    whole = text(steward.get(f"{address}?lang=en"))
    assert "Came out as it says" in whole
    one = text(steward.get(f"{address}?step=1&lang=en"))
    assert one.count('class="tb-step ') == 1
    assert "?step=2" in one
    assert text(steward.get(f"{address}?step=999&lang=en")).count('class="tb-step ') > 3


def test_all_examples_are_run_at_once(steward):
    page = text(steward.get(f"{ITEM}examples/?run=all&lang=en"))
    assert page.count("As it says") == len(list_example_cases(BRANCH_FILING))
    assert "Otherwise" not in page


def test_an_example_that_was_not_taken_in_says_where_it_was_wrong(steward):
    refused = next(one for one in list_example_cases(BRANCH_FILING) if one.then.outcome == "refused")
    page = text(steward.get(f"{ITEM}examples/{refused.path.stem}/"))
    assert refused.then.refused[0] in page


def test_an_example_that_is_not_there_is_not_found(steward):
    assert steward.get(f"{ITEM}examples/none/").status_code == 404
