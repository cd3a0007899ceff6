"""A licence to check: granted at Changzhou, sealed by a real press, in a real ledger with its checkpoint."""

from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.builders import CHANGZHOU, TUESDAY, ZONES, DirectoryForTests, catalogue, key_record
from tests.paper.builders import a_seal_key, font_folder
from tests.web.one_node import OneNode, start_node
from tongban.crypto.sign import Ed25519Signer, KeyRecord
from tongban.domain.ledger.checkpoint import Checkpoint, sign_checkpoint
from tongban.domain.ledger.note import NoteKey, note_key
from tongban.flows.seal_document import seal_document
from tongban.kernel.ids import CaseId, ZoneId
from tongban.paper.office import SealHolder, ZonePress, verify_url
from tongban.store.ledger import DjangoLedger
from tongban.store.public_records import OwnRecords

LOG = Ed25519Signer("changzhou#log1", bytes([7]) * 32)
LOG_KEY = note_key(
    KeyRecord("changzhou#log1", "Ed25519", "log", CHANGZHOU, LOG.public_jwk(),
              TUESDAY.replace(month=1), TUESDAY.replace(year=2028)),
    "changzhou.test/log",
)  # fmt: skip


class DirectoryWithLog(DirectoryForTests):
    """Knows Changzhou's ledger too."""

    def log_key(self, zone: ZoneId) -> NoteKey | None:
        """Return its key."""
        return LOG_KEY if zone == CHANGZHOU else None


@dataclass(frozen=True)
class LicenceToCheck:
    """A licence in every form in which it may be shown."""

    node: OneNode
    ledger: DjangoLedger
    number: str
    token: str
    address: str
    document: bytes

    def place_in_ledger(self) -> None:
        """Give every waiting leaf its place, and sign the log."""
        with self.node.store.unit():
            self.ledger.sequence_leaves(100, self.node.clock.now())

    def set_state(self, state: str) -> None:
        """Change its state in the register, as a revocation will."""
        with self.node.store.unit():
            self.node.store.session.write(
                "UPDATE store_credential SET state = %s WHERE credential_id = %s", [state, self.number]
            )


@pytest.fixture
def licence(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LicenceToCheck:
    """A licence whose leaf waits for its place in the ledger."""
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    session = node.store.session
    ledger = DjangoLedger(
        session, lambda size, root: sign_checkpoint(Checkpoint(LOG_KEY.name, size, root), LOG_KEY, LOG)
    )
    key = a_seal_key("演示印章", from_at=TUESDAY.replace(month=1))
    press = ZonePress(
        catalogue().zones[CHANGZHOU], catalogue(), node.clock, font_folder(),
        SealHolder(key.sign, (key.certificate,)), (key.certificate,), "https://cz.example", True,
    )  # fmt: skip
    deps = replace(
        node.deps,
        ledger=ledger,
        press=press,
        records=OwnRecords(session, CHANGZHOU, ledger),
        directory=DirectoryWithLog(key_record(zone) for zone in ZONES),
    )
    node = replace(node, deps=deps)
    monkeypatch.setattr("tongban.wiring.node.get_node", lambda: SimpleNamespace(deps=deps, store=node.store))
    case_id = node.referred("CZ260303-AAAA2222", scope=("domestic",))
    seal_document(CaseId(case_id), deps)
    case = node.find(case_id)
    issued = deps.credentials.find(case.credential_id)
    document = deps.files.find(case.document_digest)
    assert issued is not None
    assert document is not None
    address = verify_url("https://cz.example", issued)
    return LicenceToCheck(node, ledger, issued.credential_id, case.token, address, document)


@pytest.fixture
def anybody() -> Client:
    """A browser in which nobody is logged in."""
    return Client()
