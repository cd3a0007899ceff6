"""What this zone sent to others for cases of theirs, and what came of it: corrections and pick-ups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongban.domain.catalogue.zone import Zone
from tongban.flows.acts_under_way import ACT_WORDS
from tongban.flows.ports import Deps, Outgoing
from tongban.kernel.ids import CaseId
from tongban.kernel.text import Text
from tongban.reads import case_words as w

PAGE_ROWS = 20


@dataclass(frozen=True, slots=True)
class SentAct:
    """An act for a case of another zone.

    Args:
        state: ``waiting``, ``carried-out`` or ``refused``.
        why: why it was refused, or is not delivered yet; None otherwise.
        next_step: what to do after a refusal.
    """

    case_id: CaseId
    what: Text
    to_zone: Zone
    sent_at: datetime
    state: str
    why: Text | None
    next_step: Text | None


def list_sent_elsewhere(deps: Deps, limit: int = PAGE_ROWS) -> tuple[SentAct, ...]:
    """Return what this zone sent for cases that are not here, the newest first."""
    return tuple(_line(one, deps) for one in deps.exchange.acts_elsewhere(limit))


def list_sent_of(numbers: Sequence[CaseId], deps: Deps) -> tuple[SentAct, ...]:
    """Return what was last sent for each of a few cases, one question a case."""
    found = (deps.exchange.outgoing(number) for number in numbers)
    acts = ([one for one in messages if one.act] for messages in found)
    return tuple(_line(each[-1], deps) for each in acts if each)


def _line(one: Outgoing, deps: Deps) -> SentAct:
    state = "carried-out" if one.delivered_at else "refused" if one.given_up_at else "waiting"
    why = w.why_refused(one.last_fault) if one.last_fault in w.WHY_REFUSED or state == "refused" else None
    return SentAct(
        case_id=one.case_id,
        what=ACT_WORDS.get(one.act, _WORDS.get(one.act, w.as_is(one.act))),
        to_zone=deps.catalogue.zones[one.to_zone],
        sent_at=one.queued_at,
        state=state,
        why=None if state == "carried-out" else why,
        next_step=_AFTER if state == "refused" else None,
    )


_WORDS = {"deliver": Text("代交付证照", "the hand-over of the licence")}
_AFTER = Text(
    "没有生效，办件照原样。请与来人核对编号、号码和补正通知书上的期限，需要时再送一次。",
    "Nothing was changed. Compare the number, the document and the deadline of the notice with the client, "
    "and send it again if it is still open.",
)
