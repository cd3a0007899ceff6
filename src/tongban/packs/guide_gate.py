"""The guide's chapter on the automation gate: may a machine grant, and by which article not."""

from collections.abc import Iterator

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.guard.gate import read_gate
from tongban.packs.load import PackCatalogue


def compose_gate(item: ServiceItem, catalogue: PackCatalogue) -> Iterator[str]:
    """Return the lines of the chapter; none where the content has no gate."""
    regime = catalogue.regimes.get(item.regime)
    if regime is None or not catalogue.gate:
        return
    gate = read_gate(item, regime, catalogue.gate)
    yield "## 能不能由系统自动准予 · May a machine grant it"
    yield ""
    if gate.is_automatable:
        yield "能。下列每一条都成立；有一条不成立，就只能由工作人员决定。"
        yield ""
        yield "Yes. All of these hold; if one did not, only a person could decide."
    elif item.elsewhere is not None:
        yield "不能，由有权机关决定。下列没有打勾的是原因。"
        yield ""
        yield "No, the authority that holds the power decides. What is not ticked is why."
    else:
        yield "不能，由工作人员决定。下列没有打勾的是原因。"
        yield ""
        yield "No, a person decides. What is not ticked is why."
    yield ""
    yield "| | 门槛 · Criterion | 根据什么 · Found from | 依据 · Law |"
    yield "|---|---|---|---|"
    for row in gate.rows:
        mark = "✓" if row.holds else "✗"
        law = ", ".join(f"`{key}`" for key in row.grounds)
        yield f"| {mark} | {row.says.zh} · {row.says.en} | {row.because.zh} · {row.because.en} | {law} |"
    yield ""
