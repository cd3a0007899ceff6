"""Parse: a pack's rules as a plain mapping become a checked table, or every problem at once."""

from collections.abc import Collection, Mapping

from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.domain.rules.derive import Derivation
from tongban.domain.rules.facts import STANDING_FACTS, FactType
from tongban.domain.rules.operators import Condition
from tongban.domain.rules.parse_condition import read_condition
from tongban.domain.rules.parse_derived import read_derivation
from tongban.domain.rules.table import Criterion, RuleTable
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey

CRITERIA_MAX = 200
DERIVED_MAX = 100

UNMET_PLACES = ("seen", "wanted", "lacking", "extra")
"""The named places a criterion's ``unmet`` words may have; ``explain`` fills them in."""


def parse_table(
    mapping: Mapping[str, object], declared: Mapping[str, FactType], *, table_id: str = ""
) -> RuleTable:
    """Read a rule table and check that it can run: every fact declared, every comparison of one kind.

    What passes here never fails at run time: ``evaluate`` is total over it.

    Args:
        mapping: the parsed ``rules.yaml``: ``version``, ``may_grant``, ``derived``, ``criteria``.
        declared: the facts of the form and the evidence kinds, by dotted name. ``today`` is always there.
        table_id: whose table it is, usually the item's id.

    Raises:
        Refused: with all problems at once, each pointing into the mapping (``criteria[3].op``).
    """
    complaints = Complaints()
    part = complaints.read_mapping(mapping, "", ("version", "may_grant", "criteria"), ("derived",))
    if part is None:
        raise Refused(*complaints.problems)
    types = {**STANDING_FACTS, **declared}
    version = _read_version(part.get("version"), complaints) if "version" in part else None
    may_grant = complaints.read_yes_no(part["may_grant"], "may_grant") if "may_grant" in part else None
    derivations = _read_derivations(part.get("derived", []), types, complaints)
    criteria = _read_criteria(part.get("criteria", []), types, complaints) if "criteria" in part else ()
    if may_grant and "criteria" in part and not complaints.problems:
        _check_grounds(criteria, complaints)
    if complaints.problems or version is None or may_grant is None:
        raise Refused(*complaints.problems)
    return RuleTable(table_id, version, may_grant, derivations, criteria, types)


def _read_version(raw: object, complaints: Complaints) -> int | None:
    if type(raw) is int and raw >= 1:
        return raw
    complaints.add(
        "version", "version", "版本是从 1 起的整数。", "The version is a whole number from 1 upwards."
    )
    return None


def _read_derivations(
    raw: object, types: dict[str, FactType], complaints: Complaints
) -> tuple[Derivation, ...]:
    """Return the derived facts, adding each one's type to ``types`` so that later rows may use it."""
    derivations = []
    for place, entry in enumerate(complaints.read_list(raw, "derived", DERIVED_MAX)):
        derivation = read_derivation(entry, f"derived[{place}]", types, complaints)
        if derivation is not None:
            types[derivation.fact] = derivation.type
            derivations.append(derivation)
        elif isinstance(entry, Mapping) and isinstance(entry.get("fact"), str):
            complaints.broken.add(entry["fact"])
    return tuple(derivations)


def _read_criteria(
    raw: object, types: Mapping[str, FactType], complaints: Complaints
) -> tuple[Criterion, ...]:
    criteria: list[Criterion] = []
    taken: set[str] = set()
    for place, entry in enumerate(complaints.read_list(raw, "criteria", CRITERIA_MAX)):
        criterion = _read_criterion(entry, f"criteria[{place}]", taken, types, complaints)
        if criterion is not None:
            criteria.append(criterion)
    return tuple(criteria)


def _read_criterion(
    raw: object, pointer: str, taken: set[str], types: Mapping[str, FactType], complaints: Complaints
) -> Criterion | None:
    required = ("id", "fact", "op", "says", "source")
    part = complaints.read_mapping(raw, pointer, required, ("value", "when", "unmet", "fixed"))
    if part is None:
        return None
    identity = _read_id(part["id"], f"{pointer}.id", taken, complaints) if "id" in part else None
    condition = read_condition(part, pointer, types, complaints)
    when = _read_guard(part["when"], f"{pointer}.when", types, complaints) if "when" in part else None
    says = complaints.read_text(part["says"], f"{pointer}.says") if "says" in part else None
    unmet = None
    if "unmet" in part:
        unmet = complaints.read_text(part["unmet"], f"{pointer}.unmet", UNMET_PLACES)
    fixed = complaints.read_yes_no(part["fixed"], f"{pointer}.fixed") if "fixed" in part else False
    source = None
    if "source" in part:
        source = complaints.read_matching(part["source"], f"{pointer}.source", LAW_KEY, "all-2019#32.4")
    if identity is None or condition is None or says is None or source is None:
        return None
    return Criterion(identity, says, condition, LawKey(source), when, unmet, bool(fixed))


def _read_id(raw: object, pointer: str, taken: set[str], complaints: Complaints) -> str | None:
    identity = complaints.read_matching(raw, pointer, SHORT_NAME, "scope-inside-parents")
    if identity is not None and identity in taken:
        complaints.add("twice", pointer, f"“{identity}”已经用过。", f"“{identity}” is taken by another row.")
        return None
    if identity is not None:
        taken.add(identity)
    return identity


def _read_guard(
    raw: object, pointer: str, types: Mapping[str, FactType], complaints: Complaints
) -> Condition | None:
    part = complaints.read_mapping(raw, pointer, ("fact", "op"), ("value",))
    return None if part is None else read_condition(part, pointer, types, complaints)


def _check_grounds(criteria: Collection[Criterion], complaints: Complaints) -> None:
    """A grant must rest on something: one row at least that always applies."""
    if not any(criterion.when is None for criterion in criteria):
        complaints.add(
            "groundless",
            "criteria",
            "可以自动准予的表，至少要有一条始终适用的条件；否则什么都不适用时也会准予。",
            "A table that may grant needs a criterion without “when”; else it grants when none applies.",
        )
