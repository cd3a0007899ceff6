"""`manage.py erasecase <number> --for-ever`: destroy a case's key, so that nobody reads its history again."""

import argparse

from django.core.management.base import BaseCommand, CommandError

from tongban.kernel.errors import NotFound
from tongban.kernel.ids import CaseId
from tongban.wiring import get_node


class Command(BaseCommand):
    """Cannot be undone, except from a copy of the database made before; see docs/operations.md."""

    help = "Destroy the key of one case of this zone: its history becomes unreadable for everybody, for ever."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be given."""
        parser.add_argument("number", help="e.g. SZ260303-7K3M9QXD")
        parser.add_argument("--for-ever", action="store_true", help="say that you mean it")

    def handle(self, **options: object) -> None:
        """Erase, if the operator says that it is meant."""
        number = str(options["number"])
        if not options["for_ever"]:
            raise CommandError("Nothing was erased. This cannot be undone; add --for-ever if you mean it.")
        try:
            get_node().store.erase(CaseId(number))
        except NotFound as error:
            raise CommandError(f"There is no case {number} here, or it is erased already.") from error
        self.stdout.write(f"{number} is erased. Erase its copy at the other zone, and its files, as well.")
