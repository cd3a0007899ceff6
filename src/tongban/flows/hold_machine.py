"""Stop the machine on one item of this zone, lift that, or set how often its grants are looked at again."""

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Actor
from tongban.flows.guard_ports import PARTS_PER_MILLION, RailAct
from tongban.flows.ports import Deps
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text

MAY_TURN = ("steward", "head")
"""Kinds of actor who may turn a rail."""
REASONS_MAX = 2000
"""Characters of the reasons in one language."""


def stop_machine(item_id: ItemId, reasons: Text, actor: Actor, deps: Deps) -> None:
    """Let the machine hand over what it would grant; nothing else stops, and officers go on deciding.

    Causes: one act and one ledger leaf; from the end of this unit no grant by rules is kept any more.
    Twice:  nothing; a machine that is stopped stays so.

    Source of law: all-2019#69, all-2019#76 (whoever errs answers for it), pipl-2021#24.1.
    """
    if deps.rails.read(item_id).stopped is None:
        _turn(RailAct(item_id, "stop", reasons, actor, deps.clock.now()), deps)


def lift_machine(item_id: ItemId, reasons: Text, actor: Actor, deps: Deps) -> None:
    """Let the machine grant again; what it handed over meanwhile stays with people.

    Causes: one act and one ledger leaf.
    Twice:  nothing.
    """
    if deps.rails.read(item_id).stopped is not None:
        _turn(RailAct(item_id, "lift", reasons, actor, deps.clock.now()), deps)


def set_sampling(item_id: ItemId, sample_ppm: int, reasons: Text, actor: Actor, deps: Deps) -> None:
    """Set of a million grants by rules how many an officer looks at again.

    Causes: one act and one ledger leaf.

    Raises:
        Refused: the rate is none, no reasons, or not this actor's to set.
    """
    if not 0 <= sample_ppm <= PARTS_PER_MILLION:
        raise Refused(Problem("rail.rate", _RATE, "rate"))
    _turn(RailAct(item_id, "rate", reasons, actor, deps.clock.now(), sample_ppm), deps)


def _turn(act: RailAct, deps: Deps) -> None:
    problems = []
    if act.actor.kind not in MAY_TURN:
        problems.append(Problem("rail.not-you", _NOT_YOU))
    if not act.reasons.zh.strip():
        problems.append(Problem("rail.no-reasons", _NO_REASONS, "reasons_zh"))
    if max(len(act.reasons.zh), len(act.reasons.en)) > REASONS_MAX:
        problems.append(Problem("rail.long-reasons", _LONG, "reasons_zh"))
    if problems:
        raise Refused(*problems)
    deps.catalogue.get_item(act.item_id, deps.zone)
    with deps.unit():
        deps.rails.turn(act)
        leaf = compose_rail_leaf(act, deps.zone, deps.chance.salts(1)[0])
        deps.ledger.append(f"rail:{act.item_id}:{act.at.isoformat()}", leaf)


def compose_rail_leaf(act: RailAct, zone: str, salt: str) -> dict[str, object]:
    """Return the ledger leaf of an act: what was turned on which item; reasons and name as a salted hash."""
    said = {"zh": act.reasons.zh, "en": act.reasons.en, "by": act.actor.id, "n": salt}
    return {
        "t": f"rail.{act.kind}/1",
        "z": zone,
        "at": int(act.at.timestamp()),
        "item": act.item_id,
        "ppm": act.sample_ppm,
        "said": f"sha256:{hex_digest(canonical(said))}",
    }


_RATE = Text("抽查比例应在 0 至 100% 之间。", "The rate lies between 0 and 100 %.")
_NOT_YOU = Text(
    "只有事项管理员和审批负责人可以这样做。", "Only a steward or the head of approvals may do this."
)
_NO_REASONS = Text("请写明理由。", "State the reasons.")
_LONG = Text(f"理由不超过 {REASONS_MAX} 字。", f"Reasons have at most {REASONS_MAX} characters.")
