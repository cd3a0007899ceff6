"""The contract of the port of supervision: what each rule finds, once; answers are only added."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import catalogue
from tests.ports.conftest import Rooms
from tests.ports.histories import ACCEPTED, GRANTED, ISSUED, NOON, OTHER, SUBMITTED, add
from tongban.domain.case import events as e
from tongban.domain.supervision.alert import AlertHandling, SupervisionAlert, raise_alerts
from tongban.domain.supervision.book import SupervisionRule
from tongban.flows.seal_port import SealRefusal
from tongban.kernel.errors import Conflict, Problem
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text

RULES = catalogue().supervision.rules
CALENDAR = catalogue().get_calendar(next(iter(catalogue().zones)))
DAY = timedelta(days=1)
FAR = NOON + 100 * DAY
ASKED = e.CorrectionRequested((Problem("evidence.missing", Text("缺一份", "One is missing")),))
CORRECTED = e.Corrected({}, OTHER)
SEALED = e.DocumentSealed("a" * 64, 100)
SAID = AlertHandling(NOON + DAY, "changzhou-head", "演示负责人", "explained", "已查明。")


def find(rooms: Rooms, rule: str, **more: object) -> list[tuple[str, date]]:
    wanted = {"since": None, "until": FAR, "limit": 9} | more
    seen = rooms.supervision.find_sightings(RULES[rule], *wanted.values())
    return [(one.case_id, one.cause_on) for one in seen]


def raise_all(rooms: Rooms, rule: SupervisionRule) -> int:
    seen = rooms.supervision.find_sightings(rule, None, FAR, 9)
    return rooms.supervision.keep(raise_alerts(rule, seen, NOON, date(2026, 3, 3), CALENDAR))


def an_alert(rooms: Rooms) -> SupervisionAlert:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED, GRANTED, ISSUED)
    assert raise_all(rooms, RULES["sealed-late"]) == 1
    return next(one for one in map(rooms.supervision.find, range(1, 99999)) if one)


def test_what_ran_out_of_time_is_found_by_the_kinds_of_the_agenda(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    rooms.agenda.fire(date(2026, 4, 1), NOON, 9)
    assert find(rooms, "late") == [("CZ-1", date(2026, 3, 7))]
    assert find(rooms, "stopped-without-basis") == []


def test_a_second_correction_is_found_and_a_first_is_not(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ASKED)
    two = add(rooms.cases, "CZ-2", SUBMITTED, ASKED, CORRECTED)
    add(rooms.cases, two, ASKED, at=NOON + DAY)
    assert find(rooms, "corrected-twice") == [("CZ-2", date(2026, 3, 4))]


def test_a_grant_sealed_in_time_is_not_found_and_one_sealed_late_is_whenever_one_looks(rooms: Rooms) -> None:
    hours = timedelta(hours=RULES["sealed-late"].after_hours)
    for name, sealed_at in (("CZ-1", hours), ("CZ-2", hours + timedelta(seconds=1))):
        case = add(rooms.cases, name, SUBMITTED, ACCEPTED, GRANTED, ISSUED)
        add(rooms.cases, case, SEALED, at=NOON + sealed_at)
    add(rooms.cases, "CZ-3", SUBMITTED, ACCEPTED, GRANTED, ISSUED)
    assert find(rooms, "sealed-late") == [("CZ-2", date(2026, 3, 4)), ("CZ-3", date(2026, 3, 4))]
    assert find(rooms, "sealed-late", until=NOON + hours - timedelta(seconds=1)) == []


def test_what_the_seal_refused_is_found_by_its_reason_and_what_only_waits_is_not(rooms: Rooms) -> None:
    for code, case in (("wrong-digest", "CZ-1"), ("suspended", "CZ-2"), ("wrong-secret", "")):
        refusal = SealRefusal(
            "licence", f"L-{case}", CaseId(case), 3, f"seal.{code}", Text("演示", "demonstration"), "", NOON,
            NOON, is_waiting=code == "suspended",
        )  # fmt: skip
        with rooms.unit():
            rooms.seals.refuse(refusal)
    assert find(rooms, "seal-refused") == [("CZ-1", date(2026, 3, 3))]
    assert find(rooms, "seal-secret") == [("", date(2026, 3, 3))]
    assert find(rooms, "seal-refused", since=NOON + DAY) == []


def test_a_message_without_a_receipt_is_found_after_its_hours(rooms: Rooms) -> None:
    first = rooms.exchange.post(OTHER, "case.report", {"a": 1}, CaseId("CZ-1"))
    rooms.exchange.post(OTHER, "case.report", {"a": 2}, CaseId("CZ-2"))
    rooms.messages.record_delivery(first, "receipt", NOON)
    assert find(rooms, "no-receipt") == [("CZ-2", date(2026, 3, 4))]
    assert find(rooms, "no-receipt", until=NOON) == []


def test_only_what_became_a_finding_since_then_is_looked_at_and_a_batch_is_bounded(rooms: Rooms) -> None:
    for number in range(4):
        add(rooms.cases, f"CZ-{number}", SUBMITTED, ACCEPTED, GRANTED, ISSUED, at=NOON + number * DAY)
    assert len(find(rooms, "sealed-late", since=NOON + 3 * DAY)) == 2
    assert [case_id for case_id, _ in find(rooms, "sealed-late", limit=3)] == ["CZ-0", "CZ-1", "CZ-2"]


def test_what_was_raised_is_neither_found_nor_kept_again(rooms: Rooms) -> None:
    alert = an_alert(rooms)
    assert find(rooms, "sealed-late") == []
    assert rooms.supervision.keep([replace(alert, cause="another")]) == 0
    assert rooms.supervision.find(alert.number) == alert
    assert rooms.supervision.find(alert.number + 1) is None


def test_answers_are_added_behind_each_other(rooms: Rooms) -> None:
    alert = an_alert(rooms)
    rooms.supervision.answer(alert, SAID)
    with pytest.raises(Conflict):
        rooms.supervision.answer(alert, replace(SAID, words="慢了一步"))
    once = rooms.supervision.find(alert.number)
    rooms.supervision.answer(once, replace(SAID, answer="put-right"))
    after = rooms.supervision.find(alert.number)
    assert [one.answer for one in after.handlings] == ["explained", "put-right"]
    assert after.handlings[0] == SAID


def test_a_mark_never_goes_back(rooms: Rooms) -> None:
    assert rooms.supervision.find_mark("late") is None
    rooms.supervision.set_mark("late", NOON + DAY)
    rooms.supervision.set_mark("late", NOON)
    assert rooms.supervision.find_mark("late") == NOON + DAY
