"""A proposed version is run over the past without a trace, kept for review, and never live."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.builders import BRANCH_FILING, CHANGZHOU, CONTENT
from tests.web.one_node import OneNode, start_node
from tongban.domain.case.events import Actor
from tongban.kernel.errors import NotFound, Refused
from tongban.kernel.ids import ItemId
from tongban.store.models import CaseEvent
from tongban.wiring import proposing

STEWARD = Actor("steward", "changzhou-steward", "演示丁")
TEXT = (CONTENT / "items" / BRANCH_FILING / "rules.yaml").read_text(encoding="utf-8")
STRICTER = TEXT.replace("op: within\n    value: {fact: evidence.travel-agency-licence.scope}",
                        "op: within\n    value: [inbound]")  # fmt: skip


@pytest.fixture
def node(transactional_db, tmp_path, monkeypatch) -> OneNode:
    """Changzhou's node with two grants and one case with a person."""
    node = start_node(CHANGZHOU, tmp_path, monkeypatch)
    monkeypatch.setattr("tongban.commands.management.commands.whatif.get_node", lambda: node)
    node.referred("CZ260303-AAAA0001", scope=("domestic",))
    node.referred("CZ260303-AAAA0002")
    node.referred("CZ260303-AAAA0003", scope=("inbound",))
    return node


def rows_of_everything() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' ORDER BY relname")
        names = [row[0] for row in cursor.fetchall() if row[0].startswith("store_")]
        counts = []
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {name}")
            counts.append((name, cursor.fetchone()[0]))
    return counts


def test_the_proposal_differs_from_what_is_in_force() -> None:
    assert STRICTER != TEXT


def test_who_would_fare_otherwise_is_told_in_words_and_nothing_is_written(node):
    before = rows_of_everything()
    table = proposing.read_table(node, BRANCH_FILING, STRICTER)
    found = proposing.run_what_if(node, BRANCH_FILING, table)
    assert found.compared == 3
    (one,) = found.differences
    assert (one.case_id, one.then.value, one.now.value) == ("CZ260303-AAAA0001", "grant", "refer")
    assert "分社经营业务不超出总社的许可范围" in one.says.zh
    assert "not met" in one.says.en
    assert rows_of_everything() == before


def test_the_rules_in_force_change_nothing_for_anybody(node):
    table = proposing.read_table(node, BRANCH_FILING, TEXT)
    assert proposing.run_what_if(node, BRANCH_FILING, table).differences == ()


def test_only_so_many_are_looked_at_when_so_many_are_asked_for(node):
    table = proposing.read_table(node, BRANCH_FILING, STRICTER)
    assert proposing.run_what_if(node, BRANCH_FILING, table, 2).compared == 2


@pytest.mark.parametrize("is_folder", [True, False])
def test_the_command_takes_a_file_or_a_packs_folder(node, tmp_path, capsys, is_folder):
    folder = tmp_path / BRANCH_FILING
    folder.mkdir()
    (folder / "rules.yaml").write_text(STRICTER, encoding="utf-8")
    call_command("whatif", str(folder if is_folder else folder / "rules.yaml"))
    said = capsys.readouterr().out
    assert "CZ260303-AAAA0001: was granted at once, would be handed to a person" in said
    assert "3 past decisions, 1 would have come out otherwise" in said


def test_a_broken_proposal_is_told_with_its_line(node):
    with pytest.raises(Refused) as refused:
        proposing.read_table(node, BRANCH_FILING, TEXT.replace("op: within", "op: beyond"))
    (problem,) = refused.value.problems
    assert problem.pointer.startswith("rules.yaml:")
    assert "criteria[8].op" in problem.pointer


@pytest.mark.parametrize("text", ["", "- a list", "version: 1", "a: &x 1\nb: *x", "x" * 200_001])
def test_what_is_no_rules_file_is_refused_and_ends_nothing(node, text):
    with pytest.raises(Refused):
        proposing.read_table(node, BRANCH_FILING, text)


def test_a_proposal_is_kept_as_a_draft_with_its_patch_and_is_not_live(node):
    number = proposing.keep_proposal(node, BRANCH_FILING, "只许入境", STRICTER, STEWARD)
    kept = node.store.proposals.get(number)
    assert (kept.state, kept.actor_name, kept.item_id) == ("draft", STEWARD.name, BRANCH_FILING)
    patch = proposing.patch_of(kept)
    assert patch.startswith(f"--- a/content/items/{BRANCH_FILING}/rules.yaml\n+++ b/")
    assert "+    value: [inbound]" in patch
    node.referred("CZ260303-AAAA0004", scope=("domestic",))
    assert node.find("CZ260303-AAAA0004").stage == "concluded"
    assert CaseEvent.objects.filter(name="Granted").count() == 3


def test_a_patch_is_one_that_git_applies(node, tmp_path):
    import subprocess

    number = proposing.keep_proposal(node, BRANCH_FILING, "只许入境", STRICTER, STEWARD)
    path = tmp_path / "content" / "items" / BRANCH_FILING / "rules.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    patch = proposing.patch_of(node.store.proposals.get(number))
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)
    assert path.read_text(encoding="utf-8") == STRICTER


def test_everything_wrong_with_a_proposal_is_told_at_once(node):
    with pytest.raises(Refused) as refused:
        proposing.keep_proposal(node, BRANCH_FILING, " ", TEXT, STEWARD)
    assert [problem.code for problem in refused.value.problems] == ["proposal.says", "proposal.same"]


def test_an_item_that_is_not_offered_has_no_proposals(node):
    with pytest.raises(NotFound):
        proposing.keep_proposal(node, ItemId("none"), "x", TEXT, STEWARD)
