"""Everything we print is PDF/A-3b as far as its objects can tell, before it is sealed and after."""

import io
from collections.abc import Callable

import pikepdf
import pytest

from tests.paper.builders import (
    AUTHORITY,
    CREDENTIAL,
    SEALED_AT,
    a_certificate,
    a_decision,
    a_seal_key,
    font_folder,
)
from tests.paper.pdfa import list_departures
from tongban.paper.certificate import compose_certificate
from tongban.paper.notice import compose_decision
from tongban.paper.seal import ON_CERTIFICATE, ON_NOTICE, SealPlace, draw_seal, seal

PAPERS: dict[str, tuple[Callable[[], bytes], SealPlace]] = {
    "licence": (
        lambda: compose_certificate(a_certificate(), CREDENTIAL, font_folder()),
        ON_CERTIFICATE,
    ),
    "decision": (lambda: compose_decision(a_decision(), font_folder()), ON_NOTICE),
}


def sealed(pdf: bytes, place: SealPlace) -> bytes:
    key = a_seal_key()
    stamp = draw_seal(AUTHORITY, font_folder())
    return seal(pdf, key.sign, [key.certificate], stamp, SEALED_AT, place)


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_printed_is_pdf_a(name: str) -> None:
    print_it, _ = PAPERS[name]
    assert list_departures(print_it()) == []


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_sealed_is_still_pdf_a(name: str) -> None:
    print_it, place = PAPERS[name]
    assert list_departures(sealed(print_it(), place)) == []


def spoil_fonts(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in one:
                    del one[key]


def spoil_metadata(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "another"


def spoil_conformance(pdf: pikepdf.Pdf) -> None:
    xmp = pdf.Root.Metadata.read_bytes().replace(b"pdfaid:part>3<", b"pdfaid:part>2<")
    pdf.Root.Metadata = pdf.make_stream(xmp, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def spoil_colours(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('demo')")
    pdf.Root.OpenAction = pdf.make_indirect(pdf.Root.OpenAction)


def spoil_relationship(pdf: pikepdf.Pdf) -> None:
    for spec in pdf.attachments.values():
        spec.obj.AFRelationship = pikepdf.Name.Unknown


def forget_association(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/AF"]


def hide_the_seal(pdf: pikepdf.Pdf) -> None:
    for one in pdf.pages[0].Annots:
        one.F = 2


@pytest.mark.parametrize(
    ("spoil", "clause"),
    [
        (spoil_fonts, "6.2.11.4"),
        (spoil_metadata, "6.6.3"),
        (spoil_conformance, "6.6.4"),
        (spoil_colours, "6.2.3"),
        (add_script, "6.5.1"),
        (spoil_relationship, "6.8"),
        (forget_association, "6.8"),
        (hide_the_seal, "6.3.2"),
    ],
)
def test_a_file_that_was_spoilt_is_found_out(spoil: Callable[[pikepdf.Pdf], None], clause: str) -> None:
    print_it, place = PAPERS["licence"]
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed(print_it(), place))) as pdf:
        spoil(pdf)
        pdf.save(changed)
    assert clause in {line.split(":")[0] for line in list_departures(changed.getvalue())}


def test_an_encrypted_file_is_found_out() -> None:
    print_it, _ = PAPERS["licence"]
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(print_it())) as pdf:
        pdf.save(changed, encryption=pikepdf.Encryption(owner="demo", user=""))
    assert "6.1.3: encrypted" in list_departures(changed.getvalue())
