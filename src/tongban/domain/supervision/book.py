"""The rules of supervision as data (``content/supervision.yaml``), read whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from tongban.domain.rules.complaints import LAW_KEY, SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

RED, YELLOW = "red", "yellow"
AGENDA, CORRECTIONS, SEALING, RECEIPTS = "agenda", "corrections", "sealing", "receipts"
REFUSALS = "refusals"
_OWN_KEY = {
    AGENDA: "kinds",
    CORRECTIONS: "times",
    SEALING: "after_hours",
    RECEIPTS: "after_hours",
    REFUSALS: "kinds",
}
"""What a rule says beside the rest, by what it watches."""
_KEYS = ("id", "level", "watches", "handle_days", "basis", "protects", "title", "says")
_RULES_MAX, _KINDS_MAX, _DAYS_MAX, _TIMES_MAX, _HOURS_MAX = 50, 20, 60, 20, 24 * 60


@dataclass(frozen=True, slots=True)
class SupervisionRule:
    """One rule.

    Args:
        level: ``red`` or ``yellow``.
        watches: one of ``agenda``, ``corrections``, ``sealing``, ``receipts``, ``refusals``.
        handle_days: working days within which the head answers an alert.
        basis: the article on which supervision looks; ``protects`` is the one it looks after.
        kinds: of the agenda, for ``agenda``; why the seal did not move, for ``refusals``.
        times: how many of them in one case are a finding, for ``corrections`` only.
        after_hours: hours by the clock, for ``sealing`` and ``receipts`` only.
    """

    id: str
    level: str
    watches: str
    handle_days: int
    basis: LawKey
    protects: LawKey
    title: Text
    says: Text
    kinds: tuple[str, ...] = ()
    times: int = 0
    after_hours: int = 0

    @property
    def patience(self) -> timedelta:
        """How long after its beginning something becomes a finding."""
        return timedelta(hours=self.after_hours)


@dataclass(frozen=True, slots=True)
class SupervisionBook:
    """Every rule, in the order in which a board shows them.

    Args:
        is_made_up: no authority has set the hours and days.
    """

    rules: Mapping[str, SupervisionRule] = field(default_factory=dict)
    is_made_up: bool = True


NO_SUPERVISION = SupervisionBook()
"""For a content folder without rules: nothing is watched."""


def parse_supervision(plain: object, file_name: str) -> SupervisionBook:
    """Read the book; raises Refused with every problem found."""
    complaints = Complaints(room="supervision")
    part = complaints.read_mapping(plain, "", ("is_made_up", "rules")) or {}
    made_up = complaints.read_yes_no(part.get("is_made_up"), "is_made_up")
    rules: dict[str, SupervisionRule] = {}
    for place, raw in enumerate(complaints.read_list(part.get("rules", []), "rules", _RULES_MAX)):
        rule = _read_rule(raw, f"rules[{place}]", complaints)
        if rule is not None and rule.id in rules:
            complaints.add("twice", f"rules[{place}].id", "这条规则已经有了。", "This rule is there already.")
        elif rule is not None:
            rules[rule.id] = rule
    if complaints.problems:
        raise Refused(*(replace(one, pointer=f"{file_name}:{one.pointer}") for one in complaints.problems))
    return SupervisionBook(rules, made_up is True)


def _read_rule(raw: object, pointer: str, complaints: Complaints) -> SupervisionRule | None:
    watches = raw.get("watches") if isinstance(raw, Mapping) else None
    own = _OWN_KEY.get(watches) if isinstance(watches, str) else None
    row = complaints.read_mapping(raw, pointer, (*_KEYS, *((own,) if own else ())))
    if row is None:
        return None
    before = len(complaints.problems)
    name = complaints.read_matching(row.get("id"), f"{pointer}.id", SHORT_NAME, "sealed-late")
    level = complaints.read_one_of(row.get("level"), f"{pointer}.level", (RED, YELLOW))
    complaints.read_one_of(watches, f"{pointer}.watches", _OWN_KEY)
    days = _read_number(row.get("handle_days"), f"{pointer}.handle_days", _DAYS_MAX, complaints)
    basis, protects = (
        complaints.read_matching(row.get(key), f"{pointer}.{key}", LAW_KEY, "all-2019#32.4")
        for key in ("basis", "protects")
    )
    title = complaints.read_text(row.get("title"), f"{pointer}.title")
    says = complaints.read_text(row.get("says"), f"{pointer}.says")
    number = 0
    kinds: tuple[str, ...] = ()
    if own == "kinds":
        found = complaints.read_list(row.get("kinds"), f"{pointer}.kinds", _KINDS_MAX)
        read = [
            complaints.read_matching(one, f"{pointer}.kinds[{n}]", SHORT_NAME, "overdue")
            for n, one in enumerate(found)
        ]
        kinds = tuple(one for one in read if one)
    elif own:
        most = _TIMES_MAX if own == "times" else _HOURS_MAX
        number = _read_number(row.get(own), f"{pointer}.{own}", most, complaints)
    if len(complaints.problems) > before or not (name and level and basis and protects and title and says):
        return None
    law = LawKey(basis), LawKey(protects)
    rule = SupervisionRule(name, level, str(watches), days, *law, title, says, kinds)
    return replace(rule, times=number) if own == "times" else replace(rule, after_hours=number)


def _read_number(raw: object, pointer: str, most: int, complaints: Complaints) -> int:
    if type(raw) is int and 1 <= raw <= most:
        return raw
    complaints.add(
        "number", pointer, f"这里应为 1 至 {most} 的整数。", f"A whole number from 1 to {most} belongs here."
    )
    return 0
