"""Check a composite licence part by part: one that is revoked shows as that, and the others stand."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tongban.crypto.base64url import parse_base64url
from tongban.crypto.jws import parse_object
from tongban.domain.bundle.attestation import find_attested_kind
from tongban.domain.bundle.composite import (
    MainRegister,
    Part,
    PermitPart,
    RegisterPart,
    is_composite,
    read_parts,
)
from tongban.domain.credential.sd_jwt import read_disclosed
from tongban.domain.credential.status import LicenceState
from tongban.domain.rules.words import show_date
from tongban.flows.attest_register import digest_record
from tongban.flows.issue_composite import title_of
from tongban.flows.ports import Deps
from tongban.flows.verify import Found, Step, Verdict, verify_number
from tongban.kernel.ids import CredentialId, EvidenceKindId, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """One part.

    Args:
        number: the licence's; empty for what a register holds.
        verdict: with its own numbered steps.
    """

    title: Text
    number: CredentialId
    verdict: Verdict


def verify_parts(verdict: Verdict, deps: Deps) -> tuple[PartVerdict, ...]:
    """Return the verdict on each part of a composite; nothing for any other licence.

    Args:
        verdict: on the composite itself; when its signature fails, its references are not followed.
    """
    if verdict.record is None or verdict.state is None:
        return ()
    payload = parse_object(parse_base64url(verdict.record.signed_part.split(".")[1]))
    if not is_composite(payload):
        return ()
    return tuple(
        _verify(part, verdict.credential_id, str(payload["vct"]), deps) for part in read_parts(payload)
    )


def _verify(part: Part, composite: CredentialId, vct: str, deps: Deps) -> PartVerdict:
    match part:
        case PermitPart(number, part_vct, _, digest) if find_attested_kind(part_vct):
            verdict = verify_number(number, digest, deps)
            dated = step_stated(verdict, deps)
            steps = (*verdict.steps, *([dated] if dated else []), *_steps_own_register(number, vct, deps))
            return PartVerdict(title_of(part_vct, deps), number, replace(verdict, steps=steps))
        case PermitPart(number, part_vct, _, digest):
            return PartVerdict(title_of(part_vct, deps), number, verify_number(number, digest, deps))
        case RegisterPart():
            return _verify_register(part, composite, vct, deps)


def step_stated(verdict: Verdict, deps: Deps) -> Step | None:
    """Return what a signed statement of a register states, and since when; None for any other licence.

    Args:
        verdict: on the statement; one whose signature fails states nothing.
    """
    if verdict.record is None or verdict.state is None or verdict.zone is None:
        return None
    payload = parse_object(parse_base64url(verdict.record.signed_part.split(".")[1]))
    kind = deps.catalogue.kinds.get(find_attested_kind(str(payload.get("vct", ""))) or EvidenceKindId(""))
    if kind is None:
        return None
    day = show_date(civil_date(datetime.fromtimestamp(int(str(payload["iat"])), UTC)))
    name = deps.catalogue.zones[verdict.zone].short_name
    words = {
        "name_zh": name.zh, "name_en": name.en, "day_zh": day.zh, "day_en": day.en,
        "register_zh": kind.register.zh, "register_en": kind.register.en,
    }  # fmt: skip
    match verdict.state:
        case LicenceState.VALID:
            return Step(_ASKS_STATED, Found.PROVED, _STILL_SO.fill(**words))
        case LicenceState.LAPSED:
            return Step(_ASKS_STATED, Found.FAILED, _NEWER.fill(**words))
    return Step(_ASKS_STATED, Found.FAILED, _NO_MORE.fill(**words))


def _verify_register(part: RegisterPart, composite: CredentialId, vct: str, deps: Deps) -> PartVerdict:
    """Ask the register again, for a composite of before statements were signed; only its own zone can."""
    known = next((one for one in deps.catalogue.list_composites() if one.vct == vct), None)
    title = known.main.title if known else deps.catalogue.kinds[part.kind].title
    own = deps.credentials.find(composite) if part.zone == deps.zone else None
    if own is None or known is None:
        name = deps.catalogue.zones[part.zone].short_name if part.zone in deps.catalogue.zones else title
        there = Step(_ASKS_REGISTER, Found.UNKNOWN, _ASK_THERE.fill(zh=name.zh, en=name.en))
        return PartVerdict(title, CredentialId(""), _verdict((there,), part.zone))
    holder = str(read_disclosed(own.token).get("holder_id", ""))
    steps = _steps_register(known.main, holder, part.digest, deps)
    return PartVerdict(title, CredentialId(""), _verdict(steps, part.zone))


def _steps_own_register(number: CredentialId, vct: str, deps: Deps) -> tuple[Step, ...]:
    """Ask this zone's register again for what one of its statements states; nothing at another zone."""
    own = deps.credentials.find(number)
    known = next((one for one in deps.catalogue.list_composites() if one.vct == vct), None)
    if own is None or known is None:
        return ()
    stated = read_disclosed(own.token)
    digest = str(stated.get("row", "")).removeprefix("sha256:")
    return _steps_register(known.main, str(stated.get("subject", "")), digest, deps)


def _steps_register(main: MainRegister, subject: str, digest: str, deps: Deps) -> tuple[Step, ...]:
    record = deps.registers.find(main.kind, subject)
    if record is None:
        return (Step(_ASKS_REGISTER, Found.FAILED, _NOT_HELD),)
    in_force = str(record.facts.get(main.status)) in main.in_force
    same = digest_record(record) == digest
    return (
        Step(_ASKS_REGISTER, Found.PROVED, _HELD),
        Step(_ASKS_STATE, Found.PROVED if in_force else Found.FAILED, _IN_FORCE if in_force else _ENDED),
        Step(_ASKS_SAME, Found.PROVED if same else Found.UNKNOWN, _SAME if same else _CHANGED),
    )


def _verdict(steps: tuple[Step, ...], zone: ZoneId) -> Verdict:
    return Verdict(steps, CredentialId(""), zone, {}, None, None)


_ASKS_REGISTER = Text("登记机关的登记", "The registrar's register")
_ASKS_STATED = Text("登记证明", "Statement of the register")
_ASKS_STATE = Text("现在的状态", "Its state now")
_ASKS_SAME = Text("与合成时一致", "As it was when joined")
_STILL_SO = Text(
    "{day_zh}，{name_zh}的“{register_zh}”签名证明了这项登记；此后登记没有变更，仍在存续。",
    "On {day_en} the {register_en} of {name_en} stated this entry under signature; it has not changed since "
    "and is in force.",
)
_NEWER = Text(
    "{day_zh}的登记内容已经变更，这份证明不再适用；请持有人重新合成。",
    "The entry stated on {day_en} has been changed since; the holder should have the licence joined anew.",
)
_NO_MORE = Text(
    "{day_zh}证明的这项登记，现在已不再存续。", "The entry stated on {day_en} is not in force any more."
)
_HELD = Text("登记里有这份营业执照。", "The register holds it.")
_NOT_HELD = Text("登记里已经没有这份营业执照。", "The register does not hold it any more.")
_IN_FORCE = Text("处于存续状态。", "It is in force.")
_ENDED = Text("已不处于存续状态。", "It is not in force any more.")
_SAME = Text("登记事项没有变化。", "Nothing in it has changed.")
_CHANGED = Text(
    "登记事项在合成以后有过变更，请重新合成。", "Something in it has changed since; have it joined anew."
)
_ASK_THERE = Text("登记由{zh}保存，请到{zh}的核验页面查询。", "{en} keeps this register; check there.")
