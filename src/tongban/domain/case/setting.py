"""What a decision may look at beside the case: never a clock, a table or a net."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.case.events import Actor
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.evidence.exchange import EvidenceKind
from tongban.domain.procedure import Regime
from tongban.kernel.ids import EvidenceKindId, ZoneId
from tongban.kernel.moment import Moment


@dataclass(frozen=True, slots=True)
class Setting:
    """The item, its procedure, the moment and who acts.

    Args:
        item: as implemented in the deciding zone on the day.
        kinds: evidence kinds by id.
        zone: the zone in which this runs.
        zones: every zone of the alliance, for what several are asked.
        calendar: the deciding zone's working days.
    """

    item: ServiceItem
    regime: Regime
    kinds: Mapping[EvidenceKindId, EvidenceKind]
    moment: Moment
    actor: Actor
    zone: ZoneId
    calendar: WorkingCalendar
    zones: tuple[ZoneId, ...] = ()
