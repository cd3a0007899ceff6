"""The delegation register: who may act in whose name, for which items and acts, from when until when.

Source of law: all-2019#24: within the delegating authority's own power; who and what is published; in its
name; never passed on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tongban.domain.liaison.acts import DelegationEnded, DelegationProposed, DelegationPublished, ZoneAct
from tongban.domain.rules.words import fill
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ItemId, ZoneId
from tongban.kernel.text import Text

COMMANDS = ("Accept", "Decline", "Grant", "Refuse")
"""What may be delegated: exercising the power. Receiving and forwarding needs no delegation."""


class DelegationState(StrEnum):
    """How a delegation stands on a day."""

    UNPUBLISHED = "unpublished"
    AHEAD = "ahead"
    IN_FORCE = "in-force"
    OVER = "over"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation as all that is known of it makes it.

    Args:
        zone: the delegating zone, which answers for what is done (all-2019#24.2).
        published: zone to where it published it.
        ended: the delegating zone's act that ended it early, or None.
    """

    id: str
    zone: ZoneId
    proposed: DelegationProposed
    published: dict[ZoneId, str]
    ended: ZoneAct | None
    history: tuple[ZoneAct, ...]

    def state_on(self, on: date) -> DelegationState:
        """Say how it stands on a day; without publication by both zones it has no effect."""
        if self.ended is not None:
            return DelegationState.ENDED
        if self.zone not in self.published or self.proposed.delegate not in self.published:
            return DelegationState.UNPUBLISHED
        if on < self.proposed.from_on:
            return DelegationState.AHEAD
        return DelegationState.OVER if on > self.proposed.until_on else DelegationState.IN_FORCE


def read_delegations(acts: Iterable[ZoneAct]) -> tuple[Delegation, ...]:
    """Return every delegation, the newest first; the order in which acts came makes no difference."""
    by_subject: dict[str, list[ZoneAct]] = {}
    for one in sorted(acts, key=lambda act: (act.at, act.id)):
        by_subject.setdefault(one.subject, []).append(one)
    read = (_read_one(history) for history in by_subject.values())
    found = [one for one in read if one is not None]
    return tuple(sorted(found, key=lambda one: (one.history[0].at, one.id), reverse=True))


def _read_one(history: list[ZoneAct]) -> Delegation | None:
    begun = next((one for one in history if one.id == one.subject), None)
    if begun is None or not isinstance(begun.act, DelegationProposed):
        return None
    both = (begun.zone, begun.act.delegate)
    published: dict[ZoneId, str] = {}
    for one in history:
        if isinstance(one.act, DelegationPublished) and one.zone in both:
            published.setdefault(one.zone, one.act.notice)
    ended = next((o for o in history if isinstance(o.act, DelegationEnded) and o.zone == begun.zone), None)
    return Delegation(begun.id, begun.zone, begun.act, published, ended, tuple(history))


def check_proposal(
    proposed: DelegationProposed, zone: ZoneId, own: Iterable[ItemId], on: date
) -> tuple[Problem, ...]:
    """Return everything that is wrong with a delegation that a zone wants to give.

    Args:
        own: the items that the zone itself decides; what it does not have it cannot give (all-2019#24.1).
    """
    problems, known = [], set(own)
    if proposed.delegate == zone:
        problems.append(Problem("delegation.to-itself", _TO_ITSELF, "delegate"))
    if not proposed.items:
        problems.append(Problem("delegation.no-items", _NO_ITEMS, "items"))
    if foreign := [item for item in proposed.items if item not in known]:
        words = _NOT_OWN.fill(items="、".join(foreign))
        problems.append(Problem("delegation.not-own", words, "items", "all-2019#24.1"))
    if not proposed.commands or set(proposed.commands) - set(COMMANDS):
        problems.append(Problem("delegation.no-acts", _NO_ACTS, "commands"))
    if proposed.until_on < proposed.from_on or proposed.until_on < on:
        problems.append(Problem("delegation.no-time", _NO_TIME, "until_on"))
    if not proposed.words.strip():
        problems.append(Problem("delegation.no-words", _NO_WORDS, "words", "all-2019#24.1"))
    return tuple(problems)


def get_covering(
    delegations: Iterable[Delegation],
    zones: tuple[ZoneId, ZoneId],
    item: ItemId,
    command: str,
    on: date,
) -> Delegation:
    """Return the delegation under which a zone may act in another's name.

    Only one that the deciding zone gave itself counts, so nothing can be passed on (all-2019#24.3).

    Args:
        zones: who decides, and who wants to act.

    Raises:
        Refused: none covers it, with why: none was given, not published, not yet, no longer, another item,
            another act.
    """
    delegating, delegate = zones
    between = [one for one in delegations if (one.zone, one.proposed.delegate) == (delegating, delegate)]
    why = _NONE_GIVEN
    for one in between:
        state = one.state_on(on)
        if state is not DelegationState.IN_FORCE:
            why = _WHY_NOT[state]
        elif item not in one.proposed.items:
            why = _OTHER_ITEMS
        elif command not in one.proposed.commands:
            why = _OTHER_ACTS
        else:
            return one
    raise Refused(Problem("delegation.none", fill(_NONE, why=why), "", "all-2019#24", _HAND_OVER))


_NONE_GIVEN = Text("委托登记中没有有权的区给本区的委托", "the register holds no delegation to this zone")
_OTHER_ITEMS = Text("现有委托不包括这个事项", "the delegation in force is for other items")
_OTHER_ACTS = Text("现有委托不包括这种行为", "the delegation in force is for other acts")
_WHY_NOT = {
    DelegationState.UNPUBLISHED: Text(
        "委托还没有经两区公告", "the delegation is not published by both zones"
    ),
    DelegationState.AHEAD: Text("委托还没有开始", "the delegation has not begun"),
    DelegationState.OVER: Text("委托已经到期", "the delegation has run out"),
    DelegationState.ENDED: Text("委托已经终止", "the delegation was ended"),
}
_NONE = Text(
    "本区只是收件地，不能受理或者决定：{why}。",
    "This zone only received the application and can neither accept nor decide: {why}.",
)
_HAND_OVER = Text(
    "由办理区受理和决定；收件区负责核对、转交和送达。",
    "The deciding zone accepts and decides; this one checks, hands over and delivers.",
)
_TO_ITSELF = Text("不能委托给本区。", "A zone does not delegate to itself.")
_NO_ITEMS = Text("请选择委托的事项。", "Choose the items.")
_NOT_OWN = Text("这些事项不属于本区法定职权：{items}", "Not within this zone's own power: {items}")
_NO_ACTS = Text("请选择委托的行为。", "Choose the acts.")
_NO_TIME = Text(
    "截止日应在今天和起始日以后。", "The last day lies on or after today and on or after the first."
)
_NO_WORDS = Text("请写明公告的内容。", "Write what is published about it.")
