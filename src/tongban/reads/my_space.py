"""A person's or a firm's own space: its cases, newest first, and its licences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from tongban.domain.case.events import ApplicantRef
from tongban.domain.catalogue.zone import Zone
from tongban.domain.credential.status import STATE_WORDS, LicenceState
from tongban.flows.ports import Deps
from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.moment import CHINA_STANDARD_TIME
from tongban.kernel.text import Text
from tongban.reads.agenda import Standing, read_standing
from tongban.reads.keyset import lies_behind
from tongban.store.models import CaseIndex, Credential

CASES_A_PAGE = 20
MOST_LICENCES = 50
"""The newest so many are shown; who holds more looks for one by its number."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list."""

    case_id: str
    title: Text
    status: Text
    stage: str
    deciding: Zone
    received_at: datetime
    due_on: date | None
    is_yours_to_act: bool


@dataclass(frozen=True, slots=True)
class CasePageOfList:
    """One page of a list.

    Args:
        after: what the next page begins behind; empty when this is the last.
    """

    lines: tuple[CaseLine, ...]
    after: str


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """One licence.

    Args:
        state: as the register has it; None where another zone keeps the register.
        notice: what its holder was told last of its end; None while there is nothing to tell.
    """

    number: str
    case_id: str
    title: Text
    zone: Zone
    issued_on: date | None
    state: LicenceState | None
    state_words: Text | None
    notice: Text | None = None


def list_cases(party: ApplicantRef, after: str, deps: Deps) -> CasePageOfList:
    """Return one page of a party's cases, newest first, with one question to the index.

    Args:
        party: an agent sees the cases it handed in, the party itself all of them.
        after: ``CasePageOfList.after`` of the page before; anything that is none begins at the front.
    """
    rows = list(_own(party).filter(*_behind(after)).order_by("-received_at", "-case_id")[: CASES_A_PAGE + 1])
    shown = rows[:CASES_A_PAGE]
    more = len(rows) > CASES_A_PAGE
    return CasePageOfList(tuple(_line(row, deps) for row in shown), _key_of(shown[-1]) if more else "")


def _own(party: ApplicantRef) -> QuerySet[CaseIndex]:
    rows = CaseIndex.objects.filter(applicant_id=party.id, applicant_kind=party.kind)
    return rows.filter(agent_id=party.agent_id) if party.agent_id else rows


def _key_of(row: CaseIndex) -> str:
    return f"{row.received_at.astimezone(CHINA_STANDARD_TIME).isoformat()}~{row.case_id}"


def _behind(after: str) -> tuple[Any, ...]:
    """Return the predicate of a page, or none for the first."""
    when, _, case_id = after.partition("~")
    try:
        at = datetime.fromisoformat(when)
    except ValueError:
        return ()
    if at.tzinfo is None or not case_id or "\x00" in case_id:
        return ()
    return (lies_behind({"received_at": at, "case_id": case_id}, is_before=True),)


def _line(row: CaseIndex, deps: Deps) -> CaseLine:
    title, status = _words(row, deps)
    return CaseLine(
        case_id=row.case_id,
        title=title,
        status=status,
        stage=row.stage,
        deciding=deps.catalogue.zones[ZoneId(row.deciding_zone)],
        received_at=row.received_at,
        due_on=row.due_on,
        is_yours_to_act=row.waits_for == "applicant",
    )


def _words(row: CaseIndex, deps: Deps) -> tuple[Text, Text]:
    """Return the item's title and the stage in words; codes when the item was taken out of the catalogue."""
    try:
        item = deps.catalogue.get_item(ItemId(row.item_id), ZoneId(row.deciding_zone))
    except NotFound:
        return Text(row.item_id, row.item_id), Text(row.stage, row.stage)
    return item.title, deps.catalogue.get_regime(item.regime).stages[row.stage]


def list_licences(party: ApplicantRef, deps: Deps) -> tuple[LicenceLine, ...]:
    """Return a party's licences, newest first, with three questions: index, register, what was told."""
    rows = list(_own(party).exclude(credential_id="").order_by("-received_at", "-case_id")[:MOST_LICENCES])
    states = _read_states([row.credential_id for row in rows])
    told = read_standing([row.case_id for row in rows], ("holder",), deps)
    lines = []
    for row in rows:
        item = deps.catalogue.get_item(ItemId(row.item_id), ZoneId(row.deciding_zone))
        state = states.get(row.credential_id)
        lines.append(
            LicenceLine(
                number=row.credential_id,
                case_id=row.case_id,
                title=item.credential.title,
                zone=deps.catalogue.zones[ZoneId(row.deciding_zone)],
                issued_on=row.decided_on,
                state=state,
                state_words=STATE_WORDS[state] if state else None,
                notice=_say_notice(told.get(row.case_id, ())),
            )
        )
    return tuple(lines)


def _say_notice(told: Sequence[Standing]) -> Text | None:
    """Return the newest notice with its title, or None when there is none."""
    if not told:
        return None
    title, says = told[0].kind.title, told[0].says
    return Text(f"{title.zh}：{says.zh}", f"{title.en}: {says.en}")


def list_licence_cases(party: ApplicantRef) -> list[tuple[CaseId, ItemId]]:
    """Return the cases known here that brought a party a licence, with their items, newest first."""
    rows = _own(party).exclude(credential_id="").order_by("-received_at", "-case_id")[:MOST_LICENCES]
    return [(CaseId(case_id), ItemId(item)) for case_id, item in rows.values_list("case_id", "item_id")]


def _read_states(numbers: Sequence[str]) -> dict[str, LicenceState]:
    rows = Credential.objects.filter(credential_id__in=numbers).values_list("credential_id", "state")
    return {number: LicenceState(state) for number, state in rows}
