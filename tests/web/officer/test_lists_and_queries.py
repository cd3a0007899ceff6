"""Lists by person, group, zone; and no page of an officer needs more questions when there are more cases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import BRANCH_FILING, CHANGZHOU, WUXI
from tests.reads.test_worklist import fill
from tongban.domain.assignment import Absence, DeskOfficer, Team
from tongban.kernel.text import Text
from tongban.store.models import CaseIndex

QUESTIONS_AT_MOST = 20


@pytest.fixture
def desk(node):
    """A group with the officer who is logged in and a colleague."""
    with node.deps.unit():
        node.deps.desk.keep_team(Team("culture", Text("文旅组", "Culture"), frozenset({BRANCH_FILING})))
        for username, name in (("officer-0", "虚构审批员"), ("colleague", "虚构同事")):
            node.deps.desk.keep_officer(DeskOfficer(username, name, frozenset({"culture"})))
    return node


def shown(client, query: str) -> set[str]:
    page = client.get(f"/officer/?{query}").content.decode()
    return {f"CZ260303-{number:08d}" for number in range(4) if f"CZ260303-{number:08d}" in page}


def test_the_list_is_narrowed_by_person_group_and_zone_and_the_filters_stand_in_the_address(desk, officer):
    fill(desk, 4)
    rows = [("officer-0", "culture", WUXI), ("colleague", "culture", CHANGZHOU), ("", "culture", WUXI),
            ("", "", CHANGZHOU)]  # fmt: skip
    for number, (whose, team, zone) in enumerate(rows):
        CaseIndex.objects.filter(case_id=f"CZ260303-{number:08d}").update(
            officer=whose, team=team, receiving_zone=zone
        )
    first, second, third, fourth = (f"CZ260303-{number:08d}" for number in range(4))
    assert shown(officer, "") == {first, second, third, fourth}
    assert shown(officer, "whose=mine") == {first}
    assert shown(officer, "whose=nobody") == {third, fourth}
    assert shown(officer, "whose=colleague") == {second}
    assert shown(officer, "team=culture") == {first, second, third}
    assert shown(officer, f"team=culture&zone={WUXI}&whose=nobody") == {third}
    page = officer.get(f"/officer/?team=culture&zone={WUXI}").content.decode()
    assert f"?team=culture&amp;zone={WUXI}&amp;light=red" in page
    assert "承办：虚构审批员" in page


def test_who_stands_in_for_somebody_sees_their_cases_among_the_own(desk, officer):
    fill(desk, 2)
    CaseIndex.objects.filter(case_id="CZ260303-00000000").update(officer="colleague")
    now = desk.clock.now()
    with desk.deps.unit():
        desk.deps.desk.keep_absence(
            Absence("A", "colleague", "officer-0", now.date(), now.date(), "colleague", "年休假", now)
        )
    assert shown(officer, "whose=mine") == {"CZ260303-00000000"}


PAGES = (
    *("/officer/", "/officer/?whose=mine", "/officer/?whose=nobody", "/officer/?team=culture&light=red"),
    *("/officer/escalations/", "/officer/checks/", "/officer/notices/", "/officer/promises/"),
    *(
        "/officer/ratings/",
        "/officer/leave/",
        "/officer/cases/{case}/notes/",
        "/officer/cases/{case}/",
        "/officer/cases/{case}/desk/",
    ),
    *("/officer/cases/{case}/grant/", "/officer/cases/{case}/refuse/", "/officer/cases/{case}/checks/"),
)


def test_no_page_asks_more_than_twenty_questions_nor_more_when_there_are_more_cases(desk):
    head = desk.log_in("head", "虚构负责人")
    case_id = desk.referred("CZ260303-AAAA2222")

    def count(page: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert head.get(page.format(case=case_id)).status_code == 200, page
        return len(asked)

    fill(desk, 1)
    CaseIndex.objects.update(team="culture")
    few = {page: count(page) for page in PAGES}
    fill(desk, 200, first=1)
    CaseIndex.objects.update(team="culture")
    many = {page: count(page) for page in PAGES}
    assert {page: n for page, n in many.items() if n > QUESTIONS_AT_MOST} == {}
    assert {page: (few[page], n) for page, n in many.items() if n > few[page]} == {}
