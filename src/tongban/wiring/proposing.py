"""Proposed versions of rules: read, run over past cases without writing, kept for review, put into shadow."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tongban.crypto.canonical import canonical
from tongban.crypto.digest import hex_digest
from tongban.domain.case.events import Actor
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.guard.replay import PastDecision, read_decisions
from tongban.domain.guard.what_if import Difference
from tongban.domain.rules.table import RuleTable, table_plain
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.packs.proposed import compose_patch, parse_proposal, read_rules_text
from tongban.store.proposals import Proposal
from tongban.wiring.node import Node
from tongban.wiring.replaying import BATCH
from tongban.wiring.watching import compare_all

SAYS_MAX = 500
"""Characters of what a proposal is for."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What another version would have done.

    Args:
        compared: past decisions on the item that could be run again with today's reading of their facts.
        differences: who would have fared otherwise; the rest would have come out the same.
    """

    compared: int
    differences: tuple[Difference, ...]


def read_table(node: Node, item_id: ItemId, text: str) -> RuleTable:
    """Read a proposed text against the item; raises Refused with every problem, NotFound for no such item."""
    return parse_proposal(text, get_item(node, item_id), node.deps.catalogue)


def get_item(node: Node, item_id: ItemId) -> ServiceItem:
    """Return the item as this zone implements it, or raise NotFound."""
    return node.deps.catalogue.get_item(item_id, node.deps.zone)


def run_what_if(node: Node, item_id: ItemId, table: RuleTable, most: int | None = None) -> WhatIf:
    """Run a table over past decisions on an item, all or the first so many; nothing is written anywhere."""
    compared, differences = 0, []
    for decisions in _past_of(node, item_id):
        if most is not None:
            decisions = decisions[: most - compared]
        compared += len(decisions)
        differences.extend(compare_all(node, decisions, table))
        if most is not None and compared >= most:
            break
    return WhatIf(compared, tuple(differences))


def current_text(item_id: ItemId) -> str:
    """Return the rules of an item as they lie in the content folder."""
    return read_rules_text(Path(settings.CONTENT_FOLDER), item_id)


def patch_of(proposal: Proposal) -> str:
    """Return a proposal as a patch for review."""
    return compose_patch(proposal.item_id, current_text(proposal.item_id), proposal.text)


def keep_proposal(node: Node, item_id: ItemId, says: str, text: str, actor: Actor) -> int:
    """Keep a proposal for review; nothing in force changes.

    Raises:
        Refused: the text is no sound table, says nothing new, or it is not said what it is for.
    """
    text = text.replace("\r\n", "\n")
    problems: tuple[Problem, ...] = ()
    if not says.strip() or len(says) > SAYS_MAX:
        problems = (Problem("proposal.says", _SAYS, "says"),)
    try:
        table = read_table(node, item_id, text)
    except Refused as refused:
        raise Refused(*problems, *refused.problems) from refused
    plain = table_plain(table)
    rules_hash = hex_digest(canonical(plain))
    if rules_hash == get_item(node, item_id).rules_hash:
        problems += (Problem("proposal.same", _SAME, "text"),)
    if problems:
        raise Refused(*problems)
    now = node.deps.clock.now()
    return node.store.proposals.keep(item_id, says.strip(), text, plain, rules_hash, actor, now)


def _past_of(node: Node, item_id: ItemId) -> Iterator[list[PastDecision]]:
    after = ""
    while cases := node.store.past.by_case(after, BATCH):
        after = cases[-1].case_id
        yield [
            decision
            for case in cases
            for decision in read_decisions(case.case_id, case.history)
            if decision.before.item_id == item_id
        ]


_SAYS = Text(
    f"请用 1 至 {SAYS_MAX} 字写明改什么、为什么。",
    f"Say what is changed and why, in 1 to {SAYS_MAX} characters.",
)
_SAME = Text("与现行规则相同，没有可改的。", "It is the same as the rules in force; nothing would change.")
