"""The worklist's page: what is shown, filtered, and found."""

from datetime import timedelta

from django.test.utils import CaptureQueriesContext

from tests.builders import AGENT, TUESDAY
from tongban.flows.ask_for_person import ask_for_person


def test_a_waiting_case_stands_on_the_list_with_its_light_in_words(node, officer):
    case_id = node.referred("CZ260303-AAAA2222")
    page = officer.get("/officer/").content.decode()
    assert f"/officer/cases/{case_id}/" in page
    assert "还剩 20个工作日" in page
    assert "tb-light-green" in page
    assert "有条件未满足、系统无法确认，或系统已暂停" in page


def test_an_empty_list_says_so_and_what_comes_here(officer):
    page = officer.get("/officer/").content.decode()
    assert "现在没有待办" in page


def test_a_filter_that_fits_nothing_offers_to_clear_it(node, officer):
    node.referred("CZ260303-AAAA2222")
    page = officer.get("/officer/?light=red").content.decode()
    assert "没有符合条件的办件" in page
    assert "清除筛选" in page
    assert "CZ260303-AAAA2222" not in page


def test_filters_and_places_that_make_no_sense_are_left_out(node, officer):
    node.referred("CZ260303-AAAA2222")
    for query in (
        "?light=purple",
        "?stage=nowhere",
        "?after=garbage",
        "?before=2026-99-99.x",
        "?after=%00.%00",
    ):
        response = officer.get(f"/officer/{query}")
        assert response.status_code == 200, query
        assert "CZ260303-AAAA2222" in response.content.decode(), query


def test_next_and_back_keep_the_filter(node, officer, monkeypatch):
    monkeypatch.setattr("tongban.reads.worklist.PAGE_ROWS", 1)
    monkeypatch.setattr("tongban.reads.worklist.read_worklist.__defaults__", (1,))
    for number in range(3):
        node.clock.at = TUESDAY + timedelta(days=number)
        node.referred(f"CZ260303-AAAA222{number}")
    first = officer.get("/officer/?stage=assessed").content.decode()
    assert "CZ260303-AAAA2220" in first
    assert 'rel="next" href="?stage=assessed&amp;after=' in first
    assert 'rel="prev"' not in first
    place = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = officer.get(f"/officer/{place}").content.decode()
    assert "CZ260303-AAAA2221" in second
    assert 'rel="prev" href="?stage=assessed&amp;before=' in second


def test_the_page_asks_as_often_for_many_cases_as_for_few(node, officer, django_assert_max_num_queries):
    from django.db import connection

    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get("/officer/").status_code == 200
        return len(asked)

    node.referred("CZ260303-AAAA2222")
    few = ask()
    for number in range(8):
        case_id = node.referred(f"CZ260303-BBBB222{number}")
        ask_for_person(case_id, AGENT, node.deps)
    assert ask() == few
    assert few <= 7


def test_a_number_leads_to_its_case_however_it_is_typed(node, officer):
    node.referred("CZ260303-AAAA2222")
    response = officer.get("/officer/find/", {"number": " cz260303-aaaa2222 "})
    assert response["Location"] == "/officer/cases/CZ260303-AAAA2222/"


def test_an_unknown_number_is_not_found_here_and_kept_for_mending(officer):
    response = officer.get("/officer/find/", {"number": "CZ260303-NOWHERE"})
    page = response.content.decode()
    assert response.status_code == 404
    assert "这里没有这个编号的办件" in page
    assert 'value="CZ260303-NOWHERE"' in page


def test_a_clerk_is_not_let_in(node):
    assert node.log_in("clerk").get("/officer/").status_code == 403
