"""The automation gate: may a machine grant this item at all, and if not, by which article not."""

from collections.abc import Iterable
from dataclasses import dataclass

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.parse_gate import OWN_WORD
from tongban.domain.guard.criteria import GateCriterion
from tongban.domain.procedure import Regime
from tongban.domain.rules.operators import FactRef, Operator
from tongban.domain.rules.table import Criterion, facts_of
from tongban.kernel.ids import LawKey
from tongban.kernel.text import Text

FREE_WORDS = ("text", "long_text")
"""Types of question whose answer is the applicant's own wording."""


@dataclass(frozen=True, slots=True)
class GateRow:
    """What became of one criterion of the gate.

    Args:
        holds: False also when the pack does not state the fact.
        says: the sentence for how it came out.
        because: what in the pack decides it, in words.
        grounds: articles, the item's own first where the pack names one.
        is_stated: False when the pack lacks the fact.
    """

    id: str
    holds: bool
    says: Text
    because: Text
    grounds: tuple[LawKey, ...]
    is_stated: bool = True


@dataclass(frozen=True, slots=True)
class Gate:
    """The whole gate of one item; a machine may grant only when every row holds."""

    rows: tuple[GateRow, ...]

    @property
    def is_automatable(self) -> bool:
        """Whether nothing bars a machine. A gate without rows bars: nothing was asked."""
        return bool(self.rows) and all(row.holds for row in self.rows)

    @property
    def barred_by(self) -> tuple[GateRow, ...]:
        """The rows that bar it, in the gate's order."""
        return tuple(row for row in self.rows if not row.holds)


def read_gate(item: ServiceItem, regime: Regime, criteria: Iterable[GateCriterion]) -> Gate:
    """Ask every criterion of the gate of an item; total, and from the item's own data alone.

    Source of law: all-2019#34.3, all-2019#36, all-2019#45, all-2019#53, all-2019#54, all-2019#57.
    """
    return Gate(tuple(_read_row(criterion, item, regime) for criterion in criteria))


def list_own_words(item: ServiceItem) -> tuple[Criterion, ...]:
    """Return the criteria that rest on the applicant's answers alone: no register, no identity beside them.

    That an answer is there at all (``present``) is completeness, and no matter of trust.
    """
    return tuple(
        criterion
        for criterion in item.rules.criteria
        if criterion.condition.op is not Operator.PRESENT and _is_own_word(criterion, item)
    )


def list_free_words(item: ServiceItem) -> tuple[Criterion, ...]:
    """Return the criteria that would have to understand free words, instead of comparing them with a fact."""
    free = {f"answers.{q.id}" for q in item.form.questions if q.type in FREE_WORDS}
    return tuple(
        criterion
        for criterion in item.rules.criteria
        if criterion.condition.fact in free
        and criterion.condition.op is not Operator.PRESENT
        and not isinstance(criterion.condition.value, FactRef)
    )


def _read_row(criterion: GateCriterion, item: ServiceItem, regime: Regime) -> GateRow:
    match criterion.computed:
        case "answers":
            return _answers(criterion, item)
        case "sources":
            return _sources(criterion, item)
        case "procedure":
            return _procedure(criterion, regime)
    return _stated(criterion, item)


def _stated(criterion: GateCriterion, item: ServiceItem) -> GateRow:
    fact = item.gate.get(criterion.fact)
    if fact is None:
        return _row(criterion, False, _NOT_STATED.fill(fact=criterion.fact), is_stated=False)
    own = (fact.source,) if fact.source else ()
    healing = item.gate.get(criterion.unless)
    if fact.is_so is not criterion.wanted and healing is not None and healing.is_so:
        own = (healing.source,) if healing.source else own
        return _row(criterion, True, _STATED, own)
    return _row(criterion, fact.is_so is criterion.wanted, _STATED, own)


def _answers(criterion: GateCriterion, item: ServiceItem) -> GateRow:
    free = list_free_words(item)
    if free:
        return _row(criterion, False, _named(free))
    return _row(criterion, True, _COUNTED.fill(n=len(item.rules.criteria)))


def _sources(criterion: GateCriterion, item: ServiceItem) -> GateRow:
    own = list_own_words(item)
    allowed = item.gate.get(OWN_WORD)
    if own and allowed is None:
        return _row(criterion, False, _named(own))
    counts = _FROM.fill(registers=len(item.rules.criteria) - len(own), own=len(own))
    return _row(criterion, True, counts, (allowed.source,) if own and allowed else ())


def _procedure(criterion: GateCriterion, regime: Regime) -> GateRow:
    grants = [arrow for arrow in regime.arrows if arrow.command == "Grant"]
    may = any("machine" in arrow.who for arrow in grants)
    sources = tuple(arrow.source for arrow in grants)
    return _row(criterion, may, _BY_REGIME.fill(zh=regime.title.zh, en=regime.title.en), sources)


def _row(
    criterion: GateCriterion,
    holds: bool,
    because: Text,
    own: tuple[LawKey, ...] = (),
    *,
    is_stated: bool = True,
) -> GateRow:
    grounds = tuple(dict.fromkeys((*own, *criterion.grounds)))
    says = criterion.says if holds else criterion.fails
    return GateRow(criterion.id, holds, says, because, grounds, is_stated)


def _is_own_word(criterion: Criterion, item: ServiceItem) -> bool:
    names = set(facts_of(criterion.condition))
    for derivation in reversed(item.rules.derivations):
        if derivation.fact in names:
            names.update(derivation.inputs)
    if not any(name.startswith("answers.") for name in names):
        return False
    return not any(name.startswith(("evidence.", "applicant.")) for name in names)


def _named(criteria: tuple[Criterion, ...]) -> Text:
    return Text("；".join(c.says.zh for c in criteria), "; ".join(c.says.en for c in criteria))


_NOT_STATED = Text("事项包没有写明（{fact}）", "the pack does not say ({fact})")
_STATED = Text("事项包写明", "stated by the pack")
_COUNTED = Text("规则共 {n} 条，逐条查过", "all {n} criteria were looked at")
_FROM = Text(
    "{registers} 条依据登记或身份，{own} 条依据申请人所说",
    "{registers} rest on registers or identity, {own} on the applicant's word",
)
_BY_REGIME = Text("流程：{zh}", "procedure: {en}")
