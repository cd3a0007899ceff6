"""A zone's private keys on disk, and the only door to them; nobody but the wiring may import this room.

One folder per zone: ``<use>1.key.json`` holds a locked private key (see ``keystore``), ``public-keys.json``
what everybody may know, ``seal.pem`` and ``seal-authority.pem`` the seal's certificates. The folder is for
its owner alone (0700), and so is each key (0600).
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from tongban.crypto.certificate import SealSubject, certificate_der, create_demo_seal
from tongban.crypto.key_files import (
    check_mode,
    compose_json,
    damaged,
    exist,
    missing,
    read_json,
    read_text,
    write_text,
)
from tongban.crypto.keystore import (
    SCRYPT_N,
    Locker,
    Stretching,
    create_locker,
    create_private_key,
    load_signer,
    lock_private_key,
    stretch,
    unlock_signer,
)
from tongban.crypto.sign import EcdsaP256Signer, Ed25519Signer, KeyRecord, parse_key_record, to_jwk
from tongban.crypto.suites import INTL
from tongban.kernel.errors import Fault
from tongban.kernel.text import Text

FIRST_USES = ("msg", "issue", "log", "witness")
"""What a new zone needs keys for; the seal is made apart, as it has a certificate."""

_PUBLIC = "public-keys.json"
_SEAL_PUBLIC = "seal-public-key.json"
_SEAL = "seal.pem"
_SEAL_AUTHORITY = "seal-authority.pem"


@dataclass(frozen=True, slots=True)
class Seal:
    """What a document is sealed with: a signer, its certificate and those above it, in DER."""

    signer: EcdsaP256Signer
    certificate: bytes
    authorities: tuple[bytes, ...]


class Keyring:
    """The opened keys of one zone."""

    __slots__ = ("_records", "_seal", "_signers")

    def __init__(
        self,
        signers: dict[str, Ed25519Signer | EcdsaP256Signer],
        records: Sequence[KeyRecord],
        seal: Seal | None,
    ) -> None:
        self._signers = signers
        self._records = tuple(records)
        self._seal = seal

    def signer(self, use: str) -> Ed25519Signer | EcdsaP256Signer:
        """Return the zone's signer for one use.

        Raises:
            Fault: ``keys.missing``: the zone has no key for it.
        """
        signer = self._signers.get(use)
        if signer is None:
            raise missing(f"{use}1.key.json")
        return signer

    def public_records(self) -> tuple[KeyRecord, ...]:
        """Return the public records of all keys here, the seal's included."""
        return self._records

    def find_seal(self) -> Seal | None:
        """Return the seal, or None when the zone has none yet."""
        return self._seal


