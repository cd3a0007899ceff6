"""Applicants are told: with the event, once, outside only as they chose, by day, and never twice."""

import re
from datetime import timedelta

import pytest

from tests.builders import (
    AGENT,
    CHANGZHOU,
    SUZHOU,
    TUESDAY,
    a_branch_application,
    a_network,
    keep_branch_records,
    move_clock,
)
from tests.flows.test_keep_time import CASE, permit
from tongban.domain.case.events import ApplicantRef
from tongban.domain.hall.appointment import Appointment
from tongban.domain.notification import EMAIL, IN_APP, SMS
from tongban.flows.choose_channel import ask_code, prove_address, switch_off
from tongban.flows.keep_time import catch_up
from tongban.flows.memory import MemoryClock
from tongban.flows.memory_notifications import MemoryCarrier
from tongban.flows.note_read import note_read
from tongban.flows.notification_store import FAILED, QUEUED, SENT, UNKNOWN, HandedOver, account_mark
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.send_notifications import forget_old, send_notifications
from tongban.flows.submit import submit
from tongban.flows.tell_parties import recipients_of, tell_appointments, tell_fired
from tongban.kernel.errors import Refused
from tongban.kernel.ids import CaseId, ZoneId

PARTY = a_branch_application().applicant
ME = "agent-account"
NIGHT = timedelta(hours=14)
"""From ten in the morning until midnight."""


@pytest.fixture
def network() -> dict[ZoneId, Deps]:
    """Suzhou takes in, Changzhou decides, Wuxi holds the register."""
    network = a_network()
    keep_branch_records(network)
    return network


def carrier_of(deps: Deps, channel: str = EMAIL) -> MemoryCarrier:
    carrier = deps.carriers[channel]
    assert isinstance(carrier, MemoryCarrier)
    return carrier


def choose(deps: Deps, address: str = "demo@example.cn", channel: str = EMAIL) -> None:
    """Choose a channel and prove it with the code that came."""
    ask_code(PARTY, ME, channel, address, deps)
    code = re.search(r"\d{6}", carrier_of(deps, channel).carried.pop().body)
    assert code is not None
    prove_address(PARTY, ME, channel, code[0], deps)


def hand_in(network: dict[ZoneId, Deps], number: str = "CZ260303-AAAA2222") -> None:
    submit(CaseId(number), a_branch_application(), AGENT, network[SUZHOU])
    settle(network)


def kinds(deps: Deps, channel: str = IN_APP) -> list[str]:
    rows = deps.notifications.list_of_case(CaseId("CZ260303-AAAA2222"), recipients_of(PARTY))
    return [row.kind for row in rows if row.channel == channel]


def pass_by(deps: Deps, time: timedelta) -> None:
    assert isinstance(deps.clock, MemoryClock)
    deps.clock.at += time


def outcome(deps: Deps) -> list[tuple[str, str, int]]:
    rows = deps.notifications.list_of_case(CaseId("CZ260303-AAAA2222"), (account_mark(ME),))
    return [(row.state, row.why, row.attempts) for row in rows]


def test_every_event_with_a_text_is_told_once_in_each_zone_that_keeps_the_case(network) -> None:
    hand_in(network)
    for zone in (SUZHOU, CHANGZHOU):
        assert kinds(network[zone]) == ["Submitted", "Accepted", "CredentialIssued"]


def test_the_party_and_its_agent_are_both_told_and_nobody_else(network) -> None:
    hand_in(network)
    deps = network[SUZHOU]
    principal = recipients_of(ApplicantRef(PARTY.kind, PARTY.id, PARTY.name))
    assert principal != recipients_of(PARTY)
    for recipients in (principal, recipients_of(PARTY)):
        assert deps.notifications.count_unread(recipients, 9) == 3
    assert deps.notifications.count_unread(recipients_of(ApplicantRef("person", PARTY.id, "")), 9) == 0


def test_mail_goes_from_the_zone_that_took_the_application_in_and_from_no_other(network) -> None:
    choose(network[SUZHOU])
    choose(network[CHANGZHOU])
    hand_in(network)
    assert send_notifications(network[CHANGZHOU]) == 0
    assert send_notifications(network[SUZHOU]) == 3
    assert send_notifications(network[SUZHOU]) == 0
    letters = carrier_of(network[SUZHOU]).carried
    assert len({letter.mark for letter in letters}) == len(letters) == 3


def test_a_letter_names_item_number_and_link_and_nothing_of_the_person(network) -> None:
    choose(network[SUZHOU])
    hand_in(network)
    send_notifications(network[SUZHOU])
    for letter in carrier_of(network[SUZHOU]).carried:
        assert "CZ260303-AAAA2222" in letter.body
        assert f"{network[SUZHOU].public_url}/cases/CZ260303-AAAA2222/" in letter.body
        assert "[Tongban]" in letter.body
        for word in (PARTY.name, PARTY.id, PARTY.mobile, PARTY.agent_name, "演示甲"):
            assert word not in letter.body + letter.subject


def test_at_night_a_message_waits_for_the_morning_and_stands_in_the_house_at_once(network) -> None:
    deps = network[SUZHOU]
    choose(deps)
    pass_by(deps, NIGHT)
    hand_in(network)
    assert "Submitted" in kinds(deps)
    assert send_notifications(deps) == 0
    pass_by(deps, timedelta(hours=8))
    assert send_notifications(deps) == 3


