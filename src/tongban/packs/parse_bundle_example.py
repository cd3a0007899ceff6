"""Parse: one example case of a bundle; what is wrong with it goes to the reading, with file and line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tongban.domain.bundle.opened import Standing
from tongban.domain.evidence.exchange import Trust
from tongban.domain.rules.complaints import Complaints
from tongban.kernel.errors import Refused
from tongban.kernel.ids import EvidenceKindId, ZoneId
from tongban.kernel.text import Text
from tongban.packs.parse_example import Held
from tongban.packs.reading import Reading

LIST_MAX = 100
ACTS = ("grants", "refuses", "reports", "withdraws", "asks_person", "corrects", "comes_back")
"""What happens after it was handed in, one act a row: an officer grants or refuses a member; the applicant
reports one done elsewhere, withdraws, asks for a person, corrects; the zones that were away come back."""
_REQUIRED = ("says", "today", "received_in", "applicant", "situation", "answers", "zones_hold", "then")
_OPTIONAL = ("away", "acts", "channel", "pledges")
_PLEDGE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
_THEN = ("members", "left_out", "asked", "asked_apart", "chain", "due_on", "refused", "parties")


@dataclass(frozen=True, slots=True)
class BundleExpected:
    """What must come of the example; what is None is not compared.

    Args:
        members: where each wanted member stands in the end.
        left_out: members that the situation does not call for.
        asked, asked_apart: fields of the one form; questions there would be item by item.
        chain, due_on: the longest way and its last day, as they stand when it was handed in.
        refused: pointers of a form that was not taken in.
        parties: member to the number of whoever applied for it, where that is of interest.
    """

    members: Mapping[str, Standing] | None = None
    left_out: tuple[str, ...] | None = None
    asked: int | None = None
    asked_apart: int | None = None
    chain: tuple[str, ...] | None = None
    due_on: date | None = None
    refused: tuple[str, ...] | None = None
    parties: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class BundleAct:
    """One thing that happens; ``value`` is a member, a list of members, or answers by member."""

    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class BundleExample:
    """One bundle as its folder tells it: who hands in what, what follows, and what must come of it.

    Args:
        pledges: promises signed in the one form: a member, and the promise's id.
    """

    path: Path
    says: Text
    today: date
    received_in: ZoneId
    channel: str
    applicant: Mapping[str, str]
    situation: Mapping[str, object]
    answers: Mapping[str, object]
    held: tuple[Held, ...]
    away: tuple[ZoneId, ...]
    acts: tuple[BundleAct, ...]
    then: BundleExpected
    pledges: tuple[tuple[str, str], ...] = ()


def read_bundle_examples(folder: Path, reading: Reading) -> tuple[BundleExample, ...]:
    """Return the examples of a bundle, in order of file name; broken ones are complained of and left out."""
    plain = {path.stem: reading.read_plain(path) for path in sorted((folder / "cases").glob("*.yaml"))}
    examples = []
    for stem, value in plain.items():
        path = folder / "cases" / f"{stem}.yaml"
        if value is not None:
            example = reading.attempt(lambda path=path: _parse(path, plain), path)
            examples += [example] if example is not None else []
    return tuple(examples)


def _parse(path: Path, plain: Mapping[str, Any]) -> BundleExample:
    complaints = Complaints(room="example")
    part = _resolve(plain[path.stem], plain, complaints)
    if complaints.problems:
        raise Refused(*complaints.problems)
    says = complaints.read_text(part["says"], "says")
    applicant = complaints.read_mapping(part["applicant"], "applicant", ("kind", "id", "name"), ("mobile",))
    held = _read_held(part["zones_hold"], complaints)
    then = _read_then(part["then"], complaints)
    acts = _read_acts(part.get("acts", []), complaints)
    for key in ("situation", "answers"):
        complaints.read_mapping(part[key], key, (), tuple(part[key] or ()))
    if not isinstance(part["today"], date):
        complaints.add("date", "today", "这里应为日期。", "A date belongs here.")
    pledges = _read_pledges(part.get("pledges", []), complaints)
    if complaints.problems or says is None or then is None:
        raise Refused(*complaints.problems)
    away = complaints.read_list(part.get("away", []), "away", LIST_MAX)
    return BundleExample(
        path=path,
        says=says,
        today=part["today"],
        received_in=ZoneId(str(part["received_in"])),
        channel=str(part.get("channel", "online")),
        applicant={key: str(value) for key, value in (applicant or {}).items()},
        situation=part["situation"],
        answers=part["answers"],
        held=held,
        away=tuple(ZoneId(str(zone)) for zone in away),
        acts=acts,
        then=then,
        pledges=pledges,
    )


def _read_pledges(raw: object, complaints: Complaints) -> tuple[tuple[str, str], ...]:
    """Return promises written as ``member.promise``."""
    named = [
        complaints.read_matching(entry, f"pledges[{place}]", _PLEDGE, "hygiene.hygiene-conditions")
        for place, entry in enumerate(complaints.read_list(raw, "pledges", LIST_MAX))
    ]
    parted = [name.partition(".") for name in named if name is not None]
    return tuple((member, pledge) for member, _, pledge in parted)


def _resolve(own: Any, plain: Mapping[str, Any], complaints: Complaints) -> Mapping[str, Any]:
    """Lay an example over the one it is like: situations and answers one by one, ``null`` takes one away."""
    if not isinstance(own, dict) or "like" not in own:
        return complaints.read_mapping(own, "", _REQUIRED, _OPTIONAL) or {}
    complaints.read_mapping(own, "", ("says", "then"), (*_REQUIRED, *_OPTIONAL, "like"))
    base = plain.get(own["like"]) if isinstance(own["like"], str) else None
    if not isinstance(base, dict) or "like" in base:
        known = [name for name, other in plain.items() if isinstance(other, dict) and "like" not in other]
        complaints.read_one_of(own["like"], "like", known)
        return {}
    merged = {**base, **{key: value for key, value in own.items() if key != "like"}}
    for key in ("situation", "answers"):
        both = {**(base.get(key) or {}), **(own.get(key) or {})}
        merged[key] = {name: value for name, value in both.items() if value is not None}
    merged["zones_hold"] = {**(base.get("zones_hold") or {}), **(own.get("zones_hold") or {})}
    return complaints.read_mapping(merged, "", _REQUIRED, _OPTIONAL) or {}


def _read_held(raw: object, complaints: Complaints) -> tuple[Held, ...]:
    part = complaints.read_mapping(raw, "zones_hold", (), tuple(raw) if isinstance(raw, Mapping) else ())
    held = []
    for zone, records in (part or {}).items():
        for place, entry in enumerate(complaints.read_list(records, f"zones_hold.{zone}", LIST_MAX)):
            here = f"zones_hold.{zone}[{place}]"
            row = complaints.read_mapping(entry, here, ("kind", "subject", "facts"), ("trust",))
            if row is None or not isinstance(row.get("facts"), Mapping):
                continue
            trust = complaints.read_one_of(row.get("trust", "S"), f"{here}.trust", tuple(Trust))
            facts: Any = row["facts"]
            kind, subject = EvidenceKindId(str(row.get("kind"))), str(row.get("subject"))
            held.append(Held(ZoneId(zone), kind, subject, Trust(trust or "S"), facts, 0))
    return tuple(held)


def _read_acts(raw: object, complaints: Complaints) -> tuple[BundleAct, ...]:
    acts = []
    for place, entry in enumerate(complaints.read_list(raw, "acts", LIST_MAX)):
        if not isinstance(entry, Mapping) or len(entry) != 1:
            complaints.add("shape", f"acts[{place}]", "一行写一个动作。", "One act a row belongs here.")
            continue
        kind, value = next(iter(entry.items()))
        if complaints.read_one_of(kind, f"acts[{place}]", ACTS):
            acts.append(BundleAct(str(kind), value))
    return tuple(acts)


def _read_then(raw: object, complaints: Complaints) -> BundleExpected | None:
    part = complaints.read_mapping(raw, "then", (), _THEN)
    if part is None:
        return None
    members = None
    if "members" in part:
        given: Any = part["members"]
        known = tuple(given) if isinstance(given, Mapping) else ()
        rows = complaints.read_mapping(given, "then.members", (), known) or {}
        for name, word in rows.items():
            complaints.read_one_of(word, f"then.members.{name}", tuple(Standing))
        members = {name: Standing(str(word)) for name, word in rows.items() if word in tuple(Standing)}
    lists: dict[str, Any] = {
        key: tuple(str(one) for one in complaints.read_list(part[key], f"then.{key}", LIST_MAX))
        for key in ("left_out", "chain", "refused")
        if key in part
    }
    plain: dict[str, Any] = {
        key: part[key] for key in ("asked", "asked_apart", "due_on", "parties") if key in part
    }
    return BundleExpected(members=members, **lists, **plain)
