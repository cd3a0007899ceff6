"""The unified social credit code: real codes, an independent library, and every single slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle

from tongban.domain.identifiers.uscc import (
    ALPHABET,
    check_organisation_code,
    check_uscc,
    compose_organisation_code,
    compose_uscc,
    parse_uscc,
)
from tongban.kernel.errors import Refused

PUBLISHED = [
    "11370800MB28559184",
    "11370883MB2857374H",
    "11100000000013338W",
    "11100000000013661B",
    "11100000MB03271699",
    "11430000006122244L",
    "11330105002500287C",
    "91110000600037341L",
    "91110000802100433B",
]
FICTIONAL = ["11320411MB00000013", "11320505MB0000002M", "11320214MB0000003A"]

first_17 = st.builds(
    "".join,
    st.tuples(
        st.text(ALPHABET, min_size=2, max_size=2),
        st.text("0123456789", min_size=6, max_size=6),
        st.text(ALPHABET, min_size=9, max_size=9),
    ),
)


@pytest.mark.parametrize("code", PUBLISHED + FICTIONAL)
def test_published_codes_are_read_and_printed_again(code: str) -> None:
    assert parse_uscc(code).text == code


def test_a_code_is_taken_apart() -> None:
    code = parse_uscc("11370883MB2857374H")
    assert (code.registrar, code.category, code.division) == ("1", "1", "370883")
    assert (code.organisation, code.check) == ("MB2857374", "H")


@given(first_17)
def test_composed_codes_agree_with_an_independent_library(first: str) -> None:
    code = compose_uscc(first).text
    assert code[:17] == first
    assert code[17] == oracle.calc_check_digit(first)
    assert oracle.is_valid(code) or not code[:2].isdigit()


@given(first_17, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_every_change_of_one_character_is_caught(first: str, place: int, other: str) -> None:
    code = compose_uscc(first).text
    changed = code[:place] + other + code[place + 1 :]
    assert (check_uscc(changed) == ()) == (changed == code)


@given(first_17, st.integers(0, 16))
def test_every_swap_of_two_neighbours_is_caught(first: str, place: int) -> None:
    code = compose_uscc(first).text
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (check_uscc(swapped) == ()) == (swapped == code)


def test_every_change_of_one_character_of_a_real_code_is_caught() -> None:
    code = PUBLISHED[0]
    for place in range(18):
        for other in set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {code[place]}:
            assert check_uscc(code[:place] + other + code[place + 1 :]), (place, other)


def test_all_problems_are_told_at_once() -> None:
    problems = check_uscc("1137O883MB2857374", "firm.code")
    assert [one.code for one in problems] == ["uscc.character", "uscc.length"]
    problems = check_uscc("11AB0883MB2857374H", "firm.code")
    assert [one.code for one in problems] == ["uscc.division", "uscc.check"]
    with pytest.raises(Refused) as refusal:
        parse_uscc("11AB0883MB2857374H", "firm.code")
    assert refusal.value.problems == problems


def test_a_wrong_check_character_does_not_tell_the_right_one() -> None:
    (problem,) = check_uscc("11370883MB2857374J")
    assert problem.code == "uscc.check"
    assert "H" not in problem.text.zh


def test_the_inner_organisation_code_only_warns() -> None:
    assert check_organisation_code(parse_uscc("91110000600037341L")) == ()
    (remark,) = check_organisation_code(parse_uscc(FICTIONAL[0]), "firm.code")
    assert (remark.code, remark.pointer) == ("uscc.organisation-check", "firm.code")
    assert check_uscc(FICTIONAL[0]) == ()


@pytest.mark.parametrize("code", PUBLISHED)
def test_organisation_codes_inside_published_codes_are_composed_again(code: str) -> None:
    assert compose_organisation_code(code[8:16]) == code[8:17]


def test_composing_from_wrong_parts_is_refused() -> None:
    for wrong in ("", "11370883MB285737", "11370883MB285737O"):
        with pytest.raises(Refused):
            compose_uscc(wrong)
    with pytest.raises(Refused):
        compose_organisation_code("MB28573")
