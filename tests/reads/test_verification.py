"""What a code says is split into number and hash, however it was typed, scanned or pasted."""

import pytest

from tests.builders import WUXI, catalogue
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.reads.verification import claim_words, split_code

NUMBER = "1.2.156.3005.2.11320411MB00000013T020.11320411MB00000013.20260000001.001.P"


@pytest.mark.parametrize(
    "written",
    [
        f"https://cz.example/v/{NUMBER}.16ed7a32923b2c3d",
        f"https://cz.example/v/{NUMBER}.16ed7a32923b2c3d/?lang=en",
        f"/v/{NUMBER}.16ed7a32923b2c3d",
        f" {NUMBER}.16ed7a32923b2c3d ",
    ],
)
def test_a_number_with_a_hash_is_split(written):
    assert split_code(written) == (NUMBER, "16ed7a32923b2c3d")


@pytest.mark.parametrize("written", [NUMBER, f" {NUMBER}", f"{NUMBER}.", NUMBER.lower()])
def test_a_number_alone_has_no_hash(written):
    assert split_code(written)[1] == ""


@pytest.mark.parametrize("written", ["", "/", "...", "😀", "https://evil.invalid/v/"])
def test_rubbish_is_no_hash(written):
    assert split_code(written)[1] == ""


def test_an_amount_is_read_in_yuan():
    item = catalogue().get_item(ItemId("housing-fund-proof"), WUXI)
    fact = "evidence.housing-fund-account.balance_fen"
    assert claim_words(8_600_000, fact, item) == (Text("86,000 元", "CNY 86,000"),)
