"""Who writes the records of a zone: one registrar for all its registers."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from tongban.domain.evidence.exchange import HeldRecord
from tongban.fiction.words import Place, Words
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.moment import CHINA_STANDARD_TIME


class Registrar:
    """Writes records of one zone, all as of the morning of one day."""

    def __init__(self, place: Place, words: Words, today: date) -> None:
        self.place, self.words, self.today = place, words, today
        self.as_of = datetime.combine(today, time(0), CHINA_STANDARD_TIME).astimezone(UTC)

    def record(self, kind: EvidenceKindId, subject: str, facts: Mapping[str, object]) -> HeldRecord:
        """Return a record of the register that holds this kind here."""
        authority = self.words.register_authority(self.place, kind)
        return HeldRecord(kind, subject, facts, self.as_of, authority)
