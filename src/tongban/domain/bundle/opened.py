"""A bundle that was handed in: one receipt, its members, and where each of them stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from tongban.domain.case.events import ApplicantRef
from tongban.domain.case.state import Case
from tongban.domain.delivery import DeliveryWish
from tongban.domain.pledge import SignedPledge
from tongban.kernel.errors import Problem
from tongban.kernel.ids import BundleId, BundleNumber, CaseId, ItemId, ZoneId


class Noted(StrEnum):
    """What the receipt itself notes of a member; everything else is read from its case."""

    WAITS = "waits"
    OPENED = "opened"
    REPORTED = "reported"
    DROPPED = "dropped"
    STUCK = "stuck"


class Standing(StrEnum):
    """Where a member stands."""

    YOURS = "yours"
    """Handled elsewhere; the applicant has to go there, and says when it is done."""
    LATER = "later"
    """Handled elsewhere, and not before others have ended."""
    WAITS = "waits"
    READY = "ready"
    RUNS = "runs"
    CORRECTS = "corrects"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    """Something it needs has failed, was withdrawn or is stopped itself."""
    DROPPED = "dropped"
    STUCK = "stuck"
    """It could not be opened; the problems say why."""


BROKEN = frozenset((Standing.FAILED, Standing.STOPPED, Standing.DROPPED, Standing.STUCK))
"""Standings that stop whatever needs the member."""
ENDED = frozenset((Standing.DONE, *BROKEN))
"""Standings in which nothing more happens by itself."""


@dataclass(frozen=True, slots=True)
class OpenedMember:
    """One member on the receipt.

    Args:
        item_id, zone, case_id: empty when it is handled elsewhere; the case number is drawn with the receipt.
        noted_at: when ``note`` was last changed.
        problems: why it could not be opened.
    """

    id: str
    item_id: ItemId
    zone: ZoneId
    case_id: CaseId
    needs: tuple[str, ...]
    note: Noted = Noted.WAITS
    noted_at: datetime | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedForMember:
    """A promise signed in the one form, for the member that takes it."""

    member: str
    signed: SignedPledge


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """One receipt for many cases.

    Args:
        version: counts its changes, from 1.
        lead: the zone that took it in and leads.
        situation: typed answers to the questionnaire.
        values: typed answers by field of the union form; empty once every member is opened or dropped,
            since what is not needed is not kept (pipl-2021#19).
        wants_person: members that a person shall decide.
        pledges: promises signed in the one form; forgotten with the answers.
        wish: how paper copies are wished to be received, all of them alike; forgotten with the answers.
    """

    number: BundleNumber
    version: int
    bundle_id: BundleId
    bundle_version: int
    lead: ZoneId
    applicant: ApplicantRef
    channel: str
    taken_in_by: str
    opened_at: datetime
    members: tuple[OpenedMember, ...]
    situation: Mapping[str, object] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    wants_person: tuple[str, ...] = ()
    pledges: tuple[SignedForMember, ...] = ()
    wish: DeliveryWish | None = None

    def get_member(self, member_id: str) -> OpenedMember:
        """Return a member by id, or raise KeyError."""
        for member in self.members:
            if member.id == member_id:
                return member
        raise KeyError(member_id)

    @property
    def case_ids(self) -> tuple[CaseId, ...]:
        """Return the numbers of the cases that were opened."""
        return tuple(one.case_id for one in self.members if one.note is Noted.OPENED)


def read_standings(opened: OpenedBundle, cases: Mapping[CaseId, Case]) -> dict[str, Standing]:
    """Return where every member stands.

    Args:
        cases: those of ``opened.case_ids``; one that is missing counts as running.
    """
    standings: dict[str, Standing] = {}
    left = list(opened.members)
    while left:
        # Members stand behind what they need, so one pass does; a receipt in another order takes more.
        later = []
        for member in left:
            if any(need not in standings for need in member.needs):
                later.append(member)
                continue
            needs = [standings[need] for need in member.needs]
            standings[member.id] = _read_one(member, needs, cases)
        if len(later) == len(left):
            raise ValueError(f"{opened.number}: members wait for each other, or for one that is not there")
        left = later
    return standings


def _read_one(member: OpenedMember, needs: list[Standing], cases: Mapping[CaseId, Case]) -> Standing:
    match member.note:
        case Noted.REPORTED:
            return Standing.DONE
        case Noted.DROPPED:
            return Standing.DROPPED
        case Noted.STUCK:
            return Standing.STUCK
        case Noted.OPENED:
            return _read_case(cases.get(member.case_id))
    if any(one in BROKEN for one in needs):
        return Standing.STOPPED
    is_free = all(one is Standing.DONE for one in needs)
    if not member.item_id:
        return Standing.YOURS if is_free else Standing.LATER
    return Standing.READY if is_free else Standing.WAITS


def _read_case(case: Case | None) -> Standing:
    if case is None:
        return Standing.RUNS
    if case.stage == "concluded":
        return Standing.DONE
    if not case.is_open:
        return Standing.FAILED
    return Standing.CORRECTS if case.stage == "correcting" else Standing.RUNS


def stoppers(opened: OpenedBundle, standings: Mapping[str, Standing], member_id: str) -> tuple[str, ...]:
    """Return the members that themselves failed and so stop this one, nearest first."""
    found: dict[str, None] = {}
    waiting = list(opened.get_member(member_id).needs)
    while waiting:
        need = waiting.pop(0)
        if standings[need] is Standing.STOPPED:
            waiting.extend(opened.get_member(need).needs)
        elif standings[need] in BROKEN:
            found[need] = None
    return tuple(found)


def note_members(
    opened: OpenedBundle,
    member_ids: Iterable[str],
    note: Noted,
    at: datetime,
    problems: tuple[Problem, ...] = (),
) -> OpenedBundle:
    """Return the receipt with these members noted; forget the answers once nothing is left to open."""
    wanted = set(member_ids)
    members = tuple(
        replace(one, note=note, noted_at=at, problems=problems) if one.id in wanted else one
        for one in opened.members
    )
    needs_answers = any(one.note is Noted.WAITS and one.item_id for one in members)
    noted = replace(opened, version=opened.version + 1, members=members)
    return noted if needs_answers else replace(noted, values={}, pledges=(), wish=None)


def overall(standings: Mapping[str, Standing]) -> str:
    """Return one word for the whole: ``done``, ``partly``, ``failed``, ``yours`` or ``runs``."""
    found = list(standings.values())
    if all(one in ENDED for one in found):
        if all(one is Standing.DONE for one in found):
            return "done"
        return "partly" if Standing.DONE in found else "failed"
    is_yours = Standing.CORRECTS in found or (
        Standing.YOURS in found and not {Standing.RUNS, Standing.READY} & set(found)
    )
    return "yours" if is_yours else "runs"
