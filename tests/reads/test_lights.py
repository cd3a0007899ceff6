"""Which lamps are yellow is composed once a day, and anew on the next day or out of other content."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import CHANGZHOU, TUESDAY, a_network, catalogue, move_clock
from tongban.flows.ports import Deps
from tongban.reads.lights import _KEPT, Limits


def at(days: int = 0, hours: int = 0) -> Deps:
    network = a_network()
    move_clock(network, TUESDAY + timedelta(days=days, hours=hours))
    return network[CHANGZHOU]


def test_a_day_is_composed_once_and_the_next_day_is_another() -> None:
    morning, tomorrow = at(), at(days=1)
    first = Limits(morning).soon()
    assert Limits(at(hours=1)).soon() == first
    changed = Limits(tomorrow).soon()
    assert changed != first
    assert Limits(at()).soon() == first


def test_what_was_kept_is_of_one_catalogue_only() -> None:
    deps = at()
    whole = Limits(deps).soon()
    some = dict(sorted(catalogue().items.items())[: len(catalogue().items) // 2])
    fewer = replace(deps, catalogue=replace(catalogue(), items=some))
    assert Limits(fewer).soon() != whole
    assert Limits(deps).soon() == whole


def test_the_part_that_counts_in_days_is_the_very_same_all_day() -> None:
    Limits(at()).soon()
    kept = _KEPT[CHANGZHOU]
    Limits(at(hours=2)).soon()
    assert _KEPT[CHANGZHOU] is kept
    Limits(at(days=1)).soon()
    assert _KEPT[CHANGZHOU] is not kept
