"""What a case was proved with, which zones are asked for the rest, and what is on its way to another zone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tongban.domain.case import events as e
from tongban.domain.case.facts import needed_requirements
from tongban.domain.case.state import Case
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.domain.evidence.exchange import Evidence, EvidenceKind, FactDeclaration
from tongban.domain.evidence.requirement import Requirement, keys_of, kind_of
from tongban.flows.acts_under_way import ACT_WORDS, find_under_way, held_back
from tongban.flows.ports import Catalogue, Outgoing
from tongban.kernel.ids import EvidenceKindId
from tongban.kernel.text import Text
from tongban.reads import case_words as w


@dataclass(frozen=True, slots=True)
class AskedRegister:
    """A register of another zone that was asked.

    Args:
        state: ``asked``, ``waiting`` (asked in vain so far), ``answered`` or ``empty``.
        asked_at: when it was asked first; answered_at: when the answer was recorded.
        tries: attempts to reach the zone; 0 when this zone does not send the question itself.
        fault: why the last attempt failed, as the exchange noted it; empty when none did.
        ground: key of the article under which it was asked.
    """

    kind: EvidenceKind
    zone: Zone
    state: str
    asked_at: datetime
    answered_at: datetime | None = None
    tries: int = 0
    fault: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One thing that proves something in the case, or still has to.

    Args:
        evidence: None while nothing came in.
        holder: the zone whose register it is; None for an upload.
        used_for: the criteria that look at it, in words.
        file_digest: of an uploaded copy, else empty.
    """

    kind: EvidenceKind
    proves: Text
    law: str
    evidence: Evidence | None
    holder: Text | None
    trust: Text | None
    machine_may_rely: bool
    used_for: tuple[Text, ...]
    why_missing: Text | None = None


def read_asked(
    history: Sequence[e.Recorded], messages: Sequence[Outgoing], catalogue: Catalogue
) -> tuple[AskedRegister, ...]:
    """Return every register of another zone that was asked, in the order of asking.

    The n-th question to a zone is the n-th ``evidence.request`` message to it: both are written in one
    transaction. A zone that only shows the case has no such messages and so no tries.
    """
    asked: dict[EvidenceKindId, AskedRegister] = {}
    letters = {zone: [m for m in messages if m.type == "evidence.request" and m.to_zone == zone]
               for zone in catalogue.zones}  # fmt: skip
    for recorded in history:
        match recorded.event:
            case e.EvidenceRequested(ask) if ask.holder in catalogue.zones:
                letter = letters[ask.holder].pop(0) if letters[ask.holder] else None
                asked.pop(ask.kind, None)
                asked[ask.kind] = AskedRegister(
                    catalogue.kinds[kind_of(ask.kind)],
                    catalogue.zones[ask.holder],
                    "waiting" if letter and letter.last_fault else "asked",
                    recorded.at,
                    tries=letter.attempts if letter else 0,
                    fault=letter.last_fault if letter else "",
                    ground=ask.ground,
                )
            case e.EvidenceAttached(kind=kind) if kind in asked:
                asked[kind] = replace(asked[kind], state="answered", answered_at=recorded.at)
            case e.EvidenceNotHeld(kind=kind) if kind in asked:
                asked[kind] = replace(asked[kind], state="empty", answered_at=recorded.at)
    return tuple(asked.values())


def read_evidence(case: Case, item: ServiceItem, catalogue: Catalogue) -> tuple[EvidenceLine, ...]:
    """Return one line for everything that must be proved in this case, in the item's order."""
    lines = []
    for requirement in needed_requirements(case, item):
        for key in keys_of(requirement, case.deciding_zone, catalogue.zones):
            lines.append(_compose_line(requirement, key, case, item, catalogue))
    return tuple(lines)


def _compose_line(
    requirement: Requirement, key: EvidenceKindId, case: Case, item: ServiceItem, catalogue: Catalogue
) -> EvidenceLine:
    held, why = case.evidence.get(key), case.not_held.get(key)
    holder = catalogue.zones.get(held.holder) if held and held.holder else None
    return EvidenceLine(
        kind=catalogue.kinds[requirement.kind],
        proves=requirement.proves,
        law=requirement.source,
        evidence=held,
        holder=holder.short_name if holder else None,
        trust=w.TRUST_WORDS[held.trust] if held else None,
        machine_may_rely=held is not None and held.trust.machine_may_rely,
        used_for=_criteria_of(requirement.kind, item),
        why_missing=w.why_not_held(why) if why else None,
    )


