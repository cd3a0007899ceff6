"""Suites: what is built is named, what is not is refused in words."""

import pytest

from tongban.crypto.suites import INTL, USES, get_suite
from tongban.kernel.errors import Fault


def test_every_use_of_a_key_has_its_algorithm() -> None:
    assert set(INTL.signs) == set(USES)
    assert get_suite("intl") is INTL


def test_the_national_suite_is_refused_as_long_as_it_is_not_built() -> None:
    with pytest.raises(Fault, match="not built here"):
        get_suite("sm")
