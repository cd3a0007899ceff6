"""Evidence from another zone: asked, answered, receipted and put into the case, by two node processes."""

from tongban.commands.measuring.samples import branch_application, hand_in_many
from tongban.commands.measuring.timing import Figures, seconds_of
from tongban.wiring import get_node

_KINDS_ASKED = 2


def measure_exchange(count: int) -> Figures:
    """Return round trips a second, each durable at both ends, with its receipts.

    Args:
        count: round trips; a case makes two.
    """
    node = get_node()
    hand_in_many(branch_application(node.deps), count // _KINDS_ASKED, node.deps)
    delivered = 0

    def deliver() -> None:
        nonlocal delivered
        while tally := node.exchange.deliver().delivered:
            delivered += tally

    seconds = seconds_of(deliver)
    if delivered < count // _KINDS_ASKED * _KINDS_ASKED:
        raise RuntimeError(f"{delivered} of {count} messages were receipted")
    return {"round_trips": delivered, "per_s": delivered / seconds}
