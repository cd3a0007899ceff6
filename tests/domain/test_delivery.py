"""How the result is wished to be received: what is wrong is told, what is not needed is passed over."""

import pytest

from tests.builders import SUZHOU, ZONES
from tongban.domain.delivery import DeliveryWish, read_wish, say_wish
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

FETCHED = DeliveryWish("pick-up", SUZHOU)


@pytest.mark.parametrize(
    ("raw", "wish"),
    [
        ({}, None),
        ({"receive": "electronic", "receive_address": "演示路1号"}, None),
        ({"receive": "pick-up", "receive_zone": "suzhou", "receive_address": "x"}, FETCHED),
        ({"receive": "post", "receive_zone": "suzhou", "receive_address": " 演示路1号 "},
         DeliveryWish("post", address="演示路1号")),
    ],
)  # fmt: skip
def test_a_wish_is_read_with_what_its_way_needs_and_nothing_else(raw, wish) -> None:
    assert read_wish(raw, ZONES) == (wish, ())


@pytest.mark.parametrize(
    ("raw", "pointer"),
    [
        ({"receive": "pigeon"}, "receive"),
        ({"receive": "pick-up"}, "receive_zone"),
        ({"receive": "pick-up", "receive_zone": "nanjing"}, "receive_zone"),
        ({"receive": "post"}, "receive_address"),
        ({"receive": "post", "receive_address": "x" * 201}, "receive_address"),
        ({"receive": "post", "receive_address": "a\x00b"}, "receive_address"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands_with_the_article(raw, pointer) -> None:
    wish, (problem,) = read_wish(raw, ZONES)
    assert (wish, problem.pointer, problem.source) == (None, pointer, "all-2019#44")
    assert problem.next_step is not None


def test_a_wish_is_said_with_the_zone_or_the_address() -> None:
    assert "苏州高新区" in say_wish(DeliveryWish("pick-up", SUZHOU), Text("苏州高新区", "Suzhou SND")).zh
    assert "nanjing" in say_wish(DeliveryWish("pick-up", ZoneId("nanjing")), None).en
    assert "演示路1号" in say_wish(DeliveryWish("post", address="演示路1号"), None).en
