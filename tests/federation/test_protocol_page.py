"""The protocol's page (docs/federation.md) says what the code does: codes, limits, types, vectors."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tongban.crypto.base64url import parse_base64url
from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.crypto.sign import Ed25519Signer, KeyRecord
from tongban.federation import limits
from tongban.federation.codes import STATUS
from tongban.federation.envelope import Header, open_message, seal_message
from tongban.federation.leaf import compose_leaf
from tongban.federation.receipt import Arrival, check_receipt, compose_receipt, open_receipt
from tongban.flows.file_blob import compose_blob, open_blob
from tongban.flows.file_transfers import WantedFile
from tongban.flows.message_store import ChannelHead
from tongban.flows.receive import EFFECTS
from tongban.kernel.ids import CaseId, MessageId, ZoneId
from tongban.store import files

PAGE = (Path(__file__).parents[2] / "docs" / "federation.md").read_text(encoding="utf-8")
VECTORS = dict(re.findall(r"^```([a-z]+-\d)\n(.+)\n```$", PAGE, re.MULTILINE))
CHANGZHOU, WUXI = ZoneId("changzhou"), ZoneId("wuxi")
AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
SENDER = Ed25519Signer("changzhou#msg1", bytes(range(32)))
RECEIVER = Ed25519Signer("wuxi#msg1", bytes(range(32, 64)))
KEYS = {
    signer.kid: KeyRecord(
        signer.kid,
        "Ed25519",
        "msg",
        zone,
        signer.public_jwk(),
        AT - timedelta(days=1),
        AT + timedelta(days=1),
    )
    for signer, zone in ((SENDER, CHANGZHOU), (RECEIVER, WUXI))
}


def section(number: str) -> str:
    """Return one numbered section of the page."""
    found = re.search(rf"^## {number}\. .*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[0]


def test_the_page_names_every_code_with_its_status() -> None:
    rows = re.findall(r"^\| (\d{3}) \| `([a-z.-]+)` \|", section("5"), re.MULTILINE)
    assert {code: int(status) for status, code in rows} == STATUS


def test_the_page_names_every_type_and_no_other() -> None:
    assert set(re.findall(r"^\| `([a-z]+\.[a-z]+)` \|", section("3"), re.MULTILINE)) == set(EFFECTS)


def test_the_page_names_every_limit_with_its_value() -> None:
    rows = re.findall(r"^\| [^|]+ \| (\d+)[^|]*\| `([A-Z_]+)` \|$", section("2"), re.MULTILINE)
    assert len(rows) == 13
    assert {name: int(value) for value, name in rows} == {name: getattr(limits, name) for _, name in rows}
    assert (limits.LIFETIME.days, limits.CLOCK_SKEW.seconds // 60) == (30, 5)
    assert (limits.PATIENCE.seconds // 3600, limits.ANSWER_RECEIPT_WAIT.seconds // 60) == (1, 2)


def test_the_page_shows_the_waits() -> None:
    row = re.search(r"^\| wait in seconds \|(.+)\|$", PAGE, re.MULTILINE)
    assert row
    assert tuple(int(each) for each in row[1].split("|")) == limits.BACK_OFF_SECONDS
    assert f"up to {limits.SPREAD_PERCENT} % longer" in PAGE


def test_the_page_carries_the_name_of_the_protocol() -> None:
    assert f"Identifier `{limits.PROTOCOL}`" in PAGE


def test_a_message_is_made_and_opened_as_the_page_shows() -> None:
    raw = VECTORS["message-1"].encode()
    opened = open_message(raw, KEYS, WUXI)
    assert opened.hash == VECTORS["hash-1"] == hex_digest(raw)
    assert (opened.seq, opened.prev_hash, opened.type) == (1, "", "evidence.request")
    again = seal_message(SENDER, opened.header, ChannelHead(), opened.body)
    assert again == raw


def test_a_receipt_is_made_and_opened_as_the_page_shows() -> None:
    raw = VECTORS["message-1"].encode()
    receipt = open_receipt(VECTORS["receipt-1"], KEYS, CHANGZHOU)
    check_receipt(receipt, WUXI, MessageId("0019cb16c7100-0123456789abcdef"), raw)
    assert receipt.is_accepted
    message = (receipt.message_id, receipt.message_hash)
    assert compose_receipt(RECEIVER, WUXI, CHANGZHOU, message, AT, Arrival(1)) == VECTORS["receipt-1"]


def test_a_gap_and_a_refusal_are_told_as_the_page_shows() -> None:
    opened = open_message(VECTORS["message-3"].encode(), KEYS, WUXI)
    assert opened.seq == 3
    receipt = open_receipt(VECTORS["receipt-3"], KEYS, CHANGZHOU)
    assert (receipt.code, receipt.arrival) == ("message.no-ground", Arrival(3, gap_after=1))
    assert receipt.message_hash == opened.hash


def test_a_leaf_is_made_as_the_page_shows() -> None:
    message, receipt = VECTORS["message-1"].encode(), VECTORS["receipt-1"]
    leaf = compose_leaf("msg.received/1", WUXI, AT, message, receipt, "A" * 22)
    assert canonical(leaf).decode() == VECTORS["leaf-1"]


def test_the_header_of_a_vector_is_what_an_honest_zone_writes() -> None:
    header = Header(
        MessageId("0019cb16c7100-0123456789abcdef"),
        CHANGZHOU,
        WUXI,
        "evidence.request",
        AT,
        AT + limits.LIFETIME,
    )
    assert open_message(VECTORS["message-1"].encode(), KEYS, WUXI).header == header


def test_a_file_is_locked_and_offered_as_the_page_shows() -> None:
    content, key, blob = (bytes.fromhex(VECTORS[name]) for name in ("file-1", "key-1", "blob-1"))
    assert compose_blob(content, key) == blob
    opened = open_message(VECTORS["offer-1"].encode(), KEYS, WUXI)
    assert (opened.seq, opened.prev_hash, opened.type) == (2, VECTORS["hash-1"], "file.offer")
    offer = WantedFile(
        CaseId(opened.body["case"]), opened.body["digest"], CHANGZHOU, opened.body["blob"], key,
        opened.body["size"], opened.body["name"], AT,
    )  # fmt: skip
    assert parse_base64url(opened.body["key"]) == key
    assert open_blob(blob, offer) == (content, "application/pdf")


def test_the_page_names_what_may_be_wrong_with_a_file() -> None:
    told = set(re.findall(r"`(file\.[a-z-]+)` \|", section("11")))
    assert told == {
        "file.not-here", "file.no-such-part", "file.wrong-blob", "file.wrong-content", "file.wrong-type",
    }  # fmt: skip
    assert limits.WRONG_FILE_WAIT.seconds == 3600
    assert limits.MAX_FILE_BYTES == files.MAX_FILE_BYTES
