"""The halls' book: what is wrong in it is told at once, and what it names exists."""

import copy

import pytest

from tests.builders import SUZHOU, catalogue
from tests.domain.hall.test_ticket import BOOK, RAW
from tongban.domain.hall.parse import parse_hall
from tongban.kernel.errors import Refused


def test_no_item_stands_in_two_queues_every_one_exists_and_every_queue_has_a_window() -> None:
    named = [item for one in BOOK.businesses for item in one.items]
    assert set(named) <= {item.id for zone in catalogue().zones for item in catalogue().list_items(zone)}
    assert len(named) == len(set(named))
    for zone in catalogue().zones:
        served = {name for window in BOOK.windows[zone].values() for name in window}
        assert served == {one.id for one in BOOK.businesses}


def test_it_says_that_it_is_made_up() -> None:
    assert BOOK.is_synthetic
    assert SUZHOU in BOOK.windows


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (lambda raw: raw["businesses"][0].update(letter="AA"), "hall.yaml:businesses[0].letter"),
        (lambda raw: raw["businesses"][1].update(letter="A"), "hall.yaml:businesses"),
        (lambda raw: raw["priorities"][0].update(lead_minutes=-1), "hall.yaml:priorities[0].lead_minutes"),
        (lambda raw: raw["hours"][0].update(until="08:00"), "hall.yaml:hours[0]"),
        (lambda raw: raw["hours"][1].update({"from": "11:00"}), "hall.yaml:hours[1]"),
        (lambda raw: raw["slots"].update(minutes=0), "hall.yaml:slots.minutes"),
        (lambda raw: raw["slots"]["capacity"].update(nobody=1), "hall.yaml:slots.capacity.nobody"),
        (
            lambda raw: raw["zones"]["wuxi"]["windows"][0].update(businesses=["nobody"]),
            "hall.yaml:zones.wuxi.windows[0].businesses",
        ),
        (lambda raw: raw["zones"]["wuxi"]["hours"][0].update(until="08:00"), "hall.yaml:zones.wuxi.hours[0]"),
        (
            lambda raw: raw["zones"]["suzhou"].update(capacity={"nobody": 1}),
            "hall.yaml:zones.suzhou.capacity.nobody",
        ),
        (lambda raw: raw["zones"]["suzhou"].update(holidays=[]), "hall.yaml:zones.suzhou.holidays"),
    ],
)
def test_a_mistake_is_named_where_it_stands(change, pointer: str) -> None:
    raw = copy.deepcopy(RAW)
    change(raw)
    with pytest.raises(Refused) as refused:
        parse_hall(raw, "hall.yaml")
    assert pointer in [one.pointer for one in refused.value.problems]
