"""The space of applicants: every fact of one or more tables as terms, known or not, and read back again.

Text and codes are whole numbers: two are equal when the words are, and one is below zero when the words are
blank, since nothing else about words is ever asked. A choice among a closed list is one of its codes; choices
are one yes-or-no a code. An open list has the codes that are mentioned anywhere and some that are not: as
many as there are comparisons and texts that could tell them apart, which is enough (a list that breaks a
comparison does so by one code).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import z3

from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.operators import FactRef, Operand
from tongban.domain.rules.table import RuleTable
from tongban.proofs.calendar_terms import FIRST_DAY, LAST_DAY, Parts, parts_of

_WORDS = (Kind.TEXT, Kind.CHOICE)
FIRST_MADE_UP = 100_000
"""Words of no table have numbers from here on; they are shown as visibly made up."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A fact as terms.

    Args:
        known: whether its value is known.
        nothing: whether the holder said that nothing is held; only when it is not known.
        value: a number, a truth value, or (choices) one truth value for each code.
    """

    name: str
    kind: Kind
    known: Any
    nothing: Any
    value: Any


class Space:
    """Terms for the base facts of some tables; the same fact is the same terms in each of them."""

    def __init__(self, *tables: RuleTable) -> None:
        self._codes: dict[str, int] = {}
        self._words: dict[int, str] = {}
        self._types: dict[str, FactType] = {}
        self._symbols: dict[str, Symbol] = {}
        self._parts: dict[str, Parts] = {}
        self.rules: list[Any] = []
        for table in tables:
            for name, fact_type in table.types.items():
                if table.find_derivation(name) is None:
                    self._types[name] = _wider(self._types.get(name), fact_type)
        self._open = self._open_codes(tables)
        for name in self._types:
            self._symbols[name] = self._declare(name)

    def code(self, words: str) -> int:
        """Return the number that stands for some words; below zero when they are blank."""
        if words not in self._codes:
            blank = not words.strip()
            taken = [number for number in self._codes.values() if (number < 0) == blank]
            number = min(taken, default=0) - 1 if blank else max(taken, default=-1) + 1
            self._codes[words] = number
            self._words[number] = words
        return self._codes[words]

    def names(self) -> tuple[str, ...]:
        """Return the base facts there are terms for."""
        return tuple(self._types)

    def get(self, name: str, fact_type: FactType) -> Symbol:
        """Return a fact as a table of this type reads it: what is not among its codes is unreadable to it."""
        symbol, allowed = self._symbols[name], fact_type.allowed
        if not allowed or allowed == self._types[name].allowed:
            return symbol
        if fact_type.kind is Kind.CHOICE:
            fits = z3.Or([symbol.value == self.code(code) for code in allowed])
            return Symbol(name, symbol.kind, z3.And(symbol.known, fits), symbol.nothing, symbol.value)
        beyond = [z3.Not(bit) for code, bit in symbol.value.items() if code not in allowed]
        bits = {code: symbol.value[code] for code in allowed}
        return Symbol(name, symbol.kind, z3.And(symbol.known, *beyond), symbol.nothing, bits)

    def get_parts(self, name: str) -> Parts:
        """Return year, month and day of a date fact."""
        if name not in self._parts:
            parts = parts_of(self._symbols[name].value, name)
            self._parts[name] = parts
            self.rules.append(parts.meaning)
        return self._parts[name]

    def pin(self, facts: Mapping[str, object]) -> list[tuple[Any, Any]]:
        """Return every term with the value that some facts give it, for putting them in.

        Facts have to be of their types or None; of an open list only codes that the space has.
        """
        pairs: list[tuple[Any, Any]] = []
        for name, symbol in self._symbols.items():
            value = facts.get(name)
            pairs.append((symbol.known, z3.BoolVal(value is not None)))
            pairs.append((symbol.nothing, z3.BoolVal(name in facts and value is None)))
            pairs.extend(self._pin_value(symbol, self._types[name], value))
            if name in self._parts:
                pairs.extend(self._parts[name].pin(value if isinstance(value, date) else date.min))
        return pairs

    def _pin_value(self, symbol: Symbol, fact_type: FactType, value: object) -> list[tuple[Any, Any]]:
        match symbol.kind, value:
            case Kind.CHOICES, _:
                chosen = value if isinstance(value, list | tuple) else ()
                return [(bit, z3.BoolVal(code in chosen)) for code, bit in symbol.value.items()]
            case Kind.YES_NO, _:
                return [(symbol.value, z3.BoolVal(value is True))]
            case Kind.DATE, date():
                return [(symbol.value, z3.IntVal(value.toordinal()))]
            case Kind.DATE, _:
                return [(symbol.value, z3.IntVal(FIRST_DAY))]
            case _, str():
                return [(symbol.value, z3.IntVal(self.code(value)))]
            case _, int():
                return [(symbol.value, z3.IntVal(value))]
            case _:
                return [(symbol.value, z3.IntVal(self.code(next(iter(fact_type.allowed), ""))))]

    def read(self, model: z3.ModelRef) -> dict[str, object]:
        """Return the facts of a model: values, None where nothing is held, and no name where unknown."""
        facts: dict[str, object] = {}
        for name, symbol in self._symbols.items():
            if _is_true(model, symbol.known):
                facts[name] = self._read_value(model, symbol)
            elif _is_true(model, symbol.nothing):
                facts[name] = None
        return facts

    def _read_value(self, model: z3.ModelRef, symbol: Symbol) -> object:
        if symbol.kind is Kind.CHOICES:
            return [code for code, bit in symbol.value.items() if _is_true(model, bit)]
        if symbol.kind is Kind.YES_NO:
            return _is_true(model, symbol.value)
        number = model.eval(symbol.value, model_completion=True).as_long()
        if symbol.kind is Kind.DATE:
            return date.fromordinal(number)
        return self._read_words(number) if symbol.kind in _WORDS else number

    def _read_words(self, number: int) -> str:
        if number not in self._words:
            words = "\u3000" * -number if number < 0 else f"某某{number - FIRST_MADE_UP + 1}"
            while words in self._codes:
                words += words[-1]
            self._codes[words] = number
            self._words[number] = words
        return self._words[number]

    def _declare(self, name: str) -> Symbol:
        fact_type = self._types[name]
        known, nothing = z3.Bool(f"{name}!known"), z3.Bool(f"{name}!nothing")
        self.rules.append(z3.Not(z3.And(known, nothing)))
        match fact_type.kind:
            case Kind.CHOICES:
                codes = fact_type.allowed or self._open
                value: Any = {code: z3.Bool(f"{name}!{place}") for place, code in enumerate(codes)}
            case Kind.YES_NO:
                value = z3.Bool(name)
            case _:
                value = z3.Int(name)
        if fact_type.kind is Kind.DATE:
            self.rules.append(z3.And(value >= FIRST_DAY, value <= LAST_DAY))
        if fact_type.kind is Kind.CHOICE:
            self.rules.append(z3.Or([value == self.code(code) for code in fact_type.allowed]))
        return Symbol(name, fact_type.kind, known, nothing, value)

    def _open_codes(self, tables: Iterable[RuleTable]) -> tuple[str, ...]:
        """Return the codes of open lists: those mentioned, and enough that are not."""
        mentioned: dict[str, None] = {}
        conditions = [c for t in tables for row in t.criteria for c in (row.condition, row.when) if c]
        most = 0
        for condition in conditions:
            for words in _constants(condition.value):
                if isinstance(words, str):
                    mentioned[words] = None
                elif type(words) is int and not self._is_counted_long(words):
                    most = max(most, words)
        for fact_type in self._types.values():
            mentioned.update(dict.fromkeys(fact_type.allowed))
        if not any(t.kind is Kind.CHOICES and not t.allowed for t in self._types.values()):
            return ()
        texts = sum(1 for t in self._types.values() if t.kind is Kind.TEXT)
        extra = [f"某项{place}" for place in range(len(conditions) + texts + most + 1)]
        return (*mentioned, *(code for code in extra if code not in mentioned))

    @staticmethod
    def _is_counted_long(number: int) -> bool:
        return number > _COUNTED_MOST


_COUNTED_MOST = 50
"""A number above this in a table is no count of an open list; packs count a handful."""


def _constants(operand: Operand) -> tuple[object, ...]:
    if operand is None or isinstance(operand, FactRef):
        return ()
    return operand if isinstance(operand, tuple) else (operand,)


def _wider(one: FactType | None, other: FactType) -> FactType:
    """Return the type that has the codes of both; of two kinds under one name the tables are not compared."""
    if one is None or one == other:
        return other
    if one.kind is not other.kind:
        raise ValueError(f"one name for a {one.kind} and a {other.kind}")
    if not one.allowed or not other.allowed:
        return FactType(one.kind, says=other.says, unit=other.unit)
    allowed = tuple(dict.fromkeys((*one.allowed, *other.allowed)))
    return FactType(one.kind, allowed, says=other.says, unit=other.unit)


def _is_true(model: z3.ModelRef, term: Any) -> bool:
    return z3.is_true(model.eval(term, model_completion=True))
