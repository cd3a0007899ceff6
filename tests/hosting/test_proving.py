"""`make items` asks nobody for environment variables: it finds the demonstration's nodes, or does without."""

import subprocess
from pathlib import Path

import pytest

from tongban.hosting import proving
from tongban.hosting.nodes import Node


def nodes() -> list[Node]:
    return [Node(zone, 9, Path(), Path(), {"TONGBAN_ZONE": zone}) for zone in ("suzhou", "wuxi", "changzhou")]


def test_without_a_running_demonstration_only_the_packs_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAN_DATABASE_FOLDER", str(tmp_path / "none"))
    ran: list[list[str]] = []
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: ran.append(command) or subprocess.CompletedProcess(command, 3)
    )
    assert proving.main(["--report"]) == 3
    assert [command[1:] for command in ran] == [["manage.py", "check_items", "--report"]]


def test_what_is_proved_once_is_kept_at_every_node(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, ...]] = []

    def prove(command, **options):
        assert options["env"]["TONGBAN_ZONE"] == "suzhou"
        Path(command[-1]).write_text("[]")
        return subprocess.CompletedProcess(command, 0)

    def ask(node: Node, *words: str) -> str:
        asked.append((node.zone, *words[:1]))
        return "proved"

    monkeypatch.setattr(proving, "find_nodes", nodes)
    monkeypatch.setattr(proving, "ask_command", ask)
    monkeypatch.setattr(subprocess, "run", prove)
    assert proving.main([]) == 0
    assert asked == [(zone, "keepchecks") for zone in ("suzhou", "wuxi", "changzhou")]
    assert "changzhou: kept for the steward's room (proved)" in capsys.readouterr().out


def test_a_demonstration_that_keeps_proofs_proves_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "find_nodes", nodes)
    monkeypatch.setattr(proving, "ask_command", lambda *_: "proved")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it proved again"))
    assert proving.main(["--if-needed"]) == 0
