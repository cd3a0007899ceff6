"""The worklist: urgent first, pages fit together, lights and filters agree, no question a row."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import AGENT, CHANGZHOU, PARENT, TUESDAY, WUXI
from tests.domain.case.examining_cases import FIRST, WHY
from tongban.domain.case.commands import Correct, Submit
from tongban.domain.case.events import ApplicantRef
from tongban.domain.clock.reading import Light, read_clock, read_light
from tongban.domain.clock.statute import TimeLimit, Unit
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.examine import tell_party
from tongban.flows.make_decision import accept_by_hand
from tongban.flows.perform import perform
from tongban.kernel.ids import CaseId, ItemId, LawKey
from tongban.reads.worklist import Place, Wish, count_waiting, parse_place, read_worklist
from tongban.store.case_index import NEVER
from tongban.store.models import CaseIndex

DAY, DAYS, ARTICLE = timedelta(days=1), Unit.WORKING_DAY, LawKey("all-2019#42")


def fill(node, count: int, first: int = 0, **changes: object) -> None:
    """Put rows into the index as if so many cases waited, the later ones due later."""
    row = {
        "item_id": "travel-agency-branch-filing", "stage": "assessed", "deciding_zone": CHANGZHOU,
        "receiving_zone": WUXI, "applicant_kind": "firm", "applicant_id": PARENT,
        "applicant_name": "演示旅行社",
        "channel": "online", "waits_for": "person", "needs_person": True, "version": 9,
    } | changes  # fmt: skip
    calendar = node.deps.catalogue.get_calendar(CHANGZHOU)
    today = TUESDAY.date()
    CaseIndex.objects.bulk_create(
        CaseIndex(
            **row,
            case_id=f"CZ260303-{first + number:08d}",
            received_at=TUESDAY - 40 * DAY + number * DAY,
            accepted_on=(accepted := today - 40 * DAY + number * DAY),
            due_on=(due := calendar.add_working_days(accepted, 20)),
            sort_on=due,
            warn_on=warn_on(node, accepted, 20),
            updated_at=TUESDAY,
        )
        for number in range(count)
    )


def warn_on(node, since: date, working_days: int) -> date:
    """Return the day on which the lamp of a limit turns, counted day by day."""
    calendar, limit = node.deps.catalogue.get_calendar(CHANGZHOU), TimeLimit(working_days, DAYS, ARTICLE)
    day = since
    while read_light(read_clock(since, limit, (), calendar, day), 20) is Light.GREEN:
        day += DAY
    return day


def numbers(page) -> list[str]:
    return [row.case_id for row in page.rows]


def walk(node, wish: Wish, size: int) -> list[str]:
    """Every case, page after page."""
    seen, place = [], None
    while True:
        page = read_worklist(wish, place, node.deps, size)
        seen.extend(numbers(page))
        if page.next is None:
            return seen
        place = page.next


def test_what_is_due_first_stands_first(node):
    fill(node, 5)
    page = read_worklist(Wish(), None, node.deps)
    assert [row.reading.due_on for row in page.rows] == sorted(row.reading.due_on for row in page.rows)
    assert len(page.rows) == 5


def test_a_case_of_another_zone_or_another_turn_is_not_listed(node):
    fill(node, 1, deciding_zone=WUXI)
    fill(node, 1, first=1, waits_for="applicant")
    fill(node, 1, first=2, waits_for="machine", stage="accepted")
    assert read_worklist(Wish(), None, node.deps).rows == ()


@pytest.mark.parametrize("size", [1, 3, 4, 7, 25])
def test_pages_fit_together_without_a_gap_or_a_repeat(node, size):
    fill(node, 12)
    fill(node, 12, first=50)  # the same due dates again: the number then decides
    assert walk(node, Wish(), size) == numbers(read_worklist(Wish(), None, node.deps, 100))


@pytest.mark.parametrize("light", Light)
def test_pages_of_one_light_fit_together_forwards_and_back(node, light):
    fill(node, 41)
    fill(node, 41, first=50)
    everything = numbers(read_worklist(Wish(light=light), None, node.deps, 100))
    assert walk(node, Wish(light=light), 3) == everything
    second = read_worklist(
        Wish(light=light), read_worklist(Wish(light=light), None, node.deps, 3).next, node.deps, 3
    )
    assert numbers(read_worklist(Wish(light=light), second.back, node.deps, 3)) == everything[:3]


def test_back_leads_to_the_page_one_came_from(node):
    fill(node, 12)
    first = read_worklist(Wish(), None, node.deps, 5)
    second = read_worklist(Wish(), first.next, node.deps, 5)
    third = read_worklist(Wish(), second.next, node.deps, 5)
    assert first.back is None
    assert third.next is None
    assert numbers(read_worklist(Wish(), third.back, node.deps, 5)) == numbers(second)
    assert numbers(read_worklist(Wish(), second.back, node.deps, 5)) == numbers(first)
    assert read_worklist(Wish(), second.back, node.deps, 5).back is None


def test_a_place_survives_the_address(node):
    place = Place(TUESDAY.date(), "CZ260303-00000001")
    assert parse_place(place.text) == place
    for garbage in ("", "2026-03-03", "2026-13-40.CZ", "x.y", ".", "2026-03-03."):
        assert parse_place(garbage) is None


def test_the_light_that_is_shown_is_the_light_that_is_filtered_by(node):
    fill(node, 41)
    fill(node, 12, first=100, stage="received")
    CaseIndex.objects.filter(stage="received").update(accepted_on=None)
    for row in CaseIndex.objects.filter(stage="received"):
        calendar = node.deps.catalogue.get_calendar(CHANGZHOU)
        received_on = TUESDAY.date() - (row.received_at.day % 9) * DAY
        row.received_at = row.received_at.replace(year=2026, month=received_on.month, day=received_on.day)
        row.due_on = row.sort_on = calendar.add_working_days(received_on, 5)
        row.warn_on = warn_on(node, received_on, 5)
        row.save()
    everything = read_worklist(Wish(), None, node.deps, 100).rows
    assert {row.light for row in everything} == set(Light)
    for light in Light:
        listed = {row.case_id for row in read_worklist(Wish(light=light), None, node.deps, 100).rows}
        assert listed == {row.case_id for row in everything if row.light is light}, light


def test_where_the_law_counts_from_receipt_the_filter_does_too_whenever_it_was_accepted(node):
    fill(node, 8, item_id="individual-business-registration")
    calendar, today = node.deps.catalogue.get_calendar(CHANGZHOU), TUESDAY.date()
    for days, row in enumerate(CaseIndex.objects.order_by("case_id")):
        row.received_at, row.accepted_on = TUESDAY - days * DAY, today
        row.due_on = row.sort_on = calendar.add_working_days(today - days * DAY, 3)
        row.warn_on = warn_on(node, today - days * DAY, 3)
        row.save()
    everything = read_worklist(Wish(), None, node.deps, 100).rows
    assert {row.light for row in everything} == set(Light)
    for light in Light:
        listed = {row.case_id for row in read_worklist(Wish(light=light), None, node.deps, 100).rows}
        assert listed == {row.case_id for row in everything if row.light is light}, light


def test_the_counts_are_those_of_the_lights(node):
    fill(node, 41)
    counts = count_waiting(Wish(), node.deps)
    rows = read_worklist(Wish(), None, node.deps, 100).rows
    for light, count in ((Light.RED, counts.red), (Light.YELLOW, counts.yellow), (Light.GREEN, counts.green)):
        assert count == sum(row.light is light for row in rows)
    assert counts.all == 41
    assert not counts.is_capped


def test_counting_stops_where_it_would_cost_the_whole_table(node, monkeypatch):
    monkeypatch.setattr("tongban.reads.worklist.COUNTED_AT_MOST", 10)
    fill(node, 12)
    counts = count_waiting(Wish(), node.deps)
    assert counts.is_capped


def test_stage_and_item_narrow_the_list(node):
    fill(node, 3)
    fill(node, 2, first=10, stage="received")
    assert len(read_worklist(Wish(stage="received"), None, node.deps).rows) == 2
    assert len(read_worklist(Wish(item="travel-agency-branch-filing"), None, node.deps).rows) == 5
    assert read_worklist(Wish(item="no-such-item"), None, node.deps).rows == ()
    assert read_worklist(Wish(light="purple"), None, node.deps).rows == ()


def test_a_person_is_shown_by_the_first_character_and_a_firm_by_its_name(node):
    fill(node, 1, applicant_kind="person", applicant_name="张示例")
    fill(node, 1, first=1)
    assert {row.applicant for row in read_worklist(Wish(), None, node.deps).rows} == {"张**", "演示旅行社"}


def test_it_says_why_a_person_has_to_act(node):
    referred = node.referred("CZ260303-REFERRED")
    asked = node.hand_in("CZ260303-ASKED")
    ask_for_person(asked, AGENT, node.deps)
    node.answer(asked, "travel-agency-licence", status="active", licence_number="L", scope=["domestic"])
    node.answer(asked, "deposit-proof", paid=True, amount_fen=1)
    why = {row.case_id: row.why.en for row in read_worklist(Wish(), None, node.deps).rows}
    assert why == {
        referred: "A criterion is not met, the machine cannot tell, or it is stopped",
        asked: "The applicant asked for a person",
    }


def test_a_case_that_touches_others_says_first_that_they_must_be_told(node):
    for number in (1, 2):
        case_id, applicant = CaseId(f"CZ260303-OTHERS0{number}"), ApplicantRef("firm", PARENT, "演示公司")
        submitted = Submit(ItemId("tobacco-retail-licence"), CHANGZHOU, CHANGZHOU, applicant, "online", {})
        perform(case_id, submitted, AGENT, node.deps)
        perform(case_id, Correct({"note": "再次提交"}, CHANGZHOU), AGENT, node.deps)
        accept_by_hand(case_id, FIRST, node.deps)
    tell_party(case_id, "演示邻居", WHY, FIRST, node.deps)
    why = {row.case_id[-1]: row.why.zh for row in read_worklist(Wish(), None, node.deps).rows}
    assert "须先告知利害关系人" in why["1"]
    assert "告知" not in why["2"]


def test_the_number_of_questions_does_not_grow_with_the_list(node):
    def ask() -> int:
        with CaptureQueriesContext(connection) as asked:
            read_worklist(Wish(), None, node.deps, 25)
            count_waiting(Wish(), node.deps)
        return len(asked)

    fill(node, 2, first=200)
    few = ask()
    fill(node, 40)
    assert ask() == few <= 4


@pytest.mark.parametrize(("column", "index"), [("sort_on", "case_worklist"), ("warn_on", "case_still_green")])
def test_each_order_of_the_list_is_found_in_an_index_of_its_own(node, column, index):
    fill(node, 40)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM store_caseindex WHERE waits_for = 'person' AND deciding_zone = 'changzhou'"
            f" AND {column} >= '2026-01-01' ORDER BY {column}, case_id LIMIT 26"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan
    assert "Sort" not in plan


def test_a_case_without_a_known_day_is_green_and_stays_in_the_list(node):
    fill(node, 1)
    CaseIndex.objects.update(due_on=None, warn_on=NEVER, accepted_on=None)
    assert len(read_worklist(Wish(light=Light.GREEN), None, node.deps).rows) == 1
    counts = count_waiting(Wish(), node.deps)
    assert (counts.red, counts.yellow, counts.green) == (0, 0, 1)
