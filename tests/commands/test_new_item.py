"""`tongban new item` writes a pack, says what comes next, and tells every mistake at once."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.builders import CONTENT
from tests.packs.broken import copy_content
from tongban.commands.entry import translate


def test_it_writes_a_pack_and_says_what_comes_next(tmp_path: Path) -> None:
    folder, said = copy_content(tmp_path), io.StringIO()
    call_command("newitem", "shop-sign-filing", procedure="filing", content=str(folder), stdout=said)
    assert "wrote items/shop-sign-filing/item.yaml" in said.getvalue()
    assert "make items" in said.getvalue()
    assert (folder / "items" / "shop-sign-filing" / "cases").is_dir()


def test_it_tells_every_mistake_at_once_and_writes_nothing(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    with pytest.raises(CommandError, match=r"(?s)--id: .*--for: "):
        call_command("newitem", "No Name", object="dog", content=str(folder))
    assert not (folder / "items" / "No Name").exists()


def test_the_command_line_takes_it_in_two_words() -> None:
    assert translate(["new", "item", "x", "--for", "person"]) == ["newitem", "x", "--for", "person"]
    assert translate(["check_items"]) == ["check_items"]
    assert translate(["new"]) == ["new"]


def test_it_runs_as_a_program(tmp_path: Path) -> None:
    folder = copy_content(tmp_path)
    program = "from tongban.commands.entry import main; main()"
    words = ["new", "item", "stall-permit", "--procedure", "licensing", "--content", str(folder)]
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=CONTENT.parent,
        env={"PYTHONPATH": "src", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    assert "wrote items/stall-permit/rules.yaml" in done.stdout
