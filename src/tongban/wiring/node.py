"""A node put together from its settings, once for a process."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from tongban.authorities.review_body import SimulatedReviewBody
from tongban.authorities.simulated import SimulatedAuthorities
from tongban.crypto.chance import random_below, random_salts, random_token
from tongban.crypto.digest import digest
from tongban.crypto.keyring import Keyring, open_keyring
from tongban.crypto.sign import Signer
from tongban.domain.case.due import find_due_on
from tongban.domain.case.state import Case
from tongban.domain.credential.sd_jwt import compose_sd_jwt
from tongban.domain.ledger.checkpoint import Checkpoint, sign_checkpoint
from tongban.federation.directory import FileDirectory
from tongban.federation.exchange import PeerExchange
from tongban.federation.records import PeerRecords
from tongban.federation.station import Station
from tongban.federation.transport import HttpTransport
from tongban.flows.plan_agenda import plan_for
from tongban.flows.ports import Catalogue, Clock, Deps
from tongban.flows.reactions import MACHINE
from tongban.kernel.ids import ZoneId
from tongban.packs.load import load_catalogue
from tongban.paper.office import SealHolder, ZonePress
from tongban.store.store import Store, open_store
from tongban.wiring.carriers import open_carriers
from tongban.wiring.seal_service import NoSealKey, open_seal_key
from tongban.wiring.shared_clock import open_clock

SEAL_SUFFIX = ".seal.der"
"""A zone's published seal certificate lies beside its keys under this ending."""

_COLLECT_AFTER = 20_000
"""New objects before the collector comes by. A case makes hundreds and hardly a cycle among them; with
Python's 700 it came some seven times for every hundred cases, and found nothing."""

_NODE_KEY_LABEL = b"tongban/node-key/1"


FROM_THE_STORE = (
    "unit",
    "cases",
    "bundles",
    "serials",
    "registers",
    "notices",
    "exchange",
    "jobs",
    "ledger",
    "credentials",
    "files",
    "transfers",
    "desk",
    "rule_tables",
    "rails",
    "papers",
    "ratings",
    "item_checks",
    "inquiries",
    "prechecks",
    "hall",
    "voices",
    "supervision",
    "alliance",
    "liaison",
    "agenda",
    "seals",
    "notifications",
    "channels",
)
"""Ports that the store fills, by their names in ``Deps``."""


class SystemChance:
    """The operating system's chance."""

    def token(self, length: int) -> str:
        """Return random characters without look-alikes."""
        return random_token(length)

    def salts(self, count: int) -> Sequence[str]:
        """Return distinct salts of 128 bits."""
        return random_salts(count)

    def draw(self, below: int) -> int:
        """Return an unguessable number below a limit."""
        return random_below(below)


@dataclass(frozen=True, slots=True)
class KeySealer:
    """Signs credentials with the zone's issuing key."""

    signer: Signer

    def seal_credential(self, always: dict[str, object], disclosable: dict[str, object]) -> str:
        """Return an SD-JWT VC that discloses everything."""
        return compose_sd_jwt(self.signer, always, disclosable, random_salts(len(disclosable))).token


@dataclass(frozen=True, slots=True)
class Node:
    """A node put together: what flows ask, and what only its own worker and its peers' door need."""

    deps: Deps
    store: Store
    keyring: Keyring
    directory: FileDirectory
    exchange: PeerExchange


def get_deps() -> Deps:
    """Return what flows and reads of this process ask; built at the first call."""
    return get_node().deps


