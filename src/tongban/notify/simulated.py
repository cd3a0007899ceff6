"""A carrier that carries nothing and says so, for demonstration: of short messages, or of mail."""

from dataclasses import dataclass, field

from tongban.flows.notification_store import SENT, HandedOver, Letter
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class SimulatedCarrier:
    """Takes every letter and shows what a real one would have carried."""

    note: Text = field(default_factory=lambda: _NOTE)

    def hand_over(self, letter: Letter) -> HandedOver:
        """Take a letter; nobody gets it."""
        return HandedOver(SENT, shown=letter.body)


_NOTE = Text(
    "演示：这个渠道是模拟的，不会真的发出任何消息。",
    "Demonstration: this channel is simulated and sends nothing.",
)
