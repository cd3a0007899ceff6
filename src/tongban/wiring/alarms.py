"""Alarms of the watch: who looked into one, what was found, and taking that back."""

from tongban.domain.case.events import Actor
from tongban.flows.hold_machine import REASONS_MAX
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.text import Text
from tongban.wiring.node import Node


def mark_alarm_seen(node: Node, number: int, reasons: Text, actor: Actor) -> None:
    """Note who looked into an alarm and what was found; raises Refused without words, or NotFound."""
    if not reasons.zh.strip() or max(len(reasons.zh), len(reasons.en)) > REASONS_MAX:
        raise Refused(Problem("alarm.no-words", _WORDS, "reasons_zh"))
    with node.store.session.unit():
        if not node.store.watch.mark_seen(number, actor.name or actor.id, node.deps.clock.now(), reasons):
            raise NotFound(str(number))


def reopen_alarm(node: Node, number: int) -> None:
    """Put an alarm back on the list; raises NotFound for no alarm."""
    with node.store.session.unit():
        if not node.store.watch.reopen(number):
            raise NotFound(str(number))


_WORDS = Text(
    f"请用 1 至 {REASONS_MAX} 字写明查到了什么。", f"Say what was found, in 1 to {REASONS_MAX} characters."
)
