"""What a zone may change of the base catalogue: only what is kinder to the applicant."""

from collections.abc import Mapping
from dataclasses import replace

from tongban.domain.catalogue.item import Material, ServiceItem
from tongban.domain.catalogue.parse_limits import LIST_MAX, check_promises, read_limits
from tongban.domain.catalogue.parse_manifest import CHANNELS
from tongban.domain.clock.statute import DatedLimit, LimitKind
from tongban.domain.rules.complaints import Complaints
from tongban.kernel.errors import Problem, Refused

KEYS = ("promised", "channels", "drop_materials", "fee_fen", "visits", "notes", "precheck", "source")


def overlay(base: ServiceItem, raw: object, pointer: str) -> ServiceItem:
    """Lay a zone's own promises over the base; raises Refused when any of them is less kind.

    A zone may shorten a promise, add a channel, drop a material, lower a fee or the visits, look at
    drafts, and add words. It may not lengthen, demand or remove (business-environment-2019#35, all-2019#16).

    Args:
        base: the item from the base catalogue.
        raw: the mapping of ``zones/<zone>.yaml``.
        pointer: the file's name, for problems.
    """
    complaints = Complaints(room="overlay")
    part = complaints.read_mapping(raw, "", (), KEYS) or {}
    promised = _read_promised(part, base, complaints)
    channels = complaints.read_list(part.get("channels", []), "channels", LIST_MAX)
    for place, channel in enumerate(channels):
        complaints.read_one_of(channel, f"channels[{place}]", CHANNELS)
    dropped = {
        str(name) for name in complaints.read_list(part.get("drop_materials", []), "drop_materials", LIST_MAX)
    }
    notes = [
        complaints.read_text(entry, f"notes[{place}]")
        for place, entry in enumerate(complaints.read_list(part.get("notes", []), "notes", LIST_MAX))
    ]
    fee_fen = _read_lower(part, "fee_fen", base.fee_fen, complaints)
    precheck = _read_precheck(part.get("precheck"), complaints)
    visits = _read_lower(part, "visits", base.visits, complaints)
    if complaints.problems:
        raise Refused(*(_in_file(pointer, problem) for problem in complaints.problems))
    return replace(
        base,
        promised=promised or base.promised,
        channels=tuple(dict.fromkeys((*base.channels, *(str(c) for c in channels)))),
        materials=_without(base.materials, dropped),
        fee_fen=fee_fen,
        visits=visits,
        precheck_working_days=precheck or base.precheck_working_days,
        notes=(*base.notes, *(note for note in notes if note is not None)),
    )


def _read_promised(
    part: Mapping[str, object], base: ServiceItem, complaints: Complaints
) -> tuple[DatedLimit, ...]:
    """Read the zone's promises: never longer than the law's limit, nor than the base catalogue's promise."""
    promised = read_limits(part.get("promised", []), "promised", LimitKind.PROMISED, complaints)
    check_promises(promised, base.statutory, "promised", complaints)
    check_promises(promised, base.promised, "promised", complaints)
    return promised


def _read_precheck(raw: object, complaints: Complaints) -> int:
    """Read within how many working days a draft is looked at before it is handed in; 0 when none is."""
    if raw is None:
        return 0
    part = complaints.read_mapping(raw, "precheck", ("working_days",)) or {}
    days = part.get("working_days")
    if type(days) is int and 1 <= days <= LIST_MAX:
        return days
    zh, en = f"预审期限应为 1 至 {LIST_MAX} 个工作日。", f"A pre-check takes 1 to {LIST_MAX} working days."
    complaints.add("shape", "precheck.working_days", zh, en)
    return 0


def _read_lower(part: Mapping[str, object], key: str, most: int, complaints: Complaints) -> int:
    raw = part.get(key, most)
    if type(raw) is int and 0 <= raw <= most:
        return raw
    complaints.add(
        "not-kinder",
        key,
        f"高新区只能降低“{key}”，最多 {most}。",
        f"A zone may only lower “{key}”; at most {most}.",
    )
    return most


def _without(materials: tuple[Material, ...], dropped: set[str]) -> tuple[Material, ...]:
    return tuple(material for material in materials if material.name.en not in dropped)


def _in_file(name: str, problem: Problem) -> Problem:
    return Problem(problem.code, problem.text, f"{name}:{problem.pointer}", problem.source, problem.next_step)
