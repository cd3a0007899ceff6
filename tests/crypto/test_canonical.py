"""One value, one string of bytes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.crypto.canonical import canonical

unicode_text = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | unicode_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(unicode_text, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_canonical_bytes_read_back_as_the_value_and_stay_canonical(value: object) -> None:
    data = canonical(value)
    assert json.loads(data) == value
    assert canonical(json.loads(data)) == data


@given(st.dictionaries(unicode_text, st.integers(0, 9), max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_a_mapping_was_filled_does_not_show(value: dict[str, int], random) -> None:
    names = list(value)
    random.shuffle(names)
    assert canonical({name: value[name] for name in names}) == canonical(value)


def test_keys_stand_in_the_order_of_utf_16_as_in_rfc_8785() -> None:
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = list(json.loads(canonical(dict.fromkeys(names, 0))))
    assert ordered == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_text_is_escaped_as_in_rfc_8785() -> None:
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f"
    assert canonical(text) == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


def test_tuples_are_lists_and_nothing_is_spaced() -> None:
    assert canonical({"b": (1, None, True), "a": []}) == b'{"a":[],"b":[1,null,true]}'


@pytest.mark.parametrize("value", [1.5, float("nan"), b"x", {1: 2}, {"a": {3}}, object()])
def test_what_has_no_single_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\udfff": 1}])
def test_what_another_reader_would_change_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"surrogate|2\*\*53"):
        canonical(value)
