"""Setting up: once, again only when something changed, and from scratch when it was cut short or moved."""

import importlib.util
import venv
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "bootstrap.py"


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, working in an empty project, with the two slow installers only taken note of."""
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for name in ("requirements/run.txt", "requirements/dev.txt", "requirements/build.txt", "pyproject.toml"):
        (tmp_path / name).write_text("one==1.0\n")
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}\n")
    module.ROOT, module.VENV, module.NODE_MODULES = tmp_path, tmp_path / ".venv", tmp_path / "node_modules"
    module.PYTHON = module.VENV / "bin" / "python"
    module.NPM_LOCKS = [tmp_path / "package.json", tmp_path / "package-lock.json"]
    module.asked = []
    monkeypatch.setattr(module, "pip", lambda *arguments: module.asked.append(arguments))
    monkeypatch.setattr(module, "make_venv", lambda: make_bare_venv(module.VENV))
    return module


def make_bare_venv(folder: Path) -> None:
    """A real environment, with a pip that is only a name: copying the real one takes seconds."""
    venv.create(folder, with_pip=False, symlinks=True)
    (next(folder.glob("lib/python*/site-packages")) / "pip.py").touch()
    (folder / "bin" / "pip").write_text(f"#!{folder}/bin/python\n")


def installs(bootstrap: ModuleType, act: Callable[[], None]) -> list[str]:
    """The lock files that were installed from while acting."""
    bootstrap.asked.clear()
    act()
    words = [word for arguments in bootstrap.asked for word in arguments]
    return [Path(word).stem for word in words if word.endswith(".txt")]


def test_nothing_is_installed_when_nothing_changed(bootstrap: ModuleType) -> None:
    assert installs(bootstrap, lambda: bootstrap.ensure_venv("run")) == ["run", "build"]
    assert installs(bootstrap, lambda: bootstrap.ensure_venv("run")) == []


def test_what_the_tests_need_holds_what_a_node_needs(bootstrap: ModuleType) -> None:
    assert installs(bootstrap, lambda: bootstrap.ensure_venv("dev")) == ["dev", "build"]
    assert installs(bootstrap, lambda: bootstrap.ensure_venv("run")) == []


def test_a_node_s_parts_are_not_enough_for_the_tests(bootstrap: ModuleType) -> None:
    bootstrap.ensure_venv("run")
    assert installs(bootstrap, lambda: bootstrap.ensure_venv("dev")) == ["dev", "build"]


def test_a_changed_lock_is_installed(bootstrap: ModuleType) -> None:
    bootstrap.ensure_venv("run")
    (bootstrap.ROOT / "requirements" / "run.txt").write_text("one==2.0\n")
    assert installs(bootstrap, lambda: bootstrap.ensure_venv("run")) == ["run", "build"]


def test_an_environment_left_half_made_is_made_again(bootstrap: ModuleType) -> None:
    def cut_short(*arguments: str) -> None:
        raise KeyboardInterrupt

    whole = bootstrap.pip
    bootstrap.pip = cut_short
    with pytest.raises(KeyboardInterrupt):
        bootstrap.ensure_venv("run")
    (bootstrap.VENV / "rubble").touch()
    bootstrap.pip = whole
    assert not bootstrap.is_sound_venv()
    assert installs(bootstrap, lambda: bootstrap.ensure_venv("run")) == ["run", "build"]
    assert not (bootstrap.VENV / "rubble").exists()
    assert bootstrap.is_sound_venv()


def test_an_environment_that_was_moved_is_made_again(bootstrap: ModuleType) -> None:
    bootstrap.ensure_venv("run")
    moved = bootstrap.ROOT / "moved"
    bootstrap.VENV.rename(moved)
    bootstrap.VENV = moved
    assert not bootstrap.is_sound_venv()


def test_a_python_that_is_gone_is_noticed(bootstrap: ModuleType) -> None:
    bootstrap.ensure_venv("run")
    bootstrap.PYTHON.unlink()
    assert not bootstrap.is_sound_venv()


def test_an_installer_that_fails_says_what_to_do(bootstrap: ModuleType) -> None:
    command = ["sh", "-c", "echo no route to host; exit 1"]
    with pytest.raises(
        bootstrap.CannotSetUp, match=r"while installing(?s:.*)same command again(?s:.*)no route"
    ):
        bootstrap.run(command, "installing")
