"""Public records of licences between zones: one's own from the store, others' by asking."""

import json
from dataclasses import dataclass, replace

import pytest

from tests.builders import CHANGZHOU, SUZHOU, WUXI
from tests.federation.network import Network
from tongban.federation.limits import MAX_RECORD_BYTES
from tongban.federation.records import PeerRecords, compose_record, parse_record
from tongban.federation.transport import Answered
from tongban.flows.ports import PublicRecord
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CredentialId, ZoneId

LICENCE = CredentialId("1.2.156.3005.2.DEMO.11320411MB00000013.20260000001.001.X")
RECORD = PublicRecord(
    credential_id=LICENCE,
    zone=CHANGZHOU,
    state="01",
    signed_part="a.b.c",
    leaf=b'{"t":"credential.issue/1"}',
    leaf_index=7,
    proof=("00" * 32, "ff" * 32),
    checkpoint="changzhou.tongban.example/log\n8\nAAAA\n",
    document_digest="ab" * 32,
)


@dataclass
class OneRecord:
    """A zone with one licence."""

    record: PublicRecord

    def find(self, zone: ZoneId, credential_id: CredentialId) -> PublicRecord | None:
        return self.record if (zone, credential_id) == (self.record.zone, self.record.credential_id) else None


@dataclass
class Answering:
    """A wire on which every question gets the same answer."""

    status: int
    body: bytes

    def post(self, url: str, content: bytes, media_type: str) -> Answered:
        raise AssertionError("records are only asked for")

    def get(self, url: str, max_bytes: int) -> Answered:
        assert max_bytes == MAX_RECORD_BYTES
        assert url == f"http://changzhou/exchange/records/{LICENCE}"
        return Answered(self.status, self.body)


def records_of(network: Network, zone: ZoneId = SUZHOU) -> PeerRecords:
    """The records as a zone sees them, when Changzhou has one licence."""
    address = network.node(zone).station.address
    changzhou = network.node(CHANGZHOU)
    deps = replace(changzhou.station.deps, records=OneRecord(RECORD))
    network.wire.nodes[CHANGZHOU] = replace(changzhou, station=replace(changzhou.station, deps=deps))
    return PeerRecords(zone, OneRecord(replace(RECORD, zone=zone)), network.wire, address)


def answered(status: int, body: bytes) -> PeerRecords:
    return PeerRecords(SUZHOU, OneRecord(RECORD), Answering(status, body), lambda zone: f"http://{zone}")


def test_another_zones_record_comes_over_the_wire_as_it_is(network: Network) -> None:
    assert records_of(network).find(CHANGZHOU, LICENCE) == RECORD


def test_a_record_without_a_place_in_the_ledger_yet_comes_over_too() -> None:
    waiting = replace(RECORD, leaf=b"", leaf_index=None, proof=(), checkpoint="", document_digest="")
    assert parse_record(compose_record(waiting), CHANGZHOU, LICENCE) == waiting


def test_the_own_zones_records_are_read_without_asking_anybody(network: Network) -> None:
    records = records_of(network)
    network.wire.down = {SUZHOU, CHANGZHOU, WUXI}
    assert records.find(SUZHOU, LICENCE) == replace(RECORD, zone=SUZHOU)


def test_a_licence_that_a_zone_does_not_have_is_none(network: Network) -> None:
    assert records_of(network).find(CHANGZHOU, CredentialId("1.2.3")) is None


@pytest.mark.parametrize("number", ["", "a/../b", "1.2?x=1", "1 2", "证照", "1" * 200])
def test_what_can_be_no_number_is_not_even_asked_for(network: Network, number: str) -> None:
    records = records_of(network)
    network.wire.down = {CHANGZHOU}
    assert records.find(CHANGZHOU, CredentialId(number)) is None


def test_a_zone_that_is_away_or_unknown_is_a_fault(network: Network) -> None:
    records = records_of(network)
    network.wire.down = {CHANGZHOU}
    for zone in (CHANGZHOU, ZoneId("lingang")):
        with pytest.raises(Fault, match=r"peer\.away"):
            records.find(zone, LICENCE)


@pytest.mark.parametrize("status", [500, 503, 302, 201, 400])
def test_a_zone_that_answers_otherwise_is_a_fault(status: int) -> None:
    with pytest.raises(Fault, match=r"peer\.away"):
        answered(status, compose_record(RECORD)).find(CHANGZHOU, LICENCE)


@pytest.mark.parametrize(
    "changes",
    [
        {"credential_id": "1.2.3"}, {"zone": "wuxi"}, {"state": 1}, {"signed_part": None}, {"leaf": "="},
        {"leaf": 5}, {"leaf_index": "7"}, {"leaf_index": -1}, {"leaf_index": True}, {"proof": "ff"},
        {"proof": ["ff"] * 65}, {"checkpoint": []}, {"document_digest": {}},
    ],
    ids=str,
)  # fmt: skip
def test_a_record_that_is_none_is_a_fault(changes: dict[str, object]) -> None:
    body = json.dumps({**json.loads(compose_record(RECORD)), **changes}).encode()
    with pytest.raises(Fault, match=r"peer\.bad-record"):
        answered(200, body).find(CHANGZHOU, LICENCE)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b"<html>"])
def test_rubbish_is_a_fault(body: bytes) -> None:
    with pytest.raises(Fault, match=r"peer\.bad-record"):
        answered(200, body).find(CHANGZHOU, LICENCE)


def test_a_node_says_who_it_is_and_which_protocol_it_speaks(network: Network) -> None:
    health = network.node(WUXI).read_health()
    assert (health.status, json.loads(health.body)) == (200, {"zone": "wuxi", "protocol": "TB-FED/1"})
