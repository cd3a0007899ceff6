"""The facts that a pack states about itself for the automation gate, read from ``gate:`` in item.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass

from tongban.domain.rules.complaints import LAW_KEY, Complaints
from tongban.kernel.ids import LawKey

GATE_FACTS = (
    "formal_check_only",
    "on_site_check_before_decision",
    "tests_or_experts",
    "third_party_interest",
    "quantity_limit",
    "strict_order",
    "bidding",
    "exam",
    "exam_result_is_data",
    "error_cheap_to_correct",
    "authority_owns_rules",
)
"""Yes-or-no facts; what each must be stands in ``content/gate.yaml``. One left out counts against it."""
OWN_WORD = "own_word_suffices"
"""The article that lets the applicant's own word be enough, where a criterion rests on nothing else."""


_NONE = LawKey("")


@dataclass(frozen=True, slots=True)
class GateFact:
    """What a pack states.

    Args:
        is_so: yes or no.
        source: the article that makes it so for this item; empty when the gate's own article says enough.
    """

    is_so: bool
    source: LawKey = _NONE


def read_gate_facts(raw: object, complaints: Complaints) -> dict[str, GateFact]:
    """Read the block; each fact is ``true``, ``false``, or ``{is: true, source: key}``.

    ``own_word_suffices`` is a law key; it is kept as a fact that is so, with its source.
    """
    if raw is None:
        return {}
    part = complaints.read_mapping(raw, "gate", (), (*GATE_FACTS, OWN_WORD)) or {}
    facts: dict[str, GateFact] = {}
    for name in GATE_FACTS:
        if name in part and (fact := _read_fact(part[name], f"gate.{name}", complaints)) is not None:
            facts[name] = fact
    if OWN_WORD in part:
        source = complaints.read_matching(part[OWN_WORD], f"gate.{OWN_WORD}", LAW_KEY, "all-2019#31.1")
        facts[OWN_WORD] = GateFact(is_so=True, source=LawKey(source or ""))
    return facts


def _read_fact(raw: object, pointer: str, complaints: Complaints) -> GateFact | None:
    if not isinstance(raw, Mapping):
        is_so = complaints.read_yes_no(raw, pointer)
        return None if is_so is None else GateFact(is_so)
    row = complaints.read_mapping(raw, pointer, ("is", "source"))
    if row is None or "is" not in row or "source" not in row:
        return None
    is_so = complaints.read_yes_no(row["is"], f"{pointer}.is")
    source = complaints.read_matching(row["source"], f"{pointer}.source", LAW_KEY, "all-2019#34.3")
    return None if is_so is None or source is None else GateFact(is_so, LawKey(source))
