"""What an item's grant enters into registers, as its pack says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tongban.domain.evidence.register import RegisterEntry
from tongban.kernel.ids import EvidenceKindId, LawKey

LICENCE_FACTS = ("licence.number", "licence.issued_on", "licence.valid_until")
"""What is known of the licence itself once it is issued; the last only where it ends."""
CREDIT_CODE = "allotted.credit_code"
"""The number of a firm that a grant brings about."""


@dataclass(frozen=True, slots=True)
class Given:
    """Where a register's fact comes from: a fact of the case, or a value that the pack writes.

    Args:
        fact: dotted name; empty for a value.
        when_known: left out of the row when the fact is not known; otherwise it must be certain.
    """

    fact: str = ""
    value: object = None
    when_known: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """An entry is made only when a fact is one of some values."""

    fact: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RegisterRule:
    """One entry of a grant into one register of the deciding zone.

    Args:
        kind: the evidence kind that the register answers for.
        subject: dotted fact with the number under which the row is filed.
        is_whole: True writes the row; False writes over some of its facts.
        undone: what the row says once the grant is undone; empty with ``restores``.
        restores: undone, the facts are again what the case found in the register.
        lapsed: what the row says after the licence's last day; empty when that changes nothing.
        when: None when the entry is always made.
    """

    kind: EvidenceKindId
    subject: str
    is_whole: bool
    facts: Mapping[str, Given]
    source: LawKey
    undone: Mapping[str, object] = field(default_factory=dict)
    restores: bool = False
    lapsed: Mapping[str, object] = field(default_factory=dict)
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class CreditCodeSeries:
    """How the credit codes that an item allots begin.

    Args:
        registrar: the first two characters (gb-32100-2015): the registrar's kind and the body's.
        series: the first two characters of the organisation code; they say that the code is made up.
    """

    registrar: str
    series: str
    source: LawKey


def compose_entry(
    rule: RegisterRule, facts: Mapping[str, object], valid_until: date | None
) -> RegisterEntry | None:
    """Return the entry of a grant, or None when its condition does not hold or its subject is not known.

    Args:
        facts: all that a licence may say, and what is known of the licence itself.
        valid_until: the licence's last day.
    """
    subject = facts.get(rule.subject)
    if not isinstance(subject, str) or not subject or not _holds(rule.when, facts):
        return None
    written = {name: given.value if not given.fact else facts.get(given.fact)
               for name, given in rule.facts.items()}  # fmt: skip
    return RegisterEntry(
        kind=rule.kind,
        subject=subject,
        facts={name: value for name, value in written.items() if value is not None},
        is_whole=rule.is_whole,
        until_on=valid_until if rule.lapsed else None,
        afterwards=dict(rule.lapsed) if rule.lapsed and valid_until is not None else None,
    )


def _holds(condition: Condition | None, facts: Mapping[str, object]) -> bool:
    if condition is None:
        return True
    seen = facts.get(condition.fact)
    if isinstance(seen, list | tuple):
        return any(one in condition.values for one in seen)
    return any(type(seen) is type(one) and seen == one for one in condition.values)
