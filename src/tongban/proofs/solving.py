"""Asking the solver: is there such an applicant? Who is found is run through the machine itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import z3

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.evaluate import Assessment, evaluate
from tongban.domain.rules.facts import TODAY, Kind
from tongban.proofs.applicants import own_facts
from tongban.proofs.space import FIRST_MADE_UP, Space, Symbol

TIMEOUT_MS = 20_000
"""How long one question may take; the packs' take some milliseconds."""

_LIKELY_FROM, _LIKELY_TO = date(1950, 1, 1), date(2050, 12, 31)


class Undecided(Exception):
    """The solver found neither an applicant nor that there is none, in its time."""


class Disagreement(Exception):
    """The machine does otherwise than the solver says: one of the two is wrong, and nothing is proved."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Facts of one applicant, as the machine would be given them; what is unknown is absent."""

    facts: Mapping[str, object]


class Solving:
    """One solver over one space, with what holds for every applicant."""

    def __init__(self, space: Space, conditions: Iterable[Any] = ()) -> None:
        self._space = space
        self._solver = z3.Solver()
        self._solver.set("timeout", TIMEOUT_MS)
        self._solver.add(*space.rules, *conditions)

    def is_possible(self, *terms: Any) -> bool:
        """Return whether there is an applicant for whom all of these hold.

        Raises:
            Undecided: the solver's time ran out.
        """
        found = self._solver.check(*terms)
        if found == z3.unknown:
            raise Undecided(self._solver.reason_unknown())
        return bool(found == z3.sat)

    def find(self, *terms: Any, likely: Iterable[Any] = ()) -> Applicant | None:
        """Return an applicant for whom all of these hold, or None when it is proved that there is none.

        Args:
            likely: what is kept too wherever it can be, one after the other, so that the example is readable.
        """
        held = [*terms]
        if not self.is_possible(*held):
            return None
        for wish in likely:
            if self.is_possible(*held, wish):
                held.append(wish)
        self.is_possible(*held)
        return Applicant(self._space.read(self._solver.model()))

    def find_core(self, named: Mapping[str, Any]) -> tuple[str, ...]:
        """Return names of terms that cannot all hold, none of which can be left out; empty when all can."""
        if self.is_possible(*named.values()):
            return ()
        core = list(named)
        for name in list(core):
            rest = [one for one in core if one != name]
            if not self.is_possible(*(named[one] for one in rest)):
                core = rest
        return tuple(core)


def likely_facts(symbols: Mapping[str, Symbol], on: date) -> list[Any]:
    """Return wishes for a readable example: today is a given day, all is known, dates are of our time."""
    wishes = []
    if TODAY in symbols:
        wishes.append(symbols[TODAY].value == on.toordinal())
    base = [s for name, s in symbols.items() if not name.startswith("derived.")]
    wishes.extend(s.known for s in base)
    for symbol in base:
        if symbol.kind is Kind.TEXT:
            wishes.append(symbol.value >= FIRST_MADE_UP)
        if symbol.kind is Kind.DATE:
            wishes.append(symbol.value >= _LIKELY_FROM.toordinal())
            wishes.append(symbol.value <= _LIKELY_TO.toordinal())
    return wishes


def check(applicant: Applicant, item: ServiceItem, *, grants: bool, zone: bool = False) -> Assessment:
    """Run an applicant through the machine itself.

    Raises:
        Disagreement: it does not come out as the solver says.
    """
    assessment = evaluate(item.rules, own_facts(item, applicant.facts, zone=zone))
    if (assessment.outcome.value == "grant") is not grants:
        raise Disagreement(f"{item.id}: the machine says {assessment.outcome.value}")
    return assessment
