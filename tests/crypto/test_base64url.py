"""One spelling of bytes, and no second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongban.crypto.base64url import parse_base64url, to_base64url


@given(st.binary(max_size=100))
def test_what_is_spelt_is_read_back(data: bytes) -> None:
    assert parse_base64url(to_base64url(data)) == data


@given(st.text(alphabet="ABab01-_+/= \n,", max_size=8))
def test_whatever_is_read_is_spelt_that_way_and_no_other(text: str) -> None:
    try:
        data = parse_base64url(text)
    except ValueError:
        return
    assert to_base64url(data) == text


@pytest.mark.parametrize(
    "text", ["QQ==", "QR", "Q", "QUI\n", " QUI", "Q+I", "Q/I", "QÜI", "QQ=", "\u2028", "QU\x00I"]
)
def test_a_second_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parse_base64url(text)
