"""QR codes, drawn and read: on a licence, on a page, from a photograph somebody uploads."""

import io
from collections.abc import Iterator
from html import escape

import segno
import zxingcpp
from PIL import Image, UnidentifiedImageError

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text

IMAGE_BYTES_MAX = 12 * 1024 * 1024
PIXELS_MAX = 25_000_000
PHOTO_PIXELS_MAX = 110_000_000
"""A JPEG may be larger than other images: it is decoded at a fraction of its size."""

_SIDE_READ = 2200
_ENLARGED = (2, 3)
"""The reader misses a code now and then whose modules are some two or three pixels wide, as on a screen: of
53 modules it read any drawn 100 to 239 pixels wide by Chromium except 152, the width on our own pages."""
_TEXT_MAX = 4096
_TITLE = "二维码 QR code"


def qr_svg(text: str, title: str = _TITLE) -> str:
    """Draw a QR code as an inline SVG with an accessible title.

    Args:
        text: what the code says; at most about 2,300 bytes fit.
        title: what a screen reader says instead of the picture.

    Returns:
        One ``<svg role="img">`` element without XML declaration, quiet zone of four modules
        included, sized by ``viewBox`` alone so that the page decides how large it is.

    Raises:
        Refused: the text is empty or does not fit.

    Source: ISO/IEC 18004, error correction M (about 15 % of the symbol may be lost).
    """
    if not text:
        raise Refused(Problem("qr.empty", Text("二维码没有内容。", "A QR code needs something to say.")))
    try:
        # Said aloud (ECI) only where it matters: some scanners stumble over it, and addresses are ASCII.
        named = not text.isascii()
        code = segno.make_qr(text, error="m", boost_error=False, encoding="utf-8", eci=named)
    except segno.DataOverflowError as error:
        raise Refused(
            Problem("qr.too_long", Text("内容过长，无法放入二维码。", "The text is too long for a QR code."))
        ) from error
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", xmldecl=False, nl=False, omitsize=True, border=4, light="#fff")
    svg = drawing.getvalue().decode("utf-8")
    opening, body = svg.split(">", 1)
    return f'{opening} role="img"><title>{escape(title)}</title>{body}'


def read_qr(image_bytes: bytes) -> str | None:
    """Read the QR code in a picture: PNG, JPEG or WebP.

    Returns:
        The text of the first readable code, or None when the picture shows none.

    Raises:
        Refused: not a picture, too many bytes, or too many pixels once unpacked; the limits are read
            from the header, before anything is unpacked.
    """
    if len(image_bytes) > IMAGE_BYTES_MAX:
        raise Refused(_too_large())
    try:
        with Image.open(io.BytesIO(image_bytes), formats=("PNG", "JPEG", "WEBP")) as picture:
            grey = _grey(picture)
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused(_too_large()) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise Refused(
            Problem(
                "image.unreadable",
                Text("文件不是可读取的图片。", "The file is not a picture that can be read."),
                next_step=Text("请上传 PNG、JPEG 或 WebP 图片。", "Upload a PNG, JPEG or WebP picture."),
            )
        ) from error
    return next((text for picture in _enlarged(grey) for text in _texts(picture)), None)


def _texts(grey: Image.Image) -> Iterator[str]:
    """The texts of the QR codes that the reader finds in a picture as it is."""
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    codes = zxingcpp.read_barcodes(grey, formats=formats)
    return (code.text for code in codes if code.text and len(code.text) <= _TEXT_MAX)


def _enlarged(grey: Image.Image) -> Iterator[Image.Image]:
    """The picture, then larger and larger as long as that costs no more than a photograph."""
    yield grey
    for times in _ENLARGED:
        if max(grey.size) * times <= _SIDE_READ:
            yield grey.resize((grey.width * times, grey.height * times), Image.Resampling.BICUBIC)


def _grey(picture: Image.Image) -> Image.Image:
    across, down = picture.size
    limit = PHOTO_PIXELS_MAX if picture.format == "JPEG" else PIXELS_MAX
    if across * down > limit:
        raise Refused(_too_large())
    if picture.format == "JPEG":
        picture.draft("L", (_SIDE_READ, _SIDE_READ))
    if picture.width * picture.height > PIXELS_MAX:
        raise Refused(_too_large())
    if picture.mode in ("RGBA", "LA", "PA", "P"):
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    grey = picture.convert("L")
    grey.thumbnail((_SIDE_READ, _SIDE_READ))
    return grey


def _too_large() -> Problem:
    return Problem(
        "image.too_large",
        Text("图片过大，未读取。", "The picture is too large and was not read."),
        next_step=Text("请拍摄或截取二维码部分后再上传。", "Upload a smaller picture that shows the code."),
    )
