"""Conditions: a comparison as written in a pack, checked for operator and types before it ever runs."""

from collections.abc import Mapping
from datetime import date

from tongban.domain.rules.complaints import Complaints
from tongban.domain.rules.facts import FactType, Kind, Unknown, Value, reading_for
from tongban.domain.rules.operators import OPERATORS_FOR, Condition, FactRef, Operand, Operator

LIST_MAX = 500
"""Codes in one list of constants."""


def read_fact_name(
    raw: object, pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> str | None:
    """Return the name of a declared fact, or complain."""
    if isinstance(raw, str) and raw in complaints.broken and raw not in types:
        return None
    return complaints.read_one_of(raw, pointer, types)


def read_fact_ref(
    raw: object, pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> str | None:
    """Return the name in ``{fact: name}``, or complain."""
    part = complaints.read_mapping(raw, pointer, ("fact",))
    if part is None or "fact" not in part:
        return None
    return read_fact_name(part["fact"], f"{pointer}.fact", types, complaints)


def read_condition(
    part: Mapping[str, object], pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Condition | None:
    """Return the comparison in ``fact``, ``op`` and ``value``, or complain about each that is wrong."""
    fact = op_word = None
    if "fact" in part:
        fact = read_fact_name(part["fact"], f"{pointer}.fact", types, complaints)
    if "op" in part:
        op_word = complaints.read_one_of(part["op"], f"{pointer}.op", [op.value for op in Operator])
    if fact is None or op_word is None:
        return None
    op, fact_type = Operator(op_word), types[fact]
    if op not in OPERATORS_FOR[fact_type.kind]:
        _complain_operator(fact, fact_type.kind, op, f"{pointer}.op", complaints)
        return None
    if op is Operator.PRESENT:
        if "value" in part:
            complaints.add(
                "operand",
                f"{pointer}.value",
                "“present”只问有没有，不能再写 value。",
                "“present” only asks whether it is there; it takes no value.",
            )
        return Condition(fact, op)
    if "value" not in part:
        complaints.add("missing", f"{pointer}.value", "缺少“value”。", "“value” is missing.")
        return None
    value = _read_operand(part["value"], op, fact_type, f"{pointer}.value", types, complaints)
    return None if value is None else Condition(fact, op, value)


def _complain_operator(fact: str, kind: Kind, op: Operator, pointer: str, complaints: Complaints) -> None:
    suited = ", ".join(operator.value for operator in OPERATORS_FOR[kind])
    complaints.add(
        "operator",
        pointer,
        f"“{op.value}”不能用于 {fact}（类型 {kind.value}）；可用：{suited}。",
        f"“{op.value}” does not suit {fact}, which is of kind {kind.value}; suited are: {suited}.",
    )


def _read_operand(
    raw: object,
    op: Operator,
    fact_type: FactType,
    pointer: str,
    types: Mapping[str, FactType],
    complaints: Complaints,
) -> Operand:
    if isinstance(raw, Mapping):
        other = read_fact_ref(raw, pointer, types, complaints)
        if other is None or not _suits(types[other], op, fact_type, other, pointer, complaints):
            return None
        return FactRef(other)
    if op is Operator.IN:
        return _read_constants(raw, fact_type, pointer, complaints)
    if fact_type.kind is Kind.CHOICES and raw in ([], ()):
        complaints.add("operand", pointer, "列表不能为空。", "The list is empty.")
        return None
    return _read_constant(raw, fact_type, pointer, complaints)


def _suits(
    other: FactType, op: Operator, fact_type: FactType, name: str, pointer: str, complaints: Complaints
) -> bool:
    """Tell whether another fact may stand opposite, and complain if it may not."""
    if op is Operator.IN:  # one of the codes in another fact; a number is only in a list of constants
        fits = fact_type.kind in (Kind.CHOICE, Kind.TEXT) and other.kind is Kind.CHOICES
    else:
        fits = other.kind is fact_type.kind or (op is Operator.IS and is_word(other) and is_word(fact_type))
    if not fits:
        complaints.add(
            "type",
            pointer,
            f"{name} 的类型是 {other.kind.value}，不能与 {fact_type.kind.value} 作“{op.value}”比较。",
            f"{name} is of kind {other.kind.value} and cannot be compared with "
            f"{fact_type.kind.value} by “{op.value}”.",
        )
        return False
    if fact_type.allowed and other.allowed and not set(fact_type.allowed) & set(other.allowed):
        complaints.add(
            "never",
            pointer,
            f"两边没有共同的代码，与 {name} 的比较永远不能成立。",
            f"The two have no code in common, so the comparison with {name} can never hold.",
        )
        return False
    return True


def is_word(fact_type: FactType) -> bool:
    """Tell whether it is one text: a code of a choice may equal what a register calls by that code."""
    return fact_type.kind in (Kind.TEXT, Kind.CHOICE)


def _read_constants(
    raw: object, fact_type: FactType, pointer: str, complaints: Complaints
) -> tuple[Value, ...] | None:
    entries = complaints.read_list(raw, pointer, LIST_MAX)
    if raw in ([], ()):
        complaints.add("operand", pointer, "列表不能为空。", "The list is empty.")
    values = [
        _read_constant(entry, fact_type, f"{pointer}[{place}]", complaints)
        for place, entry in enumerate(entries)
    ]
    known = tuple(value for value in values if value is not None)
    return known if known and len(known) == len(values) else None


def _read_constant(raw: object, fact_type: FactType, pointer: str, complaints: Complaints) -> Value | None:
    value = reading_for(fact_type)(raw)
    if not isinstance(value, Unknown):
        return value
    allowed = f" ({', '.join(fact_type.allowed)})" if fact_type.allowed else ""
    complaints.add(
        "type",
        pointer,
        f"这里应为 {fact_type.kind.value}{allowed}，写的是 {_shown(raw)}。",
        f"A {fact_type.kind.value}{allowed} belongs here, not {_shown(raw)}.",
    )
    return None


def _shown(raw: object) -> str:
    return repr(raw)[:80] if isinstance(raw, str | int | float | date | list | tuple) else type(raw).__name__
