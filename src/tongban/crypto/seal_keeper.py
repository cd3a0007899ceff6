"""The seal's key in memory: opened by two custodians' secrets for one shift, and gone with it.

One process of a node holds it (``wiring.seal_service``). Python cannot wipe memory: what is let go is freed,
not overwritten.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tongban.crypto.sign import EcdsaP256Signer, PublicJwk
from tongban.crypto.two_person import open_with_two, unlock_share
from tongban.kernel.errors import Fault
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True, repr=False)
class _Given:
    """A share that somebody opened for a shift and that waits for another's."""

    share: bytes
    ends_at: datetime
    waits_until: datetime


class SealKeeper:
    """Holds shares while they wait for one another, and the open key until its shift ends.

    Args:
        read_form: reads the locked key; asked each time, so that a new secret counts at once.
        public: of the published certificate; a key that is another's does not open.
        now: tells the present, an aware UTC instant.
    """

    def __init__(
        self, read_form: Callable[[], Mapping[str, object]], public: PublicJwk, now: Callable[[], datetime]
    ) -> None:
        self._read_form, self._public, self._now = read_form, public, now
        self._given: dict[str, _Given] = {}
        self._signer: EcdsaP256Signer | None = None
        self._ends_at: datetime | None = None

    def give(self, custodian: str, secret: str, ends_at: datetime, waits_until: datetime) -> bool:
        """Take one custodian's secret for a shift; return whether the key is open for that shift now.

        It opens when another's share waits for the same shift. The order does not matter.

        Raises:
            Refused: ``seal.wrong-secret``, ``seal.no-share``.
            Fault: ``keys.damaged``, ``keys.mismatch``.
        """
        form, now = self._read_form(), self._now()
        share = unlock_share(form, custodian, secret)
        self._given = {one: held for one, held in self._given.items() if now <= held.waits_until}
        others = [one for one, held in self._given.items() if one != custodian and held.ends_at == ends_at]
        if not others:
            self._given[custodian] = _Given(share, ends_at, waits_until)
            return False
        signer = open_with_two(form, {custodian: share, others[0]: self._given[others[0]].share})
        if signer.public_jwk() != self._public:
            raise Fault("keys.mismatch", _MISMATCH)
        self._given, self._signer, self._ends_at = {}, signer, ends_at
        return True

    def is_open(self) -> bool:
        """Say whether the key is open; a shift that has ended closes it."""
        if self._ends_at is not None and self._now() >= self._ends_at:
            self.close()
        return self._signer is not None

    def close(self) -> None:
        """Let go of the key, and of every share that waits."""
        self._given, self._signer, self._ends_at = {}, None, None

    def sign(self, data: bytes) -> bytes:
        """Return the signature of the seal, as ``EcdsaP256Signer.sign``; raises Fault ``seal.key-closed``."""
        if not self.is_open() or self._signer is None:
            raise Fault("seal.key-closed", _CLOSED)
        return self._signer.sign(data)


_CLOSED = Text(
    "印章密钥没有打开：须由两名保管员输入各自的口令。",
    "The seal's key is closed: two custodians have to give their secrets.",
)
_MISMATCH = Text("印章密钥与公布的证书不符。", "The seal's key is not that of the published certificate.")
