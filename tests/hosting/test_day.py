"""The scripted day: its script, its calendar, and each question of the account finds a planted fault."""

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tongban.hosting.day.checks import QUESTIONS, check_all
from tongban.hosting.day.clockwork import at_clock, list_working_days
from tongban.hosting.day.report import compose_report, write_page
from tongban.hosting.day.script import SHARES, count_modes, plan_kills, write_script
from tongban.hosting.state import CHECKOUT

OPENS, CLOSES = datetime(2026, 3, 3, 0, 30, tzinfo=UTC), datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
CASE, OTHER = "CZ260303-AAAAAAAA", "CZ260303-BBBBBBBB"
Accounts = dict[str, Any]
Records = list[dict[str, Any]]


def a_row(number: str, stage: str = "concluded", waits_for: str = "", licence: str = "L1") -> dict[str, Any]:
    return {
        "case_id": number,
        "item_id": "travel-agency-branch-filing",
        "stage": stage,
        "deciding_zone": "changzhou",
        "receiving_zone": "suzhou",
        "waits_for": waits_for,
        "version": 3,
        "credential_id": licence,
    }


def a_message(to: str = "changzhou", number: str = "m1", seq: int = 1) -> dict[str, Any]:
    return {
        "message_id": number,
        "to_zone": to,
        "type": "case.apply",
        "case_id": CASE,
        "seq": seq,
        "receipt": "r1",
    }


def an_account(zone: str, **own: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "zone": zone, "cases": {}, "events": {}, "licences": [], "papers": [], "serials": [], "sent": [],
        "ledger": {"keys": [], "places": [], "size": 0, "is_root_right": True}, "received": [], "tickets": [],
        "ticket_serials": [], "fired": [], "left": {"jobs": 0},
    }  # fmt: skip
    return {**empty, **own}


EVENTS = [[1, "Submitted", "a"], [2, "Granted", "b"], [3, "CredentialIssued", "c"]]


def a_good_day() -> tuple[Accounts, Records]:
    """Return what two zones hold after one case, one message, one document and two tickets."""
    ticket = {"on": "2026-03-03", "business": "trades", "state": "called", "calls": 1}
    suzhou = an_account(
        "suzhou", cases={CASE: a_row(CASE)}, events={CASE: copy.deepcopy(EVENTS)}, sent=[a_message()],
        ledger={"keys": ["message:out:m1"], "places": [0], "size": 1, "is_root_right": True},
        tickets=[ticket | {"label": "B1", "serial": 1, "window": "1"},
                 ticket | {"label": "B2", "serial": 2, "window": "2"}],
        ticket_serials=[["2026-03-03", "trades", 2]],
    )  # fmt: skip
    changzhou = an_account(
        "changzhou", cases={CASE: a_row(CASE)}, events={CASE: copy.deepcopy(EVENTS)},
        licences=[{"credential_id": "L1", "case_id": CASE, "leaf_key": "credential:L1", "verdict": "good"}],
        papers=[{"paper_id": "p1", "number": "演备〔2026〕1号"},
                {"paper_id": "p2", "number": "演备〔2026〕2号"}],
        serials=[["演备", 2026, 2]], fired=[{"case_id": CASE, "kind": "due-soon", "fires_on": "2026-03-04"}],
        received=[{"message_id": "m1", "from_zone": "suzhou", "type": "case.apply", "seq": 1,
                   "receipt": "r1"}],
        ledger={"keys": ["message:in:suzhou:m1", "credential:L1"], "places": [0, 1], "size": 2,
                "is_root_right": True},
    )  # fmt: skip
    plain = {"retries": 0, "seconds": 1.0, "fault": "", "label": ""}
    records = [
        plain | {"key": "k1", "mode": "branch", "zone": "suzhou", "cases": [CASE]},
        plain | {"key": "k2", "mode": "ticket", "zone": "suzhou", "cases": [], "label": "B1"},
    ]
    return {"suzhou": suzhou, "changzhou": changzhou}, records


