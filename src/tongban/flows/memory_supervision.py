"""The port ``Supervision`` in memory, over the histories, the agenda and the messages of the same shelf."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from tongban.domain.case.events import CorrectionRequested, DocumentSealed, Granted, Recorded
from tongban.domain.supervision.alert import AlertHandling, Sighting, SupervisionAlert, fold_handlings
from tongban.domain.supervision.book import AGENDA, CORRECTIONS, REFUSALS, SEALING, SupervisionRule
from tongban.flows.memory_agenda import AgendaShelf
from tongban.flows.memory_seals import SealShelf
from tongban.flows.ports import Outgoing
from tongban.kernel.errors import Conflict
from tongban.kernel.ids import CaseId, ZoneId
from tongban.kernel.moment import civil_date


@dataclass
class SupervisionShelf:
    """Alerts in the order in which they were raised, and until when each rule was looked after."""

    alerts: tuple[SupervisionAlert, ...] = ()
    marks: dict[str, datetime] = field(default_factory=dict)

    def __copy__(self) -> "SupervisionShelf":
        return SupervisionShelf(self.alerts, dict(self.marks))


class HasSupervision(Protocol):
    """The parts of a zone's shelf that supervision looks at."""

    supervision: SupervisionShelf
    agenda: AgendaShelf
    seals: SealShelf
    histories: dict[CaseId, tuple[Recorded, ...]]
    messages: list[tuple[Outgoing, dict[str, object], int]]


class MemorySupervision:
    """Looks at everything each time."""

    def __init__(self, shelf: HasSupervision, zone: ZoneId) -> None:
        self._shelf, self._zone = shelf, zone

    def find_sightings(
        self, rule: SupervisionRule, since: datetime | None, until: datetime, limit: int
    ) -> tuple[Sighting, ...]:
        """Return what a rule looks for and has no alert yet."""
        known = {alert.name for alert in self._shelf.supervision.alerts}
        look = {
            AGENDA: self._fired,
            CORRECTIONS: self._corrections,
            REFUSALS: self._refused,
            SEALING: self._unsealed,
        }
        seen = [
            one
            for one in look.get(rule.watches, self._unanswered)(rule)
            if (since is None or one.seen_at >= since)
            and one.seen_at <= until
            and (rule.id, one.case_id, one.cause_on) not in known
        ]
        return tuple(sorted(seen, key=lambda one: (one.seen_at, one.case_id, one.cause))[:limit])

    def keep(self, alerts: Sequence[SupervisionAlert]) -> int:
        """Keep alerts, each name once."""
        kept = self._shelf.supervision.alerts
        known = {alert.name for alert in kept}
        new = [alert for alert in alerts if alert.name not in known]
        numbered = tuple(replace(alert, number=len(kept) + n) for n, alert in enumerate(new, start=1))
        self._put((*kept, *numbered))
        return len(new)

    def find(self, number: int) -> SupervisionAlert | None:
        """Return an alert, or None."""
        return next((one for one in self._shelf.supervision.alerts if one.number == number), None)

    def answer(self, before: SupervisionAlert, handling: AlertHandling) -> None:
        """Add an answer."""
        now = self.find(before.number)
        if now is None or len(now.handlings) != len(before.handlings):
            raise Conflict(f"alert {before.number}")
        after = fold_handlings(now, [handling])
        self._put(tuple(after if one is now else one for one in self._shelf.supervision.alerts))

    def find_mark(self, rule: str) -> datetime | None:
        """Return until when a rule was looked after."""
        return self._shelf.supervision.marks.get(rule)

    def set_mark(self, rule: str, upto: datetime) -> None:
        """Keep until when."""
        marks = self._shelf.supervision.marks
        later = max(upto, marks.get(rule, upto))
        self._shelf.supervision = SupervisionShelf(self._shelf.supervision.alerts, {**marks, rule: later})

    def _put(self, alerts: tuple[SupervisionAlert, ...]) -> None:
        self._shelf.supervision = SupervisionShelf(alerts, self._shelf.supervision.marks)

    def _fired(self, rule: SupervisionRule) -> Iterator[Sighting]:
        for one in self._shelf.agenda.fired.values():
            if one.line.kind in rule.kinds and one.tells:
                yield Sighting(one.line.case_id, one.line.kind, one.line.fires_on, one.fired_at)

    def _corrections(self, rule: SupervisionRule) -> Iterator[Sighting]:
        for case_id, history in self._shelf.histories.items():
            asked = [one for one in history if isinstance(one.event, CorrectionRequested)]
            for one in asked[rule.times - 1 :]:
                if one.zone == self._zone:
                    yield Sighting(case_id, str(one.version), civil_date(one.at), one.at)

    def _unsealed(self, rule: SupervisionRule) -> Iterator[Sighting]:
        for case_id, history in self._shelf.histories.items():
            sealed = [one for one in history if isinstance(one.event, DocumentSealed)]
            for one in history:
                until = one.at + rule.patience
                is_in_time = any(each.version > one.version and each.at <= until for each in sealed)
                if isinstance(one.event, Granted) and one.zone == self._zone and not is_in_time:
                    yield Sighting(case_id, str(one.version), civil_date(until), until)

    def _refused(self, rule: SupervisionRule) -> Iterator[Sighting]:
        for one in self._shelf.seals.refusals:
            kind = one.code.removeprefix("seal.")
            if kind in rule.kinds:
                yield Sighting(one.case_id, kind, civil_date(one.first_at), one.first_at)

    def _unanswered(self, rule: SupervisionRule) -> Iterator[Sighting]:
        for message, _, _ in self._shelf.messages:
            until = message.queued_at + rule.patience
            if message.delivered_at is None or message.delivered_at > until:
                yield Sighting(message.case_id, message.message_id, civil_date(until), until)
