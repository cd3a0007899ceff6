"""A zone's keys: made once, locked at once, their public halves published for the other zones."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from django.conf import settings

from tongban.crypto.keyring import (
    Keyring,
    SealSubject,
    change_seal_secret,
    create_keys,
    create_seal_certificate,
    is_seal_for_two,
    lock_seal_for_two,
    open_keyring,
)
from tongban.federation.directory import compose_key_file
from tongban.kernel.ids import ZoneId
from tongban.packs.load import load_catalogue
from tongban.wiring.node import SEAL_SUFFIX

_SEAL_NAME = "行政审批专用章（演示）"
"""Short: a common name in a certificate has 64 bytes at most (X.520)."""
DEMO_KEY_YEARS = 3
"""How long the keys of a demonstration hold; a real zone rotates each by its use (docs/operations.md)."""


def create_node_keys(ask: Callable[[], Mapping[str, str]], years: int = DEMO_KEY_YEARS) -> bool:
    """Make this zone's keys and demonstration seal where there are none, and publish their public halves.

    Args:
        ask: asks for the secrets of at least two custodians, by login; only where a seal is to be locked, and
            not in a demonstration, whose secrets stand in the content.

    Returns:
        True when keys were made, False when the zone had them already; they are published either way.

    Raises:
        Refused: a custodian's secret is too short.
    """
    catalogue = load_catalogue(settings.CONTENT_FOLDER)
    zone = catalogue.zones[ZoneId(settings.ZONE)]
    if settings.DEMO:
        ask = partial(catalogue.seal.secrets_of, zone.id)
    passphrase = settings.KEYS_PASSPHRASE_FILE.read_text(encoding="utf-8").strip()
    folder: Path = settings.KEYS_FOLDER
    begins = datetime.now(UTC) - timedelta(days=1)
    span = (begins, begins + timedelta(days=365 * years))
    is_new = not folder.exists()
    if is_new:
        create_keys(folder, zone.id, passphrase, *span)
    keyring = open_keyring(folder, passphrase)
    if keyring.find_seal() is None:
        # Looked at by itself: somebody may have been stopped between the keys and the seal.
        authority = zone.authority.name
        subject = SealSubject(authority.zh, _SEAL_NAME, zone.name.zh)
        create_seal_certificate(folder, ask(), subject, *span)
        keyring = open_keyring(folder, passphrase)
    elif not is_seal_for_two(folder):
        lock_seal_for_two(folder, passphrase, ask())
    publish_keys(keyring, zone.id)
    return is_new


def change_custodian_secret(custodian: str, old: str, new: str) -> None:
    """Give one custodian of this zone's seal another secret; counts from the next time they type it.

    Raises:
        Refused: the old one is wrong, the new one too short, or they hold no share of the key.
    """
    change_seal_secret(settings.KEYS_FOLDER, custodian, old, new)


def publish_keys(keyring: Keyring, zone: ZoneId) -> None:
    """Write what everybody may know of this zone's keys into the directory that all zones read."""
    folder: Path = settings.DIRECTORY_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    seal = keyring.find_seal()
    if seal is not None:
        _put(folder / f"{zone}{SEAL_SUFFIX}", seal.certificate)
    _put(folder / f"{zone}.json", compose_key_file(keyring.public_records()))


def _put(path: Path, content: bytes) -> None:
    """Write beside and move over, so that no zone ever reads half a file."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
