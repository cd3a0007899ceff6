"""Issue a composite licence over what a firm holds; it grants nothing, it refers."""

from collections.abc import Iterable
from datetime import UTC, datetime

from tongban.crypto.digest import hex_digest
from tongban.domain.bundle.attestation import find_attested_kind, vct_of
from tongban.domain.bundle.composite import (
    Composite,
    CompositePaper,
    Part,
    PermitPart,
    RegisterPart,
    compose_composite_payload,
    part_of_permit,
    read_parts,
)
from tongban.domain.case.events import ApplicantRef
from tongban.domain.case.state import Case
from tongban.domain.credential.credential import compose_leaf, signed_part_digest
from tongban.domain.credential.sd_jwt import read_disclosed, read_payload
from tongban.domain.credential.status import LicenceState
from tongban.domain.evidence.exchange import HeldRecord
from tongban.domain.identifiers.licence_id import compose_licence_id
from tongban.domain.rules.words import show_date
from tongban.flows.attest_register import attest
from tongban.flows.ports import Deps, Issued
from tongban.flows.seal_port import COMPOSITE, SealOrder
from tongban.flows.use_seal import finish_use, use_seal
from tongban.kernel.errors import Fault, Problem, Refused
from tongban.kernel.ids import CaseId, CredentialId
from tongban.kernel.moment import Moment, civil_date
from tongban.kernel.text import Text

_SERIAL_DIGITS = 7


def issue_composite(
    composite_id: str, holder: ApplicantRef, case_ids: Iterable[CaseId], deps: Deps
) -> CredentialId:
    """Issue a composite over the holder's licences that are in force today.

    Causes: one ledger leaf, one row in the register of licences, and later a sealed document; the same for
        the signed statement of the business licence, unless there is one that still holds.
    Twice:  the one that is there, as long as it refers to the same parts.

    Args:
        case_ids: cases known here in which the holder was given a licence; others are passed over.

    Raises:
        Refused: no permit of this trade is in force, or the register does not know the firm as trading.
        NotFound: no such composite.

    Source of law: order-716-2019#10.1 (an electronic licence equals the paper one); the composite has no
        force beyond its parts.
    """
    composite = deps.catalogue.get_composite(composite_id)
    with deps.unit():
        cases = _permitted(composite, holder, case_ids, deps)
        record = deps.registers.find(composite.main.kind, holder.id)
        problems = _check(composite, record, cases)
        if problems or record is None:
            raise Refused(*problems)
        keeper = cases[0].id
        stated = attest(composite.main, record, keeper, deps)
        parts: tuple[Part, ...] = (
            part_of_permit(stated.credential_id, vct_of(composite.main.kind), deps.zone, stated.token),
            *(_permit(case, deps) for case in cases),
        )
        for known in deps.credentials.list_of_case(keeper):
            payload = read_payload(known.token)
            if payload.get("vct") == composite.vct and read_parts(payload) == parts:
                return known.credential_id
        return _issue(composite, holder, keeper, parts, deps)


def _permitted(
    composite: Composite, holder: ApplicantRef, case_ids: Iterable[CaseId], deps: Deps
) -> list[Case]:
    """Return the holder's cases whose licence belongs here and is in force, newest of each item."""
    newest: dict[str, Case] = {}
    for case_id in case_ids:
        case = deps.cases.find(case_id)
        if case is None or not case.token or case.issued is None or case.item_id not in composite.shown:
            continue
        if (case.applicant.kind, case.applicant.id) != (holder.kind, holder.id) or not _is_in_force(
            case, deps
        ):
            continue
        before = newest.get(case.item_id)
        if before is None or before.issued is None or before.issued.issued_on <= case.issued.issued_on:
            newest[case.item_id] = case
    return [newest[item] for item in composite.shown if item in newest]


def _is_in_force(case: Case, deps: Deps) -> bool:
    """Ask the register of whoever issued it; one that cannot be asked does not count."""
    if case.issued is None or case.credential_id is None:
        return False
    today = Moment(deps.clock.now()).on
    if case.issued.valid_until is not None and today > case.issued.valid_until:
        return False
    own = deps.credentials.find(case.credential_id)
    if own is not None:
        return own.state == LicenceState.VALID
    try:
        record = deps.records.find(case.deciding_zone, case.credential_id)
    except Fault:
        return False
    return record is not None and record.state == LicenceState.VALID


def _check(composite: Composite, record: HeldRecord | None, cases: list[Case]) -> list[Problem]:
    problems = []
    if record is None or str(record.facts.get(composite.main.status)) not in composite.main.in_force:
        problems.append(Problem("composite.no-main", _NO_MAIN, "main", composite.source))
    if not composite.is_open_to(case.item_id for case in cases):
        problems.append(Problem("composite.no-permit", _NO_PERMIT, "permits", composite.source))
    return problems


def _permit(case: Case, deps: Deps) -> PermitPart:
    item = deps.catalogue.get_item(case.item_id, case.deciding_zone)
    number = case.credential_id or CredentialId("")
    return part_of_permit(number, item.credential.vct, case.deciding_zone, case.token)


