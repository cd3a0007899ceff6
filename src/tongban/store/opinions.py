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
    drafted, is_approved = _find_drafter(before), False
    for one in events:
        drafted = one.actor if isinstance(one.event, ApprovalRequested) else drafted
        is_approved = is_approved or isinstance(one.event, DecisionApproved)
        match one.event:
            case Granted(review=MachineReview() as review) | GrantRefused(review=MachineReview() as review):
                if one.zone == zone:
                    differs = review.differs
                    who = drafted if is_approved and drafted is not None else one.actor
                    row = (
                        *(one.case_id, item_id, isinstance(one.event, Granted), review.agrees),
                        *(differs.zh if differs else "", differs.en if differs else ""),
                        *(who.name, one.at),
                    )
                    session.put(MACHINE_OPINIONS, one.case_id, row)


def _find_drafter(history: Sequence[Recorded]) -> Actor | None:
    """Return who put the last draft before the head; None where there was none."""
    return next((one.actor for one in reversed(history) if isinstance(one.event, ApprovalRequested)), None)
