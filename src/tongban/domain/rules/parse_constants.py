"""Derived facts that hold constants: a day so much later, steps of a scale, one fact picked by a choice."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.rules.complaints import Complaints
from tongban.domain.rules.derive import How
from tongban.domain.rules.facts import FactType, Kind
from tongban.domain.rules.parse_condition import read_fact_ref

STEPS_MAX = 50
AMOUNT_MAX = 100_000
UNITS = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a derivation is made from; see ``Derivation``."""

    inputs: tuple[str, ...]
    fields: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


def read_input(
    raw: object, pointer: str, kind: Kind, types: Mapping[str, FactType], complaints: Complaints
) -> str | None:
    """Return the name in ``{fact: name}`` if it is of this kind, or complain."""
    name = read_fact_ref(raw, pointer, types, complaints)
    if name is None or types[name].kind is kind:
        return name
    found = types[name].kind.value
    complaints.add(
        "type",
        pointer,
        f"这里需要类型为 {kind.value} 的事实，{name} 是 {found}。",
        f"A fact of kind {kind.value} belongs here; {name} is a {found}.",
    )
    return None


def read_constants(
    how: How, part: Mapping[str, object], pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Parts | None:
    """Read ``date_after``, ``steps``, ``sum`` or ``pick``; None after a complaint."""
    if how is How.DATE_AFTER:
        return _read_date_after(part, pointer, types, complaints)
    if how is How.STEPS:
        return _read_steps(part, pointer, types, complaints)
    if how is How.SUM:
        return _read_sum(part, pointer, types, complaints)
    return _read_pick(part, pointer, types, complaints)


def _read_date_after(
    part: Mapping[str, object], pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Parts | None:
    since = read_input(part["from"], f"{pointer}.from", Kind.DATE, types, complaints)
    unit = complaints.read_one_of(part["unit"], f"{pointer}.unit", UNITS)
    raw, here = part["add"], f"{pointer}.add"
    if isinstance(raw, Mapping):
        added = read_input(raw, here, Kind.WHOLE_NUMBER, types, complaints)
        return None if since is None or unit is None or added is None else Parts((since, added), (unit,))
    amount = _read_whole(raw, here, complaints)
    return None if since is None or unit is None or amount is None else Parts((since,), (unit,), (amount,))


def _read_steps(
    part: Mapping[str, object], pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Parts | None:
    of = read_input(part["of"], f"{pointer}.of", Kind.WHOLE_NUMBER, types, complaints)
    numbers: list[int] = []
    for place, entry in enumerate(complaints.read_list(part["steps"], f"{pointer}.steps", STEPS_MAX)):
        here = f"{pointer}.steps[{place}]"
        row = complaints.read_mapping(entry, here, ("at_least", "gives")) or {}
        pair = [_read_whole(row.get(key), f"{here}.{key}", complaints) for key in ("at_least", "gives")]
        if None in pair:
            return None
        if numbers and pair[0] is not None and pair[0] <= numbers[-2]:
            words = ("台阶应由低到高。", "Steps stand lowest first.")
            complaints.add("order", f"{here}.at_least", *words)
            return None
        numbers.extend(number for number in pair if number is not None)
    if not numbers:
        complaints.add("operand", f"{pointer}.steps", "至少要有一级台阶。", "There is no step.")
    return None if of is None or not numbers else Parts((of,), numbers=tuple(numbers))


def _read_sum(
    part: Mapping[str, object], pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Parts | None:
    names = [
        read_input(entry, f"{pointer}.of[{place}]", Kind.WHOLE_NUMBER, types, complaints)
        for place, entry in enumerate(complaints.read_list(part["of"], f"{pointer}.of", STEPS_MAX))
    ]
    most = _read_whole(part["at_most"], f"{pointer}.at_most", complaints) if "at_most" in part else None
    known = tuple(name for name in names if name is not None)
    if not names:
        complaints.add("operand", f"{pointer}.of", "列表不能为空。", "The list is empty.")
    if not known or len(known) < len(names) or ("at_most" in part and most is None):
        return None
    return Parts(known, numbers=() if most is None else (most,))


def _read_pick(
    part: Mapping[str, object], pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Parts | None:
    by = read_input(part["by"], f"{pointer}.by", Kind.CHOICE, types, complaints)
    allowed = types[by].allowed if by is not None else ()
    cases = complaints.read_mapping(part["cases"], f"{pointer}.cases", allowed) if by is not None else None
    if by is None or cases is None or any(code not in cases for code in allowed):
        return None
    names = [read_fact_ref(cases[code], f"{pointer}.cases.{code}", types, complaints) for code in allowed]
    known = tuple(name for name in names if name is not None)
    if len(known) < len(names):
        return None
    kinds = dict.fromkeys(types[name].kind.value for name in known)
    if len(kinds) > 1:
        listed = ", ".join(kinds)
        complaints.add(
            "type",
            f"{pointer}.cases",
            f"各种情形的事实应为同一类型，这里有：{listed}。",
            f"The facts of all codes are of one kind; here are: {listed}.",
        )
        return None
    return Parts((by, *known), allowed)


def _read_whole(raw: object, pointer: str, complaints: Complaints) -> int | None:
    if type(raw) is int and 0 <= raw <= AMOUNT_MAX:
        return raw
    complaints.add("number", pointer, "这里应为从 0 起的整数。", "A whole number from 0 belongs here.")
    return None
