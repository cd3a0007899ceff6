"""What of PDF/A-3b can be seen in the objects of a file. This is no veraPDF: see docs/threats.md.

Source: ISO 19005-3:2012, the clauses named. Not looked at: the bytes of fonts against their dictionaries
(6.2.11.5, 6.2.11.7), operators and colour spaces inside content streams beyond what resources show (6.2.2,
6.2.4), XMP extension schemas (6.6.2.3), and everything that needs ISO 32000's full syntax (6.1.2 to 6.1.9).
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

FORBIDDEN_ACTIONS = {
    *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState", "/Rendition"),
    *("/Trans", "/GoTo3DView", "/JavaScript"),
}
FORBIDDEN_ANNOTATIONS = {"/3D", "/Sound", "/Screen", "/Movie"}
FORBIDDEN_FILTERS = {"/LZWDecode", "/Crypt"}
_HIDDEN, _INVISIBLE, _PRINT, _TOGGLE_NO_VIEW, _NO_VIEW = 2, 1, 4, 256, 32


def list_departures(content: bytes) -> list[str]:
    """Where a file departs from PDF/A-3b, one line each; empty when nothing was found."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            *_file(content, pdf), *_metadata(pdf), *_colours(pdf), *_fonts(pdf), *_interaction(pdf),
            *_attachments(pdf), *_annotations(pdf), *_transparency(pdf),
        ]  # fmt: skip


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    return (one for one in pdf.objects if isinstance(one, Dictionary | Stream))


def _file(content: bytes, pdf: pikepdf.Pdf) -> Iterator[str]:
    if not content.startswith(b"%PDF-1.") or min(content.split(b"\n", 2)[1][1:5], default=0) < 128:
        yield "6.1.2: no header with a line of binary bytes behind it"
    if pdf.is_encrypted:
        yield "6.1.3: encrypted"
    if "/ID" not in pdf.trailer:
        yield "6.1.3: no file identifier"
    for one in _dictionaries(pdf):
        if isinstance(one, Stream):
            filters = one.get("/Filter", Array([]))
            named = {str(each) for each in (filters if isinstance(filters, Array) else [filters])}
            if named & FORBIDDEN_FILTERS:
                yield f"6.1.7.2: filter {named & FORBIDDEN_FILTERS}"
            if {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys()):
                yield "6.1.7.1: a stream that lies outside the file"
    if "/OCProperties" in pdf.Root and "/D" not in pdf.Root.OCProperties:
        yield "6.9: optional content without a default"


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in pdf.Root or "/Filter" in pdf.Root.Metadata:
        yield "6.6.2.1: no metadata stream that can be read without unpacking"
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        said = {name: xmp.get(name) for name in ("pdfaid:part", "pdfaid:conformance")}
        if said != {"pdfaid:part": "3", "pdfaid:conformance": "B"}:
            yield f"6.6.4: {said}"
        pairs = {"/Title": "dc:title", "/Creator": "xmp:CreatorTool", "/Producer": "pdf:Producer"}
        for info, name in pairs.items():
            if info in pdf.docinfo and str(pdf.docinfo[info]) != xmp.get(name):
                yield f"6.6.3: {info} is {pdf.docinfo[info]}, {name} is {xmp.get(name)}"
        for info, name in {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}.items():
            if info in pdf.docinfo and _digits(str(pdf.docinfo[info])) != _digits(str(xmp.get(name))):
                yield f"6.6.3: {info} is {pdf.docinfo[info]}, {name} is {xmp.get(name)}"


def _digits(moment: str) -> str:
    """The fourteen digits of an instant, as Info and XMP write it; both are UTC here."""
    return "".join(char for char in moment if char.isdigit())[:14]


