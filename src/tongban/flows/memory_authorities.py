"""Authorities outside the alliance, in memory: they decide from what they are asked, or are away."""

from datetime import datetime
from typing import Protocol

from tongban.crypto.digest import hex_digest
from tongban.flows.authority_port import AuthorityAnswer, AuthorityQuestion
from tongban.kernel.errors import Fault
from tongban.kernel.ids import CaseId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text


class _Clock(Protocol):
    def now(self) -> datetime:
        """Return the present as an aware UTC instant."""


class MemoryAuthorities:
    """Grants what is certain and complete, refuses what is certainly not, takes its time for the rest.

    Args:
        away: names of authorities that cannot be reached; tests put them in and take them out.
    """

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock
        self._answers: dict[CaseId, AuthorityAnswer] = {}
        self.away: set[str] = set()

    def ask(self, question: AuthorityQuestion) -> AuthorityAnswer | None:
        """Return the decision, the same for the same case; raises Fault for one that is away."""
        if question.authority in self.away:
            raise Fault("authority.away", AWAY)
        if question.case_id not in self._answers:
            if not question.is_certain and not question.unmet:
                return None
            self._answers[question.case_id] = compose_answer(question, self._clock.now())
        return self._answers[question.case_id]


def compose_answer(question: AuthorityQuestion, at: datetime) -> AuthorityAnswer:
    """Return the answer of a stand-in; its number comes from the case, so that it never changes."""
    number = hex_digest(question.case_id.encode())[:8].upper()
    granted = not question.unmet
    reasons = _GRANTED if granted else _REFUSED.fill(**_unmet(question))
    return AuthorityAnswer(granted, f"SIM-{number}", civil_date(at), reasons, is_simulated=True)


def _unmet(question: AuthorityQuestion) -> dict[str, str]:
    """Return what is not met in words; by its id only where nobody gave any."""
    words = question.unmet_words or tuple(Text(one, one) for one in question.unmet)
    return {
        "unmet_zh": "；".join(one.zh for one in words),
        "unmet_en": "; ".join(one.en for one in words),
    }


AWAY = Text("该机关的系统暂时没有回应。", "The authority does not answer for now.")
_GRANTED = Text("模拟机关：予以办理。", "Simulated authority: done as asked.")
_REFUSED = Text(
    "模拟机关：不予办理，不符合：{unmet_zh}。", "Simulated authority: not done; not met: {unmet_en}."
)