def _criteria_of(kind: EvidenceKindId, item: ServiceItem) -> tuple[Text, ...]:
    """Return the criteria that look at facts of a kind, derived facts included."""
    prefix = f"evidence.{kind}."
    counted = {fact.fact for fact in item.working_day_facts if fact.since.startswith(prefix)}
    using = {
        row.criterion
        for row in item.rules.compiled.rows
        if any(name.startswith(prefix) or name in counted for name in row.uses)
    }
    return tuple(criterion.says for criterion in item.rules.criteria if criterion.id in using)


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of a piece of evidence, as a person reads it."""

    title: Text
    values: tuple[Text, ...]


def read_facts(line: EvidenceLine) -> tuple[FactLine, ...]:
    """Return what a register said, in its kind's order; empty where the facts were withheld."""
    if line.evidence is None:
        return ()
    return tuple(
        FactLine(declared.title, _with_unit(line.evidence.facts[declared.name], declared))
        for declared in line.kind.facts
        if declared.name in line.evidence.facts
    )


def _with_unit(value: object, declared: FactDeclaration) -> tuple[Text, ...]:
    """Return a value in words; a whole number with its unit."""
    if declared.unit is not None and type(value) is int:
        return (Text(f"{value} {declared.unit.zh}", f"{value} {declared.unit.en}"),)
    return w.value_words(value, declared.choices)


@dataclass(frozen=True, slots=True)
class RefusedAct:
    """An act that the deciding zone refused for good, or that never reached it.

    Args:
        name: what was done; why: as the code that came back says; then: what to do now.
    """

    name: Text
    at: datetime
    why: Text
    then: Text


@dataclass(frozen=True, slots=True)
class HandOver:
    """Where an application stands that was received here and is decided elsewhere.

    Args:
        sent_at: when this zone queued it; delivered_at: when the deciding zone receipted it.
        tries: attempts so far.
        given_up_at: when the application itself was given up, because nobody there would take it.
        acts_waiting: acts of the applicant (correct, withdraw, ask for a person) not yet delivered.
        acts_unseen: whether an act was delivered, but what came of it has not been told yet.
        acts_refused: acts that came to nothing, unless a later one arrived.
        held_back: acts that have to wait for those under way (``flows.acts_under_way``).
    """

    to_zone: Zone
    sent_at: datetime
    delivered_at: datetime | None
    tries: int
    fault: str
    acts_waiting: tuple[Outgoing, ...]
    acts_unseen: bool
    given_up_at: datetime | None = None
    acts_refused: tuple[RefusedAct, ...] = ()
    held_back: frozenset[str] = frozenset()


def find_hand_over(
    case: Case, history: Sequence[e.Recorded], messages: Sequence[Outgoing], catalogue: Catalogue
) -> HandOver | None:
    """Return the hand-over of a case that this zone passed on, or None when it passed on nothing."""
    first = next((m for m in messages if m.type == "case.submit"), None)
    if first is None:
        return None
    acts = [m for m in messages if m.type == "case.act"]
    under_way = find_under_way(messages, history[-1].at)
    return HandOver(
        to_zone=catalogue.zones[case.deciding_zone],
        sent_at=first.queued_at,
        delivered_at=first.delivered_at,
        tries=first.attempts,
        fault=first.last_fault,
        acts_waiting=tuple(m for m in under_way if m.delivered_at is None),
        acts_unseen=any(m.delivered_at for m in under_way),
        given_up_at=first.given_up_at,
        acts_refused=_read_refused(acts, case),
        held_back=held_back(under_way),
    )


def _read_refused(acts: Sequence[Outgoing], case: Case) -> tuple[RefusedAct, ...]:
    """Return the acts that came to nothing; those before an act that arrived are history."""
    arrived = max((number for number, one in enumerate(acts) if one.delivered_at), default=-1)
    return tuple(
        RefusedAct(
            ACT_WORDS.get(one.act, Text(one.act, one.act)),
            one.given_up_at,
            w.why_refused(one.last_fault),
            w.after_refusal(is_open=case.is_open),
        )
        for one in acts[arrived + 1 :]
        if one.given_up_at is not None
    )
