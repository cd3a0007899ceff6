"""Bring in what windows took in while the node could not be reached, each exactly once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.hall.provisional import (
    MAX_BYTES,
    Intake,
    IntakeConflict,
    NumberRange,
    parse_lines,
    parse_number,
)
from tongban.flows.call_ticket import get_window
from tongban.flows.ports import Deps
from tongban.flows.submit import new_case_id
from tongban.kernel.errors import Fault, NotFound, Problem, Refused
from tongban.kernel.ids import CaseId, ItemId, ZoneId
from tongban.kernel.text import Text

MOST = 50
"""Intakes brought in with one request."""
KEPT, AGAIN, CONFLICT, REFUSED = "kept", "again", "conflict", "refused"


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing as a browser sends it: the number on the paper, and what was locked under it."""

    number: str
    box: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it.

    Args:
        what: kept now; brought before, word for word; a conflict, kept for a clerk to look at; or refused.
        problems: why it was refused.
    """

    number: str
    what: str
    problems: tuple[Problem, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether the browser may forget it: the node has it, in one way or the other."""
        return self.what != REFUSED


def give_numbers(window: str, clerk: str, deps: Deps) -> tuple[str, NumberRange]:
    """Give a window provisional numbers for a lost connection; returns the zone's letters with them."""
    get_window(window, deps)
    size = deps.catalogue.hall.provisional_numbers
    with deps.unit():
        given = deps.hall.intakes.give_range(window, clerk, size, deps.clock.now())
    return deps.catalogue.zones[deps.zone].letters, given


def reconcile(brought: Sequence[Brought], clerk: str, deps: Deps) -> tuple[Outcome, ...]:
    """Bring in what was taken in; each by itself, so that one that is wrong holds up no other.

    Twice: nothing; the same number with the same content is the same intake.
    """
    return tuple(_bring_in(one, clerk, deps) for one in brought[:MOST])


def _bring_in(one: Brought, clerk: str, deps: Deps) -> Outcome:
    try:
        intake = _read(one, clerk, deps)
    except Refused as refused:
        return Outcome(one.number, REFUSED, refused.problems)
    with deps.unit():
        kept = deps.hall.intakes.keep(intake)
        if kept is intake:
            return Outcome(one.number, KEPT)
        if kept.digest == intake.digest:
            return Outcome(one.number, AGAIN)
        deps.hall.intakes.keep_conflict(
            IntakeConflict(one.number, intake.digest, clerk, deps.clock.now(), intake.lines)
        )
        return Outcome(one.number, CONFLICT)


def _read(one: Brought, clerk: str, deps: Deps) -> Intake:
    letters = deps.catalogue.zones[deps.zone].letters
    count = parse_number(one.number, letters)
    if count is None or deps.hall.intakes.find_range(count) is None:
        raise Refused(Problem("provisional.number", _NUMBER.fill(number=one.number[:20]), "number"))
    if len(one.box) > MAX_BYTES:
        raise Refused(Problem("provisional.size", _SIZE, "box"))
    try:
        lines, taken_at = parse_lines(json.loads(deps.hall.intakes.open_box(one.box, one.number)))
        deps.catalogue.get_item(ItemId(lines["item"]), ZoneId(lines["zone"]))
    except (Fault, ValueError, RecursionError) as error:
        raise Refused(Problem("provisional.box", _BOX, "box")) from error
    except NotFound as error:
        raise Refused(Problem("provisional.item", _ITEM, "lines.item")) from error
    digest = hex_digest(canonical(dict(lines)))
    now = deps.clock.now()
    return Intake(one.number, new_case_id(deps), digest, clerk, min(taken_at, now), now, lines)


def complete_intake(case_id: CaseId, deps: Deps) -> None:
    """Note that what was taken in without the node has been handed in under its case number."""
    deps.hall.intakes.complete(case_id)


def settle_conflict(number: str, digest: str, clerk: str, deps: Deps) -> None:
    """Note that a clerk has looked at a conflict and cleared it up with the client."""
    with deps.unit():
        deps.hall.intakes.settle(number, digest, clerk, deps.clock.now())


_NUMBER = Text("没有发放过暂收编号 {number}", "No provisional number {number} was given out")
_SIZE = Text("暂收登记过大", "What was written down is too large")
_BOX = Text(
    "暂收登记打不开：不是为本节点加密的，或者被改动过",
    "What was written down cannot be opened: locked for another node, or changed",
)
_ITEM = Text("暂收登记的事项在那个高新区没有", "That zone has no such item")
