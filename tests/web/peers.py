"""The other zones of a page's node, in memory: what they have said is told to it, and files are fetched."""

from collections.abc import Mapping

from tests.builders import AGENT, ZONES, a_branch_application, a_network, keep, keep_branch_records
from tests.web.one_node import OneNode
from tongban.flows.ask_promise_lists import GROUND
from tongban.flows.memory import MemoryExchange
from tongban.flows.offer_files import find_blob
from tongban.flows.ports import Deps
from tongban.flows.post_office import settle
from tongban.flows.receive import Incoming, receive
from tongban.flows.submit import submit
from tongban.flows.take_in_file import take_in_file
from tongban.kernel.ids import CaseId, MessageId, ZoneId


def play_elsewhere(
    number: str, zone: ZoneId, uploads: Mapping[str, bytes] | None = None, **answers: object
) -> dict[ZoneId, Deps]:
    """Hand the branch filing in at a zone in memory, and let everything follow there."""
    network = a_network()
    keep_branch_records(network)
    for question, content in (uploads or {}).items():
        answers[question] = network[zone].files.put(content, "application/pdf", "许可证.pdf")
    submit(CaseId(number), a_branch_application(**answers), AGENT, network[zone])
    settle(network)
    return network


def tell(node: OneNode, network: Mapping[ZoneId, Deps], from_zone: ZoneId, *types: str) -> None:
    """Tell the node what a zone in memory has sent to it; what the node has sent counts as delivered."""
    exchange = network[from_zone].exchange
    assert isinstance(exchange, MemoryExchange)
    for message, body, _ in exchange._shelf.messages:
        if message.to_zone == node.deps.zone and message.type in types:
            receive(Incoming(from_zone, message.message_id, message.type, body), node.deps)
            for own in node.deps.exchange.outgoing(message.case_id):
                node.store.messages.record_delivery(own.message_id, "a receipt", node.clock.now())


def answer_lists(node: OneNode, number: str, *zones: ZoneId, listed_in: ZoneId | None = None) -> None:
    """Let zones in memory answer what the node asked them before a promise; nobody is on a list but there."""
    for one in node.deps.inquiries.list_of(number):
        if one.zone not in (zones or ZONES):
            continue
        peer = a_network()[one.zone]
        if one.zone == listed_in:
            keep(peer, "broken-promises", one.subject, is_listed=True)
        body = {
            "case": number, "token": one.token, "items": list(one.items), "subject": one.subject,
            "ground": GROUND,
        }  # fmt: skip
        asked = receive(Incoming(node.deps.zone, MessageId("m-q"), "promise.question", body), peer)
        assert asked is not None
        receive(Incoming(one.zone, MessageId("m-a"), *asked), node.deps)


def fetch(node: OneNode, network: Mapping[ZoneId, Deps]) -> None:
    """Let the node fetch what it was offered."""
    for wanted in node.deps.transfers.claim_due(node.clock.now(), 10):
        blob = find_blob(wanted.blob, network[wanted.from_zone])
        assert blob is not None
        take_in_file(wanted, blob, node.deps)
