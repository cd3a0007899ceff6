"""Which promises a form offers: none before every zone has said that its list does not hold the applicant."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.inquiry import OfferState, PromiseOffer
from tongban.domain.pledge import Pledge
from tongban.flows.ask_promise_lists import ask_promise_lists, find_promise_offer
from tongban.flows.ports import Deps
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class MemberPledge:
    """A promise, and the member of a bundle that takes it; no member when an item is asked for alone."""

    pledge: Pledge
    member: str = ""
    title: Text | None = None

    @property
    def key(self) -> str:
        """A name for its fields, unique on the page."""
        return f"{self.member}-{self.pledge.id}" if self.member else self.pledge.id


@dataclass(frozen=True, slots=True)
class OfferedPledges:
    """What a form offers now, and why not when it does not.

    Args:
        pledges: what may be signed now; empty while the state is not ``offered``.
        withheld: what would be offered otherwise.
        listed_in, waiting_for: zones, by their short names.
    """

    state: OfferState
    pledges: tuple[MemberPledge, ...]
    withheld: tuple[MemberPledge, ...] = ()
    listed_in: tuple[Text, ...] = ()
    waiting_for: tuple[Text, ...] = ()

    @property
    def is_waiting(self) -> bool:
        """Whether a zone has not answered yet."""
        return bool(self.withheld) and self.state is OfferState.WAITING

    @property
    def is_listed(self) -> bool:
        """Whether a zone's list holds the applicant."""
        return bool(self.withheld) and self.state is OfferState.LISTED


def read_offered_pledges(
    number: str, items: Mapping[str, ServiceItem], subject: str, deps: Deps
) -> OfferedPledges:
    """Return what a form offers to an applicant, as far as the zones' answers are here.

    Args:
        number: the case or receipt number that the application will have.
        items: by member of a bundle; an item alone stands under an empty name.

    Source of law: state-council-office-2020-42#broken-promise.
    """
    return _read(find_promise_offer, number, items, subject, deps)


def ask_offered_pledges(
    number: str, items: Mapping[str, ServiceItem], subject: str, deps: Deps, *, anew: bool = False
) -> OfferedPledges:
    """Do the same, and first ask the zones whose answer is neither here nor on its way.

    ``anew`` asks those again whose answer will not come.
    """
    return _read(partial(ask_promise_lists, anew=anew), number, items, subject, deps)


def _read(
    look: Callable[..., PromiseOffer],
    number: str,
    items: Mapping[str, ServiceItem],
    subject: str,
    deps: Deps,
) -> OfferedPledges:
    pledges = tuple(
        MemberPledge(pledge, member, item.title if member else None)
        for member, item in items.items()
        for pledge in item.pledges
    )
    offer = look(number, items.values(), subject, deps)
    zones = deps.catalogue.zones
    is_offered = offer.state is OfferState.OFFERED
    return OfferedPledges(
        state=offer.state,
        pledges=pledges if is_offered else (),
        withheld=() if is_offered else pledges,
        listed_in=tuple(zones[zone].short_name for zone in offer.listed_in),
        waiting_for=tuple(zones[zone].short_name for zone in offer.waiting_for),
    )
