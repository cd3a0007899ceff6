"""Correcting: everything listed at once on top, the whole form as it was, handed in once more."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.builders import BRANCH, branch_answers

NUMBER = "CZ260303-AAAA2222"
PAGE = f"/cases/{NUMBER}/correct/"


@pytest.fixture
def to_correct(node):
    """A case whose branch no register knows; the parent is of none of the zones."""
    node.hand_in(NUMBER, parent_uscc="91320205MB0000009K")
    assert node.find(NUMBER).stage == "correcting"
    return node


def test_every_problem_stands_on_top_and_leads_to_its_question(agent, to_correct):
    page = agent.get(PAGE).content.decode()
    assert "需要补正 3 处，已一次性全部告知" in page
    assert 'href="#field-branch-uscc"' in page
    assert "请您补正" in agent.get(f"/cases/{NUMBER}/").content.decode()


def test_the_form_has_the_earlier_answers(agent, to_correct):
    page = agent.get(PAGE).content.decode()
    assert "常州市新北区演示路1号" in page
    assert 'value="domestic" checked' in page


def test_what_is_corrected_goes_on(agent, to_correct):
    to_correct.keep_branch()
    copy = SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    answers = branch_answers(parent_uscc="91320205MB0000009K", branch_head="演示乙", parent_licence_copy=copy)
    page = agent.post(PAGE, answers, follow=True).content.decode()
    case = to_correct.find(NUMBER)
    assert "补正已提交" in page
    assert case.times_corrected == 1
    assert case.answers["branch_head"] == "演示乙"
    assert "business-licence" in case.evidence


def test_a_correction_that_changes_nothing_or_breaks_something_comes_back_with_its_answers(agent, to_correct):
    same = branch_answers(parent_uscc="91320205MB0000009K")
    unchanged = agent.post(PAGE, same)
    assert unchanged.status_code == 422
    assert "您还没有改动任何内容" in unchanged.content.decode()
    wrong = agent.post(PAGE, {**same, "branch_uscc": BRANCH[:-1] + "9", "branch_head": "演示丙"})
    assert wrong.status_code == 422
    assert 'value="演示丙"' in wrong.content.decode()
    assert to_correct.find(NUMBER).stage == "correcting"


def test_a_case_that_is_not_to_be_corrected_leads_to_its_page(agent, node):
    node.keep_branch()
    node.hand_in(NUMBER)
    assert agent.get(PAGE)["Location"] == f"/cases/{NUMBER}/"
