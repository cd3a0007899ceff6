"""What a stranger uploads: the genuine file passes, and every way of cheating has a name."""

import io
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache

import pikepdf
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from tests.paper.builders import (
    AUTHORITY,
    CREDENTIAL,
    SEALED_AT,
    SealKey,
    a_certificate,
    a_decision,
    a_seal_key,
    font_folder,
)
from tongban.paper.certificate import compose_certificate
from tongban.paper.check import PDF_BYTES_MAX, check_sealed
from tongban.paper.notice import compose_decision
from tongban.paper.seal import _OutsideSigner, draw_seal, read_certificate, run_to_end, seal
from tongban.paper.verdict import STEPS, SealVerdict

A_LOOP = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9/Root 1 0 R>>"


@cache
def the_key() -> SealKey:
    return a_seal_key()


@cache
def the_page() -> bytes:
    return compose_certificate(a_certificate(), CREDENTIAL, font_folder())


def sealed(page: bytes, key: SealKey) -> bytes:
    return seal(page, key.sign, [key.certificate], draw_seal(AUTHORITY, font_folder()), SEALED_AT)


@cache
def the_licence() -> bytes:
    return sealed(the_page(), the_key())


def checked(pdf: bytes, **options) -> SealVerdict:
    return check_sealed(pdf, [the_key().certificate], **options)


def codes(verdict: SealVerdict) -> list[str]:
    return [fact.code for fact in verdict.facts if fact.holds is False]


def appended(change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(the_licence()))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_genuine_licence_holds_at_every_step():
    verdict = checked(the_licence())
    assert verdict.holds
    assert [fact.number for fact in verdict.facts] == [1, 2, 3, 4, 5, 6]
    assert [fact.code for fact in verdict.facts] == [f"{step}.yes" for step in STEPS]
    assert verdict.credential == CREDENTIAL
    assert verdict.sealed_at == SEALED_AT
    assert verdict.sealed_by == "Demonstration seal"


def test_every_fact_is_told_in_both_languages():
    for fact in (*checked(the_licence()).facts, *checked(b"").facts):
        assert fact.text.zh
        assert fact.text.en
        assert "{" not in fact.text.zh + fact.text.en


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_byte_under_the_seal_can_be_changed(data):
    licence = bytearray(the_licence())
    hole = PdfFileReader(io.BytesIO(licence)).embedded_signatures[0].byte_range
    place = data.draw(st.one_of(st.integers(0, hole[1] - 1), st.integers(hole[2], len(licence) - 1)))
    licence[place] ^= 1 << data.draw(st.integers(0, 7))
    assert not checked(bytes(licence)).holds


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000_000), st.binary(min_size=1, max_size=200))
def test_a_mutilated_file_gets_an_answer(place, noise):
    licence = the_licence()
    place %= len(licence)
    assert len(checked(licence[:place]).facts) == len(STEPS)
    assert not checked(licence[:place]).holds
    checked(licence[:place] + noise + licence[place + len(noise) :])
    checked(b"%PDF-1.7\n" + noise)


def test_something_drawn_over_the_page_is_seen():
    def draw(writer):
        RawContent(b"q 1 0 0 rg 100 300 400 60 re f Q").add_to_page(writer, 0)

    verdict = checked(appended(draw))
    assert codes(verdict) == ["seal.changed"]
    assert verdict.facts[2].holds  # the signature itself still fits, which is what fools other readers


def test_a_note_stuck_on_the_page_is_seen():
    def stick(writer):
        page = writer.root["/Pages"]["/Kids"][0]
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 300, 400, 350))),
                pdf_name("/Contents"): generic.pdf_string("forged"),
            }
        )
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page["/Annots"])

    assert codes(checked(appended(stick))) == ["seal.changed"]


def test_a_credential_swapped_by_an_update_is_seen():
    def swap(writer):
        spec = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        forged = generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b"a.b.c~")
        spec["/EF"][pdf_name("/F")] = writer.add_object(forged)
        writer.update_container(spec["/EF"])

    verdict = checked(appended(swap))
    assert "seal.changed" in codes(verdict)
    assert not verdict.holds


def test_a_licence_without_its_seal_is_seen():
    assert codes(checked(the_page())) == ["seal.missing"]


def test_a_seal_hidden_by_an_update_is_seen():
    def hide(writer):
        del writer.root["/AcroForm"]
        writer.update_root()

    assert codes(checked(appended(hide))) == ["seal.missing"]


def test_a_seal_that_no_longer_forbids_changes_is_seen():
    def loosen(writer):
        del writer.root["/Perms"]
        writer.update_root()

    assert codes(checked(appended(loosen))) == ["seal.allows_changes"]


def test_a_file_written_anew_loses_its_seal():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(the_licence())) as pdf:
        pdf.save(out)
    assert not checked(out.getvalue()).holds


def test_a_strangers_seal_is_seen_even_under_the_same_name():
    verdict = checked(sealed(the_page(), a_seal_key()))
    assert codes(verdict) == ["seal.unknown_signer"]
    assert "Demonstration seal" in verdict.facts[3].text.en


def test_a_certificate_that_only_claims_to_come_from_the_root_is_seen():
    root, impostor = a_seal_key("Root", may_issue=True), a_seal_key("Root", may_issue=True)
    forged = sealed(the_page(), a_seal_key("Demonstration seal", issuer=impostor))
    assert codes(check_sealed(forged, [root.certificate])) == ["seal.unknown_signer"]


