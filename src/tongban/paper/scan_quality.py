"""How good a picture of a paper is: its size, whether it is blank, dark or askew. Hints, never a refusal."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

_PIXELS_MAX = 110_000_000
_SIDE = 480
_TURNS = tuple(half / 2 for half in range(-16, 17))
"""Degrees that are tried, half by half."""
_CLEARER = 1.08
"""Rows of writing must stand out by so much more when it is turned, before we call it askew."""


@dataclass(frozen=True, slots=True)
class ScanQuality:
    """What was measured.

    Args:
        long_side, short_side: in pixels.
        contrast: standard deviation of grey, 0 to 128; near nothing for a blank sheet.
        brightness: mean grey, 0 black to 255 white.
        askew_degrees: by how much lines of writing are turned; 0 when straight or when there are none.
    """

    long_side: int
    short_side: int
    contrast: float
    brightness: float
    askew_degrees: float


def measure_scan(content: bytes) -> ScanQuality | None:
    """Return what a picture measures; None for what is no PNG or JPEG, a PDF for one."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width * height > _PIXELS_MAX:
                return None
            if picture.format == "JPEG":
                picture.draft("L", (_SIDE * 2, _SIDE * 2))
            grey = picture.convert("L")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        MemoryError,
    ):
        return None
    grey.thumbnail((_SIDE, _SIDE))
    told = ImageStat.Stat(grey)
    return ScanQuality(
        max(width, height), min(width, height), told.stddev[0], told.mean[0], _find_askew(grey)
    )


def _find_askew(grey: Image.Image) -> float:
    """Turn it a little at a time; lines of writing are straight where rows differ most from each other."""
    ink = ImageOps.invert(ImageOps.autocontrast(grey))
    spread = {turn: _spread_of_rows(ink.rotate(turn, Image.Resampling.BILINEAR)) for turn in _TURNS}
    best = max(spread, key=lambda turn: (spread[turn], -abs(turn)))
    return abs(best) if spread[best] > spread[0.0] * _CLEARER else 0.0


def _spread_of_rows(ink: Image.Image) -> float:
    margin = ink.width // 8  # the corners of a turned picture are empty
    middle = ink.crop((margin, margin, ink.width - margin, ink.height - margin))
    if middle.width < 1 or middle.height < 1:
        return 0.0
    rows = middle.resize((1, middle.height), Image.Resampling.BOX)
    return float(ImageStat.Stat(rows).var[0])
