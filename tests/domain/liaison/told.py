"""Acts between two zones to fold: readable ones, and strategies for any."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from tongban.domain.liaison.acts import (
    Act,
    OriginalGiven,
    OriginalReceived,
    OriginalSent,
    OriginalTaken,
    ZoneAct,
)
from tongban.kernel.ids import CaseId, ItemId, ZoneId

SUZHOU, WUXI, CHANGZHOU = ZoneId("suzhou"), ZoneId("wuxi"), ZoneId("changzhou")
ZONES = (SUZHOU, WUXI, CHANGZHOU)
NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
ITEM, CASE = ItemId("example"), CaseId("SZ260303-EXAMPLE")
DUE = date(2026, 3, 6)


def told(
    identity: str, act: Act, about: ZoneAct | None = None, minute: int = 0, *, in_order: bool = False
) -> ZoneAct:
    """An act of the zone that its id begins with."""
    zone = ZoneId(identity.split("-")[0])
    subject = about.subject if about else identity
    follows = about.id if about and in_order else ""
    at = NOON + timedelta(minutes=minute)
    return ZoneAct(identity, subject, follows, CASE, zone, f"{zone}-clerk", f"{zone}窗口（示例）", at, act)


def a_journey() -> list[ZoneAct]:
    """An original from Suzhou's window to Changzhou's archive, every hand signed for."""
    taken = told("suzhou-1", OriginalTaken("营业执照副本（演示）", 2))
    sent = told("suzhou-2", OriginalSent(CHANGZHOU, "演示快递", "YS-0001", DUE), taken, 5, in_order=True)
    there = told("changzhou-3", OriginalReceived("intact"), sent, 90, in_order=True)
    filed = told("changzhou-4", OriginalGiven("archive", "演示档案员"), there, 95, in_order=True)
    return [taken, sent, there, filed]


_steps = st.one_of(
    st.builds(
        OriginalSent, st.sampled_from(ZONES), st.just("演示快递"), st.sampled_from(["", "YS-1"]), st.just(DUE)
    ),
    st.builds(OriginalReceived, st.sampled_from(["intact", "damaged", "wet"])),
    st.builds(
        OriginalGiven, st.sampled_from(["colleague", "applicant", "archive", "nobody"]), st.just("演示人")
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[ZoneAct]:
    """Any acts about one original: from any zone, behind any other, possible or not."""
    acts = [told("suzhou-0", OriginalTaken("演示材料", 1))]
    for place in range(1, draw(st.integers(1, 8))):
        zone = draw(st.sampled_from(ZONES))
        behind = draw(st.sampled_from(acts))
        minute = draw(st.integers(-5, 30))
        acts.append(told(f"{zone}-{place}", draw(_steps), behind, minute, in_order=True))
    return acts
