"""Whatever is wrong with what a pack decides is found, at its line: every defect, and nothing else."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from tests.builders import CONTENT
from tests.packs.broken import FOOD, Told, copy_content
from tests.packs.test_check import is_as_expected, told_by
from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.operators import Condition, FactRef, Operator
from tongban.domain.rules.table import Criterion, RuleTable
from tongban.packs.load import read_content
from tongban.proofs.prove import prove_item
from tongban.proofs.prove_table import prove_table

ON = date(2026, 3, 3)
DEFECTS = yaml.safe_load(Path(__file__).with_name("defects.yaml").read_text(encoding="utf-8"))
LAST = "  - id: labelled-food-promised"
WORDS = '  says: {zh: 种下的条件, en: A planted row}\n  source: "food-safety-2021#35.1"\n'
ITEMS = {pack.name: item for pack, item in read_content(CONTENT).bases.items() if not item.is_cancelled}
GRANTING = sorted(name for name, item in ITEMS.items() if item.rules.may_grant)


def plant(defect: dict[str, str], folder: Path) -> None:
    if "rows" not in defect:
        path = folder / "items" / FOOD / defect["file"].removeprefix("food/")
        text = path.read_text(encoding="utf-8")
        assert text.count(defect["old"]) == 1
        path.write_text(text.replace(defect["old"], defect["new"]), encoding="utf-8")
        return
    path = folder / "items" / FOOD / "rules.yaml"
    rows = "".join(f"- id:{row}{WORDS}" for row in defect["rows"].split("- id:")[1:])
    rows = "".join(f"  {line}\n" for line in rows.splitlines())
    text = path.read_text(encoding="utf-8").replace(LAST, rows + LAST)
    if "derived" in defect:
        derived = "".join(f"  {line}\n" for line in defect["derived"].splitlines())
        text = text.replace("criteria:\n", f"derived:\n{derived}criteria:\n")
    path.write_text(text, encoding="utf-8")


def prove_in(folder: Path) -> list[Told]:
    """Return everything the proofs say of a folder's packs, problems and notes."""
    content = read_content(folder)
    assert content.reading.problems == []
    for pack, base in content.bases.items():
        zones = [content.catalogue.items[base.id, zone] for zone in base.zones]
        proved = prove_item(base, zones, ON).proofs
        for problem in (*proved.problems, *proved.notes):
            assert problem.text.zh.endswith("。"), problem
            assert problem.text.en.endswith("."), problem
            content.reading.add(problem, pack)
    return [told_by(problem, folder) for problem in content.reading.problems]


def test_nothing_is_wrong_with_the_real_packs() -> None:
    for name, item in ITEMS.items():
        assert prove_table(item, ON).problems == [], name


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect["fault"])
def test_a_defect_is_told_at_its_line_and_nothing_else_is(defect: dict[str, str], tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    assert prove_in(folder) == []
    plant(defect, folder)
    seen = prove_in(folder)
    file = defect.get("file", "food/rules.yaml").replace("food/", f"items/{FOOD}/")
    expected = [Told(one["code"], file, one["pointer"], one["at"]) for one in defect["told"]]
    assert len(seen) == len(expected), seen
    for one in expected:
        assert any(is_as_expected(told, one) for told in seen), (one, seen)


def with_rows(item: ServiceItem, *rows: Criterion) -> ServiceItem:
    table = item.rules
    criteria = (*table.criteria, *rows)
    rules = RuleTable(
        table.table_id, table.version, table.may_grant, table.derivations, criteria, table.types
    )
    return replace(item, rules=rules)


def codes_of(item: ServiceItem, row: str) -> set[str]:
    """Return what is said of the row that was planted last."""
    place = len(item.rules.criteria) - 1
    proofs = prove_table(item, ON, {row})
    where = f"rules.yaml:criteria[{place}]"
    return {one.code for one in (*proofs.problems, *proofs.notes) if one.pointer == where}


@pytest.mark.parametrize("name", GRANTING)
def test_every_row_of_every_pack_is_missed_as_redundant_when_it_is_written_twice(name: str) -> None:
    item = ITEMS[name]
    for row in item.rules.criteria:
        twice = with_rows(item, replace(row, id="planted"))
        assert "proof.redundant" in codes_of(twice, "planted"), row.id


@pytest.mark.parametrize("name", GRANTING)
def test_a_row_that_contradicts_any_row_of_any_pack_is_found(name: str) -> None:
    item = ITEMS[name]
    planted = 0
    for row in item.rules.criteria:
        for against in contradictions(row, item):
            planted += 1
            assert "proof.contradiction" in codes_of(with_rows(item, against), "planted"), row.id
    assert planted


def contradictions(row: Criterion, item: ServiceItem) -> list[Criterion]:
    """Return rows that hold only where the given row, which always applies, does not."""
    condition, fact_type = row.condition, item.rules.types[row.condition.fact]
    if row.when is not None or isinstance(condition.value, FactRef):
        return []
    match condition.op, condition.value:
        case Operator.IS, bool() as wanted:
            other: object = not wanted
        case Operator.IS, str() as wanted if fact_type.allowed:
            other = next((code for code in fact_type.allowed if code != wanted), None)
        case Operator.AT_LEAST, int() as wanted:
            against = Condition(condition.fact, Operator.AT_MOST, wanted - 1)
            return [replace(row, id="planted", condition=against)]
        case Operator.AT_MOST, int() as wanted:
            against = Condition(condition.fact, Operator.AT_LEAST, wanted + 1)
            return [replace(row, id="planted", condition=against)]
        case _:
            return []
    if other is None:
        return []
    return [replace(row, id="planted", condition=Condition(condition.fact, Operator.IS, other))]
