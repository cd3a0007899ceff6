"""Is this licence genuine? Numbered steps, each saying what it proved; no step is skipped in silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from tongban.crypto.base64url import parse_base64url
from tongban.crypto.jws import BadSignature, open_jws, parse_object
from tongban.domain.credential.credential import signed_part_digest
from tongban.domain.credential.sd_jwt import open_sd_jwt
from tongban.domain.credential.status import ACT_WORDS, STATE_WORDS, LicenceState, read_state
from tongban.domain.identifiers.licence_id import LicenceId, parse_licence_id
from tongban.domain.ledger.checkpoint import open_checkpoint
from tongban.domain.ledger.proof import verify_inclusion
from tongban.domain.ledger.tree import leaf_hash
from tongban.flows.ports import Deps, PublicRecord
from tongban.kernel.errors import Fault, Refused
from tongban.kernel.ids import CredentialId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

MAX_TOKEN_BYTES = 64_000
MAX_NUMBER_CHARS = 160
_SD_JWT = "dc+sd-jwt"


class Found(StrEnum):
    """What a step found."""

    PROVED = "proved"
    FAILED = "failed"
    WAITING = "waiting"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was asked, and what was found."""

    asks: Text
    found: Found
    says: Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """The steps in order, and what the licence says if it may be believed.

    Args:
        credential_id: its number; empty when none could be read.
        claims: what was disclosed; empty for a check by number alone.
        state: on the day of the check; None when the register could not be asked.
        record: what the issuing zone says publicly, or None.
    """

    steps: tuple[Step, ...]
    credential_id: CredentialId
    zone: ZoneId | None
    claims: Mapping[str, object]
    state: LicenceState | None
    record: PublicRecord | None

    @property
    def outcome(self) -> str:
        """``bad`` when a step failed, ``unsure`` when one waits or is unknown, else ``good``."""
        found = {step.found for step in self.steps}
        if Found.FAILED in found:
            return "bad"
        return "unsure" if found & {Found.WAITING, Found.UNKNOWN} else "good"

    @property
    def is_not_here(self) -> bool:
        """Whether the issuing zone was asked and has no such licence; False when it could not be asked."""
        return any(step.asks == _ASKS_REGISTER and step.found is Found.FAILED for step in self.steps)


@dataclass(frozen=True, slots=True)
class _Signed:
    """A signed part that has been opened: who signed, and what."""

    payload: Mapping[str, object]
    claims: Mapping[str, object]
    zone: ZoneId
    in_force: bool
    signed_part: str


def verify_number(number: str, printed_digest: str, deps: Deps) -> Verdict:
    """Check a licence by its number, as printed or scanned.

    Args:
        number: a licence number in any usual spelling.
        printed_digest: first hex characters of the credential's hash from the QR code, or empty.
    """
    try:
        if len(number) > MAX_NUMBER_CHARS:
            raise Refused
        licence = parse_licence_id(number)
    except Refused:
        return unreadable(_step_number(Found.FAILED, _NUMBER_BAD))
    return _verify(licence, "", printed_digest, (_step_number(Found.PROVED, _NUMBER_GOOD),), deps)


def verify_token(token: str, deps: Deps, before: tuple[Step, ...] = ()) -> Verdict:
    """Check a credential that was handed over as a token, whole or with some claims disclosed."""
    try:
        payload = _peek(token)
        licence = parse_licence_id(str(payload["jti"]))
    except (BadSignature, Refused, KeyError):
        return unreadable(*before, _step_number(Found.FAILED, _TOKEN_BAD))
    return _verify(licence, token, "", (*before, _step_number(Found.PROVED, _NUMBER_GOOD)), deps)


def _verify(
    licence: LicenceId, token: str, printed_digest: str, before: tuple[Step, ...], deps: Deps
) -> Verdict:
    credential_id = licence.credential_id
    zone = next(
        (z.id for z in deps.catalogue.zones.values() if z.authority.code == licence.issuer_code), None
    )
    if zone is None:
        return Verdict(
            (*before, Step(_ASKS_ISSUER, Found.FAILED, _ISSUER_UNKNOWN)), credential_id, None, {}, None, None
        )
    record, asked = _ask_register(zone, credential_id, deps)
    signed, signature = _open(token or (record.signed_part if record else ""), bool(token), zone, deps)
    steps = [*before, _issuer_step(zone, deps), signature, asked]
    state = None
    if record is not None and signed is not None:
        steps.append(_step_same(signed, printed_digest, record))
        state, step = _step_state(record, signed, deps)
        steps.append(step)
        steps.extend(_steps_ledger(record, deps))
    return Verdict(
        tuple(steps), credential_id, zone, dict(signed.claims) if signed and token else {}, state, record
    )


