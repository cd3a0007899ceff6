"""The fonts that the documents embed: there without apt, and complete."""

from pathlib import Path

import pytest
import typst

from tongban.hosting.complaint import CannotRun
from tongban.hosting.fonts import FROM_DEBIAN, FROM_NPM, find_font_folder

CHECKOUT = Path(__file__).resolve().parents[2]


def every_gb2312_character() -> str:
    pairs = (bytes([high, low]) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)


def test_npm_fonts_come_first() -> None:
    assert find_font_folder(CHECKOUT) == CHECKOUT / FROM_NPM


@pytest.mark.parametrize("family", ["Noto Serif SC", "Noto Sans SC"])
@pytest.mark.parametrize("weight", [400, 700])
def test_a_pdf_a_can_be_set_in_every_character_of_gb2312(family: str, weight: int) -> None:
    characters = every_gb2312_character()
    assert len(characters) == 7445
    escaped = "".join(f"\\u{{{ord(each):x}}}" for each in characters if each.strip())
    page = f'#set text(font: "{family}", weight: {weight}, fallback: false)\n{escaped}'
    made = typst.compile_with_warnings(
        page.encode(),
        font_paths=[find_font_folder(CHECKOUT)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="a-2u",
    )
    assert made[0].startswith(b"%PDF")
    assert made[1] == []


def test_without_fonts_the_sentence_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tongban.hosting.fonts.FROM_DEBIAN", tmp_path / "none")
    with pytest.raises(CannotRun, match="make setup"):
        find_font_folder(tmp_path)


def test_debian_fonts_serve_where_npm_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "noto").mkdir()
    (tmp_path / "noto" / "NotoSerifCJK-Regular.ttc").touch()
    monkeypatch.setattr("tongban.hosting.fonts.FROM_DEBIAN", tmp_path / "noto")
    assert find_font_folder(tmp_path) == tmp_path / "noto"
    assert FROM_DEBIAN.is_absolute()