def _issue(
    composite: Composite, holder: ApplicantRef, keeper: CaseId, parts: tuple[Part, ...], deps: Deps
) -> CredentialId:
    authority = deps.catalogue.zones[deps.zone].authority.code
    moment = Moment(deps.clock.now())
    running = f"{moment.on.year:04d}{deps.serials.next():0{_SERIAL_DIGITS}d}"
    number = compose_licence_id(f"{authority}{composite.type_serial}", authority, running).credential_id
    token = deps.sealer.seal_credential(
        compose_composite_payload(composite, number, deps.public_url, authority, moment.at, parts),
        {"holder_name": holder.name, "holder_id": holder.id},
    )
    leaf_key = f"credential:{number}"
    deps.ledger.append(leaf_key, compose_leaf(deps.zone, token, moment.at, deps.chance.salts(1)[0]))
    deps.credentials.save(Issued(number, keeper, token, leaf_key, LicenceState.VALID))
    deps.jobs.defer("seal_document", case_id=keeper)
    return number


def seal_composites(case_id: CaseId, deps: Deps) -> None:
    """Draw and seal the page of every composite kept with a case that has none yet.

    Twice:  nothing; one that has its document is left alone.
    Fails:  ``Fault`` if the press is away; the job is tried again.
    """
    for issued in deps.credentials.list_of_case(case_id):
        payload = read_payload(issued.token)
        composite = next((c for c in deps.catalogue.list_composites() if c.vct == payload.get("vct")), None)
        if composite is None or issued.document_digest:
            continue
        _seal_one(_paper(composite, issued, payload, deps), issued, deps)


def _seal_one(paper: CompositePaper, issued: Issued, deps: Deps) -> None:
    drawn, number = deps.press.draw_composite(paper, issued), issued.credential_id
    name = deps.catalogue.seal.licence_event
    versions = (one.version for one in deps.cases.history(issued.case_id) if type(one.event).__name__ == name)
    order = SealOrder(
        COMPOSITE, number, number, issued.case_id, max(versions, default=0), deps.zone,
        signed_part_digest(issued.token), drawn, hex_digest(drawn),
    )  # fmt: skip
    content, use = use_seal(order, deps)
    with deps.unit():
        digest = deps.files.put(content, "application/pdf", f"{number}.pdf")
        finish_use(use, content, deps)
        deps.credentials.set_document(number, digest)


def _paper(composite: Composite, issued: Issued, payload: dict[str, object], deps: Deps) -> CompositePaper:
    lines = []
    for part in read_parts(payload):
        match part:
            case RegisterPart(_, zone, _):
                where = deps.catalogue.zones[zone].name
                lines.append((composite.main.title, _AS_REGISTERED.fill(zh=where.zh, en=where.en)))
            case PermitPart(number, vct, zone, _) if find_attested_kind(vct):
                lines.append((composite.main.title, _stated_words(number, zone, deps)))
            case PermitPart(number, vct, zone, _):
                lines.append((title_of(vct, deps), _permit_words(number, zone, deps)))
    made_on = civil_date(deps.clock.now())
    return CompositePaper(
        number=issued.credential_id,
        title=composite.title,
        holder=str(read_disclosed(issued.token).get("holder_name", "")),
        lines=tuple(lines),
        source=composite.source,
        issued_on=made_on,
        case_number=issued.case_id,
    )


def title_of(vct: str, deps: Deps) -> Text:
    """Return the name of the licence of a type, or the type itself when no item has it any more."""
    stated = find_attested_kind(vct)
    if stated is not None:
        mains = (one.main for one in deps.catalogue.list_composites())
        return next((main.title for main in mains if main.kind == stated), Text(vct, vct))
    items = (item for zone in deps.catalogue.zones for item in deps.catalogue.list_items(zone))
    return next((item.credential.title for item in items if item.credential.vct == vct), Text(vct, vct))


def _permit_words(number: CredentialId, zone: str, deps: Deps) -> Text:
    issued = deps.credentials.find(number)
    case = deps.cases.find(issued.case_id) if issued else None
    name = next(one.name for one in deps.catalogue.zones.values() if one.id == zone)
    until = case.issued.valid_until if case and case.issued else None
    if until is None:
        return Text(f"{number}（{name.zh}）", f"{number} ({name.en})")
    day = show_date(until)
    return Text(f"{number}（{name.zh}，至{day.zh}）", f"{number} ({name.en}, until {day.en})")


def _stated_words(number: CredentialId, zone: str, deps: Deps) -> Text:
    """Return the number, place and day of a signed statement of a register."""
    issued = deps.credentials.find(number)
    name = next(one.name for one in deps.catalogue.zones.values() if one.id == zone)
    payload = read_payload(issued.token) if issued else {}
    day = show_date(civil_date(datetime.fromtimestamp(int(str(payload.get("iat", 0))), UTC)))
    return _STATED.fill(number=number, zh=name.zh, en=name.en, day_zh=day.zh, day_en=day.en)


_STATED = Text("{number}（{zh}登记，{day_zh}）", "{number} (register of {en}, {day_en})")
_AS_REGISTERED = Text("以{zh}的登记为准", "as registered in {en}")
_NO_MAIN = Text(
    "本区的登记里没有查到您存续的营业执照，不能合成。",
    "This zone's register holds no business licence of yours that is in force, so nothing can be joined.",
)
_NO_PERMIT = Text(
    "还没有这个行业的有效许可或备案，不能合成。",
    "You hold no permit of this trade that is in force, so nothing can be joined.",
)
