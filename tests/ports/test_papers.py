"""The contract of the port for written documents: what is due, numbers without gaps, what is kept."""

from datetime import date, timedelta

import pytest

from tests.ports.conftest import Rooms
from tests.ports.histories import ACCEPTED, NOON, SUBMITTED, ZONE, add
from tongban.domain.paperwork.paper import Paper
from tongban.flows.paper_store import KeptPaper
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, LawKey
from tongban.kernel.text import Text

CASE = CaseId("CZ-1")


def a_paper(paper_id: str = "cz-acceptance-2026-1", version: int = 2, kind: str = "acceptance") -> KeptPaper:
    paper = Paper(
        paper_id,
        f"常高新审演〔2026〕{paper_id}号",
        kind,
        CASE,
        version,
        ZONE,
        Text("受理通知书", "Notice of acceptance"),
        "演示甲",
        ((Text("", ""), (Text("决定予以受理。", "It is accepted."),)),),
        (LawKey("all-2019#32.5"),),
        False,
        date(2026, 3, 3),
        "salt",
    )
    return KeptPaper(paper, "d" * 64)


def test_cases_are_due_after_each_event_the_latest_first(rooms: Rooms) -> None:
    first = add(rooms.cases, "CZ-1", SUBMITTED)
    add(rooms.cases, "CZ-2", SUBMITTED, at=NOON + timedelta(minutes=1))
    with rooms.unit():
        assert rooms.papers.claim_due(10) == ("CZ-2", "CZ-1")
        rooms.papers.mark_written("CZ-1", 1)
    with rooms.unit():
        assert rooms.papers.claim_due(10) == ("CZ-2",)
    add(rooms.cases, first, ACCEPTED, at=NOON + timedelta(minutes=2))
    with rooms.unit():
        assert rooms.papers.claim_due(1) == ("CZ-1",)


def test_numbers_follow_each_other_in_each_series_and_year(rooms: Rooms) -> None:
    with rooms.unit():
        assert rooms.papers.next_serial("grant", 2026, 3) == 1
        assert rooms.papers.next_serial("grant", 2026, 1) == 4
        assert rooms.papers.next_serial("grant", 2027, 1) == 1
        assert rooms.papers.next_serial("refusal", 2026, 1) == 1
    with rooms.unit():
        assert rooms.papers.next_serial("grant", 2026, 1) == 5


def test_a_unit_that_fails_leaves_no_gap(rooms: Rooms) -> None:
    def draw_in_vain() -> None:
        with rooms.unit():
            rooms.papers.next_serial("grant", 2026, 5)
            raise LookupError

    with pytest.raises(LookupError):
        draw_in_vain()
    with rooms.unit():
        assert rooms.papers.next_serial("grant", 2026, 1) == 1


def test_a_document_comes_back_as_it_was_written(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    with rooms.unit():
        rooms.papers.add(a_paper())
    assert rooms.papers.find("cz-acceptance-2026-1") == a_paper()
    assert rooms.papers.find("cz-acceptance-2026-9") is None
    assert rooms.papers.list_of([CASE, CaseId("CZ-2")]) == {CASE: (a_paper(),), "CZ-2": ()}


def test_the_same_event_has_one_document_of_a_kind(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    with rooms.unit():
        rooms.papers.add(a_paper())
    with pytest.raises(Conflict), rooms.unit():
        rooms.papers.add(a_paper("cz-acceptance-2026-2"))
    assert rooms.papers.find("cz-acceptance-2026-2") is None


def test_documents_stand_in_the_order_of_their_events(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    with rooms.unit():
        rooms.papers.add(a_paper())
        rooms.papers.add(a_paper("cz-receipt-2026-1", 1, "receipt"))
    kinds = [kept.paper.kind for kept in rooms.papers.list_of([CASE])[CASE]]
    assert kinds == ["receipt", "acceptance"]


def test_the_sealed_file_is_noted_beside_it(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    with rooms.unit():
        rooms.papers.add(a_paper())
    rooms.papers.set_file("cz-acceptance-2026-1", "f" * 64)
    assert rooms.papers.find("cz-acceptance-2026-1").file_digest == "f" * 64
    assert rooms.papers.find_by_file("f" * 64) == rooms.papers.find_public("cz-acceptance-2026-1")
    assert rooms.papers.find_by_file("e" * 64) is None
    assert rooms.papers.find_by_file("") is None


def test_what_is_public_names_nobody(rooms: Rooms) -> None:
    add(rooms.cases, "CZ-1", SUBMITTED, ACCEPTED)
    with rooms.unit():
        rooms.papers.add(a_paper())
    public = rooms.papers.find_public("cz-acceptance-2026-1")
    assert (public.number, public.dated_on, public.digest) == (
        "常高新审演〔2026〕cz-acceptance-2026-1号",
        date(2026, 3, 3),
        "d" * 64,
    )
    assert "演示甲" not in repr(public)
    assert rooms.papers.find_public("cz-acceptance-2026-2") is None
