"""What a bundle costs: the sum of its members, each with the article that lays the fee down."""

from dataclasses import replace

from tests.builders import SUZHOU, a_network, catalogue
from tongban.kernel.ids import ItemId, LawKey
from tongban.kernel.text import Text
from tongban.reads.fees import read_fees

TITLES = {"food": Text("食品", "Food"), "smoke": Text("烟草", "Tobacco"), "sign": Text("招牌", "Signboard")}
SOURCE = LawKey("business-environment-2019#36.2")
"""Any article: no item of the house costs anything, so the fees here are made up."""


def items(food_fen: int, tobacco_fen: int) -> dict[str, object]:
    house = catalogue()
    return {
        "food": replace(
            house.get_item(ItemId("prepackaged-food-filing"), SUZHOU), fee_fen=food_fen, fee_source=SOURCE
        ),
        "smoke": replace(
            house.get_item(ItemId("tobacco-retail-licence"), SUZHOU), fee_fen=tobacco_fen, fee_source=SOURCE
        ),
    }


def test_the_members_fees_are_added_up_and_each_names_its_article() -> None:
    fees = read_fees(items(1_050, 20_000), TITLES, ["sign"], a_network()[SUZHOU])
    assert fees.total_fen == 21_050
    assert [(title.en, fee.fen, fee.source) for title, fee in fees.paid] == [
        ("Food", 1_050, SOURCE),
        ("Tobacco", 20_000, SOURCE),
    ]
    assert (fees.free_sources, fees.without_source) == ((), ())
    assert fees.elsewhere == (TITLES["sign"],)


def test_what_is_free_is_told_apart_from_what_costs_something() -> None:
    fees = read_fees(items(0, 20_000), TITLES, [], a_network()[SUZHOU])
    assert fees.total_fen == 20_000
    assert [title.en for title, _ in fees.paid] == ["Tobacco"]
    assert [title.en for title, fee in fees.lines if not fee.fen] == ["Food"]
