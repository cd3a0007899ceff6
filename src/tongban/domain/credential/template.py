"""What a licence says and how long it holds, as a pack declares it."""

from dataclasses import dataclass

from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Claim:
    """One line of a licence.

    Args:
        fact: dotted fact whose value it carries; certain to be known when a case is granted.
        is_when_known: the fact need not be certain, since a person or another authority grants; the line is
            then left out.
    """

    name: str
    title: Text
    fact: str
    is_when_known: bool = False


@dataclass(frozen=True, slots=True)
class CredentialTemplate:
    """A licence's form.

    Args:
        vct: credential type, e.g. ``travel-agency-branch-filing/1``.
        type_serial: last part of the licence type code (gbt-36904-2018), after the authority's own code.
        validity_months: how long it holds; None for no end.
        valid_until_fact: dotted fact that sets the last day instead; empty for none.
    """

    vct: str
    type_serial: str
    title: Text
    claims: tuple[Claim, ...]
    source: LawKey
    validity_months: int | None = None
    valid_until_fact: str = ""
