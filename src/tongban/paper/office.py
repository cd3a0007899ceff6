"""The press of one zone: what a case and its credential say, on paper and sealed; and papers looked at."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tongban.crypto.digest import hex_digest
from tongban.domain.bundle.composite import CompositePaper
from tongban.domain.case.facts import case_facts, licence_facts
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.credential.credential import signed_part_digest
from tongban.domain.credential.sd_jwt import read_payload
from tongban.domain.liaison.joint import AGREED, CONDITIONAL, FAILED, SILENT
from tongban.domain.paperwork.paper import Paper
from tongban.domain.rules.words import show_date, show_money
from tongban.flows.ports import Catalogue, Clock, DocumentCheck, Issued, Part
from tongban.flows.press_port import SealPermit
from tongban.flows.seal_port import PAPER
from tongban.kernel.errors import Fault
from tongban.kernel.text import Text
from tongban.paper.dossier import Enclosure, compose_dossier

if TYPE_CHECKING:
    from tongban.paper.certificate import CertificateData, Row

PRINTED_DIGEST_CHARS = 16
"""Hex characters of the credential's hash in the QR code: enough that nobody finds a second one."""


@dataclass(frozen=True, slots=True)
class SealHolder:
    """The zone's seal, its private key out of reach behind ``sign``.

    Args:
        certificates: DER; the sealing certificate first, then its authorities.
    """

    sign: Callable[[bytes], bytes]
    certificates: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ZonePress:
    """The ``Press`` port of one zone.

    Args:
        trusted: DER certificates of every zone's seal, for documents that come back.
        public_url: where the QR code leads.
        is_demo: True writes on every page that it has no legal force.
    """

    zone: Zone
    catalogue: Catalogue
    clock: Clock
    fonts: Path
    seal_holder: SealHolder | None
    trusted: Sequence[bytes]
    public_url: str
    is_demo: bool

    def draw_licence(self, case: Case, item: ServiceItem, issued: Issued) -> bytes:
        """Return the PDF/A of a licence, without a seal; raises Fault when the fonts are away."""
        # Typst and pyHanko take a second to import; only the process that prints should pay for it.
        from tongban.paper.certificate import compose_certificate

        data = self._certificate_data(case, item, issued)
        return compose_certificate(data, issued.token.encode("ascii"), self.fonts)

    def seal_drawn(self, drawn: bytes, permit: SealPermit) -> bytes:
        """Return a drawn document with the seal appended; about a fiftieth of a second of work.

        Raises:
            Refused: the permit is for other bytes.
            Fault: the fonts are away, or the zone has no seal yet.
        """
        from tongban.paper.seal import ON_CERTIFICATE, ON_NOTICE, draw_seal, seal

        permit.check(hex_digest(drawn))
        if self.seal_holder is None:
            raise Fault("press.no-seal", _NO_SEAL)
        stamp = draw_seal(self.zone.authority.name, self.fonts)
        holder, place = self.seal_holder, ON_NOTICE if permit.kind == PAPER else ON_CERTIFICATE
        return seal(drawn, holder.sign, holder.certificates, stamp, self.clock.now(), place)

    def pack_file(self, number: str, parts: Sequence[Part], made_at: datetime) -> bytes:
        """Return the parts as a dossier."""
        enclosures = [Enclosure(part.name, part.says, part.content) for part in parts]
        return compose_dossier(number, enclosures, made_at)

    def draw_composite(self, paper: CompositePaper, issued: Issued) -> bytes:
        """Return the PDF/A of a composite licence, without a seal: its parts as lines, one QR code.

        Raises:
            Fault: the fonts are away.
        """
        from tongban.paper.certificate import CertificateData, LegalBasis, Row, compose_certificate

        article = self.catalogue.law.get(paper.source)
        data = CertificateData(
            licence_id=paper.number,
            title=paper.title,
            holder=paper.holder,
            rows=tuple(Row(label, value) for label, value in paper.lines),
            authority=self.zone.authority.name,
            zone=self.zone.name,
            issued_on=paper.issued_on,
            valid_from=paper.issued_on,
            valid_until=None,
            legal_basis=(LegalBasis(article.key, article.title, article.gloss),),
            validity=_EACH_ITS_OWN,
            decided=_JOINED,
            verify_url=verify_url(self.public_url, issued),
            case_number=paper.case_number,
            demo=self.is_demo,
        )
        return compose_certificate(data, issued.token.encode("ascii"), self.fonts)

    def draw_paper(self, paper: Paper, checked_at: str) -> bytes:
        """Return the PDF/A of a written document, without a seal; raises Fault when the fonts are away."""
        from tongban.paper.letters import compose_letter
        from tongban.paper.notice import compose_decision

        data = compose_letter(paper, self.zone, self.catalogue.law, checked_at, self.is_demo)
        return compose_decision(data, self.fonts)

    def check_document(self, content: bytes) -> DocumentCheck:
        """Look at a document of unknown origin; never raises for bad input."""
        from tongban.paper.check import check_sealed

        verdict = check_sealed(content, self.trusted)
        failed = next((fact for fact in verdict.facts if not fact.holds), None)
        says = failed.text if failed else _INTACT.fill(name=verdict.sealed_by or "")
        token = verdict.credential.decode("ascii", "replace") if verdict.credential else ""
        return DocumentCheck(
            is_intact=failed is None,
            reason=failed.code if failed else "",
            says=says,
            sealed_by=verdict.sealed_by or "",
            token=token,
            digest=hex_digest(content),
        )

    def read_qr(self, image: bytes) -> str | None:
        """Return the text of the QR code in a picture, or None; raises Refused for a picture too large."""
        from tongban.paper.qr import read_qr

        return read_qr(image)

    def _certificate_data(self, case: Case, item: ServiceItem, issued: Issued) -> "CertificateData":
        """Return what the page shows: the very claims of the credential, in words."""
        from tongban.paper.certificate import CertificateData, LegalBasis

        if case.issued is None or case.decision is None:
            raise Fault("press.not-issued", _NOT_ISSUED)
        articles = [self.catalogue.law.get(key) for key in item.legal_basis]
        return CertificateData(
            licence_id=issued.credential_id,
            title=item.credential.title,
            holder=case.applicant.name,
            rows=(*self._rows(case, item), *self._joint_rows(issued)),
            authority=self.zone.authority.name,
            zone=self.zone.name,
            issued_on=case.issued.issued_on,
            valid_from=case.issued.valid_from,
            valid_until=case.issued.valid_until,
            legal_basis=tuple(LegalBasis(a.key, a.title, a.gloss) for a in articles),
            decided=_decided(case, item, self.catalogue),
            verify_url=verify_url(self.public_url, issued),
            case_number=case.id,
            demo=self.is_demo,
        )

    def _rows(self, case: Case, item: ServiceItem) -> tuple["Row", ...]:
        from tongban.paper.certificate import Row

        assert case.issued is not None
        calendar = self.catalogue.get_calendar(case.deciding_zone)
        facts = licence_facts(
            item, case_facts(case, item, self.catalogue.kinds, calendar, case.issued.issued_on)
        )
        rows = []
        for claim in item.credential.claims:
            if claim.fact not in facts:
                continue
            rows.append(Row(claim.title, claim_in_words(facts[claim.fact], claim.fact, item)))
        return tuple(rows)

    def _joint_rows(self, issued: Issued) -> tuple["Row", ...]:
        """Return the parts that other zones did, as the credential names them."""
        from tongban.paper.certificate import Row

        names = {zone.authority.code: zone.authority.name for zone in self.catalogue.zones.values()}
        parts = read_payload(issued.token).get("joint", ())
        rows = []
        for part in parts if isinstance(parts, list) else ():
            name, how = names[part["authority"]], _PART_OUTCOMES[part["outcome"]]
            number = part["number"]
            rows.append(Row(_JOINTLY, Text(f"{name.zh}，{how.zh} {number}", f"{name.en}: {how.en} {number}")))
        return tuple(rows)


