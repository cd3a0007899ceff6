"""The line of counts at the end of the tests tells the truth, also about runs that broke off."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "verify.py"


@pytest.fixture(scope="module")
def verify() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify"] = module
    spec.loader.exec_module(module)
    return module


def run_tests(verify: ModuleType, folder: Path, text: str) -> object:
    """What is counted when pytest runs this file alone."""
    (folder / "test_sample.py").write_text(text)
    command = ["-m", "pytest", "-q", "-p", "no:django", "-c", "/dev/null", str(folder)]
    return verify.run_check(verify.Check("sample", command, is_pytest=True))


def test_passed_failed_and_skipped_are_told_apart(verify: ModuleType, tmp_path: Path) -> None:
    text = (
        "import pytest\n"
        "def test_a(): pass\n"
        "def test_b(): pass\n"
        "def test_c(): assert False\n"
        "def test_d(): pytest.skip('no browser')\n"
    )
    assert run_tests(verify, tmp_path, text) == verify.Count(passed=2, failed=1, skipped=1)


def test_a_file_that_cannot_be_read_counts_as_failed(verify: ModuleType, tmp_path: Path) -> None:
    assert run_tests(verify, tmp_path, "import does_not_exist\n").failed == 1


def test_a_run_without_any_test_has_failed(verify: ModuleType, tmp_path: Path) -> None:
    assert run_tests(verify, tmp_path, "x = 1\n").failed == 1


def test_a_run_that_broke_off_has_failed(verify: ModuleType) -> None:
    broken = verify.Check("sample", ["-c", "import os; os._exit(7)"], is_pytest=True)
    assert verify.run_check(broken) == verify.Count(failed=1)


def test_a_check_that_is_no_test_counts_as_one(verify: ModuleType) -> None:
    assert verify.run_check(verify.Check("good", ["-c", "pass"])) == verify.Count(passed=1)
    assert verify.run_check(verify.Check("bad", ["-c", "raise SystemExit(1)"])) == verify.Count(failed=1)