def _peek(token: str) -> dict[str, object]:
    """Read the payload before its signature is checked, only to learn which number to check."""
    if len(token) > MAX_TOKEN_BYTES or not token.isascii():
        raise BadSignature("too-large")
    parts = token.split("~", 1)[0].split(".")
    if len(parts) != 3:
        raise BadSignature("malformed")
    try:
        return parse_object(parse_base64url(parts[1]))
    except ValueError as error:
        raise BadSignature("malformed") from error


def _ask_register(zone: ZoneId, credential_id: CredentialId, deps: Deps) -> tuple[PublicRecord | None, Step]:
    try:
        record = deps.records.find(zone, credential_id)
    except Fault:
        return None, Step(_ASKS_REGISTER, Found.UNKNOWN, _REGISTER_AWAY)
    if record is None:
        return None, Step(_ASKS_REGISTER, Found.FAILED, _REGISTER_EMPTY)
    return record, Step(_ASKS_REGISTER, Found.PROVED, _REGISTER_FOUND)


def _open(token: str, is_whole: bool, zone: ZoneId, deps: Deps) -> tuple[_Signed | None, Step]:
    """Open the signature; the key must be the zone's own and have been in force on the day of issue."""
    if not token:
        return None, Step(_ASKS_SIGNATURE, Found.UNKNOWN, _NOTHING_SIGNED)
    keys = deps.directory.keys("issue")
    try:
        if is_whole:
            opened = open_sd_jwt(token, keys, MAX_TOKEN_BYTES)
            payload, claims, key = opened.payload, opened.claims, opened.key
        else:
            bare = open_jws(token, _SD_JWT, keys, "issue", MAX_TOKEN_BYTES)
            payload, claims, key = bare.payload, bare.payload, bare.key
        issued_at = datetime.fromtimestamp(int(str(payload["iat"])), UTC)
    except (BadSignature, KeyError, ValueError, OverflowError):
        return None, Step(_ASKS_SIGNATURE, Found.FAILED, _SIGNATURE_BAD)
    if key.zone != zone or not key.is_in_force(issued_at):
        return None, Step(_ASKS_SIGNATURE, Found.FAILED, _KEY_NOT_THEIRS)
    signed = _Signed(payload, claims, ZoneId(key.zone), True, token.split("~", 1)[0])
    return signed, Step(_ASKS_SIGNATURE, Found.PROVED, _SIGNATURE_GOOD.fill(kid=key.kid))


def _issuer_step(zone: ZoneId, deps: Deps) -> Step:
    authority = deps.catalogue.zones[zone].authority
    return Step(_ASKS_ISSUER, Found.PROVED, _ISSUER_KNOWN.fill(zh=authority.name.zh, en=authority.name.en))


def _step_same(signed: _Signed, printed_digest: str, record: PublicRecord) -> Step:
    """What was handed over must be what the register holds; a printed code must fit it too."""
    same = signed.signed_part == record.signed_part
    printed = signed_part_digest(record.signed_part).startswith(printed_digest.lower())
    if same and printed:
        return Step(_ASKS_SAME, Found.PROVED, _SAME)
    return Step(_ASKS_SAME, Found.FAILED, _NOT_SAME)


def _step_state(record: PublicRecord, signed: _Signed, deps: Deps) -> tuple[LicenceState, Step]:
    today = civil_date(deps.clock.now())
    starts = civil_date(datetime.fromtimestamp(int(str(signed.payload.get("nbf", 0))), UTC))
    exp = signed.payload.get("exp")
    # ``exp`` is the instant after the last day.
    ends = civil_date(datetime.fromtimestamp(int(str(exp)) - 1, UTC)) if exp is not None else None
    state = read_state(LicenceState(record.state), starts, ends, today)
    words = ACT_WORDS.get(record.act, STATE_WORDS[state]) if state == record.state else STATE_WORDS[state]
    found = Found.PROVED if state is LicenceState.VALID else Found.FAILED
    return state, Step(_ASKS_STATE, found, _STATE.fill(on=today.isoformat(), zh=words.zh, en=words.en))


def _steps_ledger(record: PublicRecord, deps: Deps) -> tuple[Step, ...]:
    """The leaf names the credential's hash, stands in the log, and the log's signed state covers it."""
    names = ("vc", f"sha256:{signed_part_digest(record.signed_part)}")
    return ledger_steps(record.zone, names, record, deps)


class Filed(Protocol):
    """Something of which a zone publishes the ledger leaf, its place and its proof."""

    @property
    def leaf(self) -> bytes:
        """Canonical bytes; empty while it waits."""

    @property
    def leaf_index(self) -> int | None:
        """Place in the log; None while it waits."""

    @property
    def proof(self) -> tuple[str, ...]:
        """Hex hashes of the inclusion proof."""

    @property
    def checkpoint(self) -> str:
        """The signed note; empty while there is none."""


