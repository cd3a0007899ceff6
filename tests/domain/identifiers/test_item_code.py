"""Item codes: five in live use, the parts they are made of, and local codes left alone."""

import pytest

from tongban.domain.identifiers.item_code import (
    BasicItemCode,
    HandlingItemCode,
    ImplementingItemCode,
    LocalItemCode,
    check_item_code,
    compose_item_code,
    parse_item_code,
)
from tongban.domain.identifiers.uscc import parse_uscc
from tongban.kernel.errors import Refused

IN_LIVE_USE = [
    ("11370800MB285591843370117002011", "3", BasicItemCode("37", "01", "17", "002", "011"), ""),
    ("11370883MB2857374H4370114011007", "4", BasicItemCode("37", "01", "14", "011", "007"), ""),
    ("11370883MB2857374H4370115041000", "4", BasicItemCode("37", "01", "15", "041", "000"), ""),
    ("11370800MB285591847370117036000", "7", BasicItemCode("37", "01", "17", "036", "000"), ""),
    ("11370800MB28559184337011800900413", "3", BasicItemCode("37", "01", "18", "009", "004"), "13"),
]


def codes(text: str) -> list[str]:
    return [problem.code for problem in check_item_code(text, "item.code")]


@pytest.mark.parametrize(("text", "level", "basic", "number"), IN_LIVE_USE)
def test_codes_in_live_use_are_taken_apart(text: str, level: str, basic: BasicItemCode, number: str) -> None:
    code = parse_item_code(text)
    match code:
        case HandlingItemCode(ImplementingItemCode(authority, found_level, found_basic), found_number):
            assert found_number == number
        case ImplementingItemCode(authority, found_level, found_basic):
            assert number == ""
        case _:
            pytest.fail(f"taken for {code!r}")
    assert (authority.text, found_level, found_basic) == (text[:18], level, basic)
    assert code.text == text
    assert compose_item_code(authority, level, basic, number) == code


def test_twelve_digits_are_a_basic_code() -> None:
    code = parse_item_code("370117002011")
    assert code == BasicItemCode("37", "01", "17", "002", "011")
    assert not code.is_synthetic


def test_a_made_up_code_shows_it() -> None:
    code = parse_item_code("320199001000")
    assert isinstance(code, BasicItemCode)
    assert code.is_synthetic


@pytest.mark.parametrize(
    "text",
    ["511A0138000000-511602000000-000-00-1-00", "XB-2026/14", "37011700201", "37011700201a", "abcDEF"],
)
def test_local_codes_stay_as_they_are_written(text: str) -> None:
    assert parse_item_code(text) == LocalItemCode(text)


def test_full_width_and_small_letters_are_understood_in_national_codes() -> None:
    assert parse_item_code("１１３７０８８３ＭＢ２８５７３７４ｈ4370114011007").text == IN_LIVE_USE[1][0]


def test_every_slip_in_the_authority_is_caught() -> None:
    text = IN_LIVE_USE[1][0]
    for place in range(18):
        for other in set("0123456789ABCDEFGHJKLMNPQRTUWXY") - {text[place]}:
            assert codes(text[:place] + other + text[place + 1 :]), (place, other)


def test_all_problems_of_a_national_code_are_told_at_once() -> None:
    assert codes("11370883MB2857374J9A70114011007") == ["uscc.check", "item-code.level", "item-code.basic"]
    with pytest.raises(Refused):
        parse_item_code("11370883MB2857374J9A70114011007")


def test_a_code_has_a_longest_length_and_known_characters() -> None:
    assert codes("1-" * 33) == ["item-code.too-long"]
    assert codes("事项-1") == ["item-code.character"]


def test_composing_from_parts_of_the_wrong_length_is_refused() -> None:
    authority, basic = parse_uscc(IN_LIVE_USE[0][0][:18]), IN_LIVE_USE[0][2]
    for level, number in (("3", "1"), ("", ""), ("0", ""), ("33", "1"), ("3", "é1")):
        with pytest.raises(Refused):
            compose_item_code(authority, level, basic, number)
