"""Ask every other zone whether its list of broken promises holds somebody, before a promise is offered."""

from collections.abc import Iterable

from tongban.domain.case.facts import BROKEN_PROMISES
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.evidence.requirement import EVERY_ZONE
from tongban.domain.inquiry import Inquiry, OfferState, PromiseOffer, read_promise_offer
from tongban.flows.ports import Deps
from tongban.kernel.ids import CaseId, ItemId, LawKey, ZoneId

QUESTION, ANSWER = "promise.question", "promise.answer"
GROUND = LawKey("state-council-office-2020-42#broken-promise")
_TOKEN_CHARACTERS = 16


def ask_promise_lists(
    number: str, items: Iterable[ServiceItem], subject: str, deps: Deps, *, anew: bool = False
) -> PromiseOffer:
    """Ask what is not known yet, and return what the lists allow as far as they are known.

    Args:
        number: the case or receipt number that the application will have.
        subject: the applicant's number.
        anew: whether to put a question again that will not be answered; a page that looks again by itself
            must not.

    Causes: a ``promise.question`` to every other zone that was not asked for this number, or whose answer is
        stale. None when no item takes a promise, or when a list is known to hold the party.
    Twice:  nothing; a question that is on its way is not put again.

    Source of law: state-council-office-2020-42#broken-promise, pipl-2021#6.
    """
    takers = _takers(items)
    with deps.unit():
        offer = find_promise_offer(number, takers, subject, deps)
        if not takers or offer.state is not OfferState.WAITING:
            return offer
        names = tuple(item.id for item in takers)
        now, known = deps.clock.now(), {one.zone: one for one in deps.inquiries.list_of(number)}
        for zone in offer.waiting_for:
            before = known.get(zone)
            stands = before is not None and before.is_about(subject, names)
            if (
                before
                and stands
                and (before.is_fresh(now, _max_age_days(deps)) or (before.fault and not anew))
            ):
                continue
            _ask(number, zone, subject, names, deps)
    return offer


def _takers(items: Iterable[ServiceItem]) -> tuple[ServiceItem, ...]:
    """Return the items that take a promise, each once."""
    return tuple({item.id: item for item in items if item.pledges}.values())


def _ask(number: str, zone: ZoneId, subject: str, items: tuple[ItemId, ...], deps: Deps) -> None:
    token = deps.chance.token(_TOKEN_CHARACTERS)
    deps.inquiries.keep(Inquiry(number, zone, token, subject, items, deps.clock.now()))
    body = {"case": number, "items": list(items), "subject": subject, "ground": GROUND, "token": token}
    deps.exchange.post(zone, QUESTION, body, CaseId(number))


def find_promise_offer(number: str, items: Iterable[ServiceItem], subject: str, deps: Deps) -> PromiseOffer:
    """Return what the lists allow, and ask nobody.

    Source of law: state-council-office-2020-42#broken-promise.
    """
    takers = _takers(items)
    if not takers:
        return PromiseOffer(OfferState.OFFERED)
    return read_promise_offer(
        (deps.zone, is_listed_here(subject, deps)),
        [zone for zone in deps.catalogue.zones if zone != deps.zone],
        deps.inquiries.list_of(number),
        (subject, tuple(item.id for item in takers)),
        deps.clock.now(),
        _max_age_days(deps),
    )


def is_listed_here(subject: str, deps: Deps) -> bool:
    """Say whether this zone's own list holds somebody."""
    record = deps.registers.find(BROKEN_PROMISES, subject)
    return record is not None and record.facts.get("is_listed") is True


def _max_age_days(deps: Deps) -> int:
    """Return for how long an answer counts; a list that names no age is asked every day."""
    return deps.catalogue.kinds[BROKEN_PROMISES].max_age_days or 0


def takes_promise(item_id: ItemId, deps: Deps) -> bool:
    """Say whether an item, as some zone implements it, takes a promise and asks every zone's list for it."""
    items = (one for zone in deps.catalogue.zones for one in deps.catalogue.list_items(zone))
    return any(
        one.pledges
        and any(need.kind == BROKEN_PROMISES and need.holder == EVERY_ZONE for need in one.evidence)
        for one in items
        if one.id == item_id
    )
