"""Parse: one example case of a pack; what is wrong with it goes to the reading, with file and line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tongban.domain.evidence.exchange import Trust
from tongban.domain.rules.complaints import SHORT_NAME, Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import EvidenceKindId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.reading import Reading

LIST_MAX = 100
OUTCOMES = ("grant", "refer", "correct", "returned", "wait", "denied", "refused")
_REQUIRED = ("says", "today", "received_in", "decided_in", "applicant", "answers", "zones_hold", "then")
_OPTIONAL = ("channel", "away", "comes_back", "asks_for_person", "corrections", "pledges", "later")
_RECORD = ("kind", "subject", "trust", "facts", "held_days_ago")
_THEN_REQUIRED = ("stage", "outcome", "events", "ledger")
_THEN_OPTIONAL = (
    "unmet",
    "unknown",
    "corrected",
    "refused",
    "told",
    "valid_until",
    "licence_state",
    "checks",
)


@dataclass(frozen=True, slots=True)
class Held:
    """A record in a zone's register, for the example.

    Args:
        held_days_ago: how old what the register says is; a kind may set how old it may be.
    """

    zone: ZoneId
    kind: EvidenceKindId
    subject: str
    trust: Trust
    facts: Mapping[str, object]
    held_days_ago: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come of the example.

    Args:
        stage, outcome: where it ends, and in what sense (``OUTCOMES``).
        events: names, in order, as the deciding zone has them.
        unmet, unknown: criteria that stand in the way.
        corrected: pointers of every correction notice, in order; refused: those of a form not taken in.
        told: zones that were told, with the notice.
        ledger: leaves in the deciding zone's ledger.
        licence_state: code of ``credential.status`` in the register; checks: name and outcome of each.
    """

    stage: str
    outcome: str
    events: tuple[str, ...]
    ledger: int
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    told: tuple[tuple[str, str], ...] | None = None
    valid_until: date | None = None
    licence_state: str | None = None
    checks: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One case as a pack tells it: who hands in what, what the zones hold, and what must come of it.

    Args:
        path: its file; the stem names it.
        away: zones that cannot be reached; ``comes_back`` lets them answer in the end.
        asks_for_person: the applicant asks for a person after handing it in.
        corrections: answers handed in after the correction notice; empty for none.
        pledges: promises signed with the application, by id.
        later: what happens after that, step by step (``play_later``).
    """

    path: Path
    says: Text
    today: date
    received_in: ZoneId
    decided_in: ZoneId
    channel: str
    applicant: Mapping[str, str]
    answers: Mapping[str, object]
    held: tuple[Held, ...]
    away: tuple[ZoneId, ...]
    comes_back: bool
    asks_for_person: bool
    corrections: Mapping[str, object]
    pledges: tuple[str, ...]
    later: tuple[Mapping[str, object], ...]
    then: Expected


def read_examples(pack: Path, reading: Reading) -> tuple[Example, ...]:
    """Return the examples of a pack, in order of file name; broken ones are complained of and left out."""
    plain = {path.stem: reading.read_plain(path) for path in sorted((pack / "cases").glob("*.yaml"))}
    examples: dict[str, Example] = {}
    broken: set[object] = {stem for stem, value in plain.items() if value is None}
    for stem in sorted(plain, key=lambda stem: _base_of(plain[stem]) is not None):
        if stem in broken or _base_of(plain[stem]) in broken:
            continue  # what is wrong was told once, at the example itself
        path = pack / "cases" / f"{stem}.yaml"
        example = reading.attempt(lambda path=path: _parse_example(path, plain), path)
        if example is None:
            broken.add(stem)
        else:
            examples[stem] = example
    return tuple(examples[stem] for stem in plain if stem in examples)


def _base_of(plain: object) -> object:
    """Return the name of the example that one is like, or None."""
    base = plain.get("like") if isinstance(plain, dict) else None
    return base if isinstance(base, str) else None


def _parse_example(path: Path, plain: Mapping[str, Any]) -> Example:
    complaints = Complaints(room="example")
    part = _resolve(path.stem, plain, complaints)
    if complaints.problems:
        raise Refused(*complaints.problems)
    says = complaints.read_text(part["says"], "says")
    then = _read_then(part["then"], complaints)
    held = _read_held(part["zones_hold"], complaints)
    applicant = complaints.read_mapping(part["applicant"], "applicant", ("kind", "id", "name"), ("mobile",))
    for key in ("answers", "corrections"):
        complaints.read_mapping(part.get(key, {}), key, (), tuple(part.get(key) or ()))
    later = _read_later(part.get("later", []), complaints)
    if not isinstance(part["today"], date):
        complaints.add("date", "today", "这里应为日期。", "A date belongs here.")
    if complaints.problems or says is None or then is None:
        raise Refused(*complaints.problems)
    return Example(
        path=path,
        says=says,
        today=part["today"],
        received_in=ZoneId(str(part["received_in"])),
        decided_in=ZoneId(str(part["decided_in"])),
        channel=str(part.get("channel", "online")),
        applicant={key: str(value) for key, value in (applicant or {}).items()},
        answers=part["answers"],
        held=held,
        away=tuple(
            ZoneId(str(zone)) for zone in complaints.read_list(part.get("away", []), "away", LIST_MAX)
        ),
        comes_back=part.get("comes_back") is True,
        asks_for_person=part.get("asks_for_person") is True,
        corrections=part.get("corrections", {}),
        pledges=tuple(
            str(name) for name in complaints.read_list(part.get("pledges", []), "pledges", LIST_MAX)
        ),
        later=later,
        then=then,
    )


LATER = ("days", "objects", "answers_check", "officer", "register", "asks_for_person")
"""What may happen later; one of these to a step."""
_WITH = ("check", "kept", "kind", "subject", "facts", "answers")


def _read_later(raw: object, complaints: Complaints) -> tuple[Mapping[str, object], ...]:
    steps = []
    for place, entry in enumerate(complaints.read_list(raw, "later", LIST_MAX)):
        step = complaints.read_mapping(entry, f"later[{place}]", (), (*LATER, *_WITH)) or {}
        if sum(name in step for name in LATER) != 1:
            listed = ", ".join(LATER)
            complaints.add(
                "shape",
                f"later[{place}]",
                f"每一步恰好写一个：{listed}。",
                f"One of these to a step: {listed}.",
            )
        steps.append(step)
    return tuple(steps)


def _resolve(stem: str, plain: Mapping[str, Any], complaints: Complaints) -> Mapping[str, Any]:
    """Lay an example over the one it is like; only that one may not be like another in turn."""
    own = plain[stem]
    if not isinstance(own, dict) or "like" not in own:
        return complaints.read_mapping(own, "", _REQUIRED, _OPTIONAL) or {}
    complaints.read_mapping(own, "", ("says", "then"), (*_REQUIRED, *_OPTIONAL, "like", "holds_not"))
    base = plain.get(own["like"]) if isinstance(own["like"], str) else None
    if not isinstance(base, dict) or "like" in base:
        known = [name for name, other in plain.items() if isinstance(other, dict) and "like" not in other]
        complaints.read_one_of(own["like"], "like", known)
    changes = {
        key: _read_open(own.get(key, {}), key, complaints) for key in ("answers", "zones_hold", "holds_not")
    }
    for key in ("zones_hold", "holds_not"):
        for zone, entries in changes[key].items():
            complaints.read_list(entries, f"{key}.{zone}", LIST_MAX)
    _check_kinds(changes["zones_hold"], complaints)
    if complaints.problems or not isinstance(base, dict):
        return {}
    merged = {**base, **{key: value for key, value in own.items() if key not in ("like", "holds_not")}}
    answers = {**base.get("answers", {}), **changes["answers"]}
    merged["answers"] = {name: value for name, value in answers.items() if value is not None}
    merged["zones_hold"] = _merge_held(
        base.get("zones_hold", {}), changes["zones_hold"], changes["holds_not"], complaints
    )
    return merged


def _read_open(raw: object, pointer: str, complaints: Complaints) -> Mapping[str, Any]:
    """Return a mapping whose keys are free, or an empty one after a complaint."""
    known = tuple(str(key) for key in raw) if isinstance(raw, Mapping) else ()
    return complaints.read_mapping(raw, pointer, (), known) or {}


def _check_kinds(zones_hold: Mapping[str, Any], complaints: Complaints) -> None:
    for zone, records in zones_hold.items():
        for place, record in enumerate(records if isinstance(records, list) else ()):
            here = f"zones_hold.{zone}[{place}]"
            row = complaints.read_mapping(record, here, ("kind",), _RECORD)
            if row is not None:
                _read_open(row.get("facts", {}), f"{here}.facts", complaints)
                complaints.read_matching(row.get("kind"), f"{here}.kind", SHORT_NAME, "business-licence")


def _merge_held(
    base: Mapping[str, Any], changes: Mapping[str, Any], gone: Mapping[str, Any], complaints: Complaints
) -> dict[str, Any]:
    """Change or add records by zone and kind, and take away what ``holds_not`` names."""
    merged: dict[str, Any] = {}
    for zone in dict.fromkeys((*base, *changes, *gone)):
        records = {record["kind"]: record for record in base.get(zone, [])}
        for place, kind in enumerate(gone.get(zone, [])):
            if complaints.read_one_of(kind, f"holds_not.{zone}[{place}]", tuple(records)):
                records.pop(kind)
        for change in changes.get(zone, []):
            was = records.get(change["kind"], {})
            facts = {**was.get("facts", {}), **change.get("facts", {})}
            records[change["kind"]] = {**was, **change, "facts": facts}
        merged[zone] = list(records.values())
    return merged


def _read_held(raw: object, complaints: Complaints) -> tuple[Held, ...]:
    part = complaints.read_mapping(raw, "zones_hold", (), tuple(raw) if isinstance(raw, Mapping) else ())
    held = []
    for zone, records in (part or {}).items():
        for place, entry in enumerate(complaints.read_list(records, f"zones_hold.{zone}", LIST_MAX)):
            here = f"zones_hold.{zone}[{place}]"
            row = complaints.read_mapping(
                entry, here, ("kind", "subject", "trust", "facts"), ("held_days_ago",)
            )
            if row is None or any(key not in row for key in ("kind", "subject", "trust", "facts")):
                continue
            trust = complaints.read_one_of(row["trust"], f"{here}.trust", tuple(Trust))
            facts = row["facts"]
            if not isinstance(facts, Mapping) or trust is None:
                complaints.add("shape", f"{here}.facts", "这里应为一组事实。", "Facts belong here.")
                continue
            days = row.get("held_days_ago", 0)
            held.append(
                Held(
                    ZoneId(zone),
                    EvidenceKindId(str(row["kind"])),
                    str(row["subject"]),
                    Trust(trust),
                    facts,
                    days if isinstance(days, int) else 0,
                )
            )
    return tuple(held)


def _read_then(raw: object, complaints: Complaints) -> Expected | None:
    part = complaints.read_mapping(raw, "then", _THEN_REQUIRED, _THEN_OPTIONAL)
    if part is None or any(key not in part for key in _THEN_REQUIRED):
        return None
    outcome = complaints.read_one_of(part["outcome"], "then.outcome", OUTCOMES)
    lists = {
        key: tuple(str(word) for word in complaints.read_list(part.get(key, []), f"then.{key}", LIST_MAX))
        for key in ("events", "unmet", "unknown", "corrected", "refused")
    }
    told = part.get("told")
    until = part.get("valid_until")
    if until is not None and not isinstance(until, date):
        complaints.add("date", "then.valid_until", "这里应为日期。", "A date belongs here.")
    return Expected(
        stage=str(part["stage"]),
        outcome=outcome or "",
        ledger=part["ledger"] if isinstance(part["ledger"], int) else -1,
        told=None if told is None else _read_told(told, complaints),
        valid_until=until if isinstance(until, date) else None,
        licence_state=None if "licence_state" not in part else str(part["licence_state"]),
        checks=None
        if "checks" not in part
        else tuple(
            sorted((str(k), str(v)) for k, v in _read_open(part["checks"], "then.checks", complaints).items())
        ),
        **lists,
    )


def _read_told(raw: object, complaints: Complaints) -> tuple[tuple[str, str], ...]:
    told = []
    for place, entry in enumerate(complaints.read_list(raw, "then.told", LIST_MAX)):
        row = complaints.read_mapping(entry, f"then.told[{place}]", ("zone", "notice"))
        if row is not None:
            told.append((str(row.get("zone", "")), str(row.get("notice", ""))))
    return tuple(told)
