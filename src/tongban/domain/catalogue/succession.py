"""An item that changes or renews a licence: whose place the new one takes, and when silence renews it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.catalogue.parse_limits import LIST_MAX, read_limits
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.statute import DatedLimit, LimitKind, Unit, get_in_force
from tongban.domain.rules.complaints import FACT_NAME, LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.ids import ItemId, LawKey

HOWS = ("amendment", "renewal")


@dataclass(frozen=True, slots=True)
class Succession:
    """One way in which a grant of the item takes an older licence's place.

    Args:
        when: dotted fact and the value that it must have; empty for always.
        items: items whose licences may be the older one.
        same: names of claims that both licences must bear alike, so that no other licence is touched.
        expires_on: of a renewal, the dotted fact with the older licence's last day; empty where silence
            renews nothing.
        ask: of a renewal, how long before that day it must be asked for; dated, oldest first.
    """

    how: str
    source: LawKey
    items: tuple[ItemId, ...] = ()
    same: tuple[str, ...] = ()
    when: tuple[str, str] = ("", "")
    expires_on: str = ""
    ask: tuple[DatedLimit, ...] = ()

    def applies(self, facts: Mapping[str, object]) -> bool:
        """Say whether the case is one of this way, as its facts say."""
        fact, value = self.when
        return not fact or str(facts.get(fact, "")) == value


def find_deemed_on(
    successions: tuple[Succession, ...],
    facts: Mapping[str, object],
    received_on: date,
    calendar: WorkingCalendar,
) -> tuple[date, LawKey] | None:
    """Return the last day before which a renewal must be decided, or None when silence renews nothing.

    It does so only for a renewal of a known last day that was asked in time (all-2019#50).

    Raises:
        Refused: ``calendar.not-loaded`` when working days past the calendar would be needed.
    """
    for one in successions:
        expires_on = facts.get(one.expires_on) if one.expires_on else None
        if one.how != "renewal" or not isinstance(expires_on, date) or not one.applies(facts):
            continue
        limit = get_in_force(one.ask, received_on)
        days = limit.amount
        ready_on = (
            calendar.add_working_days(received_on, days)
            if limit.unit is Unit.WORKING_DAY
            else received_on + timedelta(days=days)
        )
        if ready_on <= expires_on:
            return expires_on, one.source
    return None


def read_successions(raw: object, complaints: Complaints) -> tuple[Succession, ...]:
    """Read the ``succeeds`` of an item; complains of everything that is wrong with it."""
    rows = complaints.read_list(raw, "succeeds", LIST_MAX)
    found = (_read_one(row, f"succeeds[{place}]", complaints) for place, row in enumerate(rows))
    return tuple(one for one in found if one is not None)


def _read_one(raw: object, pointer: str, complaints: Complaints) -> Succession | None:
    row = complaints.read_mapping(
        raw, pointer, ("how", "source"), ("items", "same", "when", "expires_on", "ask")
    )
    if row is None:
        return None
    how = complaints.read_one_of(row.get("how"), f"{pointer}.how", HOWS)
    source = complaints.read_matching(row.get("source"), f"{pointer}.source", LAW_KEY, "all-2019#49")
    items = [
        complaints.read_matching(name, f"{pointer}.items[{place}]", SHORT_NAME, "nurse-renewal")
        for place, name in enumerate(complaints.read_list(row.get("items", []), f"{pointer}.items", LIST_MAX))
    ]
    same = complaints.read_list(row.get("same", []), f"{pointer}.same", LIST_MAX)
    expires = ""
    if "expires_on" in row:
        wanted = "evidence.nurse-certificate.expires_on"
        expires = (
            complaints.read_matching(row["expires_on"], f"{pointer}.expires_on", FACT_NAME, wanted) or ""
        )
    ask = read_limits(row.get("ask", []), f"{pointer}.ask", LimitKind.STATUTORY, complaints)
    if expires and not ask:
        complaints.add(
            "missing", f"{pointer}.ask", "请写明最迟何时提出延续。", "Say how early a renewal is asked for."
        )
    if not (how and source):
        return None
    return Succession(
        how,
        LawKey(source),
        tuple(ItemId(name) for name in items if name),
        tuple(str(name) for name in same),
        _read_when(row.get("when"), f"{pointer}.when", complaints),
        expires,
        ask,
    )


def _read_when(raw: object, pointer: str, complaints: Complaints) -> tuple[str, str]:
    row = None if raw is None else complaints.read_mapping(raw, pointer, ("fact", "is"))
    if row is None:
        return "", ""
    fact = complaints.read_matching(row.get("fact"), f"{pointer}.fact", FACT_NAME, "answers.request")
    return fact or "", str(row.get("is", ""))
