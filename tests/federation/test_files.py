"""Files between zones: what is handed in at one reaches the one that decides; the document comes back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import AGENT, CHANGZHOU, SUZHOU, TUESDAY, WUXI, a_branch_application, keep_branch_records
from tests.federation.network import Network, a_header, sealed
from tongban.crypto.base64url import parse_base64url, to_base64url
from tongban.crypto.digest import hex_digest
from tongban.domain.case.state import Case
from tongban.federation.limits import BACK_OFF_SECONDS, MAX_FILE_BYTES, MAX_PIECE_BYTES
from tongban.federation.transport import Answered, away
from tongban.flows.correct import correct
from tongban.flows.file_blob import compose_blob
from tongban.flows.file_transfers import WantedFile
from tongban.flows.keep_upload import keep_upload
from tongban.flows.offer_files import offer_files
from tongban.flows.submit import submit
from tongban.kernel.ids import CaseId, MessageId, ZoneId

CASE = CaseId("SZ260303-FILES001")
PHOTO = b"\xff\xd8\xff" + b"made-up licence " * 100
LONG = b"%PDF-" + bytes(range(256)) * (4 * 1024 * 3)  # three pieces and a little


def hand_in(network: Network, content: bytes = PHOTO, **answers: object) -> str:
    """File the branch at Suzhou with a copy of the parent's licence; return its digest."""
    keep_branch_records(network.all_deps())
    suzhou = network.deps(SUZHOU)
    kept = keep_upload(content, "许可证.jpg", "answers.parent_licence_copy", suzhou)
    submit(CASE, a_branch_application(parent_licence_copy=kept.digest, **answers), AGENT, suzhou)
    return kept.digest


def wanted(network: Network, zone: ZoneId = CHANGZHOU) -> WantedFile:
    (one,) = network.deps(zone).transfers.wanted(CASE)
    return one


def later(network: Network, seconds: float = 2 * BACK_OFF_SECONDS[-1]) -> None:
    network.clock.at += timedelta(seconds=seconds)
    network.settle()


def case_at(network: Network, zone: ZoneId) -> Case:
    case = network.deps(zone).cases.find(CASE)
    assert case is not None
    return case


def test_a_file_handed_in_at_one_zone_reaches_the_zone_that_decides(network: Network) -> None:
    digest = hand_in(network)
    network.settle()
    assert network.deps(CHANGZHOU).files.find(digest) == PHOTO
    assert network.deps(CHANGZHOU).files.find_name(digest) == "许可证.jpg"
    assert wanted(network).arrived_at == TUESDAY
    assert wanted(network).key == b""
    assert network.deps(WUXI).files.find(digest) is None


def test_the_sealed_document_comes_back_to_the_zone_that_received(network: Network) -> None:
    keep_branch_records(network.all_deps())
    submit(CASE, a_branch_application(), AGENT, network.deps(SUZHOU))
    network.settle()
    case = case_at(network, SUZHOU)
    document = network.deps(SUZHOU).files.find(case.document_digest)
    assert document is not None
    assert document == network.deps(CHANGZHOU).files.find(case.document_digest)
    assert network.deps(SUZHOU).files.find_name(case.document_digest) == f"{case.credential_id}.pdf"


def test_neither_the_file_nor_its_key_is_in_what_anybody_may_fetch(network: Network) -> None:
    hand_in(network)
    network.settle()
    (offered,) = network.deps(SUZHOU).transfers.offered(CASE)
    told = network.node(SUZHOU).read_file(offered.blob)
    assert told.status == 200
    assert hex_digest(told.body) == offered.blob
    assert b"made-up licence" not in told.body
    assert offered.key not in told.body


def test_a_file_in_a_correction_handed_in_elsewhere_reaches_the_zone_that_decides(network: Network) -> None:
    """Wuxi holds nothing about the parent, so Changzhou's list of corrections is answered at Suzhou."""
    suzhou = network.deps(SUZHOU)
    application = a_branch_application(parent_uscc="91320214YY9000016H")
    submit(CASE, application, AGENT, suzhou)
    network.settle()
    assert case_at(network, SUZHOU).stage == "correcting"
    kept = keep_upload(PHOTO, "许可证.jpg", "answers.parent_licence_copy", suzhou)
    raw = {**application.raw_answers, "parent_licence_copy": kept.digest}
    correct(CASE, raw, AGENT, suzhou)
    network.settle()
    assert case_at(network, CHANGZHOU).answers["parent_licence_copy"] == kept.digest
    assert network.deps(CHANGZHOU).files.find(kept.digest) == PHOTO