def test_a_sealing_certificate_cannot_make_another():
    forged = sealed(the_page(), a_seal_key("Second seal", issuer=the_key()))
    assert codes(checked(forged)) == ["seal.unknown_signer"]


def test_nobody_is_trusted_when_nobody_is_named():
    assert codes(check_sealed(the_licence(), [])) == ["seal.unknown_signer"]


@pytest.mark.parametrize(
    "dates",
    [
        {"until_at": SEALED_AT - timedelta(days=1)},
        {"from_at": SEALED_AT + timedelta(days=1)},
    ],
)
def test_a_certificate_must_have_been_in_force_when_it_sealed(dates):
    key = a_seal_key(**dates)
    assert codes(check_sealed(sealed(the_page(), key), [key.certificate])) in (
        ["seal.certificate_not_in_force"],
        ["seal.unknown_signer"],
    )


def test_the_instant_to_judge_by_can_be_given():
    assert checked(the_licence(), at=SEALED_AT + timedelta(days=600)).holds
    assert not checked(the_licence(), at=SEALED_AT + timedelta(days=800)).holds
    with pytest.raises(ValueError, match="aware"):
        checked(the_licence(), at=SEALED_AT.replace(tzinfo=None))


def signed_by_hand(pdf: bytes, key: SealKey, **settings) -> bytes:
    """Sign as ``seal`` never would."""
    metadata = PdfSignatureMetadata(field_name="ByHand", md_algorithm="sha256", **settings)
    signer = PdfSigner(metadata, signer=_OutsideSigner(key.sign, [read_certificate(key.certificate)]))
    signer._enforce_certification_constraints = lambda reader: None
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    run_to_end(signer.async_sign_pdf(writer, output=out, bytes_reserved=8192))
    return out.getvalue()


def test_a_second_seal_is_seen():
    assert codes(checked(signed_by_hand(the_licence(), a_seal_key()))) == ["seal.several"]


def test_a_signature_that_lets_forms_be_filled_in_is_no_seal():
    lenient = signed_by_hand(the_page(), the_key(), certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    assert codes(checked(lenient)) == ["seal.allows_changes"]
    assert codes(checked(signed_by_hand(the_page(), the_key()))) == ["seal.allows_changes"]


def test_a_sealed_paper_without_a_credential_is_no_licence():
    verdict = checked(sealed(compose_decision(a_decision(), font_folder()), the_key()))
    assert codes(verdict) == ["credential.missing"]
    assert verdict.credential is None


@pytest.mark.parametrize("data", [b"no token", bytes(60_000_000)])
def test_an_attachment_that_is_no_credential_is_seen(data):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(the_page())) as pdf:
        pdf.attachments["credential.sd-jwt"] = pikepdf.AttachedFileSpec(
            pdf, data, filename="credential.sd-jwt"
        )
        pdf.save(out)
    assert codes(checked(sealed(out.getvalue(), the_key()))) == ["credential.not_one"]


def test_an_encrypted_file_is_not_opened():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(the_licence())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="demo", user=""))
    assert codes(checked(out.getvalue())) == ["pdf.encrypted"]


@pytest.mark.parametrize(
    ("pdf", "code"),
    [
        (b"", "pdf.not_a_pdf"),
        (b"PK\x03\x04", "pdf.not_a_pdf"),
        (b"%PDF-1.7", "pdf.malformed"),
        (b"%PDF-1.7\n" + os.urandom(4000), "pdf.malformed"),
        (b"%PDF-1.7\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF", "pdf.malformed"),
        (b"%PDF-1.7\n" + A_LOOP + b"\nstartxref\n9\n%%EOF", "pdf.malformed"),
        (bytes(PDF_BYTES_MAX + 1), "pdf.too_large"),
    ],
)
def test_rubbish_has_a_name(pdf, code):
    assert codes(checked(pdf)) == [code]


def a_bomb(size: int) -> bytes:
    """A file whose cross-reference stream unpacks to ``size`` bytes."""
    packed = zlib.compress(bytes(size), 9)
    head = b"%PDF-1.7\n"
    entry = b"1 0 obj\n<</Type/XRef/Size %d/W[1 3 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n"
    body = head + entry % (size // 5, len(packed)) + packed
    return body + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(head)


def test_a_file_that_unpacks_too_large_is_not_unpacked():
    bomb = a_bomb(60_000_000)
    assert len(bomb) < PDF_BYTES_MAX
    assert codes(checked(bomb)) == ["pdf.too_large_unpacked"]


def test_fields_that_contain_themselves_do_not_hang_the_check():
    def loop(writer):
        form = writer.root["/AcroForm"]
        field = generic.DictionaryObject({pdf_name("/T"): generic.pdf_string("loop")})
        reference = writer.add_object(field)
        field[pdf_name("/Kids")] = generic.ArrayObject([reference])
        form["/Fields"].append(reference)
        writer.update_container(form["/Fields"])

    assert not checked(appended(loop)).holds


def test_a_proof_of_time_added_later_is_no_change():
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(the_licence()))
    stamp = PdfTimeStamper(a_time_stamper()).timestamp_pdf
    # In a thread of its own: a browser test before this one may have left a loop running in ours.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(stamp, writer, "sha256", output=out).result()
    assert len(out.getvalue()) > len(the_licence())
    assert checked(out.getvalue()).holds


def a_time_stamper():
    """pyHanko's own, which signs with RSA only."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Demonstration clock")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(SEALED_AT - timedelta(days=1))
        .not_valid_after(SEALED_AT + timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(der)),
        keys.PrivateKeyInfo.load(private),
        fixed_dt=SEALED_AT,
    )
