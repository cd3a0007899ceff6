"""A licence on paper: archivable, complete, and not to be upset by what people are called."""

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.paper.builders import CREDENTIAL, a_certificate, font_folder
from tongban.kernel.errors import Refused
from tongban.kernel.text import Text
from tongban.paper.certificate import LegalBasis, Row, compose_certificate, validity_text
from tongban.paper.qr import read_qr


def printed(**changes) -> bytes:
    return compose_certificate(a_certificate(**changes), CREDENTIAL, font_folder())


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    return "".join(text.split())


def test_the_file_says_that_it_is_pdf_a_3b_and_brings_its_colours_and_fonts():
    with pikepdf.open(io.BytesIO(printed())) as pdf:
        assert pdf.open_metadata().pdfa_status == "3B"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        descriptors = [
            o
            for o in pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        assert descriptors
        assert all("/FontFile3" in d or "/FontFile2" in d for d in descriptors)
        assert pdf.Root.Lang == "zh-CN"


def test_the_credential_is_attached_byte_for_byte_as_the_source():
    with pikepdf.open(io.BytesIO(printed())) as pdf:
        assert list(pdf.attachments) == ["credential.sd-jwt"]
        attached = pdf.attachments["credential.sd-jwt"]
        assert attached.get_file().read_bytes() == CREDENTIAL
        assert attached.get_file().mime_type == "application/dc+sd-jwt"
        assert attached.obj.AFRelationship == "/Source"


def test_what_the_page_says_can_be_copied_as_text():
    words = words_of(printed())
    for said in (
        "旅行社分社备案登记证明",
        "CertificateofFilingofaTravel-AgencyBranch",
        "演示云帆旅行社有限公司新北分社",
        "2026年11月23日",
        "23November2026",
        "CZ261123-7K3M9QXD",
        a_certificate().licence_id,
        "《旅行社条例》",
        "非法定效力",
    ):
        assert said in words, said


def test_a_page_that_is_no_demonstration_does_not_say_so():
    assert "演示DEMO" in words_of(printed())
    assert "演示DEMO" not in words_of(printed(demo=False))


def test_the_code_on_the_page_leads_to_the_check():
    picture = io.BytesIO()
    pypdfium2.PdfDocument(printed())[0].render(scale=2.5).to_pil().save(picture, "PNG")
    assert read_qr(picture.getvalue()) == a_certificate().verify_url


def test_equal_input_gives_equal_bytes():
    assert printed() == printed()
    assert printed() != printed(holder="演示另一公司")


def test_a_name_of_a_thousand_characters_is_printed_whole():
    name = "演示云帆旅行社有限公司" * 91
    assert len(name) > 1000
    assert words_of(printed(holder=name)).count("演示云帆旅行社有限公司") >= 91


def test_a_thousand_characters_without_a_break_stay_on_the_page():
    pdf = pypdfium2.PdfDocument(printed(holder="W" * 1000))
    page = pdf[0]
    text = page.get_textpage()
    right = max(text.get_charbox(i)[2] for i in range(text.count_chars()))
    assert right < page.get_width() - 20


def test_many_rows_run_on_to_a_second_page_that_names_the_licence():
    rows = tuple(Row(Text(f"第{i}项", f"Item {i}"), Text("演示内容", "Demonstration")) for i in range(20))
    pdf = printed(rows=rows)
    assert len(pypdfium2.PdfDocument(pdf)) == 2
    words = words_of(pdf)
    assert "第19项" in words
    assert "续页" in words


def test_words_that_look_like_commands_are_only_words():
    words = words_of(printed(holder='演示 #panic("no") *b* $x^2$ @x <y> `z` \\ #sys.inputs'))
    assert '#panic("no")*b*$x^2$@x<y>`z`\\#sys.inputs' in words


def test_direction_marks_cannot_turn_a_name_around():
    assert "演示abc" in words_of(printed(holder="演示\u202eabc\u202c\u200f"))


def test_a_character_without_a_glyph_is_shown_as_missing_and_the_page_says_so():
    words = words_of(printed(holder="演示👩‍👩‍👧 \ue000"))
    assert "演示〓〓〓〓" in words
    assert "〓:notinthefonts" in words
    assert "〓" not in words_of(printed())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_at_all_can_be_printed(holder, value):
    pdf = printed(holder=holder, rows=(Row(Text("演示", "Demo"), Text(value, holder)),))
    assert pdf.startswith(b"%PDF-")


def test_everything_that_cannot_be_printed_is_told_at_once():
    data = a_certificate(holder="演" * 4001, rows=(Row(Text("演示", "Demo"), Text("演" * 4001, "")),))
    with pytest.raises(Refused) as refused:
        compose_certificate(data, b"not a credential", font_folder())
    assert [(p.code, p.pointer) for p in refused.value.problems] == [
        ("paper.too_long", "holder"),
        ("paper.too_long", "rows.0"),
        ("paper.no_credential", "credential"),
    ]


@pytest.mark.parametrize(
    "credential", [b"", b"a.b.c", b"a.b~", b"a.b.c~\n", "a.b.证~".encode(), b"a.b.c~" + b"x" * 70_000]
)
def test_what_is_not_an_sd_jwt_is_not_attached(credential):
    with pytest.raises(Refused, match=r"paper\.no_credential"):
        compose_certificate(a_certificate(), credential, font_folder())


def test_validity_is_said_with_and_without_ends():
    start, end = a_certificate().issued_on, a_certificate().issued_on.replace(year=2031)
    assert validity_text(start, end) == Text(
        "2026年11月23日至2031年11月23日", "23 November 2026 to 23 November 2031"
    )
    assert validity_text(None, end).zh == "至2031年11月23日"
    assert validity_text(start, None).zh == "自2026年11月23日起，长期有效"
    assert validity_text(None, None) == Text("长期有效", "Without end date")


def test_a_licence_may_rest_on_no_article_or_on_many():
    many = tuple(
        LegalBasis(f"demo#{i}", Text("《演示法》", "Demo Act"), Text(f"第{i}条", f"article {i}"))
        for i in range(9)
    )
    assert "依据Legalbasis" not in words_of(printed(legal_basis=()))
    assert "第8条" in words_of(printed(legal_basis=many))
