"""A proposed version of rules: its text read as a table, and how it differs from what is in force."""

from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory

from tongban.domain.catalogue.item import ServiceItem
from tongban.domain.rules.parse import parse_table
from tongban.domain.rules.table import RuleTable
from tongban.kernel.errors import Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.kernel.text import Text
from tongban.packs.load import BASE_FILES, PackCatalogue
from tongban.packs.reading import Reading

TEXT_MAX = 200_000
"""Characters of a proposal; no table in force is a tenth of it."""
_RULES = BASE_FILES["rules"]


def read_rules_text(folder: Path, item_id: ItemId) -> str:
    """Return the text of an item's rules as they lie in the content folder."""
    return (folder / "items" / item_id / _RULES).read_text(encoding="utf-8")


def read_proposal(path: Path) -> str:
    """Return the text of a proposal: a rules file, or a pack's folder.

    Raises:
        Refused: there is no such file, or it is too long.
    """
    file = path / _RULES if path.is_dir() else path
    try:
        with file.open(encoding="utf-8") as stream:
            return stream.read(TEXT_MAX + 1)
    except (OSError, UnicodeDecodeError):
        raise Refused(Problem("proposal.unreadable", _UNREADABLE.fill(path=file.name))) from None


def parse_proposal(text: str, item: ServiceItem, catalogue: PackCatalogue) -> RuleTable:
    """Read a proposal against the facts that the item declares today.

    Raises:
        Refused: every problem at once, each with its line (``rules.yaml:12 criteria[3].op``).
    """
    if len(text) > TEXT_MAX:
        raise Refused(Problem("proposal.too-long", _TOO_LONG, "text"))
    with TemporaryDirectory() as kept:
        path = Path(kept) / _RULES
        path.write_text(text, encoding="utf-8", newline="")
        reading = Reading(Path(kept))
        plain = reading.read_plain(path)
        if isinstance(plain, dict):
            derived = {derivation.fact for derivation in item.rules.derivations}
            declared = {name: kind for name, kind in item.rules.types.items() if name not in derived}
            resolved = reading.with_law(plain, catalogue.law, path)
            table = reading.attempt(lambda: parse_table(resolved, declared, table_id=item.id), path)
        elif plain is not None:
            words = ("这里应为一组键值。", "A mapping of keys to values belongs here.")
            reading.report(path, "", "shape", *words)
        if reading.problems:
            raise Refused(*reading.problems)
        return table


def compose_patch(item_id: ItemId, before: str, after: str) -> str:
    """Return the difference as a patch that ``git apply`` takes, empty when there is none."""
    name = f"content/items/{item_id}/{_RULES}"
    lines = unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )


_UNREADABLE = Text("读不到“{path}”。", "“{path}” cannot be read.")
_TOO_LONG = Text(f"规则文本不超过 {TEXT_MAX} 字。", f"A proposal has at most {TEXT_MAX} characters.")
