"""What two zones owe each other about a case, by messages alone: originals, copies, receipt, disputes."""

from datetime import date, datetime, timedelta

import pytest

from tests.builders import CHANGZHOU, SUZHOU, WUXI, a_network, keep_branch_records, move_clock
from tests.flows.test_journey import CASE, Network, hand_in
from tongban.domain.case.events import Actor
from tongban.domain.liaison.acts import OriginalGiven, OriginalReceived, ReceiptConfirmed, ZoneAct
from tongban.domain.liaison.custody import Custody, Place, read_custodies
from tongban.domain.liaison.dispute import DisputeState
from tongban.domain.liaison.plain import zone_act_plain
from tongban.domain.standard.ticket import read_tickets
from tongban.flows.disputes import (
    RECURS,
    Claim,
    answer_dispute,
    close_dispute,
    escalate_dispute,
    get_dispute,
    list_standards,
    name_prevailing,
    open_dispute,
)
from tongban.flows.originals import (
    certify_copy,
    confirm_receipt,
    find_confirmation,
    hand_on,
    send_original,
    take_original,
)
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import MessageId, ZoneId

CLERK = Actor("clerk", "suzhou-clerk", "演示窗口甲")
THERE = Actor("clerk", "changzhou-clerk", "演示窗口乙")
OFFICER = Actor("officer", "changzhou-officer", "演示审批员")


@pytest.fixture
def network() -> Network:
    """Three zones, and a case received in Suzhou that a person decides in Changzhou."""
    zones = a_network()
    keep_branch_records(zones)
    hand_in(zones, scope=["outbound"])
    return zones


def log_at(deps: Deps) -> Custody:
    (log,) = read_custodies(deps.liaison.list_of_case(CASE))
    return log


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def sent_off(network: Network) -> str:
    original = take_original(CASE, "旅行社业务经营许可证副本（演示）", 2, CLERK, network[SUZHOU])
    send_original(CASE, original, "演示快递", "YS-0001", CLERK, network[SUZHOU])
    settle(network)
    return original


def test_an_original_goes_from_hand_to_hand_and_both_zones_have_the_same_log(network: Network) -> None:
    original = sent_off(network)
    assert log_at(network[CHANGZHOU]).place is Place.ON_THE_WAY
    hand_on(CASE, original, OriginalReceived("intact"), THERE, network[CHANGZHOU])
    hand_on(CASE, original, OriginalGiven("archive", "演示档案员"), THERE, network[CHANGZHOU])
    settle(network)
    assert log_at(network[SUZHOU]) == log_at(network[CHANGZHOU])
    assert [one.by for one in log_at(network[SUZHOU]).steps] == [CLERK.id, CLERK.id, THERE.id, THERE.id]
    assert network[WUXI].liaison.list_of_case(CASE) == ()


def test_what_is_late_stands_first_on_the_list_of_either_zone(network: Network) -> None:
    sent_off(network)
    for zone in (SUZHOU, CHANGZHOU):
        (line,) = network[zone].liaison.list_matters("original", 9)
        assert (line.state, line.due_on) == ("on-the-way", date(2026, 3, 6))
    assert log_at(network[SUZHOU]).is_late(date(2026, 3, 7))


def test_no_zone_signs_for_what_is_not_sent_to_it(network: Network) -> None:
    original = sent_off(network)
    with pytest.raises(Refused) as refused:
        hand_on(CASE, original, OriginalReceived("intact"), CLERK, network[SUZHOU])
    assert codes(refused) == ["original.not-coming"]
    with pytest.raises(Refused) as refused:
        take_original(CASE, "", 0, Actor("applicant", "x"), network[CHANGZHOU])
    assert codes(refused) == [
        "liaison.wrong-role", "original.not-received-here", "original.no-paper", "original.no-sheets",
    ]  # fmt: skip
    with pytest.raises(NotFound):
        hand_on(CASE, "suzhou-none", OriginalReceived("intact"), CLERK, network[SUZHOU])


def test_only_a_scan_of_the_case_is_signed_for(network: Network) -> None:
    with pytest.raises(Refused) as refused:
        certify_copy(CASE, "0" * 64, CLERK, network[SUZHOU])
    assert codes(refused) == ["copy.unknown"]


def test_the_deciding_zone_confirms_once_and_both_see_who_and_when(network: Network) -> None:
    for _ in range(2):
        confirm_receipt(CASE, "齐全", OFFICER, network[CHANGZHOU])
    settle(network)
    for zone in (SUZHOU, CHANGZHOU):
        case = network[zone].cases.find(CASE)
        assert case is not None
        said = find_confirmation(case, network[zone])
        assert said is not None
        assert (said.by, said.zone, said.act) == (OFFICER.id, CHANGZHOU, ReceiptConfirmed("齐全"))
        assert len(network[zone].liaison.list_of_case(CASE)) == 1
    with pytest.raises(Refused) as refused:
        confirm_receipt(CASE, "", CLERK, network[SUZHOU])
    assert codes(refused) == ["receipt.not-ours"]