def ledger_steps(zone: ZoneId, names: tuple[str, str], filed: Filed, deps: Deps) -> tuple[Step, ...]:
    """Check that a leaf with this field and value stands in a zone's log under a signed checkpoint."""
    log = deps.directory.log_key(zone)
    if filed.leaf_index is None or not filed.checkpoint or log is None:
        return (Step(_ASKS_LEDGER, Found.WAITING, _LEDGER_WAITS),)
    try:
        opened = open_checkpoint(filed.checkpoint, log)
        leaf = parse_object(filed.leaf)
        proof = tuple(bytes.fromhex(part) for part in filed.proof)
    except (BadSignature, ValueError):
        return (Step(_ASKS_LEDGER, Found.FAILED, _LEDGER_BAD),)
    state = opened.checkpoint
    stands = verify_inclusion(leaf_hash(filed.leaf), filed.leaf_index, state.size, proof, state.root)
    if leaf.get(names[0]) != names[1] or not stands:
        return (Step(_ASKS_LEDGER, Found.FAILED, _LEDGER_BAD),)
    words = _LEDGER_GOOD.fill(place=filed.leaf_index + 1, size=state.size)
    return (
        Step(_ASKS_LEDGER, Found.PROVED, words),
        Step(_ASKS_CHECKPOINT, Found.PROVED, _CHECKPOINT_GOOD.fill(origin=state.origin)),
    )


def _step_number(found: Found, says: Text) -> Step:
    return Step(_ASKS_NUMBER, found, says)


def unreadable(*steps: Step) -> Verdict:
    """Return the verdict on something in which no credential could be read."""
    return Verdict(steps, CredentialId(""), None, {}, None, None)


_ASKS_NUMBER = Text("证照编号", "Licence number")
_NUMBER_GOOD = Text("编号完整，校验位正确。", "The number is whole and its check character fits.")
_NUMBER_BAD = Text(
    "编号的校验位不符，可能抄错了一位。请对照证照再输入一次。",
    "The check character does not fit; a character may be wrong. Compare with the licence and type it again.",
)
_TOKEN_BAD = Text("这不是一份完整的电子凭证。", "This is not a whole electronic credential.")
_ASKS_ISSUER = Text("颁发机关", "Issuing authority")
_ISSUER_KNOWN = Text("编号中的颁发机关是{zh}。", "The number names {en}.")
_ISSUER_UNKNOWN = Text(
    "编号中的颁发机关不在本联盟之内。", "The authority in the number is not one of this alliance."
)
_ASKS_SIGNATURE = Text("电子签名", "Electronic signature")
_SIGNATURE_GOOD = Text(
    "签名与内容一致，密钥 {kid} 属于该机关。", "The signature fits, and key {kid} is that authority's."
)
_SIGNATURE_BAD = Text("签名与内容不一致。", "The signature does not fit the content.")
_KEY_NOT_THEIRS = Text(
    "签名的密钥不属于该机关，或当日不在有效期内。",
    "The key is not that authority's, or was not in force that day.",
)
_NOTHING_SIGNED = Text("没有拿到签名的内容，无法判断。", "There is nothing signed to look at.")
_ASKS_REGISTER = Text("证照登记", "Register of licences")
_REGISTER_FOUND = Text("颁发机关的登记中有这份证照。", "The authority's register has this licence.")
_REGISTER_EMPTY = Text("颁发机关的登记中没有这个编号。", "The authority's register has no such number.")
_REGISTER_AWAY = Text(
    "暂时联系不上颁发机关的登记，状态未知。请稍后再查。",
    "The register cannot be reached now; the state is not known. Try later.",
)
_ASKS_SAME = Text("与登记一致", "Same as on record")
_SAME = Text("出示的内容就是登记的那一份。", "What was shown is the one on record.")
_NOT_SAME = Text("出示的内容与登记的不是同一份。", "What was shown is not the one on record.")
_ASKS_STATE = Text("状态", "State")
_STATE = Text("{on}：{zh}", "{on}: {en}")
_ASKS_LEDGER = Text("账本", "Ledger")
_LEDGER_GOOD = Text(
    "这条记录是账本中的第 {place} 条（共 {size} 条），包含证明成立。",
    "This record is leaf {place} of {size} in the ledger; the inclusion proof holds.",
)
_LEDGER_BAD = Text("账本的包含证明不成立。", "The ledger's inclusion proof does not hold.")
_LEDGER_WAITS = Text(
    "这条记录正在排队入账，通常一两秒内完成。",
    "This record waits for its place in the ledger, usually a second or two.",
)
_ASKS_CHECKPOINT = Text("账本检查点", "Ledger checkpoint")
_CHECKPOINT_GOOD = Text(
    "检查点由 {origin} 签名。其他高新区的共同见证尚未接入。",
    "The checkpoint is signed by {origin}. Cosigning by other zones is not connected yet.",
)
