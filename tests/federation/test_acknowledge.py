"""Receipts that come by themselves: taken when they are the receiver's own, for the bytes that went out."""

import json

import pytest

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI, keep_branch_records
from tests.federation.network import Network, sealed
from tests.federation.test_attacks import HEADER, QUESTION
from tests.federation.test_client import receipt_for
from tongban.federation.limits import MAX_RECEIPTS_AT_ONCE, MAX_RECEIPTS_BYTES


@pytest.fixture
def answer(network: Network) -> bytes:
    """An answer that Wuxi has sent to Changzhou, not receipted yet; its id is ``wuxi-1``."""
    keep_branch_records(network.all_deps())
    response = network.node(WUXI).accept_message(sealed(HEADER, QUESTION))
    return str(json.loads(response.body)["answer"]).encode()


def pay(network: Network, *tokens: object) -> tuple[int, list[str]]:
    response = network.node(WUXI).accept_receipts(json.dumps({"receipts": tokens}).encode())
    return response.status, json.loads(response.body)["codes"]


def is_delivered(network: Network) -> bool:
    return network.shelves[WUXI].messages[0][0].delivered_at is not None


def test_a_receipt_ends_the_wait_and_is_filed(network: Network, answer: bytes) -> None:
    assert pay(network, receipt_for(answer, "wuxi-1", by=CHANGZHOU, to=WUXI)) == (200, [""])
    assert network.shelves[WUXI].messages[0][0].delivered_at == TUESDAY
    assert "message:out:wuxi-1" in network.shelves[WUXI].leaves


def test_the_same_receipt_twice_counts_once(network: Network, answer: bytes) -> None:
    token = receipt_for(answer, "wuxi-1", by=CHANGZHOU, to=WUXI)
    assert pay(network, token, token) == (200, ["", ""])
    leaves = dict(network.shelves[WUXI].leaves)
    assert pay(network, token) == (200, [""])
    assert network.shelves[WUXI].leaves == leaves


def test_a_receipt_that_is_none_changes_nothing_and_holds_up_no_other(
    network: Network, answer: bytes
) -> None:
    forged = [
        receipt_for(answer, "wuxi-1", by=SUZHOU, to=WUXI),
        receipt_for(answer, "wuxi-2", by=CHANGZHOU, to=WUXI),
        receipt_for(answer + b"x", "wuxi-1", by=CHANGZHOU, to=WUXI),
        receipt_for(answer, "wuxi-1", by=CHANGZHOU, to=SUZHOU),
        receipt_for(answer, "wuxi-1", by=SUZHOU, me=CHANGZHOU, to=WUXI),
        answer.decode(),
        "rubbish",
    ]
    wrong = "receipt.wrong-message"
    assert pay(network, *forged) == (
        200,
        [
            wrong, wrong, wrong, "message.wrong-audience", "message.wrong-issuer", "message.wrong-type",
            "message.unreadable",
        ],
    )  # fmt: skip
    assert not is_delivered(network)
    assert pay(network, *forged, receipt_for(answer, "wuxi-1", by=CHANGZHOU, to=WUXI))[1][-1] == ""
    assert is_delivered(network)


def test_a_refusal_of_an_answer_ends_the_sending(network: Network, answer: bytes) -> None:
    token = receipt_for(answer, "wuxi-1", "message.not-here", by=CHANGZHOU, to=WUXI)
    assert pay(network, token) == (200, [""])
    assert not is_delivered(network)
    assert network.shelves[WUXI].messages[0][0].last_fault == "message.not-here"
    assert network.shelves[WUXI].due_at["wuxi-1"] is None  # type: ignore[index]


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b'{"receipts": "x"}', 400),
        (b'{"receipts": [1]}', 400),
        (json.dumps({"receipts": ["x"] * (MAX_RECEIPTS_AT_ONCE + 1)}).encode(), 413),
        (b"x" * (MAX_RECEIPTS_BYTES + 1), 413),
    ],
)
def test_a_body_that_holds_no_receipts_is_refused(
    network: Network, answer: bytes, raw: bytes, status: int
) -> None:
    assert network.node(WUXI).accept_receipts(raw).status == status
    assert not is_delivered(network)
