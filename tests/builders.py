"""Plain functions that build what tests need: real content, three zones in memory, an application."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tongban.crypto.sign import EcdsaP256Signer, KeyRecord
from tongban.domain.case.events import Actor, ApplicantRef
from tongban.domain.credential.sd_jwt import compose_sd_jwt
from tongban.domain.evidence.exchange import HeldRecord, Trust
from tongban.domain.ledger.note import NoteKey
from tongban.flows.memory import MemoryClock, MemoryRegisters, memory_deps
from tongban.flows.ports import Deps
from tongban.flows.submit import Application
from tongban.kernel.ids import EvidenceKindId, ItemId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.load import PackCatalogue, load_catalogue

CONTENT = Path(__file__).parent.parent / "content"
SUZHOU, WUXI, CHANGZHOU = ZoneId("suzhou"), ZoneId("wuxi"), ZoneId("changzhou")
ZONES = (SUZHOU, WUXI, CHANGZHOU)
TUESDAY = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
"""10 in the morning of an ordinary working day in China."""

PARENT, BRANCH = "91320214MB0000006B", "91320411MB0000007D"
BRANCH_FILING = ItemId("travel-agency-branch-filing")
AGENT = Actor("applicant", "agent", "演示经办人")
MACHINE_WORDS = Text("演示登记", "demonstration register")


@cache
def catalogue() -> PackCatalogue:
    """Return the real content folder, read once."""
    return load_catalogue(CONTENT)


@dataclass(frozen=True)
class SealerForTests:
    """Signs with a key that everybody knows."""

    signer: EcdsaP256Signer

    def seal_credential(self, always: Mapping[str, object], disclosable: Mapping[str, object]) -> str:
        """Return a real SD-JWT; the salts are counted, so that nothing depends on chance."""
        salts = [f"{number:022d}" for number in range(len(disclosable))]
        return compose_sd_jwt(self.signer, always, disclosable, salts).token


class DirectoryForTests:
    """Knows the issuing keys of zones in memory."""

    def __init__(self, records: Iterable[KeyRecord]) -> None:
        self._records = tuple(records)

    def keys(self, use: str) -> Mapping[str, KeyRecord]:
        """Return keys by kid."""
        return {record.kid: record for record in self._records if record.use == use}

    def log_key(self, zone: ZoneId) -> NoteKey | None:
        """No ledger is published here."""
        return None

    def address(self, zone: ZoneId) -> str | None:
        """No node has an address here."""
        return None


def issue_signer(zone: ZoneId) -> EcdsaP256Signer:
    """Return the zone's issuing key for tests."""
    return EcdsaP256Signer(f"{zone}#issue1", bytes([1 + ZONES.index(zone)]) * 32)


def key_record(zone: ZoneId) -> KeyRecord:
    """Return what is publicly known of the zone's issuing key."""
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    return KeyRecord(f"{zone}#issue1", "ES256", "issue", zone, issue_signer(zone).public_jwk(), start, end)


def a_network(at: datetime = TUESDAY, zones: Iterable[ZoneId] = ZONES) -> dict[ZoneId, Deps]:
    """Return zones in memory that share a clock and know each other's keys."""
    clock = MemoryClock(at)
    directory = DirectoryForTests(key_record(zone) for zone in ZONES)
    return {
        zone: memory_deps(zone, catalogue(), clock, SealerForTests(issue_signer(zone)), directory)
        for zone in zones
    }


def move_clock(network: Mapping[ZoneId, Deps], at: datetime) -> None:
    """Set the clock that the zones share."""
    for deps in network.values():
        clock = deps.clock
        assert isinstance(clock, MemoryClock)
        clock.at = at


def keep(
    deps: Deps, of_kind: str, subject: str, /, trust: Trust = Trust.SHARED_DATA, **facts: object
) -> None:
    """Put a record into a zone's register."""
    registers = deps.registers
    assert isinstance(registers, MemoryRegisters)
    registers.keep(
        HeldRecord(EvidenceKindId(of_kind), subject, facts, deps.clock.now(), MACHINE_WORDS, trust)
    )


def keep_branch_records(network: Mapping[ZoneId, Deps]) -> None:
    """Put what the branch filing needs into the registers of Changzhou and Wuxi."""
    registered_on = TUESDAY.date().replace(day=2)
    if CHANGZHOU in network:
        keep(
            network[CHANGZHOU], "business-licence", BRANCH, status="active", kind="branch",
            name="无锡示例旅行社有限公司常州新北分社（演示）", legal_representative="演示甲",
            premises="常州市新北区演示路1号", registered_on=registered_on, parent_uscc=PARENT,
        )  # fmt: skip
    if WUXI in network:
        keep(
            network[WUXI], "travel-agency-licence", PARENT, status="active",
            licence_number="L-DEMO-0001", scope=["domestic", "inbound"],
        )  # fmt: skip
        keep(network[WUXI], "deposit-proof", PARENT, paid=True, amount_fen=20_000_000)


def branch_answers(**changes: object) -> dict[str, object]:
    """Return a well-filled form of the branch filing, with changes."""
    answers: dict[str, object] = {
        "parent_uscc": PARENT,
        "branch_uscc": BRANCH,
        "branch_name": "无锡示例旅行社有限公司常州新北分社（演示）",
        "branch_address": "常州市新北区演示路1号",
        "branch_head": "演示甲",
        "contact_mobile": "19900000001",
        "scope": ["domestic"],
    }
    return {**answers, **changes}


def a_branch_application(**changes: object) -> Application:
    """Return an application of the Wuxi agency for its branch in Changzhou, with changed answers."""
    applicant = ApplicantRef(
        "firm", PARENT, "无锡示例旅行社有限公司（演示）", "19900000001", "agent", "演示经办人"
    )
    return Application(BRANCH_FILING, CHANGZHOU, applicant, branch_answers(**changes), "online")