def test_a_server_without_time_is_tried_again_until_the_tries_are_used_up(network) -> None:
    deps = network[SUZHOU]
    choose(deps, "later@example.cn")
    hand_in(network)
    carrier_of(deps).said["later@example.cn"] = HandedOver(QUEUED, "451 try again later")
    tries = len(deps.catalogue.notifications.retry_minutes) + 1
    for _ in range(tries + 3):
        send_notifications(deps)
        pass_by(deps, timedelta(days=1))
    assert outcome(deps) == [(FAILED, "451 try again later", tries)] * 3
    assert carrier_of(deps).carried == []


def test_a_server_that_recovers_gets_every_letter_once(network) -> None:
    deps = network[SUZHOU]
    choose(deps)
    hand_in(network)
    carrier_of(deps).said["demo@example.cn"] = HandedOver(QUEUED, "ConnectionRefusedError")
    send_notifications(deps)
    del carrier_of(deps).said["demo@example.cn"]
    pass_by(deps, timedelta(hours=1))
    send_notifications(deps)
    assert outcome(deps) == [(SENT, "", 2)] * 3
    assert len(carrier_of(deps).carried) == 3


def test_a_worker_that_ends_while_a_letter_is_handed_over_leaves_it_unknown_and_not_doubled(network) -> None:
    deps = network[SUZHOU]
    choose(deps)
    hand_in(network)
    with deps.unit():
        deps.notifications.claim(deps.clock.now(), deps.clock.now() + timedelta(minutes=10), 1)
    send_notifications(deps)
    pass_by(deps, timedelta(minutes=11))
    send_notifications(deps)
    assert [state for state, _, _ in outcome(deps)] == [UNKNOWN, SENT, SENT]
    assert len(carrier_of(deps).carried) == 2


def test_what_waits_is_not_sent_once_the_channel_was_switched_off(network) -> None:
    deps = network[SUZHOU]
    choose(deps)
    hand_in(network)
    switch_off(ME, EMAIL, deps)
    send_notifications(deps)
    assert {state for state, _, _ in outcome(deps)} == {FAILED}
    assert carrier_of(deps).carried == []


def test_a_wrong_code_proves_nothing_and_too_many_end_it(network) -> None:
    deps = network[SUZHOU]
    ask_code(PARTY, ME, EMAIL, "demo@example.cn", deps)
    right = re.search(r"\d{6}", carrier_of(deps).carried[-1].body)[0]
    for _ in range(deps.catalogue.notifications.code.tries):
        with pytest.raises(Refused, match="wrong-code"):
            prove_address(PARTY, ME, EMAIL, "x", deps)
    with pytest.raises(Refused, match="too-many-tries"):
        prove_address(PARTY, ME, EMAIL, right, deps)


def test_an_old_code_does_not_count_and_nobody_is_flooded_with_new_ones(network) -> None:
    deps = network[SUZHOU]
    for _ in range(deps.catalogue.notifications.code.a_day):
        ask_code(PARTY, ME, EMAIL, "demo@example.cn", deps)
    with pytest.raises(Refused, match="too-many-codes"):
        ask_code(PARTY, ME, EMAIL, "demo@example.cn", deps)
    right = re.search(r"\d{6}", carrier_of(deps).carried[-1].body)[0]
    pass_by(deps, timedelta(minutes=16))
    with pytest.raises(Refused, match="no-code"):
        prove_address(PARTY, ME, EMAIL, right, deps)


def test_a_code_that_could_not_be_sent_says_why(network) -> None:
    deps = network[SUZHOU]
    carrier_of(deps).said["demo@example.cn"] = HandedOver(FAILED, "550 no such mailbox")
    with pytest.raises(Refused) as refused:
        ask_code(PARTY, ME, EMAIL, "demo@example.cn", deps)
    assert "550 no such mailbox" in refused.value.problems[0].text.en


def test_what_the_clock_fires_reaches_the_holder_once_and_staff_not_at_all() -> None:
    network = a_network()
    suzhou = permit(network)
    case = suzhou.cases.find(CASE)
    end = case.issued.valid_until
    move_clock(network, TUESDAY.replace(year=end.year, month=end.month, day=end.day) + timedelta(days=1))
    catch_up(suzhou)
    assert "holder" in {one.to for one in suzhou.agenda.claim_untold(99)}
    while tell_fired(suzhou):
        pass
    rows = suzhou.notifications.list_of_case(CASE, recipients_of(case.applicant))
    fired = [row.kind for row in rows if row.kind in suzhou.catalogue.agenda.kinds]
    assert fired == ["expiry-notice", "expiry-notice", "licence-ended"]
    assert rows[-1].about_on == end


def test_reading_marks_mine_alone(network) -> None:
    hand_in(network)
    deps = network[SUZHOU]
    note_read(recipients_of(PARTY), deps)
    note_read(recipients_of(PARTY), deps)
    assert deps.notifications.count_unread(recipients_of(PARTY), 9) == 0
    assert deps.notifications.count_unread(recipients_of(ApplicantRef(PARTY.kind, PARTY.id, "")), 9) == 3


def test_an_appointment_is_reminded_of_under_the_number_given_for_it(network) -> None:
    deps = network[SUZHOU]
    starts_at = deps.clock.now() + timedelta(hours=20)
    booked = Appointment("CODE", "general", starts_at, deps.clock.now(), "mobile:digest")
    with deps.unit():
        deps.hall.appointments.book(booked, 5, "19900000001")
    assert tell_appointments(deps) == 1
    assert tell_appointments(deps) == 0
    send_notifications(deps)
    (letter,) = carrier_of(deps, SMS).carried
    assert letter.to == "19900000001"
    assert booked.on.isoformat() in letter.body


def test_old_messages_are_thrown_away(network) -> None:
    hand_in(network)
    deps = network[SUZHOU]
    pass_by(deps, timedelta(days=deps.catalogue.notifications.kept_days + 1))
    while forget_old(deps):
        pass
    assert kinds(deps) == []
