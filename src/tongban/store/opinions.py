"""What people said of the machine's findings, a row for each decision: counted, never the truth."""

from collections.abc import Iterable, Sequence

from tongban.domain.case.events import Actor, Granted, GrantRefused, Recorded
from tongban.domain.case.examining import ApprovalRequested, DecisionApproved
from tongban.domain.case.review import MachineReview
from tongban.kernel.ids import ItemId, ZoneId
from tongban.store.session import Session
from tongban.store.writes import Write

MACHINE_OPINIONS = Write(
    "machine_opinions",
    "INSERT INTO store_machineopinion ({names}) SELECT {names} FROM {rows} "
    "ON CONFLICT (case_id) DO NOTHING RETURNING 1",
    (
        *(("case_id", "text"), ("item_id", "text"), ("granted", "boolean"), ("agrees", "boolean")),
        *(("differs_zh", "text"), ("differs_en", "text"), ("actor_name", "text"), ("at", "timestamptz")),
    ),
)


def put_opinions(
    session: Session,
    item_id: ItemId,
    events: Iterable[Recorded],
    zone: ZoneId,
    before: Sequence[Recorded] = (),
) -> None:
    """Keep what whoever decided here said of the findings, with the events themselves.

    A copy of another zone's case says nothing here, and neither does a decision that no findings stood
    before. Where a head approved a draft, the opinion is that of the officer who drafted it.

    Args:
        before: what the history held before these events.
    """
    told = tuple(events)
    for one in told:
        match one.event:
            case Granted(review=MachineReview() as review) | GrantRefused(review=MachineReview() as review):
                if one.zone == zone:
                    differs = review.differs
                    row = (
                        *(one.case_id, item_id, isinstance(one.event, Granted), review.agrees),
                        *(differs.zh if differs else "", differs.en if differs else ""),
                        *(_find_whose(one, (*before, *told)).name, one.at),
                    )
                    session.put(MACHINE_OPINIONS, one.case_id, row)


def _find_whose(decision: Recorded, history: Sequence[Recorded]) -> Actor:
    """Return who looked at the findings: whoever decided, or whoever drafted what a head then approved."""
    behind = [one for one in reversed(history) if one.version < decision.version]
    if not behind or not isinstance(behind[0].event, DecisionApproved):
        return decision.actor
    drafts = (one.actor for one in behind if isinstance(one.event, ApprovalRequested))
    return next(drafts, decision.actor)
