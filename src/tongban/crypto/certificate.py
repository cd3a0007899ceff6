"""A demo certificate for a zone's electronic seal, and the demo authority above it (X.509, RFC 5280).

The authority signs this one certificate and its private key is thrown away: nobody can make a second. Both
names say in Chinese and English that they are for demonstration; a real seal comes from an accredited one.
"""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DEMO_MARK = "演示 DEMO"
"""Stands in the name of every certificate made here."""

_NOTHING = {
    "digital_signature": False,
    "content_commitment": False,
    "key_encipherment": False,
    "data_encipherment": False,
    "key_agreement": False,
    "key_cert_sign": False,
    "crl_sign": False,
    "encipher_only": False,
    "decipher_only": False,
}


@dataclass(frozen=True, slots=True)
class SealSubject:
    """Whose seal it is.

    Args:
        organisation: the authority, e.g. ``常州国家高新区行政审批局``.
        name: what the seal is, e.g. ``行政审批专用章``.
        locality: where, e.g. ``江苏省常州市``.
    """

    organisation: str
    name: str
    locality: str


@dataclass(frozen=True, slots=True, repr=False)
class DemoSeal:
    """A new seal: private key in PKCS#8 DER, its certificate and the authority's, both in PEM."""

    pkcs8: bytes
    certificate_pem: str
    authority_pem: str


def create_demo_seal(subject: SealSubject, not_before: datetime, not_after: datetime) -> DemoSeal:
    """Make a P-256 seal key, an authority, and the authority's certificate for the key.

    Args:
        subject: whose seal; the demo mark is added to its name.
        not_before: aware UTC instant.
        not_after: aware UTC instant; the authority's certificate ends then too.
    """
    authority_key = ec.generate_private_key(ec.SECP256R1())
    seal_key = ec.generate_private_key(ec.SECP256R1())
    authority_name = _name(subject, "电子印章根证书 Seal Authority")
    authority_id = x509.SubjectKeyIdentifier.from_public_key(authority_key.public_key())
    span = (not_before, not_after)
    authority = (
        _builder(authority_name, authority_name, authority_key.public_key(), span)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**(_NOTHING | {"key_cert_sign": True, "crl_sign": True})), critical=True)
        .add_extension(authority_id, critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    seal = (
        _builder(_name(subject, subject.name), authority_name, seal_key.public_key(), span)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(**(_NOTHING | {"digital_signature": True, "content_commitment": True})),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(seal_key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(authority_id), critical=False
        )
        .sign(authority_key, hashes.SHA256())
    )
    pkcs8 = seal_key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DemoSeal(pkcs8, _pem(seal), _pem(authority))


def certificate_der(pem: str) -> bytes:
    """Return a certificate's DER.

    Raises:
        ValueError: it is no certificate.
    """
    certificate = x509.load_pem_x509_certificate(pem.encode("ascii"))
    return certificate.public_bytes(serialization.Encoding.DER)


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, span: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
    )


def _name(subject: SealSubject, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.LOCALITY_NAME, subject.locality),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, subject.organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{common_name} ({DEMO_MARK})"),
        ]
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")
