"""What the house tests read: every file of the project, and its Python as syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGE = CHECKOUT / "src" / "tongban"
GROUND_FLOORS = ("kernel", "crypto", "domain", "flows")
NOT_OURS = {".git", ".venv", "node_modules", "var", "build", "__pycache__"}


@cache
def list_files() -> tuple[Path, ...]:
    """Every file that is or would be committed."""
    asked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if asked.returncode == 0:
        named = [CHECKOUT / name for name in asked.stdout.split("\0") if name]
    else:  # the folder was copied without its history
        named = [path for path in CHECKOUT.rglob("*") if not NOT_OURS & set(path.relative_to(CHECKOUT).parts)]
    return tuple(sorted(path for path in set(named) if path.is_file()))


def list_python(*folders: str) -> list[Path]:
    """Our own modules below these folders of the checkout; generated migrations are left out."""
    roots = [CHECKOUT / folder for folder in folders]
    return [
        path
        for path in list_files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and any(path.is_relative_to(root) for root in roots)
    ]


def list_ground_floors() -> list[Path]:
    """Modules of floors 0 to 3."""
    return list_python(*(f"src/tongban/{floor}" for floor in GROUND_FLOORS))


@cache
def parse(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    """The path as a person would name it."""
    return str(path.relative_to(CHECKOUT))


def walk_functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def walk_imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every imported module's full name, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
