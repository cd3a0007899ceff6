"""Parse: dated time limits, wherever a pack states one, and whether a promise is within the law."""

from datetime import date

from tongban.domain.clock.statute import DatedLimit, LimitKind, check_promise, parse_time_limit
from tongban.domain.rules.complaints import Complaints
from tongban.kernel.errors import Refused

LIST_MAX = 100


def read_limits(raw: object, pointer: str, kind: LimitKind, complaints: Complaints) -> tuple[DatedLimit, ...]:
    """Read dated limits ``{since, amount, unit, source}``, which must stand oldest first."""
    dated: list[DatedLimit] = []
    for place, entry in enumerate(complaints.read_list(raw, pointer, LIST_MAX)):
        here = f"{pointer}[{place}]"
        row = complaints.read_mapping(entry, here, ("since", "amount", "unit", "source"))
        since = row.get("since") if row else None
        if row is None or not isinstance(since, date):
            complaints.add("date", f"{here}.since", "这里应为日期。", "A date belongs here.")
            continue
        try:
            limit = parse_time_limit({k: v for k, v in row.items() if k != "since"}, here, kind)
        except Refused as refused:
            complaints.problems.extend(refused.problems)
            continue
        if dated and since <= dated[-1].since:
            complaints.add("order", f"{here}.since", "日期应由远到近。", "Dates stand oldest first.")
        dated.append(DatedLimit(since, limit))
    return tuple(dated)


def check_promises(
    promised: tuple[DatedLimit, ...], statutory: tuple[DatedLimit, ...], pointer: str, complaints: Complaints
) -> None:
    """Complain of every promise that is longer than the law allows (business-environment-2019#36)."""
    for place, row in enumerate(promised):
        law = [dated for dated in statutory if dated.since <= row.since]
        if law:
            complaints.problems.extend(check_promise(row.limit, law[-1].limit, f"{pointer}[{place}]"))
