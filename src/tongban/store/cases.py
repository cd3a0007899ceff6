"""Histories of cases in PostgreSQL: append with an optimistic lock; reads inside a unit see its writes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from tongban.domain.case.events import Recorded
from tongban.domain.case.state import Case, fold
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.store.agenda import put_entries
from tongban.store.case_data import CaseErased, Locksmith, lock_event, unlock_event
from tongban.store.case_index import DueOn, Plan, index_row, plan_nothing
from tongban.store.opinions import put_opinions
from tongban.store.session import OpenUnit, Session
from tongban.store.writes import CASE_EVENTS, CASE_INDEX, CASE_KEYS

_HISTORIES = """
SELECT event.case_id, event.version, event.at, event.zone, event.name, event.data, key.locked
FROM store_caseevent AS event LEFT JOIN store_casekey AS key USING (case_id)
WHERE event.case_id = ANY(%b::text[]) ORDER BY event.case_id, event.version
"""
_KEY = "SELECT locked FROM store_casekey WHERE case_id = %b"
_WAITING = """
SELECT case_id FROM store_caseindex WHERE waits_for = 'machine' AND deciding_zone = %b
ORDER BY received_at, case_id LIMIT %b
"""
_CLAIM = _WAITING + " FOR UPDATE SKIP LOCKED"
_RECEIVED_BEFORE = """
SELECT case_id FROM store_caseindex WHERE stage = 'received' AND deciding_zone = %b AND received_at < %b
ORDER BY received_at, case_id LIMIT %b
"""


_WAKING = """
SELECT case_id FROM store_caseindex WHERE wakes_on IS NOT NULL AND deciding_zone = %b AND wakes_on <= %b
ORDER BY wakes_on, case_id LIMIT %b
"""
_CLOSED = """
SELECT case_id FROM store_caseindex
WHERE deciding_zone = %b AND closed_on <= %b AND item_id = ANY(%b::text[])
ORDER BY closed_on, case_id LIMIT %b
"""
_OF_APPLICANT = """
SELECT case_id FROM store_caseindex
WHERE applicant_id = %b AND deciding_zone = %b AND stage = 'concluded' AND item_id = ANY(%b::text[])
ORDER BY received_at, case_id
"""
_WITH_AUTHORITY = """
SELECT case_id FROM store_caseindex WHERE waits_for = 'authority' AND deciding_zone = %b
ORDER BY received_at, case_id LIMIT %b
"""


class DjangoCases:
    """The port ``Cases``.

    Two writers of the same version meet at the primary key of the events: one of them gets ``Conflict``, at
    the latest at the end of its unit. A case whose key was destroyed raises ``CaseErased``.
    """

    def __init__(
        self,
        session: Session,
        zone: ZoneId,
        locksmith: Locksmith,
        due_on: DueOn,
        plan: Plan = plan_nothing,
    ) -> None:
        self._session, self._zone = session, zone
        self._locksmith, self._due_on, self._plan = locksmith, due_on, plan

    @property
    def zone(self) -> ZoneId:
        """Whose store this is."""
        return self._zone

    def find(self, case_id: CaseId) -> Case | None:
        """Return the case as its history leaves it, or None."""
        unit = self._session.open
        if unit is None:
            history = self.history(case_id)
            return fold(case_id, history) if history else None
        if case_id not in unit.cases and (history := self._load(unit, case_id)):
            unit.cases[case_id] = fold(case_id, history)
        return unit.cases.get(case_id)

    def history(self, case_id: CaseId) -> tuple[Recorded, ...]:
        """Return every event in order; empty when there is none here."""
        unit = self._session.open
        if unit is not None:
            return self._load(unit, case_id)
        histories, _, erased = self._read([case_id])
        _check_not_erased(case_id, erased)
        return histories.get(case_id, ())

    def preload(self, case_ids: Iterable[CaseId]) -> None:
        """Read many histories with one question; outside a unit there is nowhere to keep them."""
        unit = self._session.open
        missing = [each for each in case_ids if unit is not None and each not in unit.histories]
        if unit is None or not missing:
            return
        histories, keys, erased = self._read(missing)
        unit.keys.update(keys)
        unit.histories.update((each, histories.get(each, ())) for each in missing if each not in erased)

    def read_histories(
        self, case_ids: Sequence[CaseId]
    ) -> tuple[Mapping[CaseId, tuple[Recorded, ...]], frozenset[CaseId]]:
        """Return histories, and which of the cases were erased, with one question and outside any unit."""
        histories, _, erased = self._read(case_ids)
        return histories, erased

    def append(self, before: Case, events: Sequence[Recorded], after: Case) -> None:
        """Append events behind ``before.version``.

        Raises:
            Conflict: somebody was first; at once when the unit knows it, else when the unit ends.
            ValueError: the events do not lead from ``before`` to ``after``.
        """
        if after.version != before.version + len(events):
            raise ValueError(f"{before.id}: {len(events)} events do not lead to version {after.version}")
        with self._session.unit() as unit:
            known = self._known(unit, before)
            if len(known) != before.version:
                raise Conflict(f"{before.id}: read at {before.version}, now at {len(known)}")
            key = self._key_of(unit, before)
            for one in events:
                row = (
                    one.case_id,
                    one.version,
                    one.at,
                    one.zone,
                    one.actor.kind,
                    type(one.event).__name__,
                    lock_event(key, one),
                )
                self._session.put(CASE_EVENTS, (one.case_id, one.version), row)
            put_opinions(self._session, after.item_id, events, self._zone, known)
            unit.histories[before.id] = (*known, *events)
            unit.cases[before.id] = unit.touched[before.id] = after
            unit.late["index"] = self._put_index_rows

    def waiting_for_machine(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases decided here that the machine can take further now, oldest first.

        Inside a unit their rows stay locked until it ends, and locked ones are passed over.
        """
        if self._session.open is None:
            rows = self._session.read(_WAITING, [self._zone, limit])
        else:
            self._session.flush()
            rows = self._session.write(_CLAIM, [self._zone, limit])
        return tuple(row[0] for row in rows)

    def received_before(self, at: datetime, limit: int) -> tuple[CaseId, ...]:
        """Return unanswered applications received before an instant, oldest first."""
        self._session.flush()
        return tuple(row[0] for row in self._session.read(_RECEIVED_BEFORE, [self._zone, at, limit]))

    def waking_by(self, on: date, limit: int) -> tuple[CaseId, ...]:
        """Return cases on which time acts on or before a day, the longest due first."""
        self._session.flush()
        return tuple(row[0] for row in self._session.read(_WAKING, [self._zone, on, limit]))

    def of_applicant(self, applicant_id: str, item_ids: Sequence[ItemId]) -> tuple[CaseId, ...]:
        """Return the concluded cases of some items that were decided here for an applicant, oldest first."""
        self._session.flush()
        rows = self._session.read(_OF_APPLICANT, [applicant_id, self._zone, list(item_ids)])
        return tuple(row[0] for row in rows)

    def closed_by(self, on: date, item_ids: Sequence[ItemId], limit: int) -> tuple[CaseId, ...]:
        """Return cases with nothing left to do and no event since a day, the longest first."""
        self._session.flush()
        rows = self._session.read(_CLOSED, [self._zone, on, list(item_ids), limit])
        return tuple(row[0] for row in rows)

    def waiting_for_authority(self, limit: int) -> tuple[CaseId, ...]:
        """Return cases that lie with another authority, oldest first."""
        self._session.flush()
        return tuple(row[0] for row in self._session.read(_WITH_AUTHORITY, [self._zone, limit]))

    def key_of(self, case_id: CaseId) -> bytes:
        """Return the key of a case that is here; raises CaseErased when there is none (any more)."""
        unit = self._session.open
        if unit is not None and case_id in unit.keys:
            return unit.keys[case_id]
        rows = self._session.read(_KEY, [case_id])
        if not rows:
            raise CaseErased(case_id)
        return self._locksmith.open(case_id, rows[0][0])

    def _known(self, unit: OpenUnit, before: Case) -> tuple[Recorded, ...]:
        """What the unit holds of the history; a new case is not looked up, its key would collide."""
        if before.version == 0:
            return unit.histories.get(before.id, ())
        return self._load(unit, before.id)

    def _key_of(self, unit: OpenUnit, before: Case) -> bytes:
        if before.version == 0 and before.id not in unit.keys:
            key, locked = self._locksmith.create(before.id)
            self._session.put(CASE_KEYS, before.id, (before.id, locked))
            unit.keys[before.id] = key
        return unit.keys[before.id]

    def _put_index_rows(self) -> None:
        unit = self._session.open
        if unit is None:
            return
        for case_id, case in unit.touched.items():
            updated_at = unit.histories[case_id][-1].at
            planned = self._plan(case)
            self._session.put(CASE_INDEX, case_id, index_row(case, updated_at, self._due_on, planned))
            is_new = self._session.gathered(CASE_EVENTS, (case_id, 1)) is not None
            put_entries(self._session, case, planned, is_new=is_new)
        unit.touched.clear()

    def _load(self, unit: OpenUnit, case_id: CaseId) -> tuple[Recorded, ...]:
        if case_id not in unit.histories:
            histories, keys, erased = self._read([case_id])
            _check_not_erased(case_id, erased)
            unit.keys.update(keys)
            unit.histories[case_id] = histories.get(case_id, ())
        return unit.histories[case_id]

    def _read(
        self, case_ids: Sequence[CaseId]
    ) -> tuple[Mapping[CaseId, tuple[Recorded, ...]], Mapping[CaseId, bytes], frozenset[CaseId]]:
        """Return histories, keys, and which of the cases were erased, with one question."""
        keys: dict[CaseId, bytes] = {}
        erased: set[CaseId] = set()
        histories: dict[CaseId, list[Recorded]] = {}
        for case_id, version, at, zone, name, data, locked in self._session.read(
            _HISTORIES, [list(case_ids)]
        ):
            if locked is None:
                erased.add(case_id)
                continue
            key = keys.get(case_id)
            if key is None:
                key = keys[case_id] = self._locksmith.open(case_id, locked)
            recorded = unlock_event(key, case_id, version, at, zone, name, data)
            histories.setdefault(case_id, []).append(recorded)
        return {each: tuple(all_) for each, all_ in histories.items()}, keys, frozenset(erased)


def _check_not_erased(case_id: CaseId, erased: frozenset[CaseId]) -> None:
    if case_id in erased:
        raise CaseErased(case_id)
