"""A rule table from its plain form, so that a table of long ago can be run again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tongban.domain.rules.derive import Derivation, How
from tongban.domain.rules.facts import FactType, Kind, Value
from tongban.domain.rules.operators import Condition, FactRef, Operand, Operator
from tongban.domain.rules.table import Criterion, RuleTable
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text


def restore_table(plain: Mapping[str, Any]) -> RuleTable:
    """Return the table that ``table_plain`` wrote; its own plain form is equal to the one given.

    What only pages say about a fact (its words, its unit) is not in the plain form and not restored.

    Raises:
        ValueError: it is not the plain form of a table.
    """
    try:
        return _restore(plain)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not the plain form of a rule table: {error!r}") from error


def _restore(plain: Mapping[str, Any]) -> RuleTable:
    types = {name: _type(part) for name, part in plain["facts"].items()}
    return RuleTable(
        table_id=plain["table"],
        version=plain["version"],
        may_grant=plain["may_grant"],
        derivations=tuple(_derivation(row, types) for row in plain["derived"]),
        criteria=tuple(_criterion(row) for row in plain["criteria"]),
        types=types,
    )


def _type(plain: Mapping[str, Any]) -> FactType:
    return FactType(Kind(plain["kind"]), tuple(plain["allowed"]), plain["fixed"])


def _derivation(plain: Mapping[str, Any], types: dict[str, FactType]) -> Derivation:
    how = How(plain["how"])
    fact_type = types.setdefault(plain["fact"], FactType(_KIND_OF.get(how, Kind.WHOLE_NUMBER)))
    return Derivation(
        fact=plain["fact"],
        how=how,
        inputs=tuple(plain["inputs"]),
        fields=tuple(plain["fields"]),
        type=fact_type,
        says=_text(plain["says"]),
        numbers=tuple(plain.get("numbers", ())),
    )


_KIND_OF = {How.SAME: Kind.YES_NO, How.CHANGED_FIELDS: Kind.CHOICES, How.DATE_AFTER: Kind.DATE}
"""What a way of deriving gives, for a derived fact that nothing uses; whole numbers for the others.

What ``pick`` gives is not known then, and does not matter.
"""


def _criterion(plain: Mapping[str, Any]) -> Criterion:
    return Criterion(
        id=plain["id"],
        says=_text(plain["says"]),
        condition=_condition(plain["condition"]),
        source=LawKey(plain["source"]),
        when=None if plain["when"] is None else _condition(plain["when"]),
        unmet=None if plain["unmet"] is None else _text(plain["unmet"]),
        fixed=plain["fixed"],
    )


def _condition(plain: Mapping[str, Any]) -> Condition:
    return Condition(plain["fact"], Operator(plain["op"]), _operand(plain["value"]))


def _operand(plain: object) -> Operand:
    match plain:
        case {"fact": str(name)}:
            return FactRef(name)
        case list():
            return tuple(_value(one) for one in plain)
        case None:
            return None
    return _value(plain)


def _value(plain: object) -> Value:
    match plain:
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case str() | int():
            return plain
    raise ValueError(f"not the value of a fact: {plain!r}")


def _text(plain: Mapping[str, str]) -> Text:
    return Text(plain["zh"], plain["en"])