def claim_in_words(value: object, fact: str, item: ServiceItem) -> Text:
    """Return what a licence says of a fact, as it stands on paper; an amount in yuan."""
    if isinstance(value, int) and item.is_money(fact):
        return show_money(value)
    return value_in_words(value, item.labels.get(fact, {}))


def value_in_words(value: object, labels: Mapping[str, Text]) -> Text:
    """Return a claim's value as it stands on paper: choices in their words, dates as people write them."""
    if isinstance(value, (list, tuple)):
        parts = [value_in_words(part, labels) for part in value]
        return Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, date):
        return show_date(value)
    return labels.get(str(value), Text(str(value), str(value)))


def _decided(case: Case, item: ServiceItem, catalogue: Catalogue) -> Text:
    """Say who granted: the rule table of a version, another authority, or a person of ours."""
    assert case.decision is not None
    if item.elsewhere is not None and case.decision.by == "authority":
        name = catalogue.authorities[item.elsewhere.authority].name
        return Text(_BY_AUTHORITY.zh.format(name=name.zh), _BY_AUTHORITY.en.format(name=name.en))
    if case.decision.by == "rules":
        return _BY_RULES.fill(version=item.rules.version, digest=item.rules_hash[:PRINTED_DIGEST_CHARS])
    return _BY_OFFICER.fill(name=case.decision.actor.name or case.decision.actor.id)


def verify_url(public_url: str, issued: Issued) -> str:
    """Return what the QR code says: the licence's number and the beginning of its credential's hash."""
    return f"{public_url}/v/{issued.credential_id}.{signed_part_digest(issued.token)[:PRINTED_DIGEST_CHARS]}"


_JOINTLY = Text("联合办理", "Handled jointly with")
_PART_OUTCOMES = {
    AGREED: Text("同意", "agreed"),
    CONDITIONAL: Text("附条件同意", "agreed with conditions"),
    FAILED: Text("不同意", "not agreed"),
    SILENT: Text("逾期未答复", "no answer in time"),
}
_INTACT = Text(
    "印章“{name}”与文件一致，盖章后没有改动。",
    "The seal “{name}” fits the file, and nothing was changed after it.",
)
_NO_SEAL = Text("本节点还没有印章。", "This node has no seal yet.")
_NOT_ISSUED = Text("证照还没有签发。", "The licence is not issued yet.")
_EACH_ITS_OWN = Text("以所列各项证照的期限为准", "As each of the licences listed has it")
_JOINED = Text(
    "由所列证照合成，各项以其自身状态和期限为准；本件不另授予任何权利",
    "Joined from the licences listed, each with its own state and dates; it grants nothing of its own",
)
_BY_RULES = Text(
    "由系统按公布的规则（第 {version} 版，{digest}）自动准予",
    "Granted automatically under the published rules (version {version}, {digest})",
)
_BY_AUTHORITY = Text("由{name}决定", "Decided by: {name}")
_BY_OFFICER = Text("由审批人员 {name} 准予", "Granted by officer {name}")
