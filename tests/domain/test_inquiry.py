"""When a promise may be offered: only when every zone has freshly said no."""

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI
from tongban.domain.inquiry import Inquiry, OfferState, PromiseOffer, read_promise_offer
from tongban.kernel.ids import ItemId, ZoneId

NUMBER, PARTY = "SZ260303-PROMISE1", "92320505YY9900014X"
ITEM = (ItemId("hairdresser-hygiene-permit"),)
SAID = {None: None, "yes": True, "no": False}


def asked(zone: ZoneId, said: bool | None, **changes: object) -> Inquiry:
    known: dict[str, object] = {
        "number": NUMBER, "zone": zone, "token": "T", "subject": PARTY, "items": ITEM, "asked_at": TUESDAY,
        "answered_at": None if said is None else TUESDAY, "is_listed": said,
    }  # fmt: skip
    return Inquiry(**{**known, **changes})  # type: ignore[arg-type]


def offer(*inquiries: Inquiry, own: bool = False, days_later: int = 0) -> PromiseOffer:
    now = TUESDAY + timedelta(days=days_later)
    return read_promise_offer((SUZHOU, own), (WUXI, CHANGZHOU), inquiries, (PARTY, ITEM), now, 1)


@given(st.fixed_dictionaries({zone: st.sampled_from(sorted(SAID, key=str)) for zone in (WUXI, CHANGZHOU)}),
       st.booleans())  # fmt: skip
def test_it_is_offered_exactly_when_every_zone_said_no(said: Mapping[ZoneId, str | None], own: bool) -> None:
    found = offer(*(asked(zone, SAID[word]) for zone, word in said.items()), own=own)
    words = [*said.values(), "yes" if own else "no"]
    assert (found.state is OfferState.OFFERED) == (set(words) == {"no"})
    assert (found.state is OfferState.LISTED) == ("yes" in words)


def test_a_zone_that_was_not_asked_keeps_it_back() -> None:
    assert offer(asked(WUXI, False)) == PromiseOffer(OfferState.WAITING, waiting_for=(CHANGZHOU,))


def test_an_answer_about_somebody_else_or_for_another_item_does_not_count() -> None:
    for change in ({"subject": "91320505YY9901017H"}, {"items": (ItemId("another"),)}):
        found = offer(asked(WUXI, False), asked(CHANGZHOU, False, **change))
        assert found.waiting_for == (CHANGZHOU,)


def test_an_answer_counts_as_long_as_the_list_says() -> None:
    both = (asked(WUXI, False), asked(CHANGZHOU, False))
    assert offer(*both, days_later=1).state is OfferState.OFFERED
    assert offer(*both, days_later=2).waiting_for == (CHANGZHOU, WUXI)
