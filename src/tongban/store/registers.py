"""The zone's own registers in PostgreSQL."""

import json
from collections.abc import Iterable, Sequence

from tongban.domain.case.plain import from_plain, to_plain
from tongban.domain.evidence.exchange import UNSEEN, DatedChange, HeldRecord, Trust
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.text import Text
from tongban.store.session import Session
from tongban.store.writes import LOADED_RECORDS, RECORDS

_FIND = """
SELECT kind, subject, facts::text, as_of, authority_zh, authority_en, trust,
    cause, later::text, attested_as, abs(revision)
FROM store_heldrecord
JOIN unnest(%b::text[], %b::text[]) AS wanted(kind, subject) USING (kind, subject)
"""

Wanted = tuple[EvidenceKindId, str]


class DjangoRegisters:
    """The port ``Registers``; what a unit has looked up, or missed, is not looked up again in it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, kind: EvidenceKindId, subject: str) -> HeldRecord | None:
        """Return the record, or None when nothing is held."""
        unit = self._session.open
        if unit is None:
            return next(iter(self._read([(kind, subject)])), None)
        if (kind, subject) not in unit.records:
            self.preload([(kind, subject)])
        return unit.records[(kind, subject)]

    def preload(self, wanted: Iterable[Wanted]) -> None:
        """Read many records with one question; outside a unit there is nowhere to keep them."""
        unit = self._session.open
        missing = [each for each in wanted if unit is not None and each not in unit.records]
        if unit is None or not missing:
            return
        unit.records.update(dict.fromkeys(missing))
        unit.records.update(((record.kind, record.subject), record) for record in self._read(missing))

    def keep(self, *records: HeldRecord) -> None:
        """Put records into the register; one of the same kind and subject is replaced."""
        with self._session.unit() as unit:
            for record in records:
                key = (record.kind, record.subject)
                gathered = self._session.gathered(RECORDS, key)
                if gathered is not None:
                    revision = gathered[-1]
                else:
                    revision = UNSEEN if record.revision < 0 or key in unit.kept else record.revision + 1
                self._session.put(RECORDS, key, (*_to_row(record), revision))
                unit.records[key] = record
                unit.kept.add(key)

    def load(self, *records: HeldRecord) -> None:
        """Put in what comes from outside; a row that a case has written meanwhile stays as it is."""
        with self._session.unit() as unit:
            for record in records:
                key = (record.kind, record.subject)
                self._session.put(LOADED_RECORDS, key, (*_to_row(record), 1))
                unit.records.pop(key, None)

    def _read(self, wanted: Sequence[Wanted]) -> list[HeldRecord]:
        kinds, subjects = zip(*wanted, strict=True)
        return [
            HeldRecord(
                kind,
                subject,
                from_plain(json.loads(facts)),
                as_of,
                Text(zh, en),
                Trust(trust),
                cause,
                tuple(DatedChange(one["after_on"], one["facts"]) for one in from_plain(json.loads(later))),
                attested_as,
                revision,
            )
            for kind, subject, facts, as_of, zh, en, trust, cause, later, attested_as, revision in (
                self._session.read(_FIND, [list(kinds), list(subjects)])
            )
        ]


def _to_row(record: HeldRecord) -> tuple[object, ...]:
    return (
        record.kind,
        record.subject,
        json.dumps(to_plain(record.facts), ensure_ascii=False),
        record.as_of,
        record.authority.zh,
        record.authority.en,
        record.trust.value,
        record.cause,
        json.dumps(to_plain(record.later)) if record.later else "[]",
        record.attested_as,
    )
