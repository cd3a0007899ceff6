"""The one field: numbers count only with their check character, in codes too; the rest is words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import PARENT
from tests.web.window.desk import AGENT_NUMBER
from tongban.domain.hall.scanned import read_scanned


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("", "nothing", ""),
        ("x" * 301, "nothing", ""),
        (PARENT, "firm", PARENT),
        (f" {PARENT.lower()} ", "firm", PARENT),
        (f"https://example.invalid/code?uscc={PARENT}&v=1", "firm", PARENT),
        (AGENT_NUMBER, "person", AGENT_NUMBER),
        (AGENT_NUMBER.lower(), "person", AGENT_NUMBER),
        ("SZ260303-7K3M9QXD", "case", "SZ260303-7K3M9QXD"),
        ("sz2603037k3m9qxd", "case", "SZ260303-7K3M9QXD"),
        ("http://127.0.0.1:8001/cases/SZ260303-7K3M9QXD/", "case", "SZ260303-7K3M9QXD"),
        ("A012", "ticket", "A012"),
        ("p-sz-000012", "provisional", "P-SZ-000012"),
        ("旅行社", "words", "旅行社"),
        ("11010519491231002Y", "words", "11010519491231002Y"),
    ],
)
def test_what_was_scanned_is_known(text: str, kind: str, value: str) -> None:
    scanned = read_scanned(text)
    assert (scanned.kind, scanned.value) == (kind, value)


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert read_scanned(text).kind


@given(st.integers(0, 16), st.sampled_from("0123456789"))
def test_a_slip_of_one_digit_is_nobody_elses_number(place: int, digit: str) -> None:
    slipped = AGENT_NUMBER[:place] + digit + AGENT_NUMBER[place + 1 :]
    if slipped != AGENT_NUMBER:
        assert read_scanned(slipped).value != AGENT_NUMBER
        assert read_scanned(slipped).kind != "person"
