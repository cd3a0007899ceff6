"""What a zone needs in order to talk to others, in one hand."""

from collections.abc import Callable
from dataclasses import dataclass

from tongban.crypto.sign import Signer
from tongban.federation.envelope import Header, seal_message
from tongban.federation.limits import LIFETIME
from tongban.federation.receipt import Arrival, compose_receipt
from tongban.flows.message_store import ChannelHead, DueMessage, MessageStore
from tongban.flows.ports import Deps
from tongban.kernel.ids import MessageId, ZoneId


@dataclass(frozen=True, slots=True)
class Station:
    """One zone's end of the federation.

    Args:
        deps: the flows' ports; ``deps.directory`` knows every zone's keys.
        messages: outbox, inbox and chains, in the same database as ``deps``.
        signer: the zone's message key.
        address: base URL of a zone's node, or None when there is none.
    """

    deps: Deps
    messages: MessageStore
    signer: Signer
    address: Callable[[ZoneId], str | None]

    @property
    def zone(self) -> ZoneId:
        """This zone."""
        return self.deps.zone

    def seal(self, due: DueMessage, head: ChannelHead) -> bytes:
        """Return the signed bytes of a queued message. It lives from the hour in which it was queued."""
        now = self.deps.clock.now()
        header = Header(
            message_id=due.message_id,
            from_zone=self.zone,
            to_zone=due.to_zone,
            type=due.type,
            issued_at=now,
            expires_at=due.queued_at + LIFETIME,
        )
        return seal_message(self.signer, header, head, due.body)

    def seal_answer(
        self, to_zone: ZoneId, answers: MessageId, type_: str, body: dict[str, object]
    ) -> Callable[[MessageId, ChannelHead], bytes]:
        """Return what seals the answer to a message, once the store has given it an id and a place."""
        now = self.deps.clock.now()

        def compose(message_id: MessageId, head: ChannelHead) -> bytes:
            header = Header(message_id, self.zone, to_zone, type_, now, now + LIFETIME, answers)
            return seal_message(self.signer, header, head, body)

        return compose

    def receipt(
        self, to_zone: ZoneId, message: tuple[MessageId, str], arrival: Arrival, code: str = ""
    ) -> str:
        """Return this zone's signed receipt for a message given by id and hash."""
        now = self.deps.clock.now()
        return compose_receipt(self.signer, self.zone, to_zone, message, now, arrival, code)