def test_a_zone_that_is_away_delays_the_file_and_it_is_asked_for_until_it_comes(network: Network) -> None:
    digest = hand_in(network)
    network.wire.pieces = lambda path, at, answered: (_ for _ in ()).throw(away())  # type: ignore[misc]
    network.settle()
    assert case_at(network, CHANGZHOU).stage == "assessed"  # the case does not wait for it
    for _ in range(12):
        later(network)
    asked = wanted(network)
    assert (asked.from_zone, asked.wanted_at, asked.last_fault) == (SUZHOU, TUESDAY, "peer.away")
    assert asked.attempts == 13
    assert asked.arrived_at is None
    later(network, timedelta(days=60).total_seconds())
    network.wire.pieces = None
    later(network)
    assert network.deps(CHANGZHOU).files.find(digest) == PHOTO


def test_a_line_that_breaks_costs_one_piece(network: Network) -> None:
    digest = hand_in(network, LONG)

    def break_at_the_third(path: str, begins_at: int, answered: Answered) -> Answered:
        if begins_at == 2 * MAX_PIECE_BYTES:
            raise away()
        return answered

    network.wire.pieces = break_at_the_third
    network.settle()
    network.wire.pieces = None
    later(network)
    assert network.deps(CHANGZHOU).files.find(digest) == LONG
    places = [at // MAX_PIECE_BYTES for zone, at in network.wire.asked_pieces if zone == SUZHOU]
    assert places == [0, 1, 2, 2, 3]
    assert network.shelves[CHANGZHOU].parts == {}


def test_a_blob_that_was_changed_on_the_way_is_thrown_away_and_fetched_anew(network: Network) -> None:
    digest = hand_in(network)
    network.wire.pieces = lambda path, at, told: replace(told, body=told.body[:-1] + b"!")
    network.settle()
    assert wanted(network).last_fault == "file.wrong-blob"
    assert network.deps(CHANGZHOU).files.find(digest) is None
    assert network.shelves[CHANGZHOU].parts == {}
    network.wire.pieces = None
    later(network, 1800)
    assert wanted(network).arrived_at is None  # not before the hour is over
    later(network, 1801)
    assert network.deps(CHANGZHOU).files.find(digest) == PHOTO


@pytest.mark.parametrize("status", [200, 404, 416, 500, 503])
def test_an_answer_that_is_no_piece_counts_as_an_attempt_in_vain(network: Network, status: int) -> None:
    digest = hand_in(network)
    network.wire.pieces = lambda path, at, told: Answered(status, b"{}")
    network.settle()
    assert wanted(network).last_fault == ("file.not-here" if status == 404 else "peer.busy")
    network.wire.pieces = None
    later(network)
    assert network.deps(CHANGZHOU).files.find(digest) == PHOTO


def test_a_peer_that_sends_more_than_was_asked_for_is_not_believed(network: Network) -> None:
    hand_in(network)
    network.wire.pieces = lambda path, at, told: replace(told, body=told.body + b"!")
    network.settle()
    assert wanted(network).last_fault == "peer.too-long"


def test_offering_again_changes_nothing(network: Network) -> None:
    hand_in(network)
    network.settle()
    before = len(network.shelves[SUZHOU].messages)
    offer_files(CASE, network.deps(SUZHOU))
    offer_files(CASE, network.deps(CHANGZHOU))
    network.settle()
    assert len(network.shelves[SUZHOU].messages) == before


def an_offer(network: Network, **changes: object) -> tuple[int, str]:
    """Let Suzhou send an offer that its own flow would not make; return status and code."""
    content = bytes(changes.pop("content", PHOTO))  # type: ignore[call-overload]
    key = bytes(32)
    body = {
        "case": CASE, "digest": hex_digest(content), "blob": hex_digest(compose_blob(content, key)),
        "size": len(content), "name": "a.jpg", "key": to_base64url(key), **changes,
    }  # fmt: skip
    header = a_header(SUZHOU, CHANGZHOU, "file.offer", message_id=MessageId("m-offer"))
    header = replace(header, issued_at=network.clock.at, expires_at=network.clock.at + timedelta(days=1))
    head = network.shelves[CHANGZHOU].heads[(SUZHOU, "in")]
    told = network.node(CHANGZHOU).accept_message(sealed(header, body, head))
    receipt = json.loads(told.body)["receipt"]
    return told.status, _code_of(receipt) if receipt else json.loads(told.body)["code"]


def _code_of(receipt: str) -> str:
    return str(json.loads(parse_base64url(receipt.split(".")[1])).get("code", ""))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"size": MAX_FILE_BYTES + 1}, (422, "file.too-large")),
        ({"size": 0}, (422, "message.malformed")),
        ({"size": True}, (422, "message.malformed")),
        ({"digest": "../../etc/passwd"}, (422, "message.malformed")),
        ({"blob": "A" * 64}, (422, "message.malformed")),
        ({"key": to_base64url(bytes(31))}, (422, "message.malformed")),
        ({"key": 5}, (422, "message.malformed")),
        ({"name": "x" * 301}, (422, "message.malformed")),
        ({"digest": "0" * 64}, (425, "message.too-early")),
        ({"case": "SZ260303-NOWHERE1"}, (425, "message.too-early")),
    ],
)
def test_an_offer_that_cannot_be_is_refused_and_changes_nothing(
    network: Network, changes: dict[str, object], told: tuple[int, str]
) -> None:
    hand_in(network)
    network.settle()
    before = dict(network.shelves[CHANGZHOU].wanted)
    assert an_offer(network, **changes) == told
    assert network.shelves[CHANGZHOU].wanted == before


