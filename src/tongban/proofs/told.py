"""What was proved of an item, in words: only sentences that hold."""

from collections.abc import Iterator, Mapping, Sequence

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.catalogue.zone import Zone
from tongban.kernel.ids import ZoneId
from tongban.kernel.text import Text
from tongban.proofs.equivalence import Equivalence, Unlike
from tongban.proofs.prove import ItemProofs

ALIKE = {
    Unlike.TAKEN_IN: Text("收件", "who is taken in"),
    Unlike.OUTCOME: Text("结果", "the outcome"),
    Unlike.REASON: Text("理由", "the reasons"),
    Unlike.ASKED: Text("所问的问题", "the questions asked"),
    Unlike.LOOKED_UP: Text("所查的证明", "the proofs looked up"),
}
"""In what two zones are alike, as reports and pages say it."""


def tell_proved(
    base: ServiceItem, has_earlier: bool, proved: ItemProofs, zones: Mapping[ZoneId, Zone]
) -> Iterator[Text]:
    """Yield what was proved of an item.

    Args:
        base: before any zone's overlay.
        has_earlier: a version before was held against this one.
        zones: for their names.
    """
    told = (*proved.proofs.problems, *proved.proofs.notes)
    codes = {one.code for one in told}
    if "proof.undecided" not in codes:
        rows = len(base.rules.criteria)
        if rows:
            yield _ONE_MARK.fill(rows=rows)
        if rows and not codes & {"proof.never-applies", "proof.never-met", "proof.never-unmet"}:
            yield _ALIVE.fill(rows=rows)
        if base.rules.may_grant and "proof.contradiction" not in codes:
            yield _SOMEBODY
        if has_earlier and "proof.takes-away" not in codes:
            yield _NOTHING_LOST
        if not codes & {"proof.zone-grants-less", "proof.limit-longer", "proof.zone-asks-more"}:
            yield _KIND.fill(zones=len(base.zones))
    for pair in proved.pairs:
        if pair.proved:
            yield _tell_pair(pair, zones)


def _tell_pair(pair: Equivalence, zones: Mapping[ZoneId, Zone]) -> Text:
    names: Sequence[Text] = [zones[one].short_name if one in zones else Text(one, one) for one in pair.zones]
    alike = [ALIKE[one] for one in pair.proved]
    return _PAIR.fill(
        zones_zh="与".join(one.zh for one in names), zones_en=" and ".join(one.en for one in names),
        alike_zh="、".join(one.zh for one in alike), alike_en=", ".join(one.en for one in alike),
    )  # fmt: skip


_ONE_MARK = Text(
    "任何申请人，在 {rows} 条审查标准的每一条上都恰有一个结论。",
    "Whoever applies gets exactly one mark in each of the {rows} criteria.",
)
_ALIVE = Text(
    "{rows} 条审查标准，每一条都有人符合，也有人不符合。",
    "Each of the {rows} criteria is met by somebody and not met by somebody.",
)
_SOMEBODY = Text(
    "规则表不自相矛盾：有申请人能够获准。", "The table does not contradict itself: somebody is granted."
)
_NOTHING_LOST = Text(
    "上一版本能够获准的人，本版本都能获准。", "Whoever the version before granted, this one grants."
)
_KIND = Text(
    "{zones} 个区都不比基本目录严：能获准的不减少，时限不更长，不多收费、不多跑、不多要材料。",
    "None of the {zones} zones is less kind than the base catalogue: nobody loses a grant, no limit is "
    "longer, no fee, visit or paper is added.",
)
_PAIR = Text(
    "对任何申请人，{zones_zh}相同之处：{alike_zh}。",
    "For whoever applies, {zones_en} are alike in {alike_en}.",
)
