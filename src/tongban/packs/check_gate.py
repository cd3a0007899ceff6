"""Check a pack against the automation gate: what bars a machine, and what the pack forgets to state."""

from pathlib import Path

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.guard.gate import GateRow, read_gate
from tongban.kernel.text import Text
from tongban.packs.load import PackCatalogue
from tongban.packs.reading import Reading


def check_gate(item: ServiceItem, catalogue: PackCatalogue, pack: Path, reading: Reading) -> None:
    """Complain of facts that are not stated, and of ``may_grant: true`` where the gate says no.

    A pack that lets only people grant must state its facts too: its guide tells why no machine does.
    """
    regime = catalogue.regimes.get(item.regime)
    if regime is None or not catalogue.gate or item.is_cancelled:
        return
    gate = read_gate(item, regime, catalogue.gate)
    wanted = {criterion.id: criterion.fact for criterion in catalogue.gate}
    for row in gate.rows:
        if not row.is_stated:
            _report_unstated(row, wanted[row.id], pack, reading)
    barring = [row for row in gate.barred_by if row.is_stated]
    if item.rules.may_grant and barring:
        reading.report(
            pack / "rules.yaml",
            "may_grant",
            "gate-says-no",
            f"系统不得准予这个事项：{_listed(barring, 'zh')}。",
            f"A machine may not grant this item: {_listed(barring, 'en')}.",
            Text(
                "写 may_grant: false，由工作人员决定；事实写错的，改 item.yaml 的 gate。",
                "Write may_grant: false and a person decides; a fact that is wrong is mended in item.yaml.",
            ),
            barring[0].grounds[0],
        )


def _report_unstated(row: GateRow, fact: str, pack: Path, reading: Reading) -> None:
    reading.report(
        pack / "item.yaml",
        f"gate.{fact}",
        "gate-not-stated",
        f"没有写明 {fact}，只能当作不得自动办理：{row.says.zh}。",
        f"{fact} is not stated, which counts against automation: {row.says.en}.",
        Text(
            f"在 item.yaml 的 gate 下写 {fact}: true 或 false。",
            f"Write {fact}: true or false under gate in item.yaml.",
        ),
        row.grounds[0],
    )


def _listed(rows: list[GateRow], language: str) -> str:
    between = "；" if language == "zh" else "; "
    return between.join(f"{row.says.in_language(language)} ({', '.join(row.grounds)})" for row in rows)
