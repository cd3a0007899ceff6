"""Several messages in one request: what each would have been told alone, and nothing lost on the way."""

import json

import pytest

from tests.builders import CHANGZHOU, SUZHOU, TUESDAY, WUXI
from tests.federation.network import Network, a_header, sealed
from tongban.federation.limits import BATCH, MAX_BATCH_BYTES, MAX_MESSAGES_AT_ONCE
from tongban.flows.message_store import ChannelHead
from tongban.kernel.ids import CaseId, MessageId

NOTICE: dict[str, object] = {"case": "CZ-1", "notice": "moved", "ground": "nurses-2020#10.1"}


def queue(network: Network, count: int, case: str = "CZ-{}") -> None:
    """Queue notices from Changzhou to Wuxi."""
    for number in range(count):
        body = {**NOTICE, "case": case.format(number)}
        network.deps(CHANGZHOU).exchange.post(WUXI, "zone.notice", body, CaseId(case.format(number)))


def requests_to(network: Network, zone: str) -> list[str]:
    return [path for to, path, _ in network.wire.sent if to == zone]


def a_notice(number: int, ground: str = "nurses-2020#10.1", **changes: object) -> bytes:
    header = a_header(CHANGZHOU, WUXI, "zone.notice", message_id=MessageId(f"m-{number}"), **changes)
    head = ChannelHead(number - 1, "0" * 64 if number > 1 else "")
    return sealed(header, {**NOTICE, "ground": ground}, head)


def told(network: Network, *messages: bytes) -> list[tuple[int, bool]]:
    """What Wuxi tells of each message of a batch: its status, and whether there is a receipt."""
    response = network.node(WUXI).accept_batch(b"\n".join(messages))
    assert response.status == 200
    return [(one["status"], bool(one["receipt"])) for one in json.loads(response.body)["answers"]]


def test_messages_of_several_cases_go_in_one_request(network: Network) -> None:
    queue(network, MAX_MESSAGES_AT_ONCE)
    assert network.deliver(CHANGZHOU).delivered == MAX_MESSAGES_AT_ONCE
    assert requests_to(network, WUXI) == ["exchange/batches"]
    assert len(network.shelves[WUXI].received) == MAX_MESSAGES_AT_ONCE


def test_more_than_one_run_may_hold_all_arrive_once(network: Network) -> None:
    queue(network, 2 * BATCH + 1)
    assert network.deliver(CHANGZHOU).delivered == 2 * BATCH + 1
    assert len(network.shelves[WUXI].received) == 2 * BATCH + 1


def test_messages_of_one_case_are_never_in_one_request(network: Network) -> None:
    queue(network, 3, case="CZ-1")
    assert network.deliver(CHANGZHOU).delivered == 3
    assert requests_to(network, WUXI) == ["exchange/messages"] * 3


def test_a_node_that_knows_no_batches_is_sent_them_one_by_one(network: Network) -> None:
    network.wire.without_batches = {WUXI}
    queue(network, 3)
    assert network.deliver(CHANGZHOU).delivered == 3
    assert requests_to(network, WUXI) == ["exchange/batches", *["exchange/messages"] * 3]


def test_a_message_that_was_changed_on_the_way_holds_up_no_other(network: Network) -> None:
    queue(network, 4)
    spoilt: list[bytes] = []

    def spoil(zone: str, path: str, content: bytes) -> bytes:
        if path != "exchange/messages" or (spoilt and content != spoilt[0]):
            return content
        spoilt.append(content)
        return content[:-4] + b"AAAA"

    network.wire.tamper = spoil
    tally = network.deliver(CHANGZHOU)
    assert (tally.delivered, tally.waiting) == (3, 1)


def test_answers_that_are_lost_are_told_again(network: Network) -> None:
    queue(network, 5)
    network.wire.deaf = {WUXI}
    assert network.deliver(CHANGZHOU).waiting == 5
    network.wire.deaf = set()
    network.clock.at = network.clock.at.replace(hour=4)
    assert network.deliver(CHANGZHOU).delivered == 5
    assert len(network.shelves[WUXI].received) == 5


def test_each_is_told_what_it_would_have_been_told_alone(network: Network) -> None:
    good, bad, again = a_notice(1), a_notice(2, ground="no-law-2026#1"), a_notice(1)
    elsewhere = sealed(a_header(CHANGZHOU, SUZHOU, "zone.notice", message_id=MessageId("m-9")), NOTICE)
    assert told(network, good, bad, again, elsewhere, b"nonsense", b"") == [
        (201, True),
        (422, True),
        (200, True),
        (421, False),
        (400, False),
        (400, False),
    ]
    assert told(network, good) == [(200, True)]


def test_the_same_message_twice_in_a_request_is_one(network: Network) -> None:
    assert told(network, a_notice(1), a_notice(1)) == [(201, True), (200, True)]
    assert len(network.shelves[WUXI].received) == 1


@pytest.mark.parametrize("body", [b"\n" * MAX_MESSAGES_AT_ONCE, b"x" * (MAX_BATCH_BYTES + 1)])
def test_a_request_with_too_many_messages_or_bytes_is_refused_whole(network: Network, body: bytes) -> None:
    response = network.node(WUXI).accept_batch(body)
    assert response.status == 413
    assert json.loads(response.body)["receipt"] is None


@pytest.mark.parametrize(
    "answers",
    [b"[]", b'{"answers": 7}', b'{"answers": []}', b'{"answers": [7, 8]}', b"\xff", b'{"answers": [{}, {}]}'],
)
def test_an_answer_that_says_nothing_is_an_attempt_in_vain_for_each(network: Network, answers: bytes) -> None:
    from tongban.federation.inbound import Response

    queue(network, 2)
    network.wire._take = lambda zone, path, content: Response(200, answers)  # type: ignore[method-assign]
    assert network.deliver(CHANGZHOU).waiting == 2
    assert network.deps(CHANGZHOU).clock.now() == TUESDAY
