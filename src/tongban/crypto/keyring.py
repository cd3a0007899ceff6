"""A zone's private keys on disk, and the only door to them; nobody but the wiring may import this room.

One folder per zone: ``<use>1.key.json`` holds a locked private key (see ``keystore``; that of the seal is
locked for two custodians, see ``two_person``, and the passphrase does not open it), ``public-keys.json`` what
everybody may know, ``seal.pem`` and ``seal-authority.pem`` the seal's certificates. The folder is for its
owner alone (0700), and so is each key (0600).
"""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
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
    unlock_private_key,
    unlock_signer,
)
from tongban.crypto.sign import EcdsaP256Signer, Ed25519Signer, KeyRecord, parse_key_record, to_jwk
from tongban.crypto.suites import INTL
from tongban.crypto.two_person import VERSION, change_secret, lock_for_two
from tongban.kernel.errors import Fault
from tongban.kernel.text import Text

FIRST_USES = ("msg", "issue", "log", "witness")
"""What a new zone needs keys for; the seal is made apart, as it has a certificate."""

_PUBLIC = "public-keys.json"
_SEAL_KEY = "seal1.key.json"
_SEAL_PUBLIC = "seal-public-key.json"
_SEAL = "seal.pem"
_SEAL_AUTHORITY = "seal-authority.pem"


@dataclass(frozen=True, slots=True)
class Seal:
    """What everybody may know of a seal: its public record, its certificate and those above it, in DER."""

    record: KeyRecord
    certificate: bytes
    authorities: tuple[bytes, ...]

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The sealing certificate first, then its authorities."""
        return (self.certificate, *self.authorities)


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
        """Return the seal without its key, or None when the zone has none yet."""
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
    folder: Path,
    custodian_secrets: Mapping[str, str],
    subject: SealSubject,
    not_before: datetime,
    not_after: datetime,
    *,
    scrypt_n: int = SCRYPT_N,
) -> KeyRecord:
    """Make the zone's demo seal beside its keys: a P-256 key locked for two, and its certificates.

    Args:
        folder: a zone's keys, made before.
        custodian_secrets: of at least two custodians, by login; any two of them open the key.
        subject: whose seal it is.
        not_before: aware UTC instant from which the seal may be used.
        not_after: aware UTC instant after which it may not.
        scrypt_n: work factor; leave it alone outside tests.

    Returns:
        The public record of the seal's key.

    Raises:
        Fault: ``keys.exist``: the zone has a seal; else as ``open_keyring``.
        Refused: a secret is too short.
    """
    if (folder / _SEAL).exists():
        raise exist(folder / _SEAL)
    zone = read_public_records(folder)[0].zone
    kid, alg = f"{zone}#seal1", INTL.signs["seal"]
    span = (not_before.replace(microsecond=0), not_after.replace(microsecond=0))
    made = create_demo_seal(subject, *span)
    public = load_signer(kid, made.pkcs8).public_jwk()
    record = KeyRecord(kid, alg, "seal", zone, public, *span)
    locked = lock_for_two(kid, alg, made.pkcs8, custodian_secrets, scrypt_n=scrypt_n)
    write_text(folder / _SEAL_KEY, compose_json(locked), 0o600)
    write_text(folder / _SEAL_PUBLIC, compose_json(to_jwk(record)), 0o644)
    write_text(folder / _SEAL_AUTHORITY, made.authority_pem, 0o644)
    write_text(folder / _SEAL, made.certificate_pem, 0o644)  # last: with it the seal exists
    return record


def read_seal_key(folder: Path) -> dict[str, object]:
    """Return the seal's key as it lies there, locked for two.

    Raises:
        Fault: ``keys.missing``, ``keys.loose``, ``keys.damaged``.
    """
    check_mode(folder / _SEAL_KEY)
    return read_json(folder / _SEAL_KEY)


def is_seal_for_two(folder: Path) -> bool:
    """Say whether the seal's key is locked for two custodians; older ones are by the node's passphrase."""
    return read_seal_key(folder).get("v") == VERSION


def lock_seal_for_two(folder: Path, passphrase: str, custodian_secrets: Mapping[str, str]) -> None:
    """Lock a seal's key for two that was locked with the node's passphrase; its certificate stays.

    Raises:
        Fault: as ``open_keyring``. Refused: a secret is too short.
    """
    kid, alg, pkcs8 = unlock_private_key(read_seal_key(folder), lambda one: stretch(passphrase, one))
    _replace_seal_key(folder, lock_for_two(kid, alg, pkcs8, custodian_secrets))


def change_seal_secret(folder: Path, custodian: str, old: str, new: str) -> None:
    """Give one custodian another secret; the other need not be there.

    Raises:
        Refused: the old secret is wrong, the new one too short, or they hold no share.
    """
    _replace_seal_key(folder, change_secret(read_seal_key(folder), custodian, old, new))


def _replace_seal_key(folder: Path, locked: Mapping[str, object]) -> None:
    """Write beside and move over: a crash leaves the old file or the new one."""
    fresh = folder / f".{_SEAL_KEY}.new"
    write_text(fresh, compose_json(locked), 0o600)
    fresh.replace(folder / _SEAL_KEY)


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
        if record.use == "seal":
            continue  # two custodians open it, and in another process
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
    return Keyring(signers, records, _read_seal(folder, records))


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


def find_public_seal(folder: Path) -> Seal | None:
    """Return the seal without its key, or None when the zone has none yet; needs no passphrase.

    Raises:
        Fault: ``keys.missing`` or ``keys.damaged``.
    """
    return _read_seal(folder, read_public_records(folder))


def _read_seal(folder: Path, records: Sequence[KeyRecord]) -> Seal | None:
    record = next((one for one in records if one.use == "seal"), None)
    if record is None:
        return None
    certificates = []
    for path in (folder / _SEAL, folder / _SEAL_AUTHORITY):
        try:
            certificates.append(certificate_der(read_text(path)))
        except ValueError as error:
            raise damaged(path) from error
    return Seal(record, certificates[0], tuple(certificates[1:]))
