"""What an applicant may do with a bundle: withdraw, ask for a person, say what is done elsewhere."""

from collections.abc import Collection
from dataclasses import replace

from tongban.domain.bundle.opened import Noted, OpenedBundle, Standing, note_members, read_standings
from tongban.domain.case.events import Actor
from tongban.flows.ask_for_person import ask_for_person
from tongban.flows.open_bundle import get_bundle_receipt
from tongban.flows.open_next import open_ready, read_cases
from tongban.flows.ports import Deps
from tongban.flows.withdraw import withdraw
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import BundleNumber
from tongban.kernel.text import Text

_MAY_LEAVE = frozenset(
    (Standing.WAITS, Standing.RUNS, Standing.CORRECTS, Standing.YOURS, Standing.LATER, Standing.STOPPED)
)
"""Standings from which a member can still be taken back."""
_MAY_ASK = frozenset((Standing.WAITS, Standing.RUNS, Standing.CORRECTS))


def withdraw_bundle(
    number: BundleNumber, members: Collection[str], reason: str, actor: Actor, deps: Deps
) -> OpenedBundle:
    """Take back some members of a bundle, or all of them.

    Causes: ``Withdrawn`` for cases under way; members not opened yet are dropped. What is decided stands.
    Twice:  refused the second time, as nothing is left to take back.

    Args:
        members: which; empty for the whole.

    Raises:
        Refused: one of them is decided or gone already; nothing was written.
    """
    with deps.unit():
        opened, standings = _read(number, deps)
        chosen = _choose(opened, standings, members, _MAY_LEAVE, _CANNOT_LEAVE)
        dropped = []
        for member_id in chosen:
            if standings[member_id] in (Standing.RUNS, Standing.CORRECTS):
                withdraw(opened.get_member(member_id).case_id, reason, actor, deps)
            else:
                dropped.append(member_id)
        if dropped:
            opened = note_members(opened, dropped, Noted.DROPPED, deps.clock.now())
            deps.bundles.save(opened)
        return opened


def ask_person_for_bundle(
    number: BundleNumber, members: Collection[str], actor: Actor, deps: Deps
) -> OpenedBundle:
    """Ask that people decide some members, or all; those not opened yet are opened so.

    Source of law: pipl-2021#24.3.

    Raises:
        Refused: one of them is decided, gone, or not decided by a machine at all.
    """
    with deps.unit():
        opened, standings = _read(number, deps)
        chosen = [
            one
            for one in _choose(opened, standings, members, _MAY_ASK, _CANNOT_ASK)
            if opened.get_member(one).item_id
        ]
        for member_id in chosen:
            if standings[member_id] is not Standing.WAITS:
                ask_for_person(opened.get_member(member_id).case_id, actor, deps)
        wanted = tuple(dict.fromkeys((*opened.wants_person, *chosen)))
        opened = replace(opened, version=opened.version + 1, wants_person=wanted)
        deps.bundles.save(opened)
        return opened


def report_elsewhere(number: BundleNumber, member_id: str, actor: Actor, deps: Deps) -> OpenedBundle:
    """Noted that the applicant says a member handled elsewhere is done; open what waited for it.

    It is the applicant's word and shown as that; whoever decides the next member looks for the proof.
    Saying it again changes nothing: the first answer may have been lost on its way.

    Raises:
        Refused: it is not the applicant's turn for this member.
    """
    with deps.unit():
        opened, standings = _read(number, deps)
        if member_id in standings and opened.get_member(member_id).note is Noted.REPORTED:
            return opened
        if standings.get(member_id) is not Standing.YOURS:
            raise Refused(Problem("bundle.not-your-turn", _NOT_YOURS, member_id))
        opened = note_members(opened, (member_id,), Noted.REPORTED, deps.clock.now())
        deps.bundles.save(opened)
        return open_ready(opened, actor, deps)


def _read(number: BundleNumber, deps: Deps) -> tuple[OpenedBundle, dict[str, Standing]]:
    opened = get_bundle_receipt(number, deps)
    return opened, read_standings(opened, read_cases(opened, deps))


def _choose(
    opened: OpenedBundle,
    standings: dict[str, Standing],
    members: Collection[str],
    allowed: frozenset[Standing],
    complaint: Text,
) -> tuple[str, ...]:
    """Return the members meant: all that may, or those named, each of which must."""
    if not members:
        chosen = tuple(one.id for one in opened.members if standings[one.id] in allowed)
        if not chosen:
            raise Refused(Problem("bundle.nothing-left", complaint))
        return chosen
    wrong = [one for one in members if standings.get(one) not in allowed]
    if wrong:
        raise Refused(*(Problem("bundle.cannot", complaint, one) for one in wrong))
    return tuple(members)


_CANNOT_LEAVE = Text(
    "这一项已经有了结果，或者已经撤回，不能再撤回。",
    "This part has its result, or was withdrawn; it cannot be withdrawn now.",
)
_CANNOT_ASK = Text(
    "这一项已经有了结果，或者不由本联盟办理。",
    "This part has its result already, or is not handled in this alliance.",
)
_NOT_YOURS = Text(
    "现在还轮不到您办这一项，或者这一项由本联盟办理。",
    "It is not your turn for this part yet, or it is handled in this alliance.",
)
