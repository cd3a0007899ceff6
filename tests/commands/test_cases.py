"""What an operator does to cases from the command line: making the index anew, erasing for ever."""

import io

import pytest
from django.core.management import CommandError, call_command

from tests.builders import AGENT, SUZHOU
from tongban.domain.case.events import ApplicantRef
from tongban.flows.ports import Deps
from tongban.flows.submit import Application, submit
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId
from tongban.store.models import CaseIndex

CASE = CaseId("SZ260303-ERASE001")
SHOP = ApplicantRef("firm", "92320505YY9900014X", "苏州虎丘晴窗食品店（演示）", "19900000006")
ANSWERS = {
    "premises": "苏州市虎丘区演示路61号",
    "contact_mobile": "19900000006",
    "activities": ["prepackaged"],
    "sale_modes": ["retail"],
    "outlets": ["shop"],
    "stores_elsewhere": "no",
    "sells_labelled_only": "yes",
}


def run(*arguments: str) -> str:
    """What a command printed."""
    printed = io.StringIO()
    call_command(*arguments, stdout=printed)
    return printed.getvalue()


@pytest.fixture
def case(deps: Deps) -> CaseId:
    """A case of this zone."""
    item = ItemId("prepackaged-food-filing")
    submit(CASE, Application(item, SUZHOU, SHOP, ANSWERS, "online"), AGENT, deps)
    return CASE


def test_the_index_is_made_anew_from_the_histories(case: CaseId) -> None:
    CaseIndex.objects.filter(case_id=case).delete()
    assert run("rebuildindex") == "1 cases in the index\n"
    assert CaseIndex.objects.filter(case_id=case).exists()


def test_a_case_is_erased_only_when_it_is_meant(case: CaseId, deps: Deps) -> None:
    with pytest.raises(CommandError, match="Nothing was erased"):
        run("erasecase", case)
    assert deps.cases.find(case) is not None


def test_an_erased_case_is_not_found_any_more(case: CaseId, deps: Deps) -> None:
    assert "is erased" in run("erasecase", case, "--for-ever")
    with pytest.raises(NotFound):
        deps.cases.find(case)
    with pytest.raises(CommandError, match="no case"):
        run("erasecase", case, "--for-ever")
