"""QR codes: drawn so that anybody can read them, read so that nobody can harm."""

import contextlib
import io
import struct
import zlib
from xml.etree import ElementTree

import pytest
import segno
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tongban.kernel.errors import Refused
from tongban.paper.qr import IMAGE_BYTES_MAX, qr_svg, read_qr

SVG = "{http://www.w3.org/2000/svg}"


def a_photo(text: str, kind: str = "PNG", scale: int = 4, **options) -> bytes:
    png = io.BytesIO()
    segno.make_qr(text).save(png, kind="png", scale=scale)
    photo = io.BytesIO()
    Image.open(png).convert(options.pop("mode", "RGB")).save(photo, kind, **options)
    return photo.getvalue()


def drawn(svg: str) -> bytes:
    page = b"#set page(width: 90mm, height: 90mm, margin: 0mm)\n#image(bytes(sys.inputs.svg), width: 90mm)"
    return typst.compile(page, format="png", ppi=144, sys_inputs={"svg": svg})


def a_png_that_claims(across: int, down: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(3 * across * 8))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_a_drawn_code_is_one_picture_with_a_name():
    svg = qr_svg("https://example.org/verify/#1", 'Check <licence> & "seal"')
    picture = ElementTree.fromstring(svg)
    assert picture.tag == f"{SVG}svg"
    assert picture.get("role") == "img"
    assert picture.get("viewBox")
    assert picture.find(f"{SVG}title").text == 'Check <licence> & "seal"'
    assert "<?xml" not in svg


@settings(max_examples=12, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80))
def test_what_is_drawn_is_what_is_read(text):
    assert read_qr(drawn(qr_svg(text))) == text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_each_kind_of_picture_is_read(kind):
    assert read_qr(a_photo("https://example.org/#演示", kind)) == "https://example.org/#演示"


def test_black_on_nothing_is_read_as_black_on_paper():
    png = io.BytesIO()
    segno.make_qr("demo").save(png, kind="png", scale=4, light=None)
    assert read_qr(png.getvalue()) == "demo"


LICENCE = (
    "http://127.0.0.1:26319/v/1.2.156.3005.2.11320411MB00000013T020.11320411MB00000013."
    "20260000001.001.P.6f25304f01776692"
)
"""As long as an address on a licence is: 53 modules across, its quiet zone included."""


@pytest.mark.parametrize("pixels", range(106, 212, 2))
def test_a_code_cut_out_of_a_screen_is_read_however_small_its_modules_are(pixels):
    sheet, cut = io.BytesIO(), io.BytesIO()
    segno.make_qr(LICENCE, error="m", boost_error=False).save(sheet, kind="png", scale=10)
    with Image.open(sheet) as code:
        code.convert("L").resize((pixels, pixels), Image.Resampling.BOX).save(cut, "PNG")
    assert read_qr(cut.getvalue()) == LICENCE


def test_a_large_photograph_is_read_at_a_smaller_size():
    code = Image.open(io.BytesIO(a_photo("https://example.org/#1", scale=60))).convert("L")
    photo = io.BytesIO()
    sheet = Image.new("L", (8000, 6000), 255)
    sheet.paste(code, (400, 400))
    sheet.save(photo, "JPEG")
    assert read_qr(photo.getvalue()) == "https://example.org/#1"


def test_a_picture_without_a_code_is_none():
    blank = io.BytesIO()
    Image.new("L", (300, 300), 200).save(blank, "PNG")
    assert read_qr(blank.getvalue()) is None


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (b"", "image.unreadable"),
        (b"no picture", "image.unreadable"),
        (a_photo("demo", "GIF"), "image.unreadable"),
        (a_photo("demo")[:120], "image.unreadable"),
        (a_photo("demo", "JPEG")[:300], "image.unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image.unreadable"),
        (a_png_that_claims(50_000, 50_000), "image.too_large"),
        (a_png_that_claims(5_001, 5_000), "image.too_large"),
        (bytes(IMAGE_BYTES_MAX + 1), "image.too_large"),
    ],
)
def test_what_is_no_picture_or_unpacks_too_large_is_refused(picture, code):
    with pytest.raises(Refused) as refused:
        read_qr(picture)
    assert [problem.code for problem in refused.value.problems] == [code]


@given(st.binary(max_size=400), st.integers(0, 200), st.sampled_from(["PNG", "JPEG", "WEBP"]))
@settings(max_examples=60, deadline=None)
def test_a_damaged_picture_is_read_or_refused_and_nothing_else(noise, place, kind):
    photo = a_photo("demo", kind)
    with contextlib.suppress(Refused):
        assert read_qr(photo[:place] + noise + photo[place + len(noise) :]) in (None, "demo")


@pytest.mark.parametrize(("text", "code"), [("", "qr.empty"), ("演" * 3000, "qr.too_long")])
def test_what_cannot_be_drawn_is_refused(text, code):
    with pytest.raises(Refused, match=code):
        qr_svg(text)
