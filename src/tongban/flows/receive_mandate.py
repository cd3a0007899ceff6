"""What messages about authorisations cause: a question is answered, an answer kept."""

from collections.abc import Mapping
from typing import Any, Protocol

from tongban.flows.ask_mandate import (
    MANDATE_ANSWER,
    MANDATE_PARTS,
    MANDATE_QUESTION,
    answer_mandate,
    take_in_mandate,
)
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text

_MOST = 200


class Told(Protocol):
    """The parts of a message that are read here."""

    @property
    def from_zone(self) -> ZoneId:
        """Who sent it; certain."""

    @property
    def body(self) -> Mapping[str, Any]:
        """What it says."""


def receive_mandate_question(message: Told, deps: Deps) -> tuple[str, dict[str, object]]:
    """``mandate.question``: another zone asks what a principal lets somebody do for an item."""
    asked = {name: message.body.get(name) for name in MANDATE_PARTS}
    if not all(
        isinstance(one, str) and one and len(one) <= _MOST and "\x00" not in one for one in asked.values()
    ):
        raise Refused(Problem("message.malformed", _MALFORMED))
    return answer_mandate({name: str(one) for name, one in asked.items()}, deps)


def receive_mandate_answer(message: Told, deps: Deps) -> None:
    """``mandate.answer``: what another zone vouches for; kept when this zone had asked."""
    try:
        take_in_mandate(message.body, message.from_zone, deps)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refused(Problem("message.malformed", _MALFORMED)) from error


MANDATE_EFFECTS = {
    MANDATE_QUESTION: receive_mandate_question,
    MANDATE_ANSWER: receive_mandate_answer,
}
"""Both message types and what they cause."""
_MALFORMED = Text("这条消息的内容不完整或有误。", "The body of this message is incomplete or wrong.")
