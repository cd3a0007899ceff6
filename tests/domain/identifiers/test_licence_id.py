"""The electronic-licence identifier: published ones, an independent check, dots or none, every slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36 as oracle

from tongban.domain.identifiers.licence_id import (
    ROOT,
    LicenceId,
    check_licence_id,
    compose_licence_id,
    parse_licence_id,
)
from tongban.kernel.errors import Refused

PUBLISHED = [
    "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
    "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0",
    "1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9",
]
SAMPLE_THAT_DOES_NOT_MATCH = (
    "1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M"
)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

ids = st.builds(
    compose_licence_id,
    st.text(ALPHABET, min_size=1, max_size=21),
    st.text(ALPHABET, min_size=1, max_size=18),
    st.text(ALPHABET, min_size=1, max_size=12),
    st.integers(1, 999),
)


def codes(text: str) -> list[str]:
    return [problem.code for problem in check_licence_id(text, "number")]


@pytest.mark.parametrize("text", PUBLISHED)
def test_published_identifiers_are_read_and_printed_again(text: str) -> None:
    assert parse_licence_id(text).text == text
    assert parse_licence_id(text).credential_id == text


def test_an_identifier_is_taken_apart() -> None:
    found = parse_licence_id(PUBLISHED[1])
    assert found == LicenceId("11100000000013338W009", "11330105002500287C", "2025052201", 2, "0")


def test_a_sample_of_a_handbook_whose_check_is_made_up_is_refused() -> None:
    assert codes(SAMPLE_THAT_DOES_NOT_MATCH) == ["licence-id.check"]


@pytest.mark.parametrize("text", PUBLISHED)
@pytest.mark.parametrize(
    "rewrite",
    [
        str.lower,
        lambda text: text.removeprefix(f"{ROOT}."),
        lambda text: text.replace(".", "。"),
        lambda text: text.replace(".", "．"),
        lambda text: f"  {text} \n",
    ],
)
def test_an_identifier_is_understood_however_it_is_typed(text: str, rewrite: object) -> None:
    assert parse_licence_id(rewrite(text)).text == text  # type: ignore[operator]


@pytest.mark.parametrize("text", PUBLISHED[:2])
def test_an_identifier_without_dots_is_read_when_its_authorities_show_where_to_cut(text: str) -> None:
    assert parse_licence_id(text.replace(".", "")).text == text
    assert parse_licence_id(text.removeprefix(ROOT).replace(".", "")).text == text


def test_an_identifier_without_dots_and_without_a_mark_to_cut_at_is_not_guessed() -> None:
    assert codes(PUBLISHED[2].replace(".", "")) == ["licence-id.undotted"]


@given(ids)
def test_check_characters_agree_with_an_independent_library(found: LicenceId) -> None:
    body = f"{found.type_code}{found.issuer_code}{found.serial}{found.version:03}"
    assert oracle.calc_check_digit(body) == found.check
    assert parse_licence_id(found.text) == found


@given(ids, st.data())
def test_every_change_of_one_character_is_caught(found: LicenceId, data: st.DataObject) -> None:
    text = found.text.removeprefix(f"{ROOT}.")
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + data.draw(st.sampled_from(ALPHABET + ".")) + text[place + 1 :]
    assert (codes(changed) == []) == (changed == text)


def test_every_change_of_one_character_of_a_published_one_without_dots_is_caught() -> None:
    text = PUBLISHED[0].removeprefix(ROOT).replace(".", "")
    for place in range(len(text)):
        for other in set(ALPHABET) - {text[place]}:
            assert codes(text[:place] + other + text[place + 1 :]), (place, other)


def test_each_wrong_part_is_told() -> None:
    assert codes("1.2.156.3005.2...1.000.X") == [
        "licence-id.type",
        "licence-id.issuer",
        "licence-id.version",
    ]
    assert codes("1.2.156.3005.2.A.B.1.001") == ["licence-id.parts"]
    assert codes("1.2.156.3005.2.A_.B.1.001.X") == ["licence-id.character"]
    assert codes(f"1.2.156.3005.2.A.B.{'7' * 65}.001.X") == ["licence-id.serial"]


@pytest.mark.parametrize("version", [0, 1000, -1])
def test_a_version_has_three_digits(version: int) -> None:
    with pytest.raises(Refused) as refusal:
        compose_licence_id("A", "B", "1", version)
    assert refusal.value.problems[0].code == "licence-id.version"


def test_composing_from_wrong_parts_tells_all_of_them() -> None:
    with pytest.raises(Refused) as refusal:
        compose_licence_id("", "b", "1.2", 1)
    assert [one.code for one in refusal.value.problems] == [
        "licence-id.type",
        "licence-id.issuer",
        "licence-id.serial",
    ]