def test_a_third_zone_can_offer_nothing(network: Network) -> None:
    hand_in(network)
    network.settle()
    header = a_header(WUXI, CHANGZHOU, "file.offer")
    body = {
        "case": CASE,
        "digest": hex_digest(PHOTO),
        "blob": "0" * 64,
        "size": 1,
        "name": "",
        "key": "A" * 43,
    }
    head = network.shelves[CHANGZHOU].heads[(WUXI, "in")]
    told = network.node(CHANGZHOU).accept_message(sealed(header, body, head))
    assert _code_of(json.loads(told.body)["receipt"]) == "message.wrong-route"


def test_the_offered_bytes_with_another_file_in_them_are_given_up(network: Network) -> None:
    """Suzhou's signed offer names the right digest and the right blob, but the blob holds something else."""
    digest = hand_in(network)
    network.wire.pieces = lambda path, at, told: Answered(404, b"{}")
    network.settle()
    other = compose_blob(b"\xff\xd8\xffanother", bytes(32))
    assert an_offer(network, digest=digest, size=len(other) - 29, blob=hex_digest(other)) == (201, "")
    network.wire.pieces = lambda path, at, told: Answered(206, other)
    later(network)
    assert wanted(network).last_fault == "file.wrong-content"
    assert wanted(network).given_up_at is not None
    assert network.deps(CHANGZHOU).files.find(digest) is None
    asked = len(network.wire.asked_pieces)
    later(network, 7200)
    assert len(network.wire.asked_pieces) == asked


@pytest.mark.parametrize(
    ("asked", "status", "place"),
    [
        ("", 200, None),
        ("bytes=0-", 206, (0, None)),
        ("bytes=5-9", 206, (5, 10)),
        ("bytes=5-99999999", 206, (5, None)),
        ("bytes=9-5", 200, None),
        ("bytes=-5", 200, None),
        ("bytes=0-1,4-5", 200, None),
        ("words=1-2", 200, None),
        ("bytes=99999999-", 416, None),
    ],
)
def test_a_part_of_a_file_is_given_as_it_is_asked_for(
    network: Network, asked: str, status: int, place: tuple[int, int | None] | None
) -> None:
    hand_in(network)
    network.settle()
    (offered,) = network.deps(SUZHOU).transfers.offered(CASE)
    whole = network.node(SUZHOU).read_file(offered.blob).body
    told = network.node(SUZHOU).read_file(offered.blob, asked)
    assert told.status == status
    if place:
        begins, ends = place[0], place[1] or len(whole)
        assert told.body == whole[begins:ends]
        assert told.headers["Content-Range"] == f"bytes {begins}-{ends - 1}/{len(whole)}"


@pytest.mark.parametrize("blob", ["0" * 64, hex_digest(PHOTO), "..", "", "A" * 64])
def test_what_was_not_offered_is_not_here(network: Network, blob: str) -> None:
    hand_in(network)
    network.settle()
    told = network.node(SUZHOU).read_file(blob)
    assert (told.status, json.loads(told.body)) == (404, {"code": "file.not-here"})
