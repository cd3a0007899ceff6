"""The licence as a document: one page that a person can hold, with the signed credential inside.

The page proves nothing by itself. The credential attached to it, the seal's signature over the
file and the ledger do; the page only says the same in ink.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tongban.kernel.errors import Problem, Refused
from tongban.kernel.text import Text
from tongban.paper.qr import qr_svg
from tongban.paper.typesetting import date_words, print_document, text_words, typst_date

CREDENTIAL_FILE = "credential.sd-jwt"
CREDENTIAL_BYTES_MAX = 64 * 1024
CHARACTERS_MAX = 4_000
"""Per value; a form answers in less, and a page cannot show more."""
ROWS_MAX = 80


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a licence.

    Args:
        label: what it is.
        value: what it says; when the English is the same or empty, only the Chinese is shown.
    """

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One article the document rests on.

    Args:
        key: law key, e.g. ``all-2019#38``.
        title: name of the act.
        words: the article's number and what it says, in brief.
    """

    key: str
    title: Text
    words: Text


@dataclass(frozen=True, slots=True)
class CertificateData:
    """Everything a licence shows.

    Args:
        licence_id: electronic-licence identifier (GB/T 36904).
        title: name of the licence.
        holder: name of the holder.
        rows: what the licence says, in order.
        authority: the authority that issues.
        zone: the zone whose node issued.
        issued_on: civil date of issue.
        valid_from: first civil day; None when the licence runs from its issue.
        valid_until: last civil day; None when it has no end.
        legal_basis: articles, in order of weight.
        decided: who or what granted, e.g. the version of the rule table, or the officer.
        verify_url: what the QR code says.
        case_number: the handling it came from.
        demo: whether the page must say that it has no legal force.
        validity: said instead of the dates, for what has none of its own.
    """

    licence_id: str
    title: Text
    holder: str
    rows: tuple[Row, ...]
    authority: Text
    zone: Text
    issued_on: date
    valid_from: date | None
    valid_until: date | None
    legal_basis: tuple[LegalBasis, ...]
    decided: Text
    verify_url: str
    case_number: str
    demo: bool = True
    validity: Text | None = None


def compose_certificate(data: CertificateData, credential: bytes, fonts: Path) -> bytes:
    """Draw a licence as PDF/A-3b with the credential attached; the seal is put on afterwards.

    Args:
        data: what the page says.
        credential: the SD-JWT in its compact form, ASCII; attached as ``credential.sd-jwt``.
        fonts: folder of fonts.

    Returns:
        The file. Equal input gives equal bytes.

    Raises:
        Refused: a value is too long to print, or the credential is no SD-JWT; all problems at once.
        Fault: the fonts cannot be used.

    Source: ISO 19005-3 (PDF/A-3); RFC 9901 (SD-JWT).
    """
    problems = _check(data, credential)
    if problems:
        raise Refused(*problems)
    words = {
        "made_on": typst_date(data.issued_on),
        "licence_id": data.licence_id,
        "title": text_words(data.title),
        "holder": data.holder,
        "rows": [{"label": text_words(row.label), "value": text_words(row.value)} for row in data.rows],
        "authority": text_words(data.authority),
        "zone": text_words(data.zone),
        "issued_on": date_words(data.issued_on),
        "validity": text_words(data.validity or validity_text(data.valid_from, data.valid_until)),
        "legal_basis": basis_words(data.legal_basis),
        "decided": text_words(data.decided),
        "verify_url": data.verify_url,
        "case_number": data.case_number,
        "demo": data.demo,
    }
    raw = {"credential": credential.decode("ascii"), "qr": qr_svg(data.verify_url)}
    return print_document("certificate.typ", words, fonts, data.issued_on, raw)


def basis_words(articles: tuple[LegalBasis, ...]) -> list[dict[str, object]]:
    """Return articles as the templates read them."""
    return [{"key": a.key, "title": text_words(a.title), "words": text_words(a.words)} for a in articles]


def validity_text(valid_from: date | None, valid_until: date | None) -> Text:
    """Say from when until when, in both languages."""
    since = date_words(valid_from) if valid_from else None
    until = date_words(valid_until) if valid_until else None
    if since and until:
        return Text(f"{since['zh']}至{until['zh']}", f"{since['en']} to {until['en']}")
    if until:
        return Text(f"至{until['zh']}", f"Until {until['en']}")
    if since:
        return Text(f"自{since['zh']}起，长期有效", f"From {since['en']}, without end date")
    return Text("长期有效", "Without end date")


def _check(data: CertificateData, credential: bytes) -> list[Problem]:
    named = {
        "licence_id": data.licence_id,
        "title": data.title.zh + data.title.en,
        "holder": data.holder,
        "authority": data.authority.zh + data.authority.en,
        "decided": data.decided.zh + data.decided.en,
        "verify_url": data.verify_url,
        "case_number": data.case_number,
    }
    for index, row in enumerate(data.rows):
        named[f"rows.{index}"] = row.label.zh + row.label.en + row.value.zh + row.value.en
    for index, basis in enumerate(data.legal_basis):
        named[f"legal_basis.{index}"] = basis.title.zh + basis.title.en + basis.words.zh + basis.words.en
    problems = [too_long(pointer) for pointer, words in named.items() if len(words) > CHARACTERS_MAX]
    if len(data.rows) > ROWS_MAX or len(data.legal_basis) > ROWS_MAX:
        problems.append(too_long("rows"))
    if not is_compact_sd_jwt(credential):
        problems.append(
            Problem(
                "paper.no_credential",
                Text("附入文书的不是 SD-JWT 凭证。", "What should be attached is no SD-JWT."),
                "credential",
            )
        )
    return problems


def too_long(pointer: str) -> Problem:
    """Say that a value is longer than a page can show."""
    return Problem(
        "paper.too_long",
        Text(
            f"内容超过 {CHARACTERS_MAX} 个字符或 {ROWS_MAX} 行，无法印入文书。",
            f"More than {CHARACTERS_MAX} characters or {ROWS_MAX} rows cannot be printed.",
        ),
        pointer,
    )


def is_compact_sd_jwt(credential: bytes) -> bool:
    """Whether these bytes have the shape of an SD-JWT: base64url, dots, tildes (RFC 9901, 4)."""
    if not credential or len(credential) > CREDENTIAL_BYTES_MAX:
        return False
    allowed = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
    return not credential.translate(None, allowed) and credential.count(b".") >= 2 and b"~" in credential
