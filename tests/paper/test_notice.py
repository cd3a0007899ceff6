"""Decisions: complete, and honest about what they are not."""

import io

import pikepdf
import pypdfium2
import pytest

from tests.paper.builders import AUTHORITY, SEALED_AT, a_decision, a_seal_key, font_folder
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text
from tongban.paper.notice import Section, compose_decision
from tongban.paper.qr import read_qr
from tongban.paper.seal import ON_NOTICE, draw_seal, seal


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())


def test_the_code_on_a_decision_leads_to_where_it_is_checked():
    picture = io.BytesIO()
    pages = pypdfium2.PdfDocument(compose_decision(a_decision(), font_folder()))
    pages[len(pages) - 1].render(scale=2.5).to_pil().save(picture, "PNG")
    assert read_qr(picture.getvalue()) == a_decision().case_url


def test_a_decision_gives_reasons_and_remedies():
    words = words_of(compose_decision(a_decision(), font_folder()))
    for said in (
        "不予行政许可决定书",
        "演示云帆旅行社有限公司：",
        "分社经营范围超出总社的经营范围。",
        "行政复议",
        "演示区人民政府（演示）",
        "可以在线提交。",
        "http://127.0.0.1:8003/review/",
    ):
        assert said in words, said


def test_a_refusal_that_names_no_remedy_is_not_printed():
    with pytest.raises(Refused) as refused:
        compose_decision(a_decision(remedies=()), font_folder())
    assert refused.value.problems[0].source == "all-2019#38"
    assert compose_decision(a_decision(remedies=(), adverse=False), font_folder())


def test_a_long_decision_runs_on_and_is_signed_off_on_its_last_page():
    reasons = tuple(Text("演示理由。" * 60, "A demonstration of a reason. " * 20) for _ in range(12))
    data = a_decision(sections=(Section(Text("理由", "Reasons"), reasons),))
    pdf = pypdfium2.PdfDocument(compose_decision(data, font_folder()))
    assert len(pdf) > 1
    assert "扫码核验文书" in pdf[len(pdf) - 1].get_textpage().get_text_bounded()
    assert "扫码核验文书" not in pdf[0].get_textpage().get_text_bounded()


def test_it_is_archivable_and_can_bear_the_seal():
    key, stamp = a_seal_key(), draw_seal(AUTHORITY, font_folder())
    page = compose_decision(a_decision(), font_folder())
    sealed = seal(page, key.sign, [key.certificate], stamp, SEALED_AT, ON_NOTICE)
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        assert pdf.open_metadata().pdfa_status == "3B"
        assert pdf.pages[-1].Annots[0].FT == "/Sig"


def test_too_long_a_paragraph_is_refused_where_it_stands():
    data = a_decision(sections=(Section(Text("", ""), (Text("演" * 4001, ""),)),))
    with pytest.raises(Refused) as refused:
        compose_decision(data, font_folder())
    assert [p.pointer for p in refused.value.problems] == ["sections.0.paragraphs.0.zh"]


def place_of(page: pypdfium2.PdfPage, words: str) -> float:
    """Return how far above the foot of a page words stand, in points."""
    text = page.get_textpage()
    found = text.search(words).get_next()
    assert found, words
    return text.get_charbox(found[0])[1]


@pytest.mark.parametrize("count", range(1, 16))
def test_who_decides_signs_under_words_and_at_the_same_place_of_the_sheet(count: int):
    reason = Text("演示理由。" * 8, "A demonstration of a reason. " * 4)
    data = a_decision(sections=(Section(Text("理由", "Reasons"), (reason,) * count),))
    pdf = pypdfium2.PdfDocument(compose_decision(data, font_folder()))
    last = pdf[len(pdf) - 1]
    assert "行政复议" in last.get_textpage().get_text_bounded()
    assert 60 < place_of(last, "扫码核验文书") < 110
