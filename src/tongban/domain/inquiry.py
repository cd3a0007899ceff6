"""Asking other zones' lists of broken promises before a promise is offered, and what the answers allow."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.moment import civil_date


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One zone was asked about one party, for one application that is not handed in yet.

    Args:
        number: the case number, or the receipt's number, that the application will have.
        token: drawn for this question; the answer names it, so that none is taken for another.
        subject: the party's number.
        items: the items whose promises it is about; with the number, the purpose of the question.
        answered_at: None while the zone has not answered.
        is_listed: the answer; None while there is none.
        fault: why there will be no answer, or empty.
    """

    number: str
    zone: ZoneId
    token: str
    subject: str
    items: tuple[ItemId, ...]
    asked_at: datetime
    answered_at: datetime | None = None
    is_listed: bool | None = None
    fault: str = ""

    def is_about(self, subject: str, items: Iterable[ItemId]) -> bool:
        """Say whether it asked for this party and these items."""
        return self.subject == subject and set(items) <= set(self.items)

    def is_fresh(self, now: datetime, max_age_days: int) -> bool:
        """Say whether it need not be asked again: answered lately, or still on its way."""
        if self.fault:
            return False
        if self.answered_at is None:
            return True
        return civil_date(now) - civil_date(self.answered_at) <= timedelta(days=max_age_days)


class OfferState(StrEnum):
    """Whether a promise may be offered."""

    OFFERED = "offered"
    """No zone's list holds the party."""
    WAITING = "waiting"
    """A zone has not answered yet."""
    LISTED = "listed"
    """A zone's list holds the party."""


@dataclass(frozen=True, slots=True)
class PromiseOffer:
    """What the lists allow.

    Args:
        listed_in: zones whose lists hold the party.
        waiting_for: zones without an answer, in order.
    """

    state: OfferState
    listed_in: tuple[ZoneId, ...] = ()
    waiting_for: tuple[ZoneId, ...] = ()


def read_promise_offer(
    own: tuple[ZoneId, bool],
    others: Collection[ZoneId],
    inquiries: Iterable[Inquiry],
    purpose: tuple[str, tuple[ItemId, ...]],
    now: datetime,
    max_age_days: int,
) -> PromiseOffer:
    """Return whether a promise may be offered; only a fresh no of every zone allows it.

    Args:
        own: this zone, and whether its own list holds the party.
        purpose: the party's number, and the items.

    Source of law: state-council-office-2020-42#broken-promise.
    """
    told = {
        one.zone: one.is_listed
        for one in inquiries
        if one.answered_at is not None and one.is_about(*purpose) and one.is_fresh(now, max_age_days)
    }
    zone, is_listed_here = own
    told[zone] = is_listed_here
    listed = tuple(sorted(one for one, is_listed in told.items() if is_listed))
    if listed:
        return PromiseOffer(OfferState.LISTED, listed_in=listed)
    waiting = tuple(sorted(one for one in others if told.get(one) is not False))
    return PromiseOffer(OfferState.WAITING if waiting else OfferState.OFFERED, waiting_for=waiting)
