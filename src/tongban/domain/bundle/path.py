"""By when a bundle is done: the longest way through its members' limits, each with its own clock."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tongban.domain.bundle.choose import sort_members
from tongban.domain.clock.calendar import WorkingCalendar
from tongban.domain.clock.provisional import NotYetKnown, find_reading
from tongban.domain.clock.statute import TimeLimit
from tongban.kernel.moment import CHINA_STANDARD_TIME, Moment


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is known of one member's time.

    Args:
        needs: members it waits for.
        limit: the binding limit, or None when no source says how long it may take.
        wait: how long others may object before it is decided; its limit stands still meanwhile.
        calendar: working days of whoever decides it.
        since: when its clock began, when it has begun.
        done_at: when it ended, when it has.
    """

    needs: tuple[str, ...]
    limit: TimeLimit | None
    calendar: WorkingCalendar
    since: datetime | None = None
    done_at: datetime | None = None
    wait: TimeLimit | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """A member's place in time.

    Args:
        starts_at: when it begins at the latest.
        ends_at: when it ends at the latest; None when that is not known.
        after: the member that keeps it waiting longest, or empty.
        is_done: True when ``ends_at`` has come about.
        is_unpublished: ``ends_at`` is not known only because it lies past the calendar that is loaded.
    """

    member: str
    starts_at: datetime
    ends_at: datetime | None
    after: str
    limit: TimeLimit | None
    is_done: bool
    wait: TimeLimit | None = None
    is_unpublished: bool = False


@dataclass(frozen=True, slots=True)
class LongestPath:
    """The deadline of a bundle.

    Args:
        legs: by member.
        chain: the members that make up the longest way, first to last; empty when nothing is known.
        ends_at: when the last of them ends; None when nothing is known.
        open_ended: members whose end no source says; the deadline does not count them or what follows.
        unpublished: members that end in a year whose holidays are not published yet; not counted either.
    """

    legs: Mapping[str, Leg]
    chain: tuple[str, ...]
    ends_at: datetime | None
    open_ended: tuple[str, ...]
    unpublished: tuple[str, ...] = ()


def find_longest_path(stretches: Mapping[str, Stretch], begins_at: datetime) -> LongestPath:
    """Return the deadline of a bundle that begins at an instant.

    A member starts when all it needs has ended, and ends when its limit has run from there. The end of the
    bundle is never before the end of any of its members.

    Args:
        stretches: by member.
        begins_at: aware instant of the receipt.
    """
    legs: dict[str, Leg] = {}
    for member in sort_members({name: one.needs for name, one in stretches.items()}):
        legs[member] = _read_leg(member, stretches[member], legs, begins_at)
    ended = [leg for leg in legs.values() if leg.ends_at is not None]
    last = max(ended, key=lambda leg: leg.ends_at or begins_at, default=None)
    return LongestPath(
        legs=legs,
        chain=_chain(last.member, legs) if last else (),
        ends_at=last.ends_at if last else None,
        open_ended=tuple(_unknown(legs, is_unpublished=False)),
        unpublished=tuple(_unknown(legs, is_unpublished=True)),
    )


def _unknown(legs: Mapping[str, Leg], *, is_unpublished: bool) -> Iterator[str]:
    for leg in legs.values():
        if leg.ends_at is None and leg.is_unpublished is is_unpublished:
            yield leg.member


def _read_leg(member: str, stretch: Stretch, legs: Mapping[str, Leg], begins_at: datetime) -> Leg:
    waited_for = [legs[need] for need in stretch.needs if need in legs]
    ends = [(leg.ends_at, leg.member) for leg in waited_for if leg.ends_at is not None]
    free_at, after = max(ends, default=(begins_at, ""))
    starts_at = stretch.since or max(free_at, begins_at)
    if stretch.done_at is not None:
        return Leg(member, starts_at, stretch.done_at, after, stretch.limit, True)
    is_known = stretch.since is not None or len(ends) == len(waited_for)
    ends_at = _end_all(starts_at, stretch) if is_known else None
    unknown = [leg for leg in waited_for if leg.ends_at is None and not is_known]
    is_unpublished = ends_at is None and stretch.limit is not None and all(u.is_unpublished for u in unknown)
    return Leg(member, starts_at, ends_at, after, stretch.limit, False, stretch.wait, is_unpublished)


def _end_all(starts_at: datetime, stretch: Stretch) -> datetime | None:
    """Return the end of a limit that begins when the wait for objections, if there is one, is over."""
    if stretch.limit is None:
        return None
    free_at = _end(starts_at, stretch.wait, stretch.calendar) if stretch.wait else starts_at
    return _end(free_at, stretch.limit, stretch.calendar) if free_at else None


def _end(starts_at: datetime, limit: TimeLimit, calendar: WorkingCalendar) -> datetime | None:
    """Return the last moment of a limit, or None beyond the calendar that is loaded."""
    moment = Moment(starts_at)
    reading = find_reading(moment, limit, (), calendar, moment)
    if isinstance(reading, NotYetKnown):
        return None
    if reading.due_at is not None:
        return reading.due_at
    midnight = datetime.combine(reading.due_on + timedelta(days=1), time(), CHINA_STANDARD_TIME)
    # The last day counts in full; the next member's first day is then the day after, as the law counts.
    return midnight - timedelta(seconds=1)


def _chain(last: str, legs: Mapping[str, Leg]) -> tuple[str, ...]:
    chain: list[str] = []
    member = last
    while member:
        chain.append(member)
        member = legs[member].after
    return tuple(reversed(chain))


def binding_limit(limits: Sequence[TimeLimit | None]) -> TimeLimit | None:
    """Return the first limit that there is: a zone's promise before the law's, since it is never longer."""
    return next((limit for limit in limits if limit is not None), None)