@lru_cache(maxsize=1)
def get_node() -> Node:
    """Build this process's node.

    Raises:
        Refused: the content has errors; every one is named, and the node must not start.
        Fault: keys are missing, loose or locked with another passphrase.
    """
    zone, clock, transport = ZoneId(settings.ZONE), open_clock(), HttpTransport()
    catalogue = load_catalogue(settings.CONTENT_FOLDER)
    keyring, directory = _open_keyring(), _open_directory(catalogue)
    store = _open_store(zone, clock, catalogue, keyring, directory)
    seal = keyring.find_seal()
    seal_key = open_seal_key(seal, clock) if seal else NoSealKey()
    deps = Deps(
        zone=zone,
        machine=MACHINE,
        clock=clock,
        chance=SystemChance(),
        catalogue=catalogue,
        authorities=SimulatedAuthorities(clock, settings.AUTHORITIES_AWAY),
        review_body=SimulatedReviewBody(clock),
        sealer=KeySealer(keyring.signer("issue")),
        press=_press(zone, clock, catalogue, SealHolder(seal_key.sign, seal.chain) if seal else None),
        seal_key=seal_key,
        records=PeerRecords(zone, store.records, transport, directory.address),
        directory=directory,
        carriers=open_carriers(),
        public_url=settings.PUBLIC_URL,
        rota=catalogue.seal.rota_of(zone) if settings.DEMO else (),
        **{name: getattr(store, name) for name in FROM_THE_STORE},
    )
    station = Station(deps, store.messages, keyring.signer("msg"), directory.address)
    return Node(deps, store, keyring, directory, PeerExchange(station, transport))


def _open_directory(catalogue: Catalogue) -> FileDirectory:
    addresses = {one.id: settings.PEERS.get(one.id, one.address) for one in catalogue.zones.values()}
    return FileDirectory(settings.DIRECTORY_FOLDER, addresses)


def _open_keyring() -> Keyring:
    passphrase = settings.KEYS_PASSPHRASE_FILE.read_text(encoding="utf-8").strip()
    return open_keyring(settings.KEYS_FOLDER, passphrase)


def settle_memory() -> None:
    """Let the garbage collector pass over what is there by now, and come by less often.

    For processes that serve, once their node is put together: law, packs and programs stay as long as these.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


def _open_store(
    zone: ZoneId, clock: Clock, catalogue: Catalogue, keyring: Keyring, directory: FileDirectory
) -> Store:
    def due_on(case: Case) -> date | None:
        item = catalogue.get_item(case.item_id, case.deciding_zone)
        regime = catalogue.get_regime(item.regime)
        return find_due_on(case, item, regime, catalogue.get_calendar(case.deciding_zone))

    def sign(size: int, root: bytes) -> str:
        key = directory.log_key(zone)
        if key is None:
            raise RuntimeError("the zone's own log key is not in the directory")
        return sign_checkpoint(Checkpoint(key.name, size, root), key, keyring.signer("log"))

    return open_store(
        zone,
        clock,
        node_key(keyring),
        Path(settings.FILES_FOLDER),
        due_on,
        sign,
        plan=plan_for(catalogue, zone),
    )


def node_key(keyring: Keyring) -> bytes:
    """Return the 32 bytes that lock case keys, messages and files of this node.

    Ed25519 signs the same bytes alike (RFC 8032), so the key needs no file of its own, and a node whose log
    key sits in a device keeps it there too. The log key is the one that is never rotated (ADR 0009).
    """
    return digest(keyring.signer("log").sign(_NODE_KEY_LABEL))


def _press(zone: ZoneId, clock: Clock, catalogue: Catalogue, holder: SealHolder | None) -> ZonePress:
    return ZonePress(
        zone=catalogue.zones[zone],
        catalogue=catalogue,
        clock=clock,
        fonts=settings.FONTS_FOLDER,
        seal_holder=holder,
        trusted=read_seal_certificates(settings.DIRECTORY_FOLDER),
        public_url=settings.PUBLIC_URL,
        is_demo=settings.DEMO,
    )


def read_seal_certificates(folder: Path) -> tuple[bytes, ...]:
    """Return the seal certificates that the zones have published, DER, in order of zone."""
    return tuple(path.read_bytes() for path in sorted(folder.glob(f"*{SEAL_SUFFIX}")))