def find_wrong(accounts: Accounts, records: Records) -> set[str]:
    return {one.name for one in check_all(accounts, records) if not one.is_good}


def test_a_good_day_is_found_good_and_everything_was_looked_at() -> None:
    findings = check_all(*a_good_day())
    assert [one for one in findings if not one.is_good] == []
    assert all(one.looked_at for one in findings)


FAULTS: dict[str, tuple[str, Callable[[Accounts, Records], Any]]] = {
    "a client that nobody answered": (
        "every client was answered",
        lambda a, r: r[0].update(fault="no answer"),
    ),
    "a case row deleted": ("one submission, one case", lambda a, r: a["changzhou"]["cases"].pop(CASE)),
    "a case that nobody handed in": (
        "one submission, one case",
        lambda a, r: a["changzhou"]["cases"].update({OTHER: a_row(OTHER)}),
    ),
    "one case for two submissions": (
        "one submission, one case",
        lambda a, r: r.append({**r[0], "key": "k3"}),
    ),
    "two cases for one submission": ("one submission, one case", lambda a, r: r[0]["cases"].append(OTHER)),
    "an event lost": ("histories without gaps", lambda a, r: a["changzhou"]["events"][CASE].pop(1)),
    "an index that lags": (
        "histories without gaps",
        lambda a, r: a["suzhou"]["cases"][CASE].update(version=2),
    ),
    "granted twice": (
        "decided, issued, sealed at most once",
        lambda a, r: a["changzhou"]["events"][CASE].append([4, "Granted", "d"]),
    ),
    "a copy that differs": (
        "copies equal the originals",
        lambda a, r: a["suzhou"]["events"][CASE][1].__setitem__(2, "x"),
    ),
    "a copy cut short": ("copies equal the originals", lambda a, r: a["suzhou"]["events"][CASE].pop()),
    "a document number twice": (
        "document numbers without gaps or doubles",
        lambda a, r: a["changzhou"]["papers"][1].update(number="演备〔2026〕1号"),
    ),
    "a document number left out": (
        "document numbers without gaps or doubles",
        lambda a, r: a["changzhou"]["papers"][1].update(number="演备〔2026〕3号"),
    ),
    "a document lost": (
        "document numbers without gaps or doubles",
        lambda a, r: a["changzhou"]["papers"].pop(),
    ),
    "a licence number twice": (
        "licences unique, registered, verified",
        lambda a, r: a["changzhou"]["licences"].append({**a["changzhou"]["licences"][0], "case_id": OTHER}),
    ),
    "a licence lost": (
        "licences unique, registered, verified",
        lambda a, r: a["changzhou"]["licences"].pop(),
    ),
    "a licence that does not verify": (
        "licences unique, registered, verified",
        lambda a, r: a["changzhou"]["licences"][0].update(verdict="bad"),
    ),
    "a leaf twice": (
        "ledgers consistent, no leaf twice",
        lambda a, r: a["suzhou"]["ledger"]["keys"].append("message:out:m1"),
    ),
    "a leaf without a place": (
        "ledgers consistent, no leaf twice",
        lambda a, r: a["suzhou"]["ledger"]["places"].pop(),
    ),
    "a root of other leaves": (
        "ledgers consistent, no leaf twice",
        lambda a, r: a["suzhou"]["ledger"].update(is_root_right=False),
    ),
    "a leaf missing for a receipt": (
        "a leaf for every licence and receipt",
        lambda a, r: a["changzhou"]["ledger"]["keys"].__setitem__(0, "other"),
    ),
    "a message lost": ("every message received exactly once", lambda a, r: a["changzhou"]["received"].pop()),
    "a message twice": (
        "every message received exactly once",
        lambda a, r: a["changzhou"]["received"].append(dict(a["changzhou"]["received"][0])),
    ),
    "a receipt that differs": (
        "every message received exactly once",
        lambda a, r: a["suzhou"]["sent"][0].update(receipt="r2"),
    ),
    "a message from nowhere": ("every message received exactly once", lambda a, r: a["suzhou"]["sent"].pop()),
    "a gap in a channel": (
        "channels numbered without gaps",
        lambda a, r: a["suzhou"]["sent"][0].update(seq=2),
    ),
    "a ticket twice": (
        "tickets without gaps or doubles",
        lambda a, r: a["suzhou"]["tickets"][1].update(label="B1"),
    ),
    "a ticket lost": ("tickets without gaps or doubles", lambda a, r: a["suzhou"]["tickets"].pop(0)),
    "two people at one window": (
        "tickets without gaps or doubles",
        lambda a, r: a["suzhou"]["tickets"][1].update(window="1"),
    ),
    "a case that hangs": (
        "every case ended or waits for a person",
        lambda a, r: a["changzhou"]["cases"][CASE].update(stage="accepted", waits_for="machine"),
    ),
    "work left": ("every case ended or waits for a person", lambda a, r: a["suzhou"]["left"].update(jobs=1)),
    "another end than the script's": (
        "every case ended as its script says",
        lambda a, r: a["changzhou"]["cases"][CASE].update(stage="refused"),
    ),
    "fallen due twice": (
        "nothing fell due twice",
        lambda a, r: a["changzhou"]["fired"].append(dict(a["changzhou"]["fired"][0])),
    ),
}


