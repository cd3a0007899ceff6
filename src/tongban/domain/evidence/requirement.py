"""What an item wants proved, where the proof lies, and all that is still missing, at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tongban.domain.evidence.exchange import Evidence, EvidenceKind
from tongban.kernel.ids import EvidenceKindId, LawKey, ZoneId
from tongban.kernel.moment import civil_date
from tongban.kernel.text import Text

EVERY_ZONE, OTHER_ZONES = "every-zone", "other-zones"
HOLDERS_WITHOUT_FACT = ("deciding", EVERY_ZONE, OTHER_ZONES)
"""Holders that need no fact to be found by."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing to be proved, and how its proof is found without asking the applicant.

    Args:
        kind: the evidence that proves it.
        proves: the sentence it proves, as the guide page tells it.
        subject: dotted fact whose value the register is searched by, e.g. ``answers.parent_uscc``.
        holder: ``deciding`` for the deciding zone's own register; a dotted fact that names a zone;
            ``division:<fact>`` when the identifier in that fact carries the holder's division code;
            ``every-zone`` or ``other-zones`` when each zone is asked, with or without the deciding one.
        source: why it is required.
        ground: why the holder may be asked.
        may_upload: whether the applicant may hand in a copy when no register holds it.
        needed_when: dotted yes/no fact; the requirement falls away when it is known and not true.
    """

    kind: EvidenceKindId
    proves: Text
    subject: str
    holder: str
    source: LawKey
    ground: LawKey
    may_upload: bool = True
    needed_when: str = ""

    @property
    def is_spread(self) -> bool:
        """True when several zones are asked the same."""
        return self.holder in (EVERY_ZONE, OTHER_ZONES)


def is_needed(requirement: Requirement, facts: Mapping[str, object]) -> bool:
    """Say whether the applicant's answers call for this proof at all."""
    return not requirement.needed_when or facts.get(requirement.needed_when) is True


def spread_key(kind: EvidenceKindId, zone: ZoneId) -> EvidenceKindId:
    """Return the name under which a case keeps one zone's answer, where several zones are asked the same."""
    return EvidenceKindId(f"{kind}@{zone}")


def kind_of(key: EvidenceKindId) -> EvidenceKindId:
    """Return the kind of evidence behind the name under which a case keeps it."""
    return EvidenceKindId(key.partition("@")[0])


def keys_of(
    requirement: Requirement, deciding_zone: ZoneId, zones: Collection[ZoneId]
) -> tuple[EvidenceKindId, ...]:
    """Return the names under which a case keeps the answers to a requirement, one for each zone asked."""
    if not requirement.is_spread:
        return (requirement.kind,)
    asked = [z for z in sorted(zones) if requirement.holder == EVERY_ZONE or z != deciding_zone]
    return tuple(spread_key(requirement.kind, zone) for zone in asked)


def find_holder(
    requirement: Requirement,
    facts: Mapping[str, object],
    deciding_zone: ZoneId,
    zone_of_division: Mapping[str, ZoneId],
) -> ZoneId | None:
    """Return the zone whose register holds the proof, or None when no zone of the alliance does.

    Args:
        facts: dotted fact names with plain values.
        zone_of_division: six-digit division codes to zones.
    """
    if requirement.holder == "deciding":
        return deciding_zone
    return find_named_zone(requirement.holder, facts, zone_of_division)


def find_named_zone(
    name: str, facts: Mapping[str, object], zone_of_division: Mapping[str, ZoneId]
) -> ZoneId | None:
    """Return the zone that a fact names, or whose division a number carries; None when it is none of ours.

    Args:
        name: a dotted fact, or ``division:`` and a dotted fact.
    """
    if name.startswith("division:"):
        code = str(facts.get(name.removeprefix("division:"), ""))
        # Digits 3 to 8 of a unified social credit code, 1 to 6 of a citizen number.
        of_firm = name == "division:applicant.id" and facts.get("applicant.kind") == "firm"
        is_credit_code = of_firm or name.endswith("uscc")
        division = code[2:8] if len(code) == 18 and is_credit_code else code[:6]
        return zone_of_division.get(division)
    named = facts.get(name)
    return ZoneId(named) if isinstance(named, str) and named in zone_of_division.values() else None


def usable_facts(kind: EvidenceKind, evidence: Evidence, on: date) -> dict[str, object]:
    """Return the dotted facts on which a machine may rely; an unreliable or stale source gives none.

    Source of law: gbh-2016-108 (a user's own upload must be compared with the original by a person).
    """
    if not evidence.trust.machine_may_rely:
        return {}
    if kind.max_age_days is not None and on - civil_date(evidence.as_of) > timedelta(days=kind.max_age_days):
        return {}
    return {f"evidence.{kind.id}.{name}": value for name, value in evidence.facts.items()}


def joint_facts(kind: EvidenceKind, answers: Sequence[Evidence | None], on: date) -> dict[str, object]:
    """Return the facts of a kind that several zones were asked for: yes if any says so, no if all say no.

    Yes-or-no facts are joined, and numbers that are declared to be summed are added up. As long as one zone's
    answer is missing or may not be relied on, "no" and the sum are unknown; one reliable "yes" is enough.
    """
    seen = [{} if answer is None else usable_facts(kind, answer, on) for answer in answers]
    joint: dict[str, object] = {}
    for fact in kind.facts:
        name = f"evidence.{kind.id}.{fact.name}"
        values = [facts.get(name) for facts in seen]
        if fact.is_summed:
            numbers = [value for value in values if type(value) is int]
            if values and len(numbers) == len(values):
                joint[name] = sum(numbers)
        elif any(value is True for value in values):
            joint[name] = True
        elif values and all(value is False for value in values):
            joint[name] = False
    return joint
