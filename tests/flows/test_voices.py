"""What people raise: answered within its days by somebody whom it is not about, in the competent zone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    CHANGZHOU,
    SUZHOU,
    TUESDAY,
    WUXI,
    a_network,
    catalogue,
    keep_branch_records,
    move_clock,
)
from tests.flows.test_journey import CASE, Network, hand_in
from tongban.domain.case.events import Actor
from tongban.domain.voice.checks import find_personal_data
from tongban.domain.voice.deadlines import count_overdue_days
from tongban.domain.voice.voice import ANSWERED, ELSEWHERE, FILED, About, Asker, Voice
from tongban.flows.answer_voice import (
    answer_voice,
    escalate_overdue,
    extend_voice,
    forget_contacts,
    forward_voice,
    get_for_desk,
    publish_answer,
    take_back,
)
from tongban.flows.make_decision import refuse
from tongban.flows.post_office import settle
from tongban.flows.raise_voice import Said, raise_voice
from tongban.flows.receive import Incoming, receive
from tongban.kernel.errors import Fault, NotFound, Refused
from tongban.kernel.ids import ItemId, MessageId
from tongban.kernel.text import Text

OFFICER = Actor("officer", "changzhou-officer", "演示审批员")
HEAD = Actor("head", "changzhou-head", "演示负责人")
ITEM = ItemId("travel-agency-branch-filing")
ANYBODY = Asker("", "", "13900000000", may_publish=True)
QUESTION = Said("question", About(ITEM), ANYBODY, "外地的分社也能在这里备案吗？")


@pytest.fixture
def network() -> Network:
    zones = a_network()
    keep_branch_records(zones)
    return zones


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def here(network: Network, voice: Voice, zone=CHANGZHOU) -> Voice:
    found = network[zone].voices.find(voice.number)
    assert found is not None
    return found


def test_a_question_has_a_number_and_a_day_by_working_days_and_is_answered(network: Network) -> None:
    deps = network[CHANGZHOU]
    asked = raise_voice(QUESTION, deps)
    assert asked.number.startswith("CZ-Q260303-")
    assert (asked.state, asked.due_on) == (FILED, date(2026, 3, 10))
    answered = answer_voice(asked.number, "可以，三个区都能收件。", "", OFFICER, deps)
    assert (answered.state, answered.answer) == (ANSWERED, "可以，三个区都能收件。")
    with pytest.raises(Refused) as refused:
        answer_voice(asked.number, " ", "", OFFICER, deps)
    assert codes(refused) == ["voice.no-answer", "voice.ended"]


def test_everything_that_is_wrong_is_told_at_once(network: Network) -> None:
    said = Said("complaint", About(subject="officer"), Asker(contact="1" * 121), " ")
    with pytest.raises(Refused) as refused:
        raise_voice(said, network[CHANGZHOU])
    assert codes(refused) == ["voice.no-words", "voice.long-line", "voice.no-person"]
    with pytest.raises(Refused) as refused:
        raise_voice(replace(QUESTION, about=About(ItemId("no-such-item"))), network[CHANGZHOU])
    assert codes(refused) == ["voice.no-item"]


def test_a_complaint_is_the_heads_and_never_of_somebody_whom_it_is_about(network: Network) -> None:
    deps = network[CHANGZHOU]
    said = Said("complaint", About(subject="officer", person="演示负责人"), ANYBODY, "态度不好")
    about_head = raise_voice(said, deps)
    for actor in (OFFICER, HEAD):
        with pytest.raises(NotFound):
            get_for_desk(about_head.number, actor, deps)
    other = Actor("head", "changzhou-head-2", "另一位演示负责人")
    done = answer_voice(about_head.number, "已核实。", "founded", other, deps)
    assert done.outcome == "founded"


def test_who_acted_in_the_case_does_not_handle_the_complaint_about_it(network: Network) -> None:
    hand_in(network, scope=["outbound"])
    deps = network[CHANGZHOU]
    refuse(CASE, Text("不符合", "No"), HEAD, deps)
    raised = raise_voice(Said("complaint", About(case_id=CASE, subject="time-limit"), ANYBODY, "太慢"), deps)
    assert here(network, raised).barred == (HEAD.id,)
    with pytest.raises(NotFound):
        answer_voice(raised.number, "不慢。", "unfounded", HEAD, deps)


def test_what_another_zone_must_answer_goes_there_and_its_answer_comes_back(network: Network) -> None:
    asked = raise_voice(replace(QUESTION, zone="changzhou"), network[SUZHOU])
    assert (asked.zone, asked.state) == (CHANGZHOU, ELSEWHERE)
    settle(network)
    there = here(network, asked)
    assert (there.asker, there.code, there.due_on) == (Asker(may_publish=True), "", asked.due_on)
    extend_voice(asked.number, "要先问牵头单位", OFFICER, network[CHANGZHOU])
    answer_voice(asked.number, "可以。", "", OFFICER, network[CHANGZHOU])
    settle(network)
    back = here(network, asked, SUZHOU)
    assert (back.state, back.answer, back.is_extended, back.due_on) == (
        ANSWERED,
        "可以。",
        True,
        date(2026, 3, 17),
    )
    assert back.asker == ANYBODY


def test_a_zone_that_is_not_competent_sends_it_on_and_the_asker_sees_where_it_lies(network: Network) -> None:
    asked = raise_voice(replace(QUESTION, zone="wuxi"), network[SUZHOU])
    settle(network)
    wuxi = Actor("officer", "wuxi-officer", "演示审批员")
    with pytest.raises(Refused) as refused:
        forward_voice(asked.number, WUXI, "", wuxi, network[WUXI])
    assert codes(refused) == ["voice.no-zone", "voice.no-reason"]
    forward_voice(asked.number, CHANGZHOU, "分社在常州", wuxi, network[WUXI])
    settle(network)
    assert here(network, asked, SUZHOU).zone == CHANGZHOU
    answer_voice(asked.number, "可以。", "", OFFICER, network[CHANGZHOU])
    settle(network)
    assert here(network, asked, SUZHOU).answer == "可以。"
    with pytest.raises(Refused) as refused:
        answer_voice(asked.number, "也可以。", "", wuxi, network[WUXI])
    assert codes(refused) == ["voice.elsewhere"]


def test_a_message_of_a_zone_where_it_does_not_lie_changes_nothing(network: Network) -> None:
    asked = raise_voice(replace(QUESTION, zone="wuxi"), network[SUZHOU])
    settle(network)
    answer_voice(asked.number, "可以。", "", replace(OFFICER, id="wuxi-officer"), network[WUXI])
    ((message, body),) = [
        (one, body)
        for one, body in network[WUXI].exchange.undelivered()
        if one.type == "voice.told"  # type: ignore[attr-defined]
    ]
    with pytest.raises(Fault) as fault:
        receive(Incoming(CHANGZHOU, MessageId("m-1"), message.type, body), network[SUZHOU])
    assert fault.value.code == "message.too-early"
    assert here(network, asked, SUZHOU).state == ELSEWHERE
    settle(network)
    assert here(network, asked, SUZHOU).state == ANSWERED


def test_time_is_extended_once_with_a_reason(network: Network) -> None:
    deps = network[CHANGZHOU]
    asked = raise_voice(QUESTION, deps)
    with pytest.raises(Refused) as refused:
        extend_voice(asked.number, "", OFFICER, deps)
    assert codes(refused) == ["voice.no-reason"]
    assert extend_voice(asked.number, "要先问牵头单位", OFFICER, deps).due_on == date(2026, 3, 17)
    with pytest.raises(Refused) as refused:
        extend_voice(asked.number, "再等等", OFFICER, deps)
    assert codes(refused) == ["voice.extended-twice"]


def test_what_is_overdue_is_told_to_the_head_once_whenever_the_worker_comes(network: Network) -> None:
    raise_voice(QUESTION, network[CHANGZHOU])
    assert escalate_overdue(network[CHANGZHOU]) == 0
    move_clock(network, TUESDAY + timedelta(days=30))
    assert (escalate_overdue(network[CHANGZHOU]), escalate_overdue(network[CHANGZHOU])) == (1, 0)


def test_the_contact_is_forgotten_some_days_after_the_end(network: Network) -> None:
    deps = network[CHANGZHOU]
    asked = raise_voice(QUESTION, deps)
    answer_voice(asked.number, "可以。", "", OFFICER, deps)
    move_clock(network, TUESDAY + timedelta(days=29))
    assert forget_contacts(deps) == 0
    move_clock(network, TUESDAY + timedelta(days=31))
    assert forget_contacts(deps) == 1
    assert here(network, asked).asker.contact == ""


def test_an_answer_is_published_only_with_consent_and_without_anybody_in_it(network: Network) -> None:
    deps = network[CHANGZHOU]
    asked = raise_voice(QUESTION, deps)
    answer_voice(asked.number, "可以，打 13912345678。", "", OFFICER, deps)
    with pytest.raises(Refused) as refused:
        publish_answer(asked.number, "外地分社能备案吗？", "可以，打 13912345678。", OFFICER, deps)
    assert codes(refused) == ["voice.personal"]
    assert publish_answer(asked.number, "外地分社能备案吗？", "可以。", OFFICER, deps).item_id == ITEM
    silent = raise_voice(replace(QUESTION, asker=Asker()), deps)
    answer_voice(silent.number, "可以。", "", OFFICER, deps)
    with pytest.raises(Refused) as refused:
        publish_answer(silent.number, "能备案吗？", "可以。", OFFICER, deps)
    assert codes(refused) == ["voice.not-agreed"]


def test_what_is_open_here_can_be_taken_back_and_then_nobody_answers(network: Network) -> None:
    deps = network[CHANGZHOU]
    asked = raise_voice(QUESTION, deps)
    take_back(asked, deps)
    for act in (
        lambda: answer_voice(asked.number, "好。", "", OFFICER, deps),
        lambda: take_back(here(network, asked), deps),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["voice.ended"]


@given(st.integers(0, 60))
def test_what_is_late_is_late_by_working_days_and_never_by_less(days: int) -> None:
    calendar, due_on = catalogue().get_calendar(CHANGZHOU), date(2026, 3, 10)
    today = due_on + timedelta(days=days)
    late = count_overdue_days(due_on, today, calendar)
    assert 0 <= late <= days
    assert late <= count_overdue_days(due_on, today + timedelta(days=1), calendar)


@given(st.text("0123456789", min_size=11, max_size=20), st.text("我你他的了在", max_size=9))
def test_no_long_number_is_published_wherever_it_stands(number: str, around: str) -> None:
    assert find_personal_data(f"{around}{number}{around}")


def test_a_short_number_and_a_date_may_be_published() -> None:
    assert find_personal_data("第 12 条，2026-03-03 起 20 个工作日，费用 100 元") == ""
    assert find_personal_data("问某人", ("某人", "")) == "某人"
