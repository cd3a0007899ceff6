"""Everything that is proved of one item before it is published: its table, its zones, its version."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from tongban.domain.catalogue.item import ServiceItem
from tongban.kernel.errors import Problem
from tongban.kernel.text import Text
from tongban.proofs.equivalence import Equivalence, Unlike, compare_zones
from tongban.proofs.kindness import prove_kind
from tongban.proofs.prove_table import Proofs, prove_table
from tongban.proofs.solving import Undecided
from tongban.proofs.versions import prove_version


@dataclass(slots=True)
class ItemProofs:
    """What was proved of an item, and what was not.

    Args:
        pairs: for each pair of its zones, in what they are alike and in what not.
    """

    proofs: Proofs = field(default_factory=Proofs)
    pairs: list[Equivalence] = field(default_factory=list)


def prove_item(
    base: ServiceItem,
    zones: Sequence[ServiceItem],
    on: date,
    earlier: ServiceItem | None = None,
    takes_away: Collection[str] = (),
) -> ItemProofs:
    """Prove an item; nothing raises, what cannot be decided is a problem like any other.

    Args:
        base: the item before any zone's overlay.
        zones: the item as each of its zones implements it.
        earlier: the version before this one, if it is kept.
        takes_away: by which criteria this version says that it takes something away.
    """
    whole = ItemProofs()
    try:
        whole.proofs.add(prove_table(base, on))
        if earlier is not None:
            whole.proofs.add(prove_version(earlier, base, takes_away, on))
        for zone in zones:
            whole.proofs.add(prove_kind(base, zone, on))
        for one, other in combinations(zones, 2):
            pair = compare_zones(one, other, on)
            whole.pairs.append(pair)
            whole.proofs.proved += len(pair.proved)
            whole.proofs.problems.extend(_unequal(pair, base))
    except Undecided as undecided:
        text = _UNDECIDED.fill(reason=str(undecided))
        whole.proofs.problems.append(Problem("proof.undecided", text, "rules.yaml:", "", _SIMPLIFY))
    return whole


def _unequal(pair: Equivalence, base: ServiceItem) -> list[Problem]:
    """Return a problem for somebody whom two zones decide about otherwise (business-environment-2019#35)."""
    grave = [case for case in pair.cases if case.unlike in _GRAVE]
    places = [place for place, row in enumerate(base.rules.criteria) if grave and row.id in grave[0].rows]
    where = f"rules.yaml:criteria[{places[0]}]" if places else "rules.yaml:"
    return [
        Problem("proof.zones-differ", case.words, where, "business-environment-2019#35", _EQUALISE)
        for case in grave[:1]
    ]


_GRAVE = (Unlike.OUTCOME, Unlike.REASON, Unlike.TAKEN_IN)
_UNDECIDED = Text(
    "求解器在规定时间内没有得出结论：{reason}。", "The solver came to no end in its time: {reason}."
)
_SIMPLIFY = Text("简化规则表后再试。", "Make the table simpler and try again.")
_EQUALISE = Text(
    "改成同样的条件；确需不同的，提交联席会议。",
    "Make the conditions the same; where they must differ, take it to the alliance's table.",
)