def _colours(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"6.2.3: {len(intents)} output intents of PDF/A"
        return
    profile = intents[0].get("/DestOutputProfile")
    icc = profile.read_bytes() if profile is not None else b""
    if icc[36:40] != b"acsp" or icc[16:20] not in (b"RGB ", b"GRAY", b"CMYK"):
        yield "6.2.3: the output intent brings no ICC profile"
    elif int(profile.N) != {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}[icc[16:20]]:
        yield "6.2.3: the profile's colours are not as many as it says"
    elif (icc[8], icc[12:16]) > (4, b"~~~~") or icc[12:16] not in (b"mntr", b"prtr"):
        yield "6.2.3: an ICC profile of another version or class"
    allowed = {b"RGB ": {"/DeviceRGB", "/DeviceGray"}, b"CMYK": {"/DeviceCMYK", "/DeviceGray"}}
    allowed_here = allowed.get(icc[16:20], {"/DeviceGray"})
    for one in _dictionaries(pdf):
        space = one.get("/ColorSpace") if one.get("/Subtype") == "/Image" else None
        if isinstance(space, Name) and str(space).startswith("/Device") and str(space) not in allowed_here:
            yield f"6.2.4.3: {space} without a profile for it"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in _dictionaries(pdf):
        if one.get("/Type") != "/Font" or one.get("/Subtype") in ("/Type0", "/Type3"):
            continue
        name, descriptor = one.get("/BaseFont"), one.get("/FontDescriptor")
        if descriptor is None or not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.keys()):
            yield f"6.2.11.4: {name} is not embedded"
        if one.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in one:
            yield f"6.2.11.3.2: {name} has no CIDToGIDMap"
    for one in _dictionaries(pdf):
        is_composite = one.get("/Type") == "/Font" and one.get("/Subtype") == "/Type0"
        encoding = one.get("/Encoding") if is_composite else "/Identity-H"
        if not isinstance(encoding, Stream) and encoding not in ("/Identity-H", "/Identity-V"):
            yield f"6.2.11.3.3: {one.get('/BaseFont')} uses the CMap {encoding}"


def _interaction(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in _dictionaries(pdf):
        if "/JS" in one or "/AA" in one or one.get("/S") in FORBIDDEN_ACTIONS:
            yield f"6.5.1: an action {one.get('/S')}"
    if "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "6.5.1: JavaScript by name"
    form = pdf.Root.get("/AcroForm", Dictionary())
    if form.get("/NeedAppearances", False) or "/XFA" in form:
        yield "6.4.1: a form that has to be drawn by whoever opens it"
    if "/Requirements" in pdf.Root or "/NeedsRendering" in pdf.Root:
        yield "6.11: requirements of the reader"


def _attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    associated = [one.objgen for one in pdf.Root.get("/AF", [])]
    for name, spec in pdf.attachments.items():
        file = spec.get_file()
        if spec.obj.objgen not in associated:
            yield f"6.8: {name} is nobody's associated file"
        if spec.obj.get("/AFRelationship") not in ("/Source", "/Data", "/Alternative", "/Supplement"):
            yield f"6.8: {name} has the relationship {spec.obj.get('/AFRelationship')}"
        if not {"/F", "/UF"} <= set(spec.obj.keys()):
            yield f"6.8: {name} needs F and UF"
        if not file.mime_type or file.obj.get("/Params", {}).get("/ModDate") is None:
            yield f"6.8: {name} needs a media type and the date of its last change"


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for one in page.get("/Annots", []):
            kind, flags = one.get("/Subtype"), int(one.get("/F", 0))
            if kind in FORBIDDEN_ANNOTATIONS:
                yield f"6.3.1: an annotation {kind}"
            if not flags & _PRINT or flags & (_HIDDEN | _INVISIBLE | _TOGGLE_NO_VIEW | _NO_VIEW):
                yield f"6.3.2: {kind} with flags {flags}"
            is_empty = list(one.Rect)[:2] == list(one.Rect)[2:]
            appearance = one.get("/AP", Dictionary())
            if kind != "/Link" and not is_empty and set(appearance.keys()) != {"/N"}:
                yield f"6.3.3: {kind} with the appearances {set(appearance.keys())}"


def _transparency(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in _dictionaries(pdf):
        if one.get("/Type") == "/ExtGState" and {"/TR", "/HTP", "/TR2"} & set(one.keys()):
            yield "6.2.5: a transfer function"
        if one.get("/Subtype") in ("/PS", "/Image") and {"/OPI", "/Alternates", "/Ref"} & set(one.keys()):
            yield "6.2.8: OPI, an alternate picture, or one of another file"
        if one.get("/Subtype") == "/Image" and one.get("/Interpolate", False):
            yield "6.2.8: a picture that asks to be smoothed"
