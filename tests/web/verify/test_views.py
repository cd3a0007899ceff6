"""Is this licence genuine? Anybody may ask, by number, file or code; every step says what it proved."""

import io

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile

from tongban.reads.verification import MAX_UPLOAD_BYTES


def send(client, name: str, content: bytes):
    return client.post("/verify/", {"file": SimpleUploadedFile(name, content)})


def said(response) -> str:
    return response.content.decode()


def code_of(licence) -> str:
    return "/v/" + licence.address.split("/v/")[1]


def test_the_page_offers_three_ways_and_needs_no_login(anybody, licence):
    page = said(anybody.get("/verify/"))
    for way in ("证照编号", "证照、文书的文件，或二维码照片", "电子凭证"):
        assert way in page


def test_a_genuine_licence_passes_every_step_by_its_qr_code(anybody, licence):
    licence.place_in_ledger()
    page = said(anybody.get(code_of(licence)))
    assert "证照有效" in page
    assert "8 步核验全部通过" in page
    assert "包含证明成立" in page


def test_by_number_alone_kind_authority_dates_and_state_are_shown_and_nothing_about_the_holder(
    anybody, licence
):
    page = said(anybody.post("/verify/", {"number": f"  {licence.number.lower()} "}))
    for shown in ("旅行社分社备案登记证明", "常州国家高新区行政审批局", "2026年3月3日", "有效"):
        assert shown in page
    for hidden in ("演示甲", "无锡示例旅行社", "91320214MB0000006B", "演示路1号"):
        assert hidden not in page


@pytest.mark.parametrize("way", ["document", "token", "token_file"])
def test_what_the_licence_says_is_shown_to_whom_it_was_shown(anybody, licence, way):
    licence.place_in_ledger()
    if way == "document":
        page = said(send(anybody, "licence.pdf", licence.document))
        assert "文件与登记的文件逐字节相同" in page
    elif way == "token":
        page = said(anybody.post("/verify/", {"token": licence.token}))
    else:
        page = said(send(anybody, "licence.sd-jwt", licence.token.encode()))
    assert "证照有效" in page
    assert "演示甲" in page
    assert "国内旅游业务" in page


def test_a_photo_of_the_code_is_read(anybody, licence):
    picture = io.BytesIO()
    segno.make(licence.address).save(picture, kind="png", scale=6)
    assert "2026年3月3日" in said(send(anybody, "photo.png", picture.getvalue()))


def test_a_licence_whose_leaf_still_waits_is_not_yet_certain(anybody, licence):
    page = said(anybody.get(code_of(licence)))
    assert "暂时不能确定" in page
    assert "正在排队入账" in page


def test_a_licence_that_is_no_longer_in_force_says_so_though_it_is_genuine(anybody, licence):
    licence.set_state("07")
    page = said(anybody.get(code_of(licence)))
    assert "证照已吊销，不能使用" in page


def test_a_changed_document_fails_and_the_step_says_which(anybody, licence):
    changed = licence.document.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert changed != licence.document
    page = said(send(anybody, "licence.pdf", changed))
    assert "证照有效" not in page
    assert "未通过" in page


def test_a_code_with_another_licences_hash_fails(anybody, licence):
    page = said(anybody.get(code_of(licence)[:-4] + "0000"))
    assert "核验没有通过" in page


def test_an_unknown_number_is_not_found_here_and_no_more_is_said(anybody, licence):
    from tongban.domain.identifiers.licence_id import compose_licence_id, parse_licence_id

    known = parse_licence_id(licence.number)
    other = compose_licence_id(known.type_code, known.issuer_code, "20260099999", 1)
    response = anybody.post("/verify/", {"number": other.text})
    assert response.status_code == 404
    assert "这里查不到这个编号" in said(response)


@pytest.mark.parametrize("number", ["abc", "1.2.156.3005.2", "😀", "x" * 5000, "\x00", "<script>"])
def test_what_is_no_number_is_told_so(anybody, licence, number):
    response = anybody.post("/verify/", {"number": number})
    assert response.status_code in (404, 422)
    assert "<script>" not in said(response).split("<main")[1]


def test_nothing_given_is_told_at_its_field(anybody, licence):
    response = anybody.post("/verify/", {})
    assert response.status_code == 422
    assert 'href="#field-number"' in said(response)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("big.pdf", b"%PDF-" + b"0" * MAX_UPLOAD_BYTES, "文件超过 5 MB"),
        ("word.docx", b"PK\x03\x04rest", "这个文件不能核验"),
        ("broken.png", b"\x89PNG\r\n\x1a\nbroken", "文件不是可读取的图片"),
    ],
)
def test_a_file_that_cannot_be_checked_is_refused_with_what_to_do(anybody, licence, name, content, says):
    response = send(anybody, name, content)
    assert response.status_code == 422
    assert says in said(response)


def test_a_pdf_without_a_seal_fails(anybody, licence):
    page = said(send(anybody, "other.pdf", b"%PDF-1.7\nnothing"))
    assert "没有读到完整的证照编号" in page


def test_the_demonstration_seal_is_named_as_one(anybody, licence):
    assert "没有法律效力" in said(anybody.get(code_of(licence)))


def test_a_number_may_come_from_the_first_pages_box(anybody, licence):
    assert "旅行社分社备案登记证明" in said(anybody.get("/verify/", {"number": licence.number}))


def test_the_verdict_is_complete_in_english(anybody, licence):
    licence.place_in_ledger()
    page = said(anybody.get(code_of(licence) + "?lang=en"))
    assert "This licence is valid" in page
    assert "All 8 steps of the check passed" in page
