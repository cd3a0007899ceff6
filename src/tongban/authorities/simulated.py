"""A stand-in for authorities that no node is connected to; whatever it answers says so."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from tongban.flows.authority_port import AuthorityAnswer, AuthorityQuestion
from tongban.flows.memory_authorities import AWAY, compose_answer
from tongban.kernel.errors import Fault


class _Clock(Protocol):
    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


class SimulatedAuthorities:
    """The port ``Authorities``, without a net: decides from the question alone, and keeps nothing.

    The number of a decision comes from the case, so that the same case is answered alike by every process.

    Args:
        away: names of authorities that seem not to answer, for trying what then happens.
    """

    def __init__(self, clock: _Clock, away: Collection[str] = ()) -> None:
        self._clock, self._away = clock, frozenset(away)

    def ask(self, question: AuthorityQuestion) -> AuthorityAnswer | None:
        """Return the decision, or None while it is not certain; raises Fault for one that is away."""
        if question.authority in self._away:
            raise Fault("authority.away", AWAY)
        if not question.is_certain and not question.unmet:
            return None
        return compose_answer(question, self._clock.now())
