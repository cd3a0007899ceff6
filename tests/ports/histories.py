"""Small histories for the contract tests: enough events to be kept, found and folded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tongban.domain.case import events as e
from tongban.domain.case.state import Case, apply
from tongban.domain.evidence.exchange import EvidenceAsk
from tongban.flows.ports import Cases
from tongban.kernel.ids import CaseId, CredentialId, EvidenceKindId, ItemId, LawKey, ZoneId
from tongban.kernel.text import Text

ZONE, OTHER = ZoneId("changzhou"), ZoneId("wuxi")
NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
APPLICANT = e.ApplicantRef("firm", "91320214MB0000006B", "无锡示例旅行社有限公司（演示）", "19900000001")
CLERK = e.Actor("clerk", "window-1", "演示窗口")
MACHINE = e.Actor("machine", ZONE)
KIND = EvidenceKindId("business-licence")

SUBMITTED = e.Submitted(
    item_id=ItemId("travel-agency-branch-filing"),
    item_version=1,
    deciding_zone=ZONE,
    receiving_zone=OTHER,
    applicant=APPLICANT,
    channel="window",
    answers={"branch_name": "演示分社", "opened_on": date(2026, 3, 1), "scope": ["domestic"], "staff": 3},
    taken_in_by="window-1",
)
ASKED = e.EvidenceRequested(EvidenceAsk(KIND, OTHER, APPLICANT.id, LawKey("order-716-2019#7")))
ATTACHED = e.EvidenceAttached(
    kind=KIND,
    trust="S",
    facts={"status": "active", "registered_on": date(2026, 3, 2)},
    as_of=NOON - timedelta(days=1),
    authority=Text("演示登记", "demonstration register"),
    holder=OTHER,
    subject=APPLICANT.id,
)
ACCEPTED = e.Accepted(date(2026, 3, 3))
ASSESSED = e.Assessed("grant", {"criteria": [{"id": "one", "met": True}]}, "a" * 64, "b" * 64)
GRANTED = e.Granted("rules", date(2026, 3, 3))
ISSUED = e.CredentialIssued(
    CredentialId("1.2.156.3005.2.demo"),
    "a.b.c~d~",
    "credential:demo",
    date(2026, 3, 3),
    date(2026, 3, 3),
    None,
)


def submitted(**changes: object) -> e.Submitted:
    """Return an application with changed fields."""
    return replace(SUBMITTED, **changes)


def record(
    case: Case, *events: e.Event, at: datetime = NOON, actor: e.Actor = MACHINE
) -> tuple[tuple[e.Recorded, ...], Case]:
    """Return events in their places behind a case, and the case after them."""
    recorded = tuple(
        e.Recorded(case.id, case.version + number, at, ZONE, actor, event)
        for number, event in enumerate(events, start=1)
    )
    after = case
    for one in recorded:
        after = apply(after, one)
    return recorded, after


def add(cases: Cases, case: Case | str, *events: e.Event, at: datetime = NOON) -> Case:
    """Append events to a case, or begin one under an id; return it as it stands then."""
    before = Case(CaseId(case)) if isinstance(case, str) else case
    recorded, after = record(before, *events, at=at)
    cases.append(before, recorded, after)
    return after
