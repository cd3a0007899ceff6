"""`manage.py check_items --keep` keeps what it found of every pack, sound or broken, for the steward."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.packs.broken import FOOD, copy_content, plant, read_faults
from tongban.flows.item_check_store import ItemCheck
from tongban.flows.ports import Deps
from tongban.kernel.ids import ItemId
from tongban.packs.base_pack import hash_pack
from tongban.packs.load import load_catalogue
from tongban.wiring.item_checks import is_all_checked, is_all_proved, open_item_checks

pytestmark = pytest.mark.django_db
ITEM = ItemId(FOOD)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound content folder with one pack."""
    folder = copy_content(tmp_path)
    call_command("check_items", "--content", str(folder), "--write-guides", stdout=io.StringIO())
    return folder


def keep(folder: Path, *arguments: str) -> ItemCheck:
    """Check and keep; return what is kept of the pack."""
    said = io.StringIO()
    call_command("check_items", "--content", str(folder), "--keep", *arguments, stdout=said, stderr=said)
    found = open_item_checks().find(ITEM)
    assert found is not None
    return found


def test_a_check_is_kept_with_version_content_examples_and_proofs(folder: Path) -> None:
    catalogue = load_catalogue(folder)
    kept = keep(folder)
    assert kept.content_hash == catalogue.get_pack_hash(ITEM)
    assert kept.version == catalogue.get_item(ITEM, next(zone for _, zone in catalogue.items)).version
    assert (kept.problems, kept.examples, kept.unproved) == ((), 8, None)
    assert kept.proved is not None
    assert (kept.proved.pairs, kept.proved.pairs_alike) == (3, 3)
    assert kept.proved.sentences > 20
    said = [text.zh for text in kept.proved.says]
    assert "规则表不自相矛盾：有申请人能够获准。" in said
    assert any(text.startswith("对任何申请人，") and "结果" in text for text in said)


def test_without_the_solver_it_is_kept_why_nothing_was_proved(folder: Path) -> None:
    kept = keep(folder, "--without-proofs")
    assert kept.proved is None
    assert kept.unproved is not None
    assert "--without-proofs" in kept.unproved.en
    assert kept.examples == 8


def test_without_keep_nothing_is_kept(folder: Path) -> None:
    call_command("check_items", "--content", str(folder), "--without-proofs", stdout=io.StringIO())
    assert open_item_checks().find(ITEM) is None


def test_what_is_wrong_is_kept_with_file_and_line_though_the_command_fails(folder: Path) -> None:
    keep(folder)
    plant(next(fault for fault in read_faults() if fault.name == "a key that is no key"), folder)
    with pytest.raises(CommandError, match="1 problem;"):
        keep(folder)
    kept = open_item_checks().find(ITEM)
    assert kept is not None
    assert [problem.pointer for problem in kept.problems] == [f"items/{FOOD}/item.yaml:18 vists"]
    assert kept.proved is None
    assert kept.unproved is not None
    assert kept.content_hash == hash_pack(folder / "items" / FOOD)


@pytest.mark.parametrize("name", ["rules.yaml", "zones/suzhou.yaml"])
def test_whatever_file_of_the_pack_changes_its_content_is_another(folder: Path, name: str) -> None:
    before = hash_pack(folder / "items" / FOOD)
    path = folder / "items" / FOOD / name
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert hash_pack(folder / "items" / FOOD) != before


def test_a_check_of_what_a_node_runs_is_known_to_be_one(deps: Deps) -> None:
    assert not is_all_checked(deps)
    call_command("check_items", "--keep", "--without-proofs", stdout=io.StringIO())
    kept = open_item_checks()
    items = deps.catalogue.list_items(deps.zone)
    assert {item.id for item in items} <= set(kept.hashes())
    assert all(kept.hashes()[item.id] == deps.catalogue.get_pack_hash(item.id) for item in items)


@pytest.mark.usefixtures("keys")
def test_what_one_process_proved_is_kept_by_another_node(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "checks.json"
    call_command("check_items", "--content", str(folder), "--write-checks", str(file), stdout=io.StringIO())
    assert open_item_checks().find(ITEM) is None
    call_command("keepchecks", str(file), stdout=io.StringIO())
    there = open_item_checks().find(ITEM)
    assert there is not None
    assert there.proved is not None
    assert replace(keep(folder), checked_at=there.checked_at) == there


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"item_id": "x"}]', "\x00"])
def test_a_file_that_holds_no_checks_is_refused_and_nothing_is_kept(tmp_path: Path, text: str) -> None:
    file = tmp_path / "checks.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="not what check_items"):
        call_command("keepchecks", str(file), stdout=io.StringIO())
    assert open_item_checks().hashes() == {}


def test_a_check_without_proofs_is_not_taken_for_one_with(deps: Deps) -> None:
    call_command("check_items", "--keep", "--without-proofs", stdout=io.StringIO())
    assert is_all_checked(deps)
    assert not is_all_proved(deps)
    said = io.StringIO()
    call_command("keepchecks", stdout=said)
    assert said.getvalue().strip() == "unproved"
