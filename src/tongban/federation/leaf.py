"""What the ledger keeps of a message: salted hashes, from which nobody reads its content or its peer."""

from datetime import datetime

from tongban.crypto.digest import hex_digest
from tongban.flows.ports import Deps
from tongban.kernel.ids import MessageId, ZoneId

RECEIVED, SENT = "msg.received/1", "msg.sent/1"


def log_received(from_zone: ZoneId, message_id: MessageId, sealed: bytes, receipt: str, deps: Deps) -> None:
    """File that a message came in and what was answered; once a message."""
    _file(RECEIVED, f"message:in:{from_zone}:{message_id}", sealed, receipt, deps)


def log_sent(message_id: MessageId, sealed: bytes, receipt: str, deps: Deps) -> None:
    """File that a message went out and that the peer's receipt for it is here; once a message."""
    _file(SENT, f"message:out:{message_id}", sealed, receipt, deps)


def _file(type_: str, leaf_key: str, sealed: bytes, receipt: str, deps: Deps) -> None:
    salt = deps.chance.salts(1)[0]
    deps.ledger.append(leaf_key, compose_leaf(type_, deps.zone, deps.clock.now(), sealed, receipt, salt))


def compose_leaf(
    type_: str, zone: ZoneId, at: datetime, sealed: bytes, receipt: str, salt: str
) -> dict[str, object]:
    """Return the leaf: ``m`` over the message and ``r`` over its receipt, each behind the salt and a dot."""
    return {
        "t": type_,
        "z": zone,
        "at": int(at.timestamp()),
        "m": f"sha256:{hex_digest(f'{salt}.'.encode() + sealed)}",
        "r": f"sha256:{hex_digest(f'{salt}.{receipt}'.encode())}",
        "n": salt,
    }
