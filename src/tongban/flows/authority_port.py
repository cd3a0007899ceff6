"""What the flows ask of authorities outside the alliance that hold the power to decide some items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tongban.kernel.ids import CaseId, ItemId
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class AuthorityQuestion:
    """A complete case, as the authority that holds the power is asked about it.

    Args:
        authority: id of a file in ``content/authorities``.
        unmet: ids of criteria that this zone found not met.
        unmet_words: what each of them says, in the same order.
        is_certain: False when this zone could not know some criterion.
    """

    case_id: CaseId
    item_id: ItemId
    authority: str
    applicant_id: str
    answers: Mapping[str, object]
    unmet: tuple[str, ...]
    is_certain: bool
    unmet_words: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorityAnswer:
    """Its decision.

    Args:
        reference: its own number; the same case always has the same.
        is_simulated: True when a stand-in answered.
    """

    granted: bool
    reference: str
    decided_on: date
    reasons: Text
    is_simulated: bool


class Authorities(Protocol):
    """Authorities outside the alliance that hold the power to decide some items."""

    def ask(self, question: AuthorityQuestion) -> AuthorityAnswer | None:
        """Return the decision, or None while there is none; asking twice is the same question.

        Raises:
            Fault: the authority is away.
        """