def test_a_dispute_about_completeness_is_answered_from_the_published_list(network: Network) -> None:
    suzhou, changzhou = network[SUZHOU], network[CHANGZHOU]
    number = open_dispute(CASE, Claim("completeness", "材料已经齐全"), CLERK, suzhou)
    settle(network)
    case = changzhou.cases.find(CASE)
    assert case is not None
    with pytest.raises(Refused) as refused:
        answer_dispute(CASE, number, "还缺一份", "made-up", OFFICER, changzhou)
    assert codes(refused) == ["dispute.unpublished"]
    cited = next(iter(list_standards(case, changzhou)))
    answer_dispute(CASE, number, "见清单", cited, OFFICER, changzhou)
    settle(network)
    assert get_dispute(CASE, number, suzhou).state is DisputeState.ANSWERED
    close_dispute(CASE, number, CHANGZHOU, "接受", CLERK, suzhou)
    settle(network)
    assert get_dispute(CASE, number, changzhou).state is DisputeState.CLOSED
    assert changzhou.liaison.list_matters("dispute", 9) == ()
    assert get_dispute(CASE, number, changzhou) == get_dispute(CASE, number, suzhou)


def test_deadlines_come_from_the_rules_and_what_is_not_answered_goes_further(network: Network) -> None:
    number = open_dispute(CASE, Claim("competence", "两区都认为无权"), CLERK, network[SUZHOU])
    settle(network)
    (line,) = network[CHANGZHOU].liaison.list_matters("dispute", 9)
    assert (line.state, line.due_on) == ("open", date(2026, 3, 5))
    move_clock(network, datetime.fromisoformat("2026-03-09T10:00:00+08:00"))
    escalate_dispute(CASE, number, "逾期未答复", CLERK, network[SUZHOU])
    settle(network)
    dispute = get_dispute(CASE, number, network[CHANGZHOU])
    assert dispute.state is DisputeState.ESCALATED
    assert dispute.due_on == date(2026, 3, 23)
    assert dispute.escalation is not None
    assert dispute.escalation.act.to == "superior"


def test_waybill_and_log_say_who_answers_for_what_was_lost(network: Network) -> None:
    original = sent_off(network)
    claim = Claim("lost-post", "运单显示已寄出，至今未到", about=original)
    number = open_dispute(CASE, claim, OFFICER, network[CHANGZHOU])
    settle(network)
    for zone in (SUZHOU, CHANGZHOU):
        dispute = get_dispute(CASE, number, network[zone])
        case = network[zone].cases.find(CASE)
        assert case is not None
        assert name_prevailing(dispute, case, (log_at(network[zone]),)) == CHANGZHOU
    hand_on(CASE, original, OriginalReceived("intact"), THERE, network[CHANGZHOU])
    assert name_prevailing(dispute, case, (log_at(network[CHANGZHOU]),)) == SUZHOU


def test_what_recurs_for_an_item_becomes_one_ticket_at_the_table_of_all_zones(network: Network) -> None:
    for _ in range(4):
        open_dispute(CASE, Claim("completeness", "材料已经齐全"), CLERK, network[SUZHOU])
    settle(network)
    for deps in network.values():
        (ticket,) = read_tickets(deps.alliance.list_acts())
        assert (ticket.opened.feature, ticket.opened.owner) == (RECURS, CHANGZHOU)


def tell(told: ZoneAct, from_zone: ZoneId, deps: Deps, **changes: object) -> None:
    body = {**zone_act_plain(told), **changes}
    receive(Incoming(from_zone, MessageId("m"), "zone.act", body), deps)


def test_an_act_told_by_another_zone_or_about_a_case_of_others_is_refused(network: Network) -> None:
    original = sent_off(network)
    (taken, *_) = network[SUZHOU].liaison.list_about(original)
    for from_zone, deps, changes, code in (
        (WUXI, network[CHANGZHOU], {}, "message.wrong-route"),
        (
            WUXI,
            network[CHANGZHOU],
            {"zone": "wuxi", "id": "wuxi-1", "subject": "wuxi-1"},
            "message.wrong-route",
        ),
        (SUZHOU, network[CHANGZHOU], {"case": ""}, "message.malformed"),
        (SUZHOU, network[CHANGZHOU], {"at": "2020-01-01T00:00:00+00:00"}, "message.stale"),
        (SUZHOU, network[CHANGZHOU], {"body": {"paper": "x", "sheets": 0}}, "message.malformed"),
    ):
        with pytest.raises(Refused) as refused:
            tell(taken, from_zone, deps, **changes)
        assert codes(refused) == [code]
    with pytest.raises(NotFound):
        tell(taken, SUZHOU, network[WUXI])
    assert log_at(network[CHANGZHOU]) == log_at(network[SUZHOU])


def test_a_step_that_overtakes_what_it_is_about_waits_and_a_repeat_changes_nothing(network: Network) -> None:
    suzhou, changzhou = network[SUZHOU], network[CHANGZHOU]
    original = take_original(CASE, "演示材料", 1, CLERK, suzhou)
    sent = send_original(CASE, original, "演示快递", "YS-2", CLERK, suzhou)
    with pytest.raises(NotFound):
        tell(sent, SUZHOU, changzhou)
    settle(network)
    before = changzhou.liaison.list_of_case(CASE)
    tell(sent, SUZHOU, changzhou)
    assert changzhou.liaison.list_of_case(CASE) == before
    assert log_at(changzhou).is_late(log_at(changzhou).sent.expected_on + timedelta(days=1))  # type: ignore[union-attr]
