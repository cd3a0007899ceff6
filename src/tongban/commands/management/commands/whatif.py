"""`manage.py whatif`: a proposed version of an item's rules over past cases; nothing is written."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tongban.domain.rules.evaluate import Outcome
from tongban.kernel.errors import NotFound, Problem, Refused
from tongban.kernel.ids import ItemId
from tongban.packs.proposed import read_proposal
from tongban.wiring import get_node
from tongban.wiring.proposing import read_table, run_what_if

_SHOWN = 200
_WORDS = {Outcome.GRANT: "granted at once", Outcome.REFER: "handed to a person"}


def _say(problem: Problem) -> str:
    return f"{problem.pointer}  [{problem.code}]\n    {problem.text.zh}\n    {problem.text.en}"


class Command(BaseCommand):
    """Prints who would fare otherwise, in words."""

    help = "Run a proposed rules.yaml, or a pack's folder, over this zone's past decisions."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be given."""
        parser.add_argument("path", type=Path, help="a rules file, or the folder of a pack")
        parser.add_argument("--item", default=None, help="the item; otherwise the folder's name")
        parser.add_argument("--first", type=int, default=None, help="only so many past decisions")

    def handle(self, **options: object) -> None:
        """Read, run, print."""
        path = Path(str(options["path"])).resolve()
        folder = path if path.is_dir() else path.parent
        item_id = ItemId(str(options["item"] or folder.name))
        first = options["first"]
        node = get_node()
        try:
            table = read_table(node, item_id, read_proposal(path))
        except NotFound:
            raise CommandError(f"This zone offers no item called {item_id}.") from None
        except Refused as refused:
            raise CommandError("\n".join(_say(one) for one in refused.problems)) from None
        found = run_what_if(node, item_id, table, first if isinstance(first, int) else None)
        for one in found.differences[:_SHOWN]:
            self.stdout.write(f"{one.case_id}: was {_WORDS[one.then]}, would be {_WORDS[one.now]}")
            self.stdout.write(f"    {one.says.zh}\n    {one.says.en}")
        more = len(found.differences) - _SHOWN
        self.stdout.write(f"… and {more} more" if more > 0 else "")
        told = f"{found.compared} past decisions, {len(found.differences)} would have come out otherwise"
        self.stdout.write(f"{item_id} in {node.deps.zone}: {told}")
