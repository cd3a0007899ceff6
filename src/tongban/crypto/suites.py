"""Which algorithms a zone signs and locks with, as one named set.

``intl`` is built: SHA-256, Ed25519, ECDSA P-256, AES-256-GCM. The national set ``sm`` (SM3, SM2, SM4;
GB/T 32905, 32918, 32907) has its place here and is **not built**: asking for it is refused in words,
never answered with something else. The tree of the ledger stays on SHA-256 in either, as C2SP fixes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tongban.kernel.errors import Fault
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Suite:
    """One set of algorithms.

    Args:
        name: what a zone's settings call it.
        hash: digest of files, disclosures and the ledger.
        box: how bytes are locked.
        signs: algorithm of each use of a key, e.g. ``{"msg": "Ed25519", "issue": "ES256"}``.
    """

    name: str
    hash: str
    box: str
    signs: Mapping[str, str]


USES = ("msg", "issue", "log", "witness", "code", "seal")
"""What a key may be for; no key has two uses."""

INTL = Suite(
    name="intl",
    hash="sha-256",
    box="A256GCM",
    signs=MappingProxyType(
        {
            "msg": "Ed25519",
            "issue": "ES256",
            "log": "Ed25519",
            "witness": "Ed25519",
            "code": "Ed25519",
            "seal": "ES256",
        }
    ),
)


def get_suite(name: str) -> Suite:
    """Return the suite of that name.

    Raises:
        Fault: there is none, or it is not built.
    """
    if name == INTL.name:
        return INTL
    raise Fault(
        "crypto.no-suite",
        Text(
            f"本系统尚未实现密码算法套件“{name}”，目前只有 intl。",
            f"The algorithm suite “{name}” is not built here; only intl is.",
        ),
    )
