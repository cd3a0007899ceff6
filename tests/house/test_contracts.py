"""Who may know whom: every contract is kept, none has an exemption, and each catches what it is for."""

import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.house.source import CHECKOUT, PACKAGE

CONFIGURATION = CHECKOUT / ".importlinter"

# Where a line is added, the line, and a name that the complaint about it must hold.
FAULTS: Mapping[str, tuple[str, str, str]] = {
    "domain knows Django": ("domain/law.py", "import django", "domain.law -> django"),
    "domain touches the disk": ("domain/law.py", "import os", "domain.law -> os"),
    "rules draw lots": ("domain/rules/table.py", "import random", "domain.rules.table -> random"),
    "a flow fetches an adapter inside a function": (
        "flows/issue.py",
        "def late() -> None:\n    from tongban import store",
        "flows.issue -> tongban.store",
    ),
    "a flow knows an adapter for its types only": (
        "flows/submit.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from tongban import paper",
        "flows.submit -> tongban.paper",
    ),
    "the store hashes": ("store/apps.py", "import hashlib", "store.apps -> hashlib"),
    "the federation opens the keyring": (
        "federation/__init__.py",
        "from tongban.crypto import keyring",
        "federation -> tongban.crypto.keyring",
    ),
    "one role's page uses another's": (
        "web/window/__init__.py",
        "from tongban.web import officer",
        "web.window -> tongban.web.officer",
    ),
    "a page reads a table": (
        "web/entrance/views.py",
        "from tongban.store import models",
        "web.entrance.views -> tongban.store.models",
    ),
    "evidence knows the case": (
        "domain/evidence/exchange.py",
        "from tongban.domain.case import state",
        "domain.evidence.exchange -> tongban.domain.case.state",
    ),
    "events know the state": (
        "domain/case/events.py",
        "from tongban.domain.case import state",
        "domain.case.events -> tongban.domain.case.state",
    ),
    "the reader of packs opens HTTP": ("packs/__init__.py", "import httpx", "packs -> httpx"),
    "a page asks the solver": ("web/shared/frame.py", "import z3", "web.shared.frame -> z3"),
    "a node waits for proofs": (
        "reads/lights.py",
        "from tongban import proofs",
        "reads.lights -> tongban.proofs",
    ),
    "paper parses YAML": ("paper/qr.py", "import yaml", "paper.qr -> yaml"),
    "a page speaks SQL": ("web/shared/frame.py", "import psycopg", "web.shared.frame -> psycopg"),
    "the launcher knows the domain": (
        "hosting/ports.py",
        "from tongban.domain import law",
        "hosting.ports -> tongban.domain.law",
    ),
    "a room without a floor": ("utils/__init__.py", "", "tongban.utils"),
    "a domain room without a place": ("domain/misc.py", "", "tongban.domain.misc"),
}


def run_linter(checkout: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "COLUMNS": "250", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=checkout, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says about a copy of the house with every fault planted in it."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(CONFIGURATION, copy)
    shutil.copytree(PACKAGE, copy / "src" / "tongban", ignore=shutil.ignore_patterns("__pycache__"))
    for room, line, _ in FAULTS.values():
        path = copy / "src" / "tongban" / room
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"\n\n{line}\n")
    (copy / "src" / "tongban" / "web" / "officer").mkdir(exist_ok=True)
    (copy / "src" / "tongban" / "web" / "officer" / "__init__.py").touch()
    said = run_linter(copy)
    assert said.returncode == 1, said.stdout + said.stderr
    return " ".join(said.stdout.split())


def test_every_contract_is_kept() -> None:
    said = run_linter(CHECKOUT)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "0 broken" in said.stdout


def test_there_are_13_contracts_or_more_without_a_single_exemption() -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")
    parser = configparser.ConfigParser()
    parser.read_string(text)
    contracts = [name for name in parser.sections() if name.startswith("importlinter:contract:")]
    assert len(contracts) >= 13
    assert not any(parser.has_option(name, "ignore_imports") for name in contracts)
    assert not any(parser.has_option(name, "exhaustive_ignores") for name in contracts)
    layered = [name for name in contracts if parser.get(name, "type") == "layers"]
    assert all(parser.get(name, "exhaustive", fallback="") == "true" for name in layered)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str, complaints: str) -> None:
    assert FAULTS[fault][2] in complaints
