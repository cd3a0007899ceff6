"""A verification as its page shows it: the verdict's steps, what was checked, and what the licence says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tongban.crypto.base64url import parse_base64url
from tongban.crypto.jws import parse_object
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.credential.status import ACT_WORDS, STATE_WORDS, LicenceState
from tongban.domain.rules.words import show_money
from tongban.flows.keep_upload import find_media_type
from tongban.flows.ports import Deps, PublicRecord
from tongban.flows.verify import MAX_TOKEN_BYTES, Verdict, verify_number, verify_token
from tongban.flows.verify_composite import PartVerdict, verify_parts
from tongban.flows.verify_document import verify_document
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text
from tongban.reads.attested_entry import find_entry_title, read_entry_claims
from tongban.reads.case_words import value_words

MAX_UPLOAD_BYTES = 5 * 1024 * 1024
PRINTED_DIGEST_CHARACTERS = 16
_PICTURES = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of a licence, in words."""

    title: Text
    values: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """A verification.

    Args:
        number: as the licence bears it; empty when none could be read.
        is_known: False when the number is nobody's in the alliance, not on record, or could not be read.
        title: of the kind of licence; None when it is not certain or not one of our items.
        parts: of a composite licence, each checked by itself.
        act, ground, since: which act ended it, the article of its ground, and the day; empty where none did.
        claims: what it says of its holder; only what was shown to us, never looked up by number.
    """

    verdict: Verdict
    number: str
    is_known: bool
    title: Text | None
    zone: Zone | None
    state: LicenceState | None
    state_words: Text | None
    valid_from: date | None
    valid_until: date | None
    claims: tuple[ClaimLine, ...]
    parts: tuple[PartVerdict, ...] = ()
    act: str = ""
    ground: str = ""
    since: date | None = None


def check_number(written: str, deps: Deps) -> Verification:
    """Check what somebody typed or scanned: a number, a number with a printed hash, or a whole address."""
    number, printed = split_code(written)
    return _compose(verify_number(number, printed, deps), deps)


def split_code(written: str) -> tuple[str, str]:
    """Return the number and the printed hash in a QR code's text, an address's end, or a typed number.

    >>> split_code("https://cz.example/v/1.2.156.P.16ed7a32923b2c3d")
    ('1.2.156.P', '16ed7a32923b2c3d')
    >>> split_code(" 1.2.156.P ")
    ('1.2.156.P', '')
    """
    code = written.strip().split("?", 1)[0].rstrip("/")
    code = code.rsplit("/v/", 1)[-1].rsplit("/", 1)[-1]
    number, _, last = code.rpartition(".")
    is_hash = len(last) == PRINTED_DIGEST_CHARACTERS and all(char in "0123456789abcdef" for char in last)
    return (number, last) if is_hash else (code, "")


def check_upload(content: bytes, deps: Deps) -> Verification:
    """Check a file: a sealed PDF, a picture of a QR code, or a credential's token.

    Raises:
        Refused: too large, not one of these, or no code in the picture; with what to do next.
    """
    if len(content) > MAX_UPLOAD_BYTES:
        raise Refused(too_large())
    media_type = find_media_type(content)
    if media_type == "application/pdf":
        return _compose(verify_document(content, deps), deps)
    if media_type in _PICTURES or content[:4] == b"RIFF":
        text = deps.press.read_qr(content)
        if text is None:
            raise Refused(Problem("verify.no-code", _NO_CODE, "file", next_step=_CLOSER))
        return check_number(text, deps)
    if content and len(content) <= MAX_TOKEN_BYTES and content.isascii() and content.count(b".") >= 2:
        return check_token(content.decode("ascii"), deps)
    raise Refused(Problem("verify.wrong-file", _WRONG_FILE, "file", next_step=_RIGHT_FILES))


def check_token(token: str, deps: Deps) -> Verification:
    """Check a credential that somebody pasted."""
    return _compose(verify_token("".join(token.split()), deps), deps)