@pytest.mark.parametrize("planted", FAULTS)
def test_a_planted_fault_is_found(planted: str) -> None:
    accounts, records = a_good_day()
    question, plant = FAULTS[planted]
    plant(accounts, records)
    assert question in find_wrong(accounts, records)


def test_every_question_has_a_fault_that_it_finds() -> None:
    assert {name for name, _ in QUESTIONS} == {question for question, _ in FAULTS.values()}


def test_the_script_is_that_of_its_seed_and_has_every_way_in_it() -> None:
    script = write_script(7, 200, OPENS, CLOSES)
    assert script == write_script(7, 200, OPENS, CLOSES) != write_script(8, 200, OPENS, CLOSES)
    modes = count_modes(script)
    assert all(modes.values())
    assert sum(modes[mode] for mode in SHARES) == 200
    assert [one.at for one in script] == sorted(one.at for one in script)
    assert OPENS <= script[0].at <= script[-1].at <= CLOSES
    assert len({one.key for one in script}) == len(script)


def test_the_plan_of_kills_is_that_of_its_seed() -> None:
    kills = plan_kills(1, 40, 2000)
    assert kills == plan_kills(1, 40, 2000)
    assert {one.part for one in kills} == {"web", "worker", "backend"}
    assert [one.after for one in kills] == sorted(one.after for one in kills)


def test_working_days_are_those_of_the_calendar() -> None:
    days = list_working_days(date(2026, 2, 13), 4, CHECKOUT / "content" / "calendars")
    assert days == [date(2026, 2, 13), date(2026, 2, 14), date(2026, 2, 24), date(2026, 2, 25)]
    assert at_clock(days[0], 8, 30) == datetime(2026, 2, 13, 0, 30, tzinfo=UTC)


def test_the_page_says_what_was_found(tmp_path: Path) -> None:
    accounts, records = a_good_day()
    accounts["suzhou"]["tickets"].pop(0)
    told = {
        "command": "make day", "seed": 1, "days": ["2026-03-03"], "machine": {"cores": "2"},
        "kills": {"wuxi web": 2},
        "ended_alone": [], "seconds": {"the day": 60.0},
    }  # fmt: skip
    report = compose_report(check_all(accounts, records), records, accounts, told)
    assert not report["is_good"]
    write_page(report, tmp_path / "day.md")
    page = (tmp_path / "day.md").read_text(encoding="utf-8")
    assert "**Something is wrong" in page
    assert "wuxi web 2 times" in page
