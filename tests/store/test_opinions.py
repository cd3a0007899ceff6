"""What people say of the machine is counted with the decision, here alone, and made again alike."""

from dataclasses import replace
from datetime import date

import pytest

from tests.ports.histories import (
    ACCEPTED,
    ASSESSED,
    GRANTED,
    OTHER,
    SUBMITTED,
    add,
    record,
    submitted,
)
from tongban.domain.case import events as e
from tongban.domain.case import examining as x
from tongban.domain.case.review import MachineReview
from tongban.domain.case.state import Case
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads.agreement import Agreement, list_differences, read_agreements
from tongban.store.erase import erase_case
from tongban.store.models import MachineOpinion
from tongban.store.store import Store

WHY = Text("登记昨天已经变更。", "The register was changed yesterday.")
DAY = date(2026, 3, 3)
AGREED = e.GrantRefused(DAY, WHY, WHY, 0, MachineReview(True))
DIFFERED = e.Granted("officer", DAY, WHY, 0, MachineReview(False, WHY))


@pytest.fixture
def decided(store: Store) -> Store:
    """One agreed, one differed, and one that the machine granted with nobody to say anything."""
    add(store.cases, "CZ-agreed", SUBMITTED, ACCEPTED, ASSESSED, AGREED)
    add(store.cases, "CZ-differed", SUBMITTED, ACCEPTED, ASSESSED, DIFFERED)
    add(store.cases, "CZ-machine", SUBMITTED, ACCEPTED, ASSESSED, GRANTED)
    return store


def rows() -> list[dict[str, object]]:
    return list(MachineOpinion.objects.order_by("case_id").values())


def test_agreement_and_difference_are_counted_by_item_and_the_difference_says_why(decided: Store) -> None:
    (item,) = {case.item_id for case in map(decided.cases.find, [CaseId("CZ-agreed")]) if case}
    assert read_agreements([item]) == {item: Agreement(agreed=1, differed=1)}
    assert read_agreements([item])[item].share_percent == "50.0"
    (only,) = list_differences(item)
    assert (only.case_id, only.granted, only.why) == ("CZ-differed", True, WHY)


def test_a_copy_of_another_zones_case_says_nothing_here(store: Store) -> None:
    copy = Case(CaseId("WX-copy"))
    recorded, after = record(copy, submitted(deciding_zone=OTHER), ACCEPTED, ASSESSED, DIFFERED)
    store.cases.append(copy, [replace(one, zone=OTHER) for one in recorded], after)
    assert rows() == []


def test_opinions_made_again_are_the_same(decided: Store) -> None:
    before = rows()
    MachineOpinion.objects.all().delete()
    decided.rebuild()
    assert rows() == before
    assert len(before) == 2


def test_an_erased_case_leaves_no_opinion(decided: Store) -> None:
    erase_case(decided.cases._session, CaseId("CZ-differed"))
    assert [row["case_id"] for row in rows()] == ["CZ-agreed"]


def test_an_opinion_that_a_head_approved_is_the_drafting_officers(store: Store) -> None:
    officer, head = e.Actor("officer", "o1", "演示审批员"), e.Actor("head", "h1", "演示负责人")
    case = add(store.cases, "CZ-drafted", SUBMITTED, ACCEPTED, ASSESSED)
    draft = x.ApprovalRequested(True, WHY, WHY, 0, MachineReview(False, WHY))
    for actor, events in ((officer, [draft]), (head, [x.DecisionApproved(WHY), DIFFERED])):
        recorded, after = record(case, *events, actor=actor)
        store.cases.append(case, recorded, after)
        case = after
    before = rows()
    assert [row["actor_name"] for row in before] == ["演示审批员"]
    store.rebuild()
    assert rows() == before