def too_large() -> Problem:
    """Return the problem of a file over the limit."""
    words = _TOO_LARGE.fill(limit=MAX_UPLOAD_BYTES // 1024 // 1024)
    return Problem("verify.too-large", words, "file", next_step=_SMALLER)


def _compose(verdict: Verdict, deps: Deps) -> Verification:
    record = verdict.record
    is_signed = verdict.state is not None and record is not None
    payload = _read_payload(record) if record and is_signed else {}
    vct = str(payload.get("vct", ""))
    item = _find_item(vct, deps) if payload else None
    return Verification(
        verdict=verdict,
        number=verdict.credential_id,
        is_known=verdict.zone is not None and not verdict.is_not_here,
        title=item.credential.title if item else _find_title(vct, deps),
        zone=deps.catalogue.zones.get(verdict.zone) if verdict.zone else None,
        state=verdict.state,
        state_words=_say_state(verdict),
        act=record.act if record and is_signed and verdict.state == record.state else "",
        ground=record.ground if record and is_signed else "",
        since=civil_date(record.since) if record and record.since else None,
        valid_from=_day(payload.get("nbf")),
        valid_until=_day(payload.get("exp"), seconds_before=1),
        claims=_read_claims(verdict.claims, item)
        or tuple(ClaimLine(*one) for one in read_entry_claims(verdict.claims, vct, deps)),
        parts=verify_parts(verdict, deps),
    )


def _say_state(verdict: Verdict) -> Text | None:
    """Return the state in words: what an act left the licence as, where one did."""
    if verdict.state is None:
        return None
    record = verdict.record
    is_of_act = record is not None and record.state == verdict.state
    return ACT_WORDS.get(record.act if record and is_of_act else "", STATE_WORDS[verdict.state])


def _read_payload(record: PublicRecord) -> Mapping[str, object]:
    """Return what the issuer signed openly; its signature has been checked by the verdict."""
    return parse_object(parse_base64url(record.signed_part.split(".")[1]))


def _find_item(vct: str, deps: Deps) -> ServiceItem | None:
    items = (item for zone in deps.catalogue.zones for item in deps.catalogue.list_items(zone))
    return next((item for item in items if item.credential.vct == vct), None)


def _find_title(vct: str, deps: Deps) -> Text | None:
    """Return what a credential is called that is no item's: a composite, or the statement of an entry."""
    composite = next((one.title for one in deps.catalogue.list_composites() if one.vct == vct), None)
    return composite or find_entry_title(vct, deps)


def _day(epoch: object, seconds_before: int = 0) -> date | None:
    if not isinstance(epoch, int):
        return None
    return civil_date(datetime.fromtimestamp(epoch - seconds_before, UTC))


def _read_claims(claims: Mapping[str, object], item: ServiceItem | None) -> tuple[ClaimLine, ...]:
    if item is None:
        return ()
    return tuple(
        ClaimLine(claim.title, claim_words(claims[claim.name], claim.fact, item))
        for claim in item.credential.claims
        if claim.name in claims
    )


def claim_words(value: object, fact: str, item: ServiceItem) -> tuple[Text, ...]:
    """Return what a licence says of a fact as people read it; an amount in yuan."""
    if isinstance(value, int) and item.is_money(fact):
        return (show_money(value),)
    return value_words(_as_day(value), item.labels.get(fact, {}))


def _as_day(value: object) -> object:
    """Return a date for a text that is one; a licence carries its dates as text."""
    if isinstance(value, str) and len(value) == len("2026-03-02"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


_TOO_LARGE = Text("文件超过 {limit} MB，未读取。", "The file is larger than {limit} MB and was not read.")
_SMALLER = Text(
    "请上传原来的 PDF，或只拍二维码的照片。", "Upload the PDF as you got it, or a photo of the code alone."
)
_NO_CODE = Text("照片里没有读到二维码。", "No QR code was found in the picture.")
_CLOSER = Text(
    "请靠近一些、对准二维码、避免反光，再拍一张；也可以直接输入编号。",
    "Come closer, hold it straight, avoid glare, and take another; or type the number.",
)
_WRONG_FILE = Text("这个文件不能核验。", "This file cannot be checked.")
_RIGHT_FILES = Text(
    "可以上传盖章的 PDF、二维码的照片（JPG、PNG），或者电子凭证文件。",
    "Upload the sealed PDF, a photo of its QR code (JPG, PNG), or the credential's file.",
)
