"""The criteria of the automation gate, as ``content/gate.yaml`` states them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tongban.domain.catalogue.parse_gate import GATE_FACTS
from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

COMPUTED = ("answers", "sources", "procedure")
"""What is read from the pack itself: how answers are compared, whence facts come, who may grant."""
_LIST_MAX = 40
_REQUIRED = ("id", "says", "fails", "grounds")
_OPTIONAL = ("fact", "is", "unless", "computed")


@dataclass(frozen=True, slots=True)
class GateCriterion:
    """One thing that must hold before a machine may grant.

    Args:
        says, fails: the sentence when it holds, and when it does not.
        grounds: the articles, the one that bars first.
        fact, wanted: a fact of the pack and what it must be; empty for a computed one.
        unless: a second fact that heals the first when it is so; empty when none does.
        computed: one of ``COMPUTED``, or empty.
    """

    id: str
    says: Text
    fails: Text
    grounds: tuple[LawKey, ...]
    fact: str = ""
    wanted: bool = True
    unless: str = ""
    computed: str = ""


def parse_gate(plain: object, file_name: str) -> tuple[GateCriterion, ...]:
    """Read the criteria; raises Refused with every problem found."""
    complaints = Complaints(room="gate")
    part = complaints.read_mapping(plain, "", ("criteria",)) or {}
    rows = complaints.read_list(part.get("criteria", []), "criteria", _LIST_MAX)
    read = [_read_criterion(row, f"criteria[{place}]", complaints) for place, row in enumerate(rows)]
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return tuple(criterion for criterion in read if criterion is not None)


def _read_criterion(raw: object, pointer: str, complaints: Complaints) -> GateCriterion | None:
    row = complaints.read_mapping(raw, pointer, _REQUIRED, _OPTIONAL)
    if row is None or any(key not in row for key in _REQUIRED):
        return None
    name = complaints.read_matching(row["id"], f"{pointer}.id", SHORT_NAME, "no-bidding")
    says = complaints.read_text(row["says"], f"{pointer}.says")
    fails = complaints.read_text(row["fails"], f"{pointer}.fails")
    grounds = [
        complaints.read_matching(key, f"{pointer}.grounds[{place}]", LAW_KEY, "all-2019#34.3")
        for place, key in enumerate(complaints.read_list(row["grounds"], f"{pointer}.grounds", _LIST_MAX))
    ]
    asked = _read_question(row, pointer, complaints)
    if name is None or says is None or fails is None or None in grounds or asked is None:
        return None
    return replace(asked, id=name, says=says, fails=fails, grounds=tuple(LawKey(str(k)) for k in grounds))


def _read_question(row: Mapping[str, object], pointer: str, complaints: Complaints) -> GateCriterion | None:
    """Read what is asked: a stated fact, or something computed."""
    nothing = Text("", "")
    if "computed" in row:
        computed = complaints.read_one_of(row["computed"], f"{pointer}.computed", COMPUTED)
        return None if computed is None else GateCriterion("", nothing, nothing, (), computed=computed)
    fact = complaints.read_one_of(row.get("fact"), f"{pointer}.fact", GATE_FACTS)
    wanted = complaints.read_yes_no(row.get("is"), f"{pointer}.is")
    unless = ""
    if "unless" in row:
        unless = complaints.read_one_of(row["unless"], f"{pointer}.unless", GATE_FACTS) or ""
    if fact is None or wanted is None:
        return None
    return GateCriterion("", nothing, nothing, (), fact, wanted, unless)
