"""Chance: long enough, readable, and not the same twice."""

import pytest

from tongban.crypto.chance import random_below, random_bytes, random_salts, random_token


def test_random_bytes_have_the_length_asked_for_and_differ() -> None:
    assert len(random_bytes(16)) == 16
    assert random_bytes(16) != random_bytes(16)


def test_a_token_holds_no_letter_that_is_misread() -> None:
    token = random_token(4000)
    assert len(token) == 4000
    assert set(token) == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_a_token_of_no_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        random_token(0)


def test_salts_are_long_enough_for_a_credential_and_all_different() -> None:
    salts = random_salts(50)
    assert len(set(salts)) == 50
    assert {len(salt) for salt in salts} == {22}


def test_a_number_below_a_limit_is_drawn_from_all_of_them() -> None:
    drawn = {random_below(4) for _ in range(400)}
    assert drawn == {0, 1, 2, 3}
    assert random_below(1) == 0
