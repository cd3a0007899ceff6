"""What the tests of paper are built from: a licence to print, a key to seal it with, a folder of fonts."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

from tongban.kernel.text import Text
from tongban.paper.certificate import CertificateData, LegalBasis, Row
from tongban.paper.notice import DecisionData, Remedy, Section

SEALED_AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
CREDENTIAL = b"eyJhbGciOiJFUzI1NiJ9.eyJ2Y3QiOiJ1cm46dG9uZ2JhbjpkZW1vIn0.c2lnbmF0dXJl~WyJzYWx0IiwiYSIsMV0~"
AUTHORITY = Text("演示区行政审批局（演示）", "Approval Bureau of the Demonstration District")

_FONT_FOLDERS = ("node_modules/@expo-google-fonts", "/usr/share/fonts/opentype/noto")


@cache
def font_folder() -> Path:
    """Return a folder with Noto Serif SC, or skip with the reason."""
    root = Path(__file__).parents[2]
    for name in _FONT_FOLDERS:
        folder = root / name
        if any(folder.rglob("*oto*erif*")):
            return folder
    pytest.skip("no folder with Noto Serif SC or Noto Serif CJK here: " + ", ".join(_FONT_FOLDERS))


@dataclass(frozen=True)
class SealKey:
    """A P-256 key with a certificate; ``sign`` gives r and s."""

    key: ec.EllipticCurvePrivateKey
    certificate: bytes

    def sign(self, data: bytes) -> bytes:
        r, s = decode_dss_signature(self.key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def a_seal_key(
    name: str = "Demonstration seal",
    issuer: SealKey | None = None,
    *,
    may_issue: bool = False,
    from_at: datetime = SEALED_AT - timedelta(days=30),
    until_at: datetime = SEALED_AT + timedelta(days=700),
) -> SealKey:
    """Make a key and its certificate, signed by ``issuer`` or by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by = x509.load_der_x509_certificate(issuer.certificate).subject if issuer else subject
    no = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement"), False)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_cert_sign=may_issue,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
        **no,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(from_at)
        .not_valid_after(until_at)
        .add_extension(x509.BasicConstraints(ca=may_issue, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(issuer.key if issuer else key, hashes.SHA256())
    )
    return SealKey(key, certificate.public_bytes(serialization.Encoding.DER))


def a_certificate(**changes: Any) -> CertificateData:
    """Return a fictional licence, changed where the test says so."""
    data = CertificateData(
        licence_id="1.2.156.3005.2.11320499MB0000000X99.11320499MB00000000.202611000000017.001.K",
        title=Text("旅行社分社备案登记证明", "Certificate of Filing of a Travel-Agency Branch"),
        holder="演示云帆旅行社有限公司新北分社",
        rows=(
            Row(Text("设立社", "Parent agency"), Text("演示云帆旅行社有限公司", "Yunfan Demo Travel")),
            Row(Text("营业场所", "Premises"), Text("演示路1号", "1 Demonstration Road")),
            Row(Text("经营范围", "Scope of business"), Text("国内旅游业务", "Domestic travel")),
        ),
        authority=AUTHORITY,
        zone=Text("常州高新区", "Changzhou"),
        issued_on=date(2026, 11, 23),
        valid_from=date(2026, 11, 23),
        valid_until=None,
        legal_basis=(
            LegalBasis(
                "travel-agencies#10",
                Text("《旅行社条例》", "Regulation on Travel Agencies"),
                Text("第十条", "article 10"),
            ),
        ),
        decided=Text("依据规则表 2026-03 版自动准予", "Granted by rule table 2026-03"),
        verify_url="http://127.0.0.1:8003/verify/#1.2.156.3005.2.202611000000017",
        case_number="CZ261123-7K3M9QXD",
    )
    return replace(data, **changes)


SECTIONS = (
    Section(
        Text("决定", "Decision"),
        (
            Text(
                "你单位提出的申请不符合条件，决定不予许可。",
                "The application does not meet the conditions and is not granted.",
            ),
        ),
    ),
    Section(
        Text("理由", "Reasons"),
        (
            Text(
                "分社经营范围超出总社的经营范围。",
                "The branch would do more than its parent may.",
            ),
        ),
    ),
)
"""A fictional refusal: the decision and its reasons."""


def a_decision(**changes: Any) -> DecisionData:
    """Return a fictional refusal, changed where the test says so."""
    data = DecisionData(
        title=Text("不予行政许可决定书", "Decision Not to Grant a Licence"),
        number="演示许决字〔2026〕第99号",
        authority=AUTHORITY,
        addressee="演示云帆旅行社有限公司",
        sections=SECTIONS,
        legal_basis=(
            LegalBasis(
                "all-2019#38",
                Text("《行政许可法》", "Administrative Licensing Law"),
                Text("第三十八条", "article 38"),
            ),
        ),
        remedies=(
            Remedy(
                Text("行政复议", "Administrative review"),
                Text("演示区人民政府（演示）", "the People's Government of the Demonstration District"),
                Text("演示期限", "within the time shown for the demonstration"),
                Text("可以在线提交。", "It can be filed online."),
                "http://127.0.0.1:8003/review/",
            ),
        ),
        decided_on=date(2026, 11, 23),
        case_number="CZ261123-7K3M9QXD",
        case_url="http://127.0.0.1:8003/cases/CZ261123-7K3M9QXD/",
        adverse=True,
    )
    return replace(data, **changes)