def create_keys(
    folder: Path,
    zone: str,
    passphrase: str,
    not_before: datetime,
    not_after: datetime,
    *,
    uses: Sequence[str] = FIRST_USES,
    scrypt_n: int = SCRYPT_N,
) -> tuple[KeyRecord, ...]:
    """Make a zone's first keys, all or none.

    Args:
        folder: must not exist, or be empty.
        zone: e.g. ``changzhou``; the keys are called ``changzhou#msg1`` and so on.
        passphrase: locks every file; not empty.
        not_before: aware UTC instant from which the keys may sign.
        not_after: aware UTC instant after which they may not.
        uses: see ``suites.USES``.
        scrypt_n: work factor; leave it alone outside tests.

    Returns:
        The public records, also written to ``public-keys.json``.

    Raises:
        Fault: ``keys.exist``: there is something in the folder already; nothing is ever overwritten.
            ``keys.unwritable``: the disk says no.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise exist(folder)
    locker = create_locker(passphrase, scrypt_n)
    span = (not_before.replace(microsecond=0), not_after.replace(microsecond=0))  # as whole seconds are kept
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Keys come into being in a folder beside it and move over at once, so a crash leaves no half a keyring.
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        records = [_create_key(fresh, zone, use, locker, span) for use in uses]
        write_text(fresh / _PUBLIC, compose_json({"keys": [to_jwk(record) for record in records]}), 0o644)
        fresh.rename(folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise Fault(
            "keys.unwritable",
            Text(f"无法写入 {folder}：{error}。", f"{folder} cannot be written: {error}."),
        ) from error
    return tuple(records)


def _create_key(
    folder: Path, zone: str, use: str, locker: Locker, span: tuple[datetime, datetime]
) -> KeyRecord:
    kid, alg = f"{zone}#{use}1", INTL.signs[use]
    pkcs8 = create_private_key(alg)
    locked = lock_private_key(kid, alg, pkcs8, locker)
    write_text(folder / f"{use}1.key.json", compose_json(locked), 0o600)
    return KeyRecord(kid, alg, use, zone, load_signer(kid, pkcs8).public_jwk(), *span)


def create_seal_certificate(
    folder: Path, passphrase: str, subject: SealSubject, not_before: datetime, not_after: datetime
) -> KeyRecord:
    """Make the zone's demo seal beside its keys: a locked P-256 key, its certificate, and the authority's.

    Args:
        folder: a zone's keys, made before.
        passphrase: that of the other keys.
        subject: whose seal it is.
        not_before: aware UTC instant from which the seal may be used.
        not_after: aware UTC instant after which it may not.

    Returns:
        The public record of the seal's key.

    Raises:
        Fault: ``keys.exist``: the zone has a seal; else as ``open_keyring``.
    """
    if (folder / _SEAL).exists():
        raise exist(folder / _SEAL)
    first = read_public_records(folder)[0]
    lockers: list[Locker] = []

    def remember(stretching: Stretching) -> bytes:
        lockers.append(Locker(stretching, stretch(passphrase, stretching)))
        return lockers[0].key

    unlock_signer(read_json(folder / f"{first.use}1.key.json"), remember)  # is it the same passphrase?
    kid, alg = f"{first.zone}#seal1", INTL.signs["seal"]
    span = (not_before.replace(microsecond=0), not_after.replace(microsecond=0))
    made = create_demo_seal(subject, *span)
    public = load_signer(kid, made.pkcs8).public_jwk()
    record = KeyRecord(kid, alg, "seal", first.zone, public, *span)
    locked = lock_private_key(kid, alg, made.pkcs8, lockers[0])
    write_text(folder / "seal1.key.json", compose_json(locked), 0o600)
    write_text(folder / _SEAL_PUBLIC, compose_json(to_jwk(record)), 0o644)
    write_text(folder / _SEAL_AUTHORITY, made.authority_pem, 0o644)
    write_text(folder / _SEAL, made.certificate_pem, 0o644)  # last: with it the seal exists
    return record


def open_keyring(folder: Path, passphrase: str) -> Keyring:
    """Open every key in a zone's folder.

    Raises:
        Fault: ``keys.missing``, ``keys.loose`` (others may read a key file), ``keys.damaged``,
            ``keys.not-opened`` (wrong passphrase or changed file), ``keys.mismatch``.
    """
    records = read_public_records(folder)

    @lru_cache
    def stretched(stretching: Stretching) -> bytes:
        return stretch(passphrase, stretching)

    signers = {}
    for record in records:
        path = folder / f"{record.use}1.key.json"
        check_mode(path)
        signer = unlock_signer(read_json(path), stretched)
        if (signer.kid, signer.public_jwk()) != (record.kid, record.public):
            raise Fault(
                "keys.mismatch",
                Text(
                    f"{path} 中的私钥与公布的公钥不符。",
                    f"The private key in {path} is not that of the published public key.",
                ),
            )
        signers[record.use] = signer
    return Keyring(signers, records, _open_seal(folder, signers.get("seal")))


def read_public_records(folder: Path) -> tuple[KeyRecord, ...]:
    """Read what everybody may know of a zone's keys; needs no passphrase.

    Raises:
        Fault: ``keys.missing`` or ``keys.damaged``.
    """
    listed = read_json(folder / _PUBLIC).get("keys")
    if not isinstance(listed, list) or not listed:
        raise damaged(folder / _PUBLIC)
    found = list(listed)
    if (folder / _SEAL).exists():
        found.append(read_json(folder / _SEAL_PUBLIC))
    try:
        return tuple(parse_key_record(each) for each in found)
    except (ValueError, AttributeError, TypeError) as error:
        raise damaged(folder / _PUBLIC) from error


def _open_seal(folder: Path, signer: Ed25519Signer | EcdsaP256Signer | None) -> Seal | None:
    if not isinstance(signer, EcdsaP256Signer):
        return None
    certificates = []
    for path in (folder / _SEAL, folder / _SEAL_AUTHORITY):
        try:
            certificates.append(certificate_der(read_text(path)))
        except ValueError as error:
            raise damaged(path) from error
    return Seal(signer, certificates[0], tuple(certificates[1:]))
