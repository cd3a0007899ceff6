"""Check a composite licence part by part: one that is revoked shows as that, and the others stand."""

from dataclasses import dataclass

from tongban.crypto.base64url import parse_base64url
from tongban.crypto.jws import parse_object
from tongban.domain.bundle.composite import (
    Part,
    PermitPart,
    RegisterPart,
    is_composite,
    read_parts,
)
from tongban.domain.credential.sd_jwt import read_disclosed
from tongban.flows.issue_composite import digest_record, title_of
from tongban.flows.ports import Deps
from tongban.flows.verify import Found, Step, Verdict, verify_number
from tongban.kernel.ids import CredentialId, ZoneId
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
        case PermitPart(number, part_vct, _, digest):
            return PartVerdict(title_of(part_vct, deps), number, verify_number(number, digest, deps))
        case RegisterPart():
            return _verify_register(part, composite, vct, deps)


def _verify_register(part: RegisterPart, composite: CredentialId, vct: str, deps: Deps) -> PartVerdict:
    """Ask the register again; only the zone that keeps it can, so elsewhere it is left open."""
    known = next((one for one in deps.catalogue.list_composites() if one.vct == vct), None)
    title = known.main.title if known else deps.catalogue.kinds[part.kind].title
    own = deps.credentials.find(composite) if part.zone == deps.zone else None
    if own is None or known is None:
        name = deps.catalogue.zones[part.zone].short_name if part.zone in deps.catalogue.zones else title
        there = Step(_ASKS_REGISTER, Found.UNKNOWN, _ASK_THERE.fill(zh=name.zh, en=name.en))
        return PartVerdict(title, CredentialId(""), _verdict((there,), part.zone))
    holder = str(read_disclosed(own.token).get("holder_id", ""))
    record = deps.registers.find(part.kind, holder)
    if record is None:
        return PartVerdict(
            title, CredentialId(""),
            _verdict((Step(_ASKS_REGISTER, Found.FAILED, _NOT_HELD),), part.zone),
        )  # fmt: skip
    in_force = str(record.facts.get(known.main.status)) in known.main.in_force
    same = digest_record(record) == part.digest
    steps = (
        Step(_ASKS_REGISTER, Found.PROVED, _HELD),
        Step(_ASKS_STATE, Found.PROVED if in_force else Found.FAILED, _IN_FORCE if in_force else _ENDED),
        Step(_ASKS_SAME, Found.PROVED if same else Found.UNKNOWN, _SAME if same else _CHANGED),
    )
    return PartVerdict(title, CredentialId(""), _verdict(steps, part.zone))


def _verdict(steps: tuple[Step, ...], zone: ZoneId) -> Verdict:
    return Verdict(steps, CredentialId(""), zone, {}, None, None)


_ASKS_REGISTER = Text("登记机关的登记", "The registrar's register")
_ASKS_STATE = Text("现在的状态", "Its state now")
_ASKS_SAME = Text("与合成时一致", "As it was when joined")
_HELD = Text("登记里有这份营业执照。", "The register holds it.")
_NOT_HELD = Text("登记里已经没有这份营业执照。", "The register does not hold it any more.")
_IN_FORCE = Text("处于存续状态。", "It is in force.")
_ENDED = Text("已不处于存续状态。", "It is not in force any more.")
_SAME = Text("登记事项没有变化。", "Nothing in it has changed.")
_CHANGED = Text(
    "登记事项在合成以后有过变更，请重新合成。", "Something in it has changed since; have it joined anew."
)
_ASK_THERE = Text("登记由{zh}保存，请到{zh}的核验页面查询。", "{en} keeps this register; check there.")
