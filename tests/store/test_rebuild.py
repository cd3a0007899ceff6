"""The index is never the truth: made again from the events it is the same, whatever was done to it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tests.ports.histories import (
    ACCEPTED,
    APPLICANT,
    ASKED,
    ASSESSED,
    ATTACHED,
    GRANTED,
    ISSUED,
    NOON,
    OTHER,
    SUBMITTED,
    add,
    submitted,
)
from tongban.domain.agenda import Entry
from tongban.domain.case import events as e
from tongban.domain.case.state import Case
from tongban.domain.liaison.acts import ReceiptConfirmed, ZoneAct
from tongban.kernel.ids import CaseId
from tongban.store import rebuild
from tongban.store.agenda import put_entries
from tongban.store.models import AgendaEntry, CaseIndex
from tongban.store.session import Session
from tongban.store.store import Store


@pytest.fixture
def filled(store: Store) -> Store:
    """Cases in every stage, some written in several steps."""
    later = NOON + timedelta(hours=3)
    add(store.cases, "CZ-received", SUBMITTED, ASKED)
    case = add(store.cases, "CZ-stepwise", SUBMITTED, ASKED)
    case = add(store.cases, case, ATTACHED, ACCEPTED, at=later)
    add(store.cases, case, ASSESSED, e.Referred("why", ATTACHED.authority), at=later)
    add(store.cases, "CZ-issued", SUBMITTED, ACCEPTED, ASSESSED, GRANTED, ISSUED)
    add(store.cases, "CZ-withdrawn", submitted(channel="online"), e.Withdrawn(OTHER))
    add(store.cases, "WX-copy", submitted(deciding_zone=OTHER), ACCEPTED)
    for number in range(7):
        add(store.cases, f"CZ-many-{number}", SUBMITTED)
    return store


def rows() -> list[dict[str, object]]:
    return list(CaseIndex.objects.order_by("case_id").values())


def test_the_index_made_again_is_the_same(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "_GROUP", 5)
    before = rows()
    assert filled.rebuild() == len(before) == 12
    assert rows() == before


def test_the_agenda_made_again_is_the_same_and_what_fired_does_not_fire_again(filled: Store) -> None:
    assert filled.agenda.fire(date(2026, 3, 5), NOON, 99) == 2
    before = list(AgendaEntry.objects.order_by("pk").values())
    assert {row["fired_at"] is None for row in before} == {True, False}
    AgendaEntry.objects.all().delete()
    filled.rebuild()
    assert list(AgendaEntry.objects.order_by("pk").values()) == before
    assert filled.agenda.fire(date(2026, 3, 5), NOON, 99) == 0


def test_an_agenda_made_again_knows_which_hand_overs_were_confirmed(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Entry(date(2027, 1, 1), "step-late", date(2027, 1, 1), "head", True)

    def put_late(session: Session, case: Case, entries: Sequence[Entry], *, is_new: bool) -> None:
        put_entries(session, case, [*entries, late], is_new=is_new)

    monkeypatch.setattr(rebuild, "put_entries", put_late)
    said = ReceiptConfirmed("齐全")
    told = ZoneAct("suzhou-1", "suzhou-1", "", CaseId("WX-copy"), OTHER, "o1", "虚构审批员", NOON, said)
    with filled.unit():
        filled.liaison.keep(told, "receipt")
    count = filled.rebuild()
    waiting = AgendaEntry.objects.filter(kind="step-late").values_list("case_id", flat=True)
    assert len(waiting) == count - 1
    assert "WX-copy" not in waiting


def test_a_spoiled_index_is_mended(filled: Store) -> None:
    before = rows()
    CaseIndex.objects.filter(case_id="CZ-issued").delete()
    CaseIndex.objects.update(stage="granted", waits_for="nobody", version=1)
    CaseIndex.objects.create(**{**before[0], "case_id": "CZ-never-was"})
    filled.rebuild()
    assert rows() == before


def test_a_row_says_where_the_case_stands(filled: Store) -> None:
    row = CaseIndex.objects.get(case_id="CZ-stepwise")
    assert (row.stage, row.waits_for, row.needs_person, row.version) == ("assessed", "person", True, 6)
    assert (row.accepted_on, row.due_on, row.sort_on) == (
        date(2026, 3, 3),
        date(2026, 3, 20),
        date(2026, 3, 20),
    )
    assert (row.applicant_id, row.applicant_name, row.taken_in_by) == (
        APPLICANT.id,
        APPLICANT.name,
        "window-1",
    )
    assert (row.received_at, row.updated_at) == (NOON, NOON + timedelta(hours=3))
    waiting = CaseIndex.objects.get(case_id="CZ-received")
    assert (waiting.waits_for, waiting.due_on, waiting.sort_on) == ("zone", None, date(2026, 3, 3))
    issued = CaseIndex.objects.get(case_id="CZ-issued")
    assert (issued.waits_for, issued.credential_id) == ("", ISSUED.credential_id)
    assert issued.decided_on == date(2026, 3, 3)


def test_an_erased_case_stays_out_of_the_index(filled: Store) -> None:
    filled.erase("CZ-withdrawn")
    filled.erase("WX-copy")
    before = rows()
    assert filled.rebuild() == len(before) == 10
    assert rows() == before
    assert not AgendaEntry.objects.filter(case_id="WX-copy").exists()
