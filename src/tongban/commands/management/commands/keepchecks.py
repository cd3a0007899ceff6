"""`manage.py keepchecks`: show in the steward's room what check_items found elsewhere of the same packs."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tongban.commands.keeping import read_checks
from tongban.wiring import get_deps
from tongban.wiring.item_checks import is_all_proved, open_item_checks

BYTES_MAX = 20_000_000
"""Some hundreds of packs; a longer file is none of ours."""


class Command(BaseCommand):
    """Proving takes a minute and is the same for every zone: done once, kept at each."""

    help = "Keep what `check_items --write-checks FILE` wrote; without a file, say whether proofs are kept."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Say what may be given."""
        parser.add_argument("file", nargs="?", default="", help="what check_items wrote")

    def handle(self, **options: object) -> None:
        """Keep; then say ``proved`` or ``unproved``."""
        if options["file"]:
            path = Path(str(options["file"]))
            if path.stat().st_size > BYTES_MAX:
                raise CommandError(f"{path.name} has more than {BYTES_MAX} bytes.")
            try:
                checks = read_checks(path.read_text(encoding="utf-8"))
            except ValueError as error:
                raise CommandError(f"{path.name} is not what check_items --write-checks writes.") from error
            open_item_checks().keep(checks)
        self.stdout.write("proved" if is_all_proved(get_deps()) else "unproved")
