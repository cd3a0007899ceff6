"""A scanned page is measured: size, blankness, light, and whether it stands askew; whatever is sent."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tongban.paper.scan_quality import measure_scan


def a_page(turned: float = 0.0, ink: int = 20, paper: int = 250) -> bytes:
    """A page with lines of writing, turned by so many degrees."""
    page = Image.new("L", (1240, 1754), paper)
    draw = ImageDraw.Draw(page)
    for line in range(150, 1600, 60):
        for word in range(150, 1050, 130):
            draw.rectangle((word, line, word + 100, line + 22), fill=ink)
    kept = io.BytesIO()
    page.rotate(turned, Image.Resampling.BILINEAR, fillcolor=paper).save(kept, "PNG")
    return kept.getvalue()


def test_a_straight_page_is_straight_and_its_size_is_told() -> None:
    quality = measure_scan(a_page())
    assert (quality.long_side, quality.short_side) == (1754, 1240)
    assert quality.askew_degrees == 0


@pytest.mark.parametrize("turned", [-6.0, -3.0, 3.0, 5.0])
def test_a_page_that_stands_askew_is_told_by_how_much(turned: float) -> None:
    assert measure_scan(a_page(turned)).askew_degrees == pytest.approx(abs(turned), abs=1)


def test_a_blank_page_has_no_contrast_and_a_written_one_has() -> None:
    assert measure_scan(a_page(ink=250)).contrast < 1
    assert measure_scan(a_page()).contrast > 40


def test_a_dark_page_is_dark() -> None:
    assert measure_scan(a_page(ink=0, paper=50)).brightness < 60
    assert measure_scan(a_page()).brightness > 150


@given(st.binary(max_size=200))
def test_what_is_no_picture_is_not_measured(content: bytes) -> None:
    assert measure_scan(content) is None
    assert measure_scan(b"%PDF-1.7" + content) is None
