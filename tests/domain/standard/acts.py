"""Acts of three zones to fold: readable ones, and strategies for any."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from tongban.domain.standard.acts import (
    Act,
    Commented,
    Proposed,
    Ratified,
    RecordedAct,
    Retracted,
    TicketClosed,
    TicketOpened,
    hash_files,
)
from tongban.kernel.ids import ItemId, ZoneId

SUZHOU, WUXI, CHANGZHOU = ZoneId("suzhou"), ZoneId("wuxi"), ZoneId("changzhou")
ZONES = (SUZHOU, WUXI, CHANGZHOU)
NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
ITEM = ItemId("example")


def files(version: int) -> dict[str, str]:
    return {"item.yaml": f"version: {version}\n", "rules.yaml": "criteria: []\n"}


def an_act(identity: str, act: Act, subject: str = "", minute: int = 0) -> RecordedAct:
    """An act of the zone that its id begins with."""
    zone = ZoneId(identity.split("-")[0])
    at = NOON + timedelta(minutes=minute)
    return RecordedAct(identity, subject or identity, zone, f"{zone}管理员（示例）", at, act)


def proposed(
    identity: str = "suzhou-p", version: int = 2, minute: int = 0, item: ItemId = ITEM
) -> RecordedAct:
    content = files(version)
    return an_act(identity, Proposed(item, version, hash_files(content), "", "理由", content), "", minute)


def ratified(zone: ZoneId, minute: int, subject: str = "suzhou-p", version: int = 2) -> RecordedAct:
    act = Ratified(hash_files(files(version)))
    return an_act(f"{zone}-r{subject[-1]}{minute}", act, subject, minute)


def ratified_by_all(subject: str = "suzhou-p", version: int = 2, minute: int = 10) -> list[RecordedAct]:
    return [ratified(zone, minute + place, subject, version) for place, zone in enumerate(ZONES)]


def opened(identity: str = "wuxi-t", due_on: date = date(2026, 4, 1), minute: int = 0) -> RecordedAct:
    seen = {"suzhou": ("10分钟", "10 minutes"), "wuxi": ("2小时", "2 hours")}
    return an_act(identity, TicketOpened(ITEM, "promised", seen, SUZHOU, due_on, "请统一"), "", minute)


_minutes = st.integers(0, 60)
_subjects = st.sampled_from(["suzhou-p", "wuxi-q", "suzhou-t", "changzhou-none"])
_versions = st.integers(1, 3)


@st.composite
def any_act(draw: st.DrawFn) -> RecordedAct:
    """Any act: sense or nonsense, about what exists or not."""
    zone, minute, token = draw(st.sampled_from(ZONES)), draw(_minutes), draw(st.integers(0, 30))
    version = draw(_versions)
    match draw(st.integers(0, 6)):
        case 0:
            return proposed(draw(st.sampled_from(["suzhou-p", "wuxi-q"])), 2, minute)
        case 1:
            return opened("suzhou-t", minute=minute)
        case 2:
            act: Act = Ratified(hash_files(files(version)))
        case 3:
            act = Retracted("撤回")
        case 4:
            act = Commented("意见")
        case 5:
            act = TicketClosed("已统一")
        case _:
            act = Ratified(hash_files(files(2)))
    return an_act(f"{zone}-{token}", act, draw(_subjects), minute)


def histories() -> st.SearchStrategy[list[RecordedAct]]:
    """Any acts, each id once, as the store keeps them."""
    return st.lists(any_act(), max_size=25, unique_by=lambda act: act.id)
