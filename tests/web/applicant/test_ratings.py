"""Rating on the pages: when a case has ended, once a side; public numbers; a head's list."""

from datetime import timedelta

import pytest

from tests.builders import TUESDAY
from tests.web.applicant.test_case import NUMBER, PAGE, granted
from tongban.domain.hall.ticket import FINISHED, QueueTicket
from tongban.flows.rate import Opinion, rate_visit
from tongban.reads.ratings import export_ratings, read_bad
from tongban.store.models import Rating as Row

RATE = PAGE + "rate/deciding/"


def rated(client, level: str = "dissatisfied", **more):
    return client.post(RATE, {"level": level, **more})


@pytest.fixture
def ended(node):
    granted(node)
    return node


def test_an_ended_case_offers_a_rating_and_an_open_one_does_not(agent, node):
    node.hand_in(NUMBER)
    assert "rate/deciding/" not in agent.get(PAGE).content.decode()
    assert agent.get(RATE).status_code == 404


def test_each_side_is_rated_once_and_then_shown(agent, ended):
    assert RATE in agent.get(PAGE).content.decode()
    wrong = rated(agent)
    assert wrong.status_code == 422
    assert "请勾选或者写明不满意的地方" in wrong.content.decode()
    assert rated(agent, details=["too-slow"], words="等了三天").status_code == 302
    assert "不满意" in agent.get(PAGE).content.decode()
    assert agent.get(RATE).status_code == 302
    head = ended.log_in("head")
    listed = head.get("/officer/ratings/").content.decode()
    assert NUMBER in listed
    one = f"/officer/ratings/{NUMBER}/deciding/"
    assert "等了三天" in head.get(one).content.decode()
    refused = head.post(one, {"words": ""})
    assert refused.status_code == 422
    assert "请先回访" in refused.content.decode()
    assert head.post(one, {"words": "已改进", "called": "yes"}).status_code == 302
    assert NUMBER not in head.get("/officer/ratings/").content.decode()
    assert NUMBER in head.get("/officer/ratings/?show=done").content.decode()


def test_the_numbers_are_public_and_name_nobody(client, agent, ended, django_assert_max_num_queries):
    assert "还没有评价" in client.get("/ratings/").content.decode()
    rated(agent, "satisfied")
    with django_assert_max_num_queries(4):
        page = client.get("/ratings/").content.decode()
    assert "评价还太少" in page
    assert "100%" not in page
    for number in range(4):
        opinion = Opinion("satisfied" if number else "dissatisfied", words="太慢")
        ticket = QueueTicket(
            TUESDAY.date(), "firms", number, f"A00{number}", TUESDAY, TUESDAY, state=FINISHED
        )
        rate_visit(ticket, opinion, ended.deps)
    with django_assert_max_num_queries(4):
        page = client.get("/ratings/").content.decode()
    assert "80%" in page
    assert "评价较少的 2 项合计" in page
    assert NUMBER not in page
    assert "A001" not in page


def test_a_good_rating_is_thanked_for_and_shown(agent, ended):
    assert rated(agent, "very-satisfied").status_code == 302
    assert "谢谢评价" in agent.get(PAGE).content.decode()
    assert "非常满意" in agent.get(PAGE).content.decode()


def test_an_officer_sees_no_ratings_only_the_head_does(ended):
    assert ended.log_in("officer").get("/officer/ratings/").status_code == 403
    assert ended.log_in("head").get("/officer/ratings/NONE/deciding/").status_code == 404


def test_ratings_are_exported_with_the_numbers_of_the_scale_that_is_named(agent, ended):
    rated(agent, "very-satisfied")
    (row,) = export_ratings("national-upload", ended.deps)
    assert (row["case"], row["number"]) == (NUMBER, 5)
    assert next(export_ratings("gbt-39046", ended.deps))["number"] == 1


@pytest.mark.parametrize("is_done", [False, True])
def test_bad_ratings_come_in_pages_open_ones_oldest_first_and_those_put_right_newest_first(ended, is_done):
    numbers = [f"A00{number}" for number in range(1, 6)]
    for number, code in enumerate(numbers, start=1):
        ticket = QueueTicket(TUESDAY.date(), "firms", number, code, TUESDAY, TUESDAY, state=FINISHED)
        rate_visit(ticket, Opinion("dissatisfied", words="太慢"), ended.deps)
        ended.clock.at += timedelta(minutes=number % 2)  # two at the same instant, three times
    if is_done:
        for row in Row.objects.all():
            row.rectified_at = TUESDAY
            row.save()
    seen, after = [], ""
    while after is not None:
        page = read_bad(ended.deps, is_done=is_done, after=after, size=2)
        seen += [line.case_id for line in page.lines]
        after = page.next
    rows = Row.objects.order_by("rated_at", "case_id").values_list("case_id", flat=True)
    assert seen == (list(rows)[::-1] if is_done else list(rows))
    assert len(seen) == 5
