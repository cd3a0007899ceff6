"""A promise holds for the very text that was signed, in both languages, and for no other."""

from dataclasses import replace

import pytest

from tests.builders import SUZHOU, catalogue
from tongban.domain.pledge import Pledge, SignedPledge, is_valid, signed_among
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text

ITEM = catalogue().get_item(ItemId("hairdresser-hygiene-permit"), SUZHOU)
PLEDGE = ITEM.pledges[0]


def signed(pledge: Pledge = PLEDGE, by: str = "夏知禾（示例）") -> SignedPledge:
    return SignedPledge(pledge.id, pledge.version, pledge.text_hash, by)


def test_a_signature_under_the_text_in_force_holds() -> None:
    assert is_valid(signed(), ITEM.pledges)


@pytest.mark.parametrize(
    "change",
    [
        {"text": (*PLEDGE.text, Text("再加一条。", "One more."))},
        {"text": tuple(Text(one.zh, one.en + "!") for one in PLEDGE.text)},
        {"consequence": Text("没有后果。", "Nothing follows.")},
        {"version": PLEDGE.version + 1},
    ],
)
def test_any_other_text_is_another_promise(change: dict[str, object]) -> None:
    other = replace(PLEDGE, **change)  # type: ignore[arg-type]
    assert other.text_hash != PLEDGE.text_hash
    assert not is_valid(signed(), (other,))


@pytest.mark.parametrize("name", ["", "   ", "\t"])
def test_a_promise_without_a_name_is_none(name: str) -> None:
    assert not is_valid(signed(by=name), ITEM.pledges)


def test_only_valid_signatures_count_in_the_items_order() -> None:
    second = ITEM.pledges[1]
    both = {second.id: signed(second), PLEDGE.id: signed()}
    assert signed_among(both, ITEM.pledges) == ITEM.pledges
    assert signed_among({**both, PLEDGE.id: signed(by="")}, ITEM.pledges) == (second,)
