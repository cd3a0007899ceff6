"""Local thresholds of an item: dated numbers that no statute fixes, each with its ground."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tongban.domain.law import LIMIT_UNITS
from tongban.domain.rules.complaints import LAW_KEY, Complaints
from tongban.domain.rules.facts import FactType, Kind
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

PARAMETERS_MAX = 30
PREFIX = "parameter."
_FEN_A_YUAN = 100
_REQUIRED = ("fact", "says", "unit", "synthetic", "values")
_OTHER_UNITS = ("square_metre", "kilogram", "percent", "sheet")
_UNIT_WORDS: Mapping[str, Text] = {
    "working_day": Text("个工作日", "working days"),
    "calendar_day": Text("天", "days"),
    "month": Text("个月", "months"),
    "year": Text("年", "years"),
    "person": Text("人", "people"),
    "square_metre": Text("平方米", "square metres"),
    "kilogram": Text("千克", "kg"),
    "percent": Text("%", "%"),
    "sheet": Text("张", "sheets"),
}
UNITS = (*(unit for unit in LIMIT_UNITS if unit in _UNIT_WORDS), *_OTHER_UNITS, "fen")


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A number, the day from which it holds, and the article that leaves it to whoever set it."""

    since: date
    value: int
    source: LawKey


@dataclass(frozen=True, slots=True)
class Parameter:
    """A threshold that is set locally, and therefore changes with a date and not with a new law.

    Args:
        fact: its dotted name, ``parameter.…``, by which rules compare with it.
        unit: one of ``UNITS``.
        synthetic: made up for the demonstration, because the real number is not known to us.
        values: oldest first.
    """

    fact: str
    says: Text
    unit: str
    synthetic: bool
    values: tuple[DatedValue, ...]

    def find_value(self, on: date) -> int | None:
        """Return the number in force on a civil date, or None before the first."""
        return next((row.value for row in reversed(self.values) if row.since <= on), None)

    @property
    def type(self) -> FactType:
        """The type of its fact; nobody who applies can change it."""
        kind = Kind.MONEY_FEN if self.unit == "fen" else Kind.WHOLE_NUMBER
        return FactType(kind, fixed=True, says=self.says, unit=_UNIT_WORDS.get(self.unit))

    @property
    def in_words(self) -> tuple[tuple[date, Text, LawKey], ...]:
        """Each value with its day and its ground, as a guide prints it."""
        return tuple((row.since, _words_of(row.value, self.unit), row.source) for row in self.values)


def _words_of(value: int, unit: str) -> Text:
    if unit == "fen":
        yuan = f"{value // _FEN_A_YUAN}.{value % _FEN_A_YUAN:02d}"
        return Text(f"{yuan} 元", f"CNY {yuan}")
    return Text(f"{value} {_UNIT_WORDS[unit].zh}", f"{value} {_UNIT_WORDS[unit].en}")


def read_parameters(raw: object, complaints: Complaints) -> tuple[Parameter, ...]:
    """Read the rows of ``parameters``; what is wrong goes to the complaints."""
    read: list[Parameter] = []
    for place, entry in enumerate(complaints.read_list(raw, "parameters", PARAMETERS_MAX)):
        parameter = _read_parameter(entry, f"parameters[{place}]", complaints)
        if parameter is not None and parameter.fact in {one.fact for one in read}:
            name = parameter.fact
            complaints.add(
                "twice", f"parameters[{place}].fact", f"{name} 已经有了。", f"{name} exists already."
            )
        elif parameter is not None:
            read.append(parameter)
    return tuple(read)


def parameter_facts(parameters: tuple[Parameter, ...], on: date) -> dict[str, object]:
    """Return the facts that hold on a civil date; a parameter that has not begun is unknown."""
    values = {one.fact: one.find_value(on) for one in parameters}
    return {fact: value for fact, value in values.items() if value is not None}


def _read_parameter(raw: object, pointer: str, complaints: Complaints) -> Parameter | None:
    part = complaints.read_mapping(raw, pointer, _REQUIRED)
    if part is None or any(key not in part for key in _REQUIRED):
        return None
    fact = _read_name(part["fact"], f"{pointer}.fact", complaints)
    says = complaints.read_text(part["says"], f"{pointer}.says")
    unit = complaints.read_one_of(part["unit"], f"{pointer}.unit", UNITS)
    synthetic = complaints.read_yes_no(part["synthetic"], f"{pointer}.synthetic")
    values = _read_values(part["values"], f"{pointer}.values", complaints)
    if fact is None or says is None or unit is None or synthetic is None or not values:
        return None
    return Parameter(fact, says, unit, synthetic, values)


def _read_name(raw: object, pointer: str, complaints: Complaints) -> str | None:
    if isinstance(raw, str) and raw.startswith(PREFIX) and raw[len(PREFIX) :].replace("_", "a").isalnum():
        return raw
    complaints.add(
        "form",
        pointer,
        "参数的名称形如“parameter.card_from_age”。",
        "A parameter is named like “parameter.card_from_age”.",
    )
    return None


def _read_values(raw: object, pointer: str, complaints: Complaints) -> tuple[DatedValue, ...]:
    dated: list[DatedValue] = []
    for place, entry in enumerate(complaints.read_list(raw, pointer, PARAMETERS_MAX)):
        here = f"{pointer}[{place}]"
        row = complaints.read_mapping(entry, here, ("since", "value", "source")) or {}
        since, value = row.get("since"), row.get("value")
        source = complaints.read_matching(row.get("source"), f"{here}.source", LAW_KEY, "elderly-2018#53.1")
        if type(since) is not date:
            complaints.add("date", f"{here}.since", "这里应为日期。", "A date belongs here.")
        elif dated and since <= dated[-1].since:
            complaints.add("order", f"{here}.since", "日期应由远到近。", "Dates stand oldest first.")
        elif type(value) is not int or value < 0:
            words = ("这里应为从 0 起的整数。", "A whole number from 0 belongs here.")
            complaints.add("number", f"{here}.value", *words)
        elif source is not None:
            dated.append(DatedValue(since, value, LawKey(source)))
    if raw in ([], ()):
        complaints.add("missing", pointer, "至少要有一个数值。", "There is no value.")
    return tuple(dated)
