"""The seal: put on with a key that never enters the room, and visibly a demonstration."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pikepdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.paper.builders import AUTHORITY, CREDENTIAL, SEALED_AT, a_certificate, a_seal_key, font_folder
from tongban.paper.certificate import compose_certificate
from tongban.paper.check import check_sealed
from tongban.paper.seal import draw_seal, read_certificate, seal


@pytest.fixture(scope="module")
def page() -> bytes:
    return compose_certificate(a_certificate(), CREDENTIAL, font_folder())


@pytest.fixture(scope="module")
def stamp() -> bytes:
    return draw_seal(AUTHORITY, font_folder())


def red_pixels(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    picture = document[0].render(scale=1, may_draw_forms=True).to_pil().convert("RGB")
    corner = picture.crop((picture.width * 3 // 4, picture.height * 2 // 3, picture.width, picture.height))
    colours = corner.getcolors(corner.width * corner.height)
    return sum(count for count, (r, g, b) in colours if r > 150 and g < 90 and b < 90)


def test_a_seal_is_a_pades_signature_that_certifies_and_forbids_changes(page, stamp):
    key = a_seal_key()
    sealed = seal(page, key.sign, [key.certificate], stamp, SEALED_AT)
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level.name == "NO_CHANGES"
    assert signature.self_reported_timestamp == SEALED_AT
    assert sealed.startswith(page)


def test_a_sealed_licence_is_still_pdf_a(page, stamp):
    key = a_seal_key()
    with pikepdf.open(io.BytesIO(seal(page, key.sign, [key.certificate], stamp, SEALED_AT))) as pdf:
        assert pdf.open_metadata().pdfa_status == "3B"
        assert pdf.docinfo["/ModDate"] == "D:20261123000000Z"


def test_the_stamp_appears_with_the_signature_and_not_before(page, stamp):
    key = a_seal_key()
    before = red_pixels(page)
    after = red_pixels(seal(page, key.sign, [key.certificate], stamp, SEALED_AT))
    assert before < 50
    assert after > 500


def test_the_stamp_says_that_it_binds_nobody(stamp):
    words = pypdfium2.PdfDocument(stamp)[0].get_textpage().get_text_bounded()
    for said in ("演示印章", "非法定效力", "NO LEGAL FORCE"):
        assert said in words


def test_the_longest_name_still_makes_a_stamp():
    long = type(AUTHORITY)("演示" * 200, "Demonstration")
    assert len(pypdfium2.PdfDocument(draw_seal(long, font_folder()))) == 1


def test_only_the_signature_differs_between_two_sealings(page, stamp):
    key = a_seal_key()
    first, second = (seal(page, key.sign, [key.certificate], stamp, SEALED_AT) for _ in range(2))
    hole = PdfFileReader(io.BytesIO(first)).embedded_signatures[0].byte_range
    assert first[: hole[1]] == second[: hole[1]]
    assert first[hole[2] :] == second[hole[2] :]
    assert first != second


def test_the_signer_sees_bytes_and_gives_r_and_s(page, stamp):
    key, asked = a_seal_key(), []

    def sign(data: bytes) -> bytes:
        asked.append(data)
        return key.sign(data)

    assert check_sealed(seal(page, sign, [key.certificate], stamp, SEALED_AT), [key.certificate]).holds
    assert len(asked) == 1


def test_a_chain_of_two_leads_to_its_root(page, stamp):
    root = a_seal_key("Demonstration root", may_issue=True)
    key = a_seal_key("Demonstration seal", issuer=root)
    sealed = seal(page, key.sign, [key.certificate, root.certificate], stamp, SEALED_AT)
    assert check_sealed(sealed, [root.certificate]).holds


def test_a_signer_of_another_kind_is_a_bug_told_at_once(page, stamp):
    key = a_seal_key()
    with pytest.raises(ValueError, match="64 bytes"):
        seal(page, lambda data: b"x" * 71, [key.certificate], stamp, SEALED_AT)
    with pytest.raises(ValueError, match="certificate"):
        seal(page, key.sign, [], stamp, SEALED_AT)
    with pytest.raises(ValueError, match="aware"):
        seal(page, key.sign, [key.certificate], stamp, datetime(2026, 11, 23))  # noqa: DTZ001


def test_sealing_and_checking_work_where_an_event_loop_runs(page, stamp):
    key = a_seal_key()

    async def work() -> bool:
        sealed = seal(page, key.sign, [key.certificate], stamp, SEALED_AT)
        return check_sealed(sealed, [key.certificate]).holds

    # In a thread of its own: a browser test before this one may have left a loop running in ours.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, work()).result()


def test_a_certificate_is_read_from_pem_too():
    from asn1crypto import pem

    key = a_seal_key()
    assert read_certificate(pem.armor("CERTIFICATE", key.certificate)).dump() == key.certificate
    with pytest.raises(ValueError, match=r".*"):
        read_certificate(b"no certificate")
